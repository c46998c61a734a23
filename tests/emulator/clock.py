# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logical time: every event is later than the one before, and the same run gives the same timestamps."""

from __future__ import annotations

import random
from datetime import datetime, timezone

_NANOSECONDS = 1_000_000_000
_EPOCH_NS = int(datetime(2026, 1, 5, 8, tzinfo=timezone.utc).timestamp()) * _NANOSECONDS
ZERO_TIME = "0001-01-01T00:00:00Z"


class Clock:
    """A clock that moves only when asked. Times are nanoseconds since 1970, UTC."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"{seed}/clock")
        self._now = _EPOCH_NS
        self._fresh_from: int | None = None

    def begin_request(self, is_write: bool) -> None:
        """Start a request: what a write sets from here on is shown with nine digits (recorded), the rest with six."""
        self._fresh_from = self._now + 1 if is_write else None

    def tick(self, seconds: int = 0) -> int:
        """Advance by a quarter of a second to five quarters, after so many seconds, and return the new time."""
        self._now += seconds * _NANOSECONDS + _NANOSECONDS // 4 + self._random.randrange(_NANOSECONDS)
        return self._now

    @property
    def now(self) -> int:
        """The time of the last event."""
        return self._now

    def text(self, time_ns: int) -> str:
        """Show a time: nine fractional digits when the running write has set it, six otherwise."""
        if self._is_fresh(time_ns):
            seconds, nanoseconds = divmod(time_ns, _NANOSECONDS)
            return f"{_whole_seconds(seconds)}.{nanoseconds:09d}Z"
        return self.stored_text(time_ns)

    def cut_text(self, time_ns: int) -> str:
        """Show a time as text() does, its microseconds cut instead of rounded (recorded of Edge Services)."""
        return self.text(time_ns if self._is_fresh(time_ns) else time_ns // 1000 * 1000)

    def _is_fresh(self, time_ns: int) -> bool:
        return self._fresh_from is not None and time_ns >= self._fresh_from

    def stored_text(self, time_ns: int) -> str:
        """Show a time as a read does: six fractional digits, rounded half up (recorded)."""
        seconds, microseconds = divmod((time_ns + 500) // 1000, 1_000_000)
        return f"{_whole_seconds(seconds)}.{microseconds:06d}Z"

    def seconds_text(self, time_ns: int) -> str:
        """Show a time with second precision."""
        return f"{_whole_seconds(time_ns // _NANOSECONDS)}Z"


def _whole_seconds(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
