# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests know about single resources of Edge Services beyond their descriptions; see ``samples``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from behaviour.account import Use
from behaviour.value import Value, plain

NETWORK, SECRET = (f"{first}7777777-7777-4777-8777-77777777777" for first in "cd")
KINDS_OF_STAGES = {"backend": "Backend", "waf": "Waf", "route": "Route", "cache": "Cache", "tls": "TLS", "dns": "DNS"}
"""With their words in the names of operations."""


def balancer(frontend: str, **more: Any) -> dict[str, Any]:
    """The origin of a backend stage behind one frontend of a load balancer."""
    return {"lb": Use("origin"), "zone": "fr-par-1", "frontend": Use(frontend), **more}


def rule(pattern: str, backend: str, **match: Any) -> dict[str, Any]:
    """A rule of a route stage for paths."""
    path = {"path_filter_type": "regex", "value": pattern}
    return {"rule_http_match": {"path_filter": path, **match}, "backend_stage": Use(backend)}


def secret(number: int, region: str) -> dict[str, str]:
    """A secret that holds a certificate."""
    return {"secret_id": f"{SECRET}{number}", "region": region}


# The region of a container or function is a part of what says which one is meant, so it does not change alone.
PLACE = (plain("pl-waw"), plain("pl-waw"))
VALUES: Mapping[str, tuple[Value, Value]] = {
    "edge_pipeline.vpc_endpoints": (
        plain([Use("edge_vpc_endpoint-a"), Use("edge_vpc_endpoint-b")]),
        plain([Use("edge_vpc_endpoint-b")]),
    ),
    "edge_vpc_endpoint.private_network_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "edge_backend_stage.scaleway_lb.lbs": (
        plain([balancer("origin-a", is_ssl=True, domain_name="one.example.com")]),
        plain([balancer("origin-b", is_ssl=False, domain_name="one.example.com")]),
    ),
    **{
        f"edge_backend_stage.scaleway_serverless_{kind}.{kind}": (
            plain(Use(f"origin-{kind}-a")),
            plain(Use(f"origin-{kind}-b")),
        )
        for kind in ("container", "function")
    },
    **{f"edge_backend_stage.scaleway_serverless_{kind}.region": PLACE for kind in ("container", "function")},
    "edge_waf_stage.paranoia_level": (plain(2), plain(4)),
    "edge_route_stage.route_rules": (
        plain([rule("/a", "edge_backend_stage-a", method_filters=["get", "head"]), rule("/b", "edge_backend_stage-b")]),
        plain([rule("/b", "edge_backend_stage-b")]),
    ),
    "edge_tls_stage.secrets": (
        plain([secret(1, "fr-par"), secret(2, "nl-ams")]),
        plain([secret(2, "nl-ams")]),
    ),
    "edge_dns_stage.fqdns": (plain(["www.example.com", "shop.example.com"]), plain(["shop.example.com"])),
}

# Secrets take the place of a managed certificate.
COMPANIONS: Mapping[str, Mapping[str, Any]] = {"edge_tls_stage.secrets": {"managed_certificate": False}}

NOT_IN_FULL: Mapping[str, frozenset[str]] = {
    # Calls of their own follow the creation.
    "edge_pipeline": frozenset({"vpc_endpoints"}),
    "edge_route_stage": frozenset({"route_rules"}),
    "edge_tls_stage": frozenset({"secrets"}),
}

NOT_CLEARABLE: Mapping[str, str] = {
    "edge_backend_stage.scaleway_lb.lbs": "an origin needs a load balancer",
}

FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "edge_dns_stage.fqdns": ("type",),
    "edge_dns_stage.tls_stage": ("type",),
    **{f"edge_dns_stage.{link}_stage": ("type",) for link in ("tls", "cache", "backend")},
}

STAGE_KEYS = tuple(f"edge_{kind}_stage" for kind in KINDS_OF_STAGES)
WRITES: Mapping[str, tuple[str, ...]] = {
    "edge_pipeline": ("UpdatePipeline",),
    "edge_pipeline.vpc_endpoints": ("SetPipelineVPCEndpoints",),
    "edge_vpc_endpoint": (),
    **{f"edge_{kind}_stage": (f"Update{word}Stage",) for kind, word in KINDS_OF_STAGES.items()},
    "edge_route_stage.route_rules": ("SetRouteRules",),
    "edge_head_stage": ("SetHeadStage",),
}
CREATES: Mapping[str, str] = {
    "edge_pipeline": "CreatePipeline",
    "edge_vpc_endpoint": "CreateVPCEndpoint",
    **{f"edge_{kind}_stage": f"Create{word}Stage" for kind, word in KINDS_OF_STAGES.items()},
    "edge_head_stage": "SetHeadStage",
}
DELETES: Mapping[str, str] = {
    "edge_pipeline": "DeletePipeline",
    "edge_vpc_endpoint": "DeleteVPCEndpoint",
    **{f"edge_{kind}_stage": f"Delete{word}Stage" for kind, word in KINDS_OF_STAGES.items()},
    "edge_head_stage": "SetHeadStage",
}
KINDS: Mapping[str, str] = {
    "edge_pipeline": "edge_pipelines",
    "edge_vpc_endpoint": "edge_vpc_endpoints",
    **{key: f"{key}s" for key in STAGE_KEYS},
    "edge_head_stage": "edge_pipelines.head_ids",
}
