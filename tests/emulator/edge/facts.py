# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SDK's Edge Services types leave out: which stage leads to which, required arguments, limits and words."""

from __future__ import annotations

import re

from scaleway.edge_services.v1beta1 import types

from emulator.schema import SchemaFacts
from emulator.shapes import Choice, Duration, Identifier, Items, Matching, Shape, Text, Whole

REGIONS = ("fr-par", "nl-ams", "pl-waw")
# The kinds of stages in the order that requests pass them, each with the kinds that may come next.
NEXT_KINDS: dict[str, tuple[str, ...]] = {
    "dns": ("tls", "cache", "backend"),
    "tls": ("cache", "backend", "route", "waf"),
    "cache": ("backend", "waf", "route"),
    "route": ("waf", "backend"),
    "waf": ("backend",),
    "backend": (),
}
ORIGINS = ("scaleway_s3", "scaleway_lb", "scaleway_serverless_container", "scaleway_serverless_function")

_FILLED = Text(may_be_empty=False)
_LINK = Identifier(may_be_empty=True)
_METHODS = tuple(item.value for item in types.RuleHttpMatchMethodFilter if item.value != "unknown_method_filter")
_PLANS = tuple(item.value for item in types.PlanName if item.value != "unknown_name")
_REGION = Choice(REGIONS)
_ZONE = Matching(re.compile(r"(fr-par|nl-ams|pl-waw)-[1-3]"), "a zone")

_SHAPES: dict[str, Shape] = {
    "CreatePipelineRequest.name": _FILLED,
    "UpdatePipelineRequest.name": _FILLED,
    "project_id": Identifier(),
    "organization_id": Identifier(),
    "pipeline_id": Identifier(),
    "UpdateBackendStageRequest.pipeline_id": _LINK,
    **{f"{kind}_stage_id": _LINK for kind in NEXT_KINDS},
    **{f"SetRouteRulesRequestRouteRule.{kind}_stage_id": Identifier() for kind in ("backend", "waf")},
    "new_stage_id": Identifier(),
    "current_stage_id": Identifier(),
    "remove_stage_id": Identifier(),
    "fallback_ttl": Duration(),
    "paranoia_level": Whole(1, 4),
    "fqdns": Items(_FILLED),
    "secret_id": Identifier(),
    "secret_region": _REGION,
    "region": _REGION,
    "bucket_name": _FILLED,
    "bucket_region": _REGION,
    "lb_id": Identifier(),
    "ScalewayLb.id": Identifier(),
    "ScalewayLb.zone": _ZONE,
    "frontend_id": Identifier(),
    "container_id": Identifier(),
    "function_id": Identifier(),
    "private_network_id": Identifier(),
    "vpc_endpoint_ids": Items(Identifier()),
    "method_filters": Items(Choice(_METHODS)),
    "path_filter_type": Choice(("regex",)),
    "host_filter_type": Choice(("regex",)),
    "value": _FILLED,
    "assets": Items(_FILLED),
    "plan_name": Choice(_PLANS),
    "fqdn": _FILLED,
    "cname": _FILLED,
    "raw": _FILLED,
    "page": Whole(1),
    "page_size": Whole(1),
}

_REQUIRED: dict[str, frozenset[str]] = {
    "CreatePipelineRequest": frozenset({"name", "description", "project_id"}),
    "CreateWafStageRequest": frozenset({"mode", "paranoia_level"}),
    "UpdateBackendStageRequest": frozenset(),
    "ScalewayS3BackendConfig": frozenset({"bucket_name", "bucket_region"}),
    "RuleHttpMatch": frozenset(),
    "SetRouteRulesRequest": frozenset({"route_rules"}),
    "AddRouteRulesRequest": frozenset({"route_rules"}),
    "SetPipelineVPCEndpointsRequest": frozenset({"vpc_endpoint_ids"}),
    "CreateVPCEndpointRequest": frozenset({"private_network_id", "project_id", "region"}),
    "SelectPlanRequest": frozenset({"project_id", "plan_name"}),
    "CheckDomainRequest": frozenset({"fqdn", "cname", "project_id"}),
    "CheckPEMChainRequest": frozenset({"fqdn", "project_id"}),
    "CheckLbOriginRequest": frozenset({"lb"}),
}

_ORIGIN = (frozenset(ORIGINS),)
EDGE_FACTS = SchemaFacts(
    shapes=_SHAPES,
    required=_REQUIRED,
    exclusive={
        "CreateBackendStageRequest": _ORIGIN,
        "UpdateBackendStageRequest": _ORIGIN,
        "SetHeadStageRequest": (frozenset({"add_new_head_stage", "remove_head_stage", "swap_head_stage"}),),
        "SetRouteRulesRequestRouteRule": (frozenset({"backend_stage_id", "waf_stage_id"}),),
        "AddRouteRulesRequest": (frozenset({"after_position", "before_position"}),),
        "CheckPEMChainRequest": (frozenset({"secret", "raw"}),),
    },
)


def link_key(kind: str) -> str:
    """Return the key that names a stage of the kind in another stage."""
    return f"{kind}_stage_id"
