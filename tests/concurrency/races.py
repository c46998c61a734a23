# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What two plays create at the same time, and whether the API lets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interruption.plays import task

NETWORK, ADDRESS = "a5555555-5555-4555-8555-555555555550", "b5555555-5555-4555-8555-555555555551"


@dataclass(frozen=True)
class Race:
    """One task of both plays, the operation that creates, and the kind of what is created, as the emulator has it.

    before: tasks whose outcome it needs. unique: whether the API refuses the second one. dated: whether one can tell
    which of two is older.
    """

    task: dict[str, Any]
    operation: str
    kind: str
    before: tuple[dict[str, Any], ...] = ()
    unique: bool = False
    dated: bool = True

    @property
    def name(self) -> str:
        """The module of the task."""
        return str(next(key for key in self.task if "." in key).rpartition(".")[2])


LB = task("scw_lb", name="shop", type="lb-s")
BACKEND = task("scw_lb_backend", lb="shop", name="web", forward_protocol="http", forward_port=8080)
FRONTEND = task("scw_lb_frontend", lb="shop", name="http", inbound_port=80, backend="web")
ACL = {"action": {"type": "deny"}, "match": {"ip_subnet": ["10.0.0.0/8"]}}
BALANCER = (LB, BACKEND, FRONTEND)

CONTAINER_NAMESPACE = task("scw_container_namespace", name="shop")
CONTAINER = task("scw_container", namespace="shop", name="web", image="nginx:1")
IN_CONTAINER = {"namespace": "shop", "container": "web"}
SERVICE = (CONTAINER_NAMESPACE, CONTAINER)

FUNCTION_NAMESPACE = task("scw_function_namespace", name="shop")
FUNCTION = task("scw_function", namespace="shop", name="resize", runtime="python313", src="first")
IN_FUNCTION = {"namespace": "shop", "function": "resize"}
CODE = (FUNCTION_NAMESPACE, FUNCTION)

PLAN = task("scw_edge_plan", plan_name="professional")
PIPELINE = task("scw_edge_pipeline", name="shop")
BUCKET = {"bucket_name": "site", "bucket_region": "fr-par"}
SITE = task("scw_edge_backend_stage", pipeline="shop", scaleway_s3=BUCKET)
DNS = task("scw_edge_dns_stage", pipeline="shop", backend_stage="only")
WHOLE_SITE = task(
    "scw_edge_pipeline",
    name="shop",
    stages={"dns": {}, "cache": {"fallback_ttl": "1h"}, "backends": [{"scaleway_s3": BUCKET}]},
)
WHOLE_LB = task(
    "scw_lb",
    name="shop",
    backends=[{"name": "web", "forward_protocol": "http", "forward_port": 8080}],
    frontends=[{"name": "http", "inbound_port": 80, "backend": "web"}],
)

RACES = (
    Race(LB, "CreateLB", "lbs"),
    Race(task("scw_lb_ip", tags=["shop"]), "CreateIP", "ips", dated=False),
    Race(BACKEND, "CreateBackend", "backends", (LB,)),
    Race(FRONTEND, "CreateFrontend", "frontends", (LB, BACKEND), unique=True),
    Race(task("scw_lb_acl", lb="shop", frontend="http", name="office", index=1, **ACL), "CreateACL", "acls", BALANCER),
    Race(
        task("scw_lb_route", lb="shop", frontend="http", backend="web", match={"host_header": "a.example.com"}),
        "CreateRoute",
        "routes",
        BALANCER,
    ),
    Race(
        task("scw_lb_private_network", lb="shop", private_network_id=NETWORK, ipam_ids=[ADDRESS]),
        "AttachPrivateNetwork",
        "private_networks",
        (LB,),
        unique=True,
    ),
    Race(WHOLE_LB, "CreateFrontend", "frontends", (LB, BACKEND), unique=True),
    Race(WHOLE_LB, "CreateBackend", "backends", (LB,)),
    Race(CONTAINER_NAMESPACE, "CreateContainerNamespace", "container_namespaces", unique=True),
    Race(CONTAINER, "CreateContainer", "containers", (CONTAINER_NAMESPACE,), unique=True),
    Race(
        task("scw_container_domain", hostname="www.example.com", **IN_CONTAINER),
        "CreateContainerDomain",
        "container_domains",
        SERVICE,
        unique=True,
    ),
    Race(
        task(
            "scw_container_trigger",
            name="nightly",
            cron_config={"schedule": "5 4 * * *", "timezone": "UTC"},
            **IN_CONTAINER,
        ),
        "CreateContainerTrigger",
        "container_triggers",
        SERVICE,
    ),
    Race(FUNCTION_NAMESPACE, "CreateFunctionNamespace", "function_namespaces", unique=True),
    Race(FUNCTION, "CreateFunction", "functions", (FUNCTION_NAMESPACE,), unique=True),
    Race(
        task("scw_function_domain", hostname="fn.example.com", **IN_FUNCTION),
        "CreateFunctionDomain",
        "function_domains",
        CODE,
        unique=True,
    ),
    Race(
        task("scw_function_cron", name="nightly", schedule="5 4 * * *", **IN_FUNCTION),
        "CreateFunctionCron",
        "function_crons",
        CODE,
        dated=False,
    ),
    Race(PIPELINE, "CreatePipeline", "edge_pipelines", (PLAN,)),
    Race(SITE, "CreateBackendStage", "edge_backend_stages", (PLAN, PIPELINE)),
    Race(DNS, "CreateDNSStage", "edge_dns_stages", (PLAN, PIPELINE, SITE)),
    Race(
        task("scw_edge_head_stage", pipeline="shop", dns_stage="only"),
        "SetHeadStage",
        "edge_pipelines.head_ids",
        (PLAN, PIPELINE, SITE, DNS),
        unique=True,
    ),
    Race(WHOLE_SITE, "CreatePipeline", "edge_pipelines", (PLAN,)),
)
