# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines: list, create, read, change, delete with all that is in them."""

from __future__ import annotations

from emulator.edge import settling
from emulator.edge.records import Pipeline
from emulator.edge.state import EdgeState
from emulator.edge.views import pipeline_view, pipeline_with_stages_view
from emulator.errors import permission_denied
from emulator.listing import contains, page
from emulator.operations import Answer, Call


def list_pipelines(state: EdgeState, call: Call) -> Answer:
    """List pipelines; a part of the name is enough (documented)."""
    return page(call, _seen(state, call), "pipelines", lambda found: pipeline_view(state, found))


def list_with_stages(state: EdgeState, call: Call) -> Answer:
    """List pipelines, each beside its stages."""
    return page(call, _seen(state, call), "pipelines", lambda found: pipeline_with_stages_view(state, found))


def _seen(state: EdgeState, call: Call) -> list[Pipeline]:
    wanted = [
        found
        for found in state.pipelines
        if state.is_listed(found, call) and contains(found.name, call.value("name")) and _fits(state, found, call)
    ]
    for pipeline in wanted:
        settling.observe(state, pipeline)
    return wanted


def _fits(state: EdgeState, pipeline: Pipeline, call: Call) -> bool:
    if not call.value("has_backend_stage_lb", False):
        return True
    return any("scaleway_lb" in stage.settings for stage in state.stages_of(pipeline, "backend"))


def create_pipeline(state: EdgeState, call: Call) -> Answer:
    """Create a pipeline, in a project with a plan (reported by users: 403 without one)."""
    project_id: str = call.value("project_id").lower()
    state.world.require_project(project_id, "pipeline")
    if project_id not in state.plans:
        raise permission_denied()
    now = state.world.clock.tick()
    pipeline = Pipeline(
        id=state.world.identities.uuid(),
        created_at=now,
        updated_at=now,
        name=call.value("name"),
        description=call.value("description"),
        project_id=project_id,
        organization_id=state.world.identities.organization_id,
    )
    settling.deploy(state, state.pipelines.add(pipeline))
    return pipeline_view(state, pipeline)


def get_pipeline(state: EdgeState, call: Call) -> Answer:
    """Read a pipeline."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.observe(state, pipeline)
    return pipeline_view(state, pipeline)


def update_pipeline(state: EdgeState, call: Call) -> Answer:
    """Change name and description, which needs no deployment."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.require_settled(state, pipeline)
    pipeline.name = call.value("name", pipeline.name)
    pipeline.description = call.value("description", pipeline.description)
    pipeline.updated_at = state.world.clock.tick()
    return pipeline_view(state, pipeline)


def delete_pipeline(state: EdgeState, call: Call) -> Answer:
    """Delete a pipeline with its stages (documented) and its purge requests."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.require_settled(state, pipeline)
    for stage in state.stages.of(pipeline.id):
        state.stages.remove(stage)
    for purge in state.purge_requests.of(pipeline.id):
        state.purge_requests.remove(purge)
    state.pipelines.remove(pipeline)
    return None
