# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of route stages: the first that a request matches says where it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from emulator.edge import settling
from emulator.edge.facts import link_key
from emulator.edge.records import Stage
from emulator.edge.stages import require_stage
from emulator.edge.state import EdgeState
from emulator.edge.views import Json, rule_view
from emulator.errors import invalid_argument
from emulator.listing import page
from emulator.operations import Answer, Call

_TARGETS = ("backend", "waf")
_FILTERS = ("path_filter", "host_filter")


@dataclass(frozen=True)
class _Row:
    """A rule in a list over many stages: as old as its stage."""

    stage: Stage
    position: int

    @property
    def id(self) -> str:
        return f"{self.stage.id}/{self.position:06d}"

    @property
    def created_at(self) -> int:
        return self.stage.created_at


def list_rules(state: EdgeState, call: Call) -> Answer:
    """List the rules of a stage, all at once."""
    rules = _shown(_stage(state, call))
    return {"route_rules": rules, "total_count": len(rules)}


def search_rules(state: EdgeState, call: Call) -> Answer:
    """List the rules of all pipelines."""
    stages = (stage for stage in state.stages if state.is_listed(state.pipeline_of(stage), call))
    rows = [_Row(stage, number) for stage in stages for number in range(1, len(stage.rules) + 1)]
    return page(call, rows, "route_rules", lambda row: rule_view(row.stage, row.position))


def set_rules(state: EdgeState, call: Call) -> Answer:
    """Replace all rules of a stage (recorded: the stage is dated anew)."""
    stage = _stage(state, call)
    settling.require_settled(state, state.pipeline_of(stage))
    return _write(state, stage, _rules(state, call, stage))


def add_rules(state: EdgeState, call: Call) -> Answer:
    """Insert rules after or before a position, at the end where none is named; answers all rules."""
    stage = _stage(state, call)
    settling.require_settled(state, state.pipeline_of(stage))
    new = _rules(state, call, stage)
    if not new:
        raise invalid_argument("route_rules", "value must not be empty")
    index = _index(call, len(stage.rules))
    return _write(state, stage, [*stage.rules[:index], *new, *stage.rules[index:]])


def _stage(state: EdgeState, call: Call) -> Stage:
    return state.stage("route", call.ids[link_key("route")])


def _shown(stage: Stage) -> list[Json]:
    return [rule_view(stage, number) for number in range(1, len(stage.rules) + 1)]


def _write(state: EdgeState, stage: Stage, rules: list[dict[str, Any]]) -> Answer:
    stage.rules = rules
    stage.updated_at = state.world.clock.tick()
    settling.deploy_if_passed(state, stage)
    return {"route_rules": _shown(stage)}


def _index(call: Call, count: int) -> int:
    """Return where to insert; zero stands for a position that is not set."""
    for name, shift in (("after_position", 0), ("before_position", 1)):
        position: int = call.value(name, 0)
        if position > count:
            raise invalid_argument(name, f"value must be between 1 and {count}")
        if position:
            return position - shift
    return count


def _rules(state: EdgeState, call: Call, stage: Stage) -> list[dict[str, Any]]:
    given = call.value("route_rules", [])
    return [_rule(state, rule, stage, f"route_rules.{number}") for number, rule in enumerate(given)]


def _rule(state: EdgeState, given: dict[str, Any], stage: Stage, path: str) -> dict[str, Any]:
    """Build a rule; answers 400 unless it leads to one stage of the pipeline, and its patterns are patterns."""
    kind = next((name for name in _TARGETS if given.get(link_key(name)) is not None), None)
    if kind is None:
        names = " or ".join(map(link_key, _TARGETS))
        raise invalid_argument(f"{path}.{link_key(_TARGETS[0])}", f"{names} must be set", "required")
    key = link_key(kind)
    target: str = given[key].lower()
    require_stage(state, state.pipeline_of(stage), kind, target, f"{path}.{key}")
    match = given.get("rule_http_match")
    return (
        {key: target} if match is None else {"rule_http_match": _match(match, f"{path}.rule_http_match"), key: target}
    )


def _match(given: dict[str, Any], path: str) -> dict[str, Any]:
    filters = {name: dict(given[name]) for name in _FILTERS if given.get(name) is not None}
    for name, chosen in filters.items():
        try:
            re.compile(chosen["value"])
        except re.error as error:
            raise invalid_argument(f"{path}.{name}.value", f"value must be a regular expression: {error}") from error
    return {"method_filters": list(given.get("method_filters") or []), **filters}
