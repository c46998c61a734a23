# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages of all kinds: list, create, read, change, delete."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.edge import diagnosis, settling
from emulator.edge.facts import NEXT_KINDS, link_key
from emulator.edge.plans import require_room
from emulator.edge.records import Pipeline, Stage
from emulator.edge.stage_filters import fits
from emulator.edge.stage_settings import settings_after
from emulator.edge.state import EdgeState
from emulator.edge.views import stage_view
from emulator.errors import invalid_argument, still_in_use
from emulator.listing import page
from emulator.operations import Answer, Call


def list_stages(kind: str, state: EdgeState, call: Call) -> Answer:
    """List the stages of a kind in a pipeline; their key is the same for every kind (recorded)."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    found = (stage for stage in state.stages_of(pipeline, kind) if fits(stage, call))
    return page(call, found, "stages", lambda stage: stage_view(state, stage))


def create_stage(kind: str, state: EdgeState, call: Call) -> Answer:
    """Create a stage; it need not lead anywhere yet (recorded)."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.require_settled(state, pipeline)
    settings = settings_after(kind, state, call, pipeline, None)
    link = _link_after(kind, state, call, pipeline, {})
    require_room(state, pipeline, kind, settings)
    now = state.world.clock.tick()
    stage = Stage(
        id=state.world.identities.uuid(),
        created_at=now,
        updated_at=now,
        kind=kind,
        pipeline_id=pipeline.id,
        settings=settings,
        link=link,
    )
    return stage_view(state, state.stages.add(stage))


def get_stage(kind: str, state: EdgeState, call: Call) -> Answer:
    """Read a stage."""
    return stage_view(state, state.stage(kind, call.ids[link_key(kind)]))


def update_stage(kind: str, state: EdgeState, call: Call) -> Answer:
    """Change what is given (recorded); another next stage takes the place of the one before."""
    stage = state.stage(kind, call.ids[link_key(kind)])
    pipeline = state.pipeline_of(stage)
    settling.require_settled(state, pipeline)
    settings = settings_after(kind, state, call, pipeline, stage.settings)
    link = _link_after(kind, state, call, pipeline, stage.link)
    require_room(state, pipeline, kind, settings, is_new=False)
    stage.settings, stage.link = settings, link
    stage.updated_at = state.world.clock.tick()
    settling.deploy_if_passed(state, stage)
    return stage_view(state, stage)


def delete_stage(kind: str, state: EdgeState, call: Call) -> Answer:
    """Delete a stage that no other leads to, and that is no head."""
    stage = state.stage(kind, call.ids[link_key(kind)])
    pipeline = state.pipeline_of(stage)
    settling.require_settled(state, pipeline)
    if stage.id in pipeline.head_ids:
        raise still_in_use("The stage is the head stage of its pipeline")
    for other in state.stages.of(pipeline.id):
        if stage.id in diagnosis.followers(other):
            raise still_in_use(f"{other.kind} stage {other.id} leads to the stage")
    state.stages.remove(stage)
    return None


def _link_after(
    kind: str, state: EdgeState, call: Call, pipeline: Pipeline, before: Mapping[str, str]
) -> dict[str, str]:
    """Return the next stage after a write: at most one, of the same pipeline; an empty text ends a link."""
    keys = {link_key(next_kind): next_kind for next_kind in NEXT_KINDS[kind]}
    given = {key: call.value(key).lower() for key in keys if call.value(key) is not None}
    chosen = {key: identifier for key, identifier in given.items() if identifier}
    if len(chosen) > 1:
        raise invalid_argument(sorted(chosen)[1], f"only one of {', '.join(sorted(chosen))} may be set")
    for key, identifier in chosen.items():
        require_stage(state, pipeline, keys[key], identifier, key)
    return chosen or {key: identifier for key, identifier in before.items() if given.get(key) != ""}


def require_stage(state: EdgeState, pipeline: Pipeline, kind: str, identifier: str, argument: str) -> None:
    """Answer 400 unless the pipeline has this stage."""
    if identifier not in [stage.id for stage in state.stages_of(pipeline, kind)]:
        raise invalid_argument(argument, f"the pipeline has no such {kind} stage")
