# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programmed health of backend servers: which server is up, and when that turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scaleway.lb.v1.types import BackendServerStatsHealthCheckStatus, BackendServerStatsServerState

from emulator.settings import BadControlInputError


@dataclass(frozen=True)
class StatisticsRule:
    """The state of servers, from a number of reads on; of several rules that fit, the last one counts.

    ip, backend_id: which servers, "*" for all. after_reads: how many reads of the server's row come before. row: while
    the server is in the pool ("pooled"), "never" as if it was just added, or "always" as if it was just removed.
    """

    ip: str = "*"
    backend_id: str = "*"
    server_state: str = "running"
    last_health_check_status: str = "passed"
    after_reads: int = 0
    row: str = "pooled"

    def shows(self, is_pooled: bool) -> bool:
        """Say whether the server has a row."""
        return self.row == "always" or (is_pooled and self.row == "pooled")

    def covers(self, backend_id: str, ip: str, reads: int) -> bool:
        """Say whether the rule is about this row now."""
        return self.ip in ("*", ip) and self.backend_id in ("*", backend_id) and reads >= self.after_reads

    @classmethod
    def parse(cls, document: object) -> StatisticsRule:
        """Read one rule; raises BadControlInputError saying what is wrong."""
        if not isinstance(document, Mapping):
            raise BadControlInputError("a statistics rule must be an object")
        for name, value in document.items():
            if name not in _EXPECTED:
                raise BadControlInputError(
                    f"unknown key '{name}' in a statistics rule, allowed: {', '.join(_EXPECTED)}"
                )
            if not isinstance(value, _EXPECTED[name]) or isinstance(value, bool):
                raise BadControlInputError(f"key '{name}' of a statistics rule has the wrong type: {value!r}")
            if name in _CHOICES and value not in _CHOICES[name]:
                raise BadControlInputError(
                    f"key '{name}' of a statistics rule must be one of {', '.join(_CHOICES[name])}, got {value!r}"
                )
        return cls(**document)


_EXPECTED: Mapping[str, type] = {
    "ip": str,
    "backend_id": str,
    "server_state": str,
    "last_health_check_status": str,
    "after_reads": int,
    "row": str,
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "server_state": tuple(item.value for item in BackendServerStatsServerState),
    "last_health_check_status": tuple(item.value for item in BackendServerStatsHealthCheckStatus),
    "row": ("pooled", "never", "always"),
}
