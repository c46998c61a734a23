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
