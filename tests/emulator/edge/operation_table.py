# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Edge Services operation: name, method, path, the SDK's request type, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from scaleway.edge_services.v1beta1 import types

from emulator.edge import (
    checks,
    head_stages,
    pipelines,
    plans,
    purges,
    route_rules,
    stage_filters,
    stages,
    vpc_endpoints,
)
from emulator.edge.facts import link_key
from emulator.edge.state import EdgeState
from emulator.operations import Answer, Call, Operation

_BASE = "/edge-services/v1beta1"
_Handler = Callable[[EdgeState, Call], Answer]


def _operation(
    name: str, method: str, path: str, handler: _Handler, request: type | None = None
) -> Operation[EdgeState]:
    known: type = request or getattr(types, f"{name}Request")
    return Operation(name, method, f"{_BASE}{path}", known, handler, in_query=method in ("GET", "DELETE"))


def _stage_operations(kind: str, word: str) -> tuple[Operation[EdgeState], ...]:
    """The five operations of a kind of stages; word: the kind in the names of the SDK."""
    of_pipeline = f"/pipelines/{{pipeline_id}}/{kind}-stages"
    one = f"/{kind}-stages/{{{link_key(kind)}}}"
    return (
        _operation(f"List{word}Stages", "GET", of_pipeline, partial(stages.list_stages, kind)),
        _operation(f"Create{word}Stage", "POST", of_pipeline, partial(stages.create_stage, kind)),
        _operation(f"Get{word}Stage", "GET", one, partial(stages.get_stage, kind)),
        _operation(f"Update{word}Stage", "PATCH", one, partial(stages.update_stage, kind)),
        _operation(f"Delete{word}Stage", "DELETE", one, partial(stages.delete_stage, kind)),
    )


_PIPELINE = "/pipelines/{pipeline_id}"
_ENDPOINT = "/vpc-endpoints/{vpc_endpoint_id}"
_RULES = "/route-stages/{route_stage_id}/route-rules"
_PLAN = "/current-plan/{project_id}"
_search_backends = partial(stage_filters.search_stages, "backend")
_search_wafs = partial(stage_filters.search_stages, "waf")

OPERATIONS: tuple[Operation[EdgeState], ...] = (
    _operation("ListPipelines", "GET", "/pipelines", pipelines.list_pipelines),
    _operation("CreatePipeline", "POST", "/pipelines", pipelines.create_pipeline),
    _operation("GetPipeline", "GET", _PIPELINE, pipelines.get_pipeline),
    _operation("UpdatePipeline", "PATCH", _PIPELINE, pipelines.update_pipeline),
    _operation("DeletePipeline", "DELETE", _PIPELINE, pipelines.delete_pipeline),
    _operation("ListPipelinesWithStages", "GET", "/pipelines-stages", pipelines.list_with_stages),
    _operation("ListHeadStages", "GET", f"{_PIPELINE}/head-stages", head_stages.list_head_stages),
    _operation("SetHeadStage", "POST", f"{_PIPELINE}/set-head-stage", head_stages.set_head_stage),
    _operation("ListVPCEndpoints", "GET", "/vpc-endpoints", vpc_endpoints.list_vpc_endpoints),
    _operation("CreateVPCEndpoint", "POST", "/vpc-endpoints", vpc_endpoints.create_vpc_endpoint),
    _operation("GetVPCEndpoint", "GET", _ENDPOINT, vpc_endpoints.get_vpc_endpoint),
    _operation("DeleteVPCEndpoint", "DELETE", _ENDPOINT, vpc_endpoints.delete_vpc_endpoint),
    _operation("SetPipelineVPCEndpoints", "PUT", f"{_PIPELINE}/vpc-endpoints", vpc_endpoints.set_of_pipeline),
    *_stage_operations("dns", "DNS"),
    *_stage_operations("tls", "TLS"),
    *_stage_operations("cache", "Cache"),
    *_stage_operations("route", "Route"),
    *_stage_operations("waf", "Waf"),
    *_stage_operations("backend", "Backend"),
    _operation("SearchBackendStages", "GET", "/search-backend-stages", _search_backends),
    _operation("SearchWafStages", "GET", "/search-waf-stages", _search_wafs),
    _operation("SearchRouteRules", "GET", "/search-route-rules", route_rules.search_rules),
    _operation("ListRouteRules", "GET", _RULES, route_rules.list_rules),
    _operation("SetRouteRules", "PUT", _RULES, route_rules.set_rules),
    _operation("AddRouteRules", "POST", _RULES, route_rules.add_rules),
    _operation("CheckDomain", "POST", "/check-domain", checks.check_domain),
    _operation("CheckPEMChain", "POST", "/check-pem-chain", checks.check_pem_chain),
    _operation("CheckLbOrigin", "POST", "/check-lb-origin", checks.check_lb_origin),
    _operation("ListPurgeRequests", "GET", "/purge-requests", purges.list_purge_requests),
    _operation("CreatePurgeRequest", "POST", "/purge-requests", purges.create_purge_request),
    _operation("GetPurgeRequest", "GET", "/purge-requests/{purge_request_id}", purges.get_purge_request),
    _operation("ListPlans", "GET", "/plans", plans.list_plans, plans.NoArguments),
    _operation("SelectPlan", "PATCH", "/current-plan", plans.select_plan),
    _operation("GetCurrentPlan", "GET", _PLAN, plans.get_current_plan),
    _operation("DeleteCurrentPlan", "DELETE", _PLAN, plans.delete_current_plan),
    _operation("GetBilling", "GET", "/billing/{project_id}", plans.get_billing),
)
