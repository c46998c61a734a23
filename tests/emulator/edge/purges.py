# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Purge requests: orders to forget what is cached."""

from __future__ import annotations

from emulator.edge import settling
from emulator.edge.records import PurgeRequest
from emulator.edge.state import EdgeState
from emulator.edge.views import purge_request_view
from emulator.errors import invalid_argument
from emulator.listing import page
from emulator.operations import Answer, Call


def list_purge_requests(state: EdgeState, call: Call) -> Answer:
    """List purge requests."""
    wanted = [
        found
        for found in state.purge_requests
        if state.is_listed(state.pipeline_of(found), call)
        and found.pipeline_id == call.value("pipeline_id", found.pipeline_id).lower()
    ]
    for purge in wanted:
        settling.observe_purge(state, purge)
    return page(call, wanted, "purge_requests", lambda purge: purge_request_view(state, purge))


def create_purge_request(state: EdgeState, call: Call) -> Answer:
    """Ask for everything or for some assets to be forgotten; a pipeline may be unsettled meanwhile."""
    pipeline = state.pipeline(call.value("pipeline_id"))
    state.world.require_project(pipeline.project_id, "purge_request")
    assets, is_all = call.value("assets", []), call.value("all", False)
    if assets and is_all:
        raise invalid_argument("assets", "only one of all, assets may be set")
    if not assets and not is_all:
        raise invalid_argument("assets", "one of all, assets must be set", "required")
    now = state.world.clock.tick()
    purge = PurgeRequest(
        id=state.world.identities.uuid(),
        created_at=now,
        updated_at=now,
        pipeline_id=pipeline.id,
        target={"all": True} if is_all else {"assets": list(assets)},
        status=settling.PENDING,
        transition=state.world.start(settling.PENDING),
    )
    return purge_request_view(state, state.purge_requests.add(purge))


def get_purge_request(state: EdgeState, call: Call) -> Answer:
    """Read a purge request."""
    purge = state.purge_request(call.ids["purge_request_id"])
    settling.observe_purge(state, purge)
    return purge_request_view(state, purge)
