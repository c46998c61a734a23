# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations written as seconds."""

from __future__ import annotations


def trimmed(duration: str | None) -> str | None:
    """Show a duration as the API does: the fraction in groups of three digits, or none at all (recorded).

    "0.500000000s" becomes "0.500s" and "4.000000000s" becomes "4s".
    """
    if duration is None:
        return None
    whole, _point, fraction = duration.removesuffix("s").partition(".")
    digits = fraction.rstrip("0")
    padded = digits.ljust(-(-len(digits) // 3) * 3, "0")
    return f"{int(whole)}.{padded}s" if padded else f"{int(whole)}s"
