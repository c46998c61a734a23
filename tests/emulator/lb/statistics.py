# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statistics: one row for every instance of the Load Balancer, backend and server (recorded)."""

from __future__ import annotations

from typing import Any

from emulator.lb.records import Backend
from emulator.lb.state import LbState
from emulator.lb.statistics_rules import StatisticsRule
from emulator.operations import Answer, Call, Control
from emulator.settings import BadControlInputError

# What a server shows until a rule says otherwise (recorded).
_UNPROGRAMMED = StatisticsRule(server_state="stopped", last_health_check_status="unknown")


def get_stats(state: LbState, call: Call) -> Answer:
    """Every row of a Load Balancer, without a count."""
    return {"backend_servers_stats": _rows(state, call)}


def list_backend_stats(state: LbState, call: Call) -> Answer:
    """The rows of a Load Balancer, in pages."""
    rows = _rows(state, call)
    size = min(call.value("page_size", 20), call.world.settings.max_page_size)
    start = (call.value("page", 1) - 1) * size
    return {"backend_servers_stats": rows[start : start + size], "total_count": len(rows)}


def _rows(state: LbState, call: Call) -> list[dict[str, Any]]:
    lb = state.lb(call.place, call.ids["lb_id"])
    backends = [b for b in state.backends.of(lb.id) if b.id == call.value("backend_id", b.id)]
    rows: list[dict[str, Any]] = []
    for backend in backends:
        for ip in dict.fromkeys([*backend.pool, *(rule.ip for rule in state.statistics_rules if rule.ip != "*")]):
            rule = _rule(state, backend, ip)
            if not rule.shows(ip in backend.pool):
                continue
            rows.extend(_row(state, instance.id, backend, ip, rule) for instance in lb.instances)
    return rows


def _rule(state: LbState, backend: Backend, ip: str) -> StatisticsRule:
    reads = state.statistics_reads.get((backend.id, ip), 0)
    state.statistics_reads[backend.id, ip] = reads + 1
    fitting = [rule for rule in state.statistics_rules if rule.covers(backend.id, ip, reads)]
    return fitting[-1] if fitting else _UNPROGRAMMED


def _row(state: LbState, instance_id: str, backend: Backend, ip: str, rule: StatisticsRule) -> dict[str, Any]:
    return {
        "instance_id": instance_id,
        "backend_id": backend.id,
        "ip": ip,
        "server_state": rule.server_state,
        "server_state_changed_at": state.world.clock.seconds_text(backend.updated_at),
        "last_health_check_status": rule.last_health_check_status,
    }


def _read_rules(state: LbState) -> list[dict[str, Any]]:
    return [vars(rule) for rule in state.statistics_rules]


def _write_rules(state: LbState, documents: Any) -> None:
    if not isinstance(documents, (list, tuple)):
        raise BadControlInputError("statistics rules must be a list")
    state.statistics_rules = tuple(StatisticsRule.parse(document) for document in documents)
    state.statistics_reads.clear()


STATISTICS_CONTROL: Control[LbState] = Control(_read_rules, _write_rules)
