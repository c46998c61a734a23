# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A value of a field, in the two ways it appears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Value:
    """A value of a field: as a task writes it, and as the API shows it."""

    written: Any
    shown: Any


def plain(value: Any) -> Value:
    """A value that is shown as it is written."""
    return Value(value, value)
