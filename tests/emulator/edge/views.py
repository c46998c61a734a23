# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API shows of each object: keys and nesting as recorded.

The key of the next stage and that of the origin are missing where there is none; so is a filter of a rule.
"""

from __future__ import annotations

import copy
from typing import Any

from emulator.edge import settling
from emulator.edge.facts import NEXT_KINDS, link_key
from emulator.edge.records import Pipeline, PurgeRequest, Stage, Thing, VpcEndpoint
from emulator.edge.state import EdgeState

Json = dict[str, Any]


def _life(state: EdgeState, thing: Thing) -> Json:
    clock = state.world.clock
    return {
        "id": thing.id,
        "created_at": clock.cut_text(thing.created_at),
        "updated_at": clock.cut_text(thing.updated_at),
    }


def pipeline_view(state: EdgeState, pipeline: Pipeline) -> Json:
    """A pipeline."""
    status, errors = settling.shown_status(state, pipeline)
    return {
        **_life(state, pipeline),
        "name": pipeline.name,
        "description": pipeline.description,
        "status": status,
        "errors": [dict(error) for error in errors],
        "project_id": pipeline.project_id,
        "organization_id": pipeline.organization_id,
        "vpc_endpoint_ids": list(pipeline.vpc_endpoint_ids),
    }


def pipeline_with_stages_view(state: EdgeState, pipeline: Pipeline) -> Json:
    """A pipeline beside its stages."""
    kinds = {f"{kind}_stages": state.stages_of(pipeline, kind) for kind in NEXT_KINDS}
    return {
        "pipeline": pipeline_view(state, pipeline),
        **{key: [stage_view(state, stage) for stage in stages] for key, stages in kinds.items()},
    }


def stage_view(state: EdgeState, stage: Stage) -> Json:
    """A stage of any kind; the rules of a route stage are listed apart."""
    shown: Json = {
        **_life(state, stage),
        "pipeline_id": stage.pipeline_id,
        "status": settling.stage_status(state, stage),
        **copy.deepcopy(stage.settings),
        **stage.link,
    }
    if stage.kind == "dns":
        shown.update(_names(state, stage))
    if stage.kind == "tls":
        shown["certificate_expires_at"] = _validity(state, stage)
    return shown


def _validity(state: EdgeState, stage: Stage) -> str | None:
    return None if stage.expires_at is None else state.world.clock.seconds_text(stage.expires_at)


def default_fqdn(pipeline_id: str) -> str:
    """Return the host name that a pipeline is given (documented)."""
    return f"{pipeline_id}.svc.edge.scw.cloud"


def _names(state: EdgeState, stage: Stage) -> Json:
    """Return what is given and derived: default names come with the deployment (recorded: empty before)."""
    pipeline = state.pipeline_of(stage)
    is_live = stage.id in pipeline.live_ids
    default = default_fqdn(pipeline.id) if is_live else ""
    private = f"{pipeline.id}.private.svc.edge.scw.cloud" if is_live and pipeline.vpc_endpoint_ids else ""
    fqdns: list[str] = list(stage.settings["fqdns"])
    is_listed = is_live and state.world.settings.list_default_fqdn
    return {
        "type": _kind_of_names(stage),
        "default_fqdn": default,
        "default_private_fqdn": private,
        "fqdns": [*fqdns, default] if is_listed else fqdns,
    }


def _kind_of_names(stage: Stage) -> str:
    if not stage.settings["fqdns"]:
        return "auto"
    return "managed" if link_key("tls") in stage.link else "custom"


def rule_view(stage: Stage, position: int) -> Json:
    """A rule of a route stage; positions count from 1."""
    return {**copy.deepcopy(stage.rules[position - 1]), "position": position, "route_stage_id": stage.id}


def vpc_endpoint_view(state: EdgeState, endpoint: VpcEndpoint) -> Json:
    """A VPC endpoint."""
    return {
        **_life(state, endpoint),
        "project_id": endpoint.project_id,
        "region": endpoint.region,
        "private_network_id": endpoint.private_network_id,
    }


def purge_request_view(state: EdgeState, purge: PurgeRequest) -> Json:
    """A purge request: the assets, or that it is about all of them."""
    return {**_life(state, purge), "pipeline_id": purge.pipeline_id, "status": purge.status, **purge.target}
