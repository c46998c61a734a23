# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The heads of a pipeline: the DNS stages that requests come in by."""

from __future__ import annotations

from emulator.edge import settling
from emulator.edge.facts import link_key
from emulator.edge.records import Pipeline
from emulator.edge.state import EdgeState
from emulator.errors import already_exists, invalid_argument
from emulator.listing import page
from emulator.operations import Answer, Call

_ACTIONS = ("add_new_head_stage", "remove_head_stage", "swap_head_stage")
_KEY = link_key("dns")


def list_head_stages(state: EdgeState, call: Call) -> Answer:
    """List the heads."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    heads = [state.stage("dns", identifier) for identifier in pipeline.head_ids]
    return page(call, heads, "head_stages", lambda stage: {_KEY: stage.id})


def set_head_stage(state: EdgeState, call: Call) -> Answer:
    """Add, remove or swap a head, which deploys the pipeline; answers the new head, or none."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.require_settled(state, pipeline)
    action = next((name for name in _ACTIONS if call.value(name) is not None), None)
    if action is None:
        raise invalid_argument(_ACTIONS[0], f"one of {', '.join(_ACTIONS)} must be set", "required")
    heads = list(pipeline.head_ids)
    new = None
    if action != "remove_head_stage":
        new = _new_head(state, pipeline, call, action)
    if action == "add_new_head_stage" and new is not None:
        heads.append(new)
    elif new is not None:
        heads[_index(pipeline, call, "swap_head_stage.current_stage_id")] = new
    else:
        del heads[_index(pipeline, call, "remove_head_stage.remove_stage_id")]
    pipeline.head_ids = heads
    pipeline.updated_at = state.world.clock.tick()
    settling.deploy(state, pipeline)
    return {"head_stage": None if new is None else {_KEY: new}}


def _given(call: Call, argument: str) -> str:
    action, _dot, name = argument.partition(".")
    identifier: str = call.value(action)[name]
    return identifier.lower()


def _new_head(state: EdgeState, pipeline: Pipeline, call: Call, action: str) -> str:
    identifier = _given(call, f"{action}.new_stage_id")
    if identifier not in [stage.id for stage in state.stages_of(pipeline, "dns")]:
        raise invalid_argument(f"{action}.new_stage_id", "the pipeline has no such DNS stage")
    if identifier in pipeline.head_ids:
        raise already_exists("head_stage", identifier, "The stage is a head stage already")
    return identifier


def _index(pipeline: Pipeline, call: Call, argument: str) -> int:
    identifier = _given(call, argument)
    if identifier not in pipeline.head_ids:
        raise invalid_argument(argument, "the pipeline has no such head stage")
    return pipeline.head_ids.index(identifier)
