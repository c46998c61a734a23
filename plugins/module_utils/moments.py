# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments as the API writes them. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

Moment = tuple[datetime, str]
"""What can be compared: whole seconds, and the digits after the point."""

_MOMENT = re.compile(r"([0-9-]{10}T[0-9:]{8})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})")

_ROUNDED = 2e-6
"""Seconds by which the same moment may differ: answers to writes have nanoseconds, others are rounded (recorded)."""


def moment(text: Any) -> Moment | None:
    """A timestamp of the API as something to compare; None if it is none.

    The same moment is written with 0, 6 or 9 digits after the point (recorded), and ``datetime`` keeps only 6.
    """
    match = _MOMENT.fullmatch(str(text))
    if match is None:
        return None
    seconds, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(seconds + zone.replace("Z", "+00:00")), (fraction or "").ljust(9, "0")
    except ValueError:
        return None


def is_earlier(text: Any, other: Any) -> bool:
    """Whether a timestamp of the API is earlier than another one; False if one of them is none."""
    first, second = _seconds(text), _seconds(other)
    return first is not None and second is not None and first + _ROUNDED < second


def _seconds(text: Any) -> float | None:
    found = moment(text)
    return None if found is None else found[0].timestamp() + float(f"0.{found[1]}")
