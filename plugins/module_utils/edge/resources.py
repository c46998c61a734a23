# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, API edge-services/v1beta1: pipelines, and what leads from them into private networks.

The API is global. Updates are partial. Problems of a configuration show in the ``errors`` of the pipeline, not in the
answers to writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool, Enum, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    Location,
    Problems,
    Resource,
    Settle,
    Update,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

API = "/edge-services/v1beta1"
LOCATION = Location(title="Edge Services")
REGIONS = ("fr-par", "nl-ams", "pl-waw")
TIMESTAMPS = {"created_at": UNKNOWN, "updated_at": UNKNOWN}
PATCH = (Update("PATCH", body="changed"),)
HEADLESS = "pipeline_missing_head_stage"

PIPELINE_ERRORS = Enum("pipeline_errors", choices=("fail", "warn", "ignore"), initial="warn")


def _problem(error: Mapping[str, object]) -> str:
    """One of them in words; without those that the API leaves out."""
    stage = f"{error['stage']} stage" if error.get("stage") else ""
    where = ", ".join(str(word) for word in (stage, error.get("code")) if word)
    what = ": ".join(str(word) for word in (error.get("severity"), error.get("message")) if word)
    return f"{what or 'the API gives no reason'}{f' ({where})' if where else ''}"


def _problems(pipeline: Mapping[str, object]) -> list[str]:
    """What the pipeline says is wrong. That it has no head yet is told by the one who asks for its head."""
    errors = pipeline.get("errors")
    found = [error for error in errors if isinstance(error, Mapping)] if isinstance(errors, list) else []
    told = [_problem(error) for error in found if error.get("code") != HEADLESS]
    if not found and pipeline.get("status") == "error":
        told.append("its status is error, and the API gives no reason")
    return told


PIPELINE: Resource = Resource(
    name="pipeline",
    plural="pipelines",
    title="pipeline",
    item=f"{API}/pipelines/{{id}}",
    collection=f"{API}/pipelines",
    items="pipelines",
    location=LOCATION,
    project_scoped=True,
    takes_organization=False,
    filters=(Str("name"), Bool("has_backend_stage_lb")),
    fields=(
        Str("name", may_be_empty=False),
        Str("description", initial=""),
        ListOf(
            "vpc_endpoints",
            item=Uuid("vpc_endpoint"),
            ordered=False,
            creatable=False,
            key="vpc_endpoint_ids",
            read="vpc_endpoint_ids",
            aliases=("vpc_endpoint_ids",),
        ),
    ),
    updates=(
        Update("PATCH", body="changed"),
        Update("PUT", body="all", path=f"{API}/pipelines/{{id}}/vpc-endpoints", fields=("vpc_endpoints",)),
    ),
    manner=(PIPELINE_ERRORS,),
    settle=Settle(ready=frozenset({"ready", "warning", "error"}), failed=frozenset({"locked"})),
    problems=Problems("pipeline_errors", _problems),
    absent_if_forbidden=True,
    advice={403: "Select a plan for the project first, with scw_edge_plan: without one the API refuses pipelines."},
    computed={
        "project_id": UNKNOWN,
        "organization_id": UNKNOWN,
        "status": UNKNOWN,
        "errors": [],
        **TIMESTAMPS,
    },
)

VPC_ENDPOINT: Resource = Resource(
    name="vpc_endpoint",
    plural="vpc_endpoints",
    title="VPC endpoint",
    item=f"{API}/vpc-endpoints/{{id}}",
    collection=f"{API}/vpc-endpoints",
    items="vpc_endpoints",
    location=LOCATION,
    identity=(("private_network_id",),),
    project_scoped=True,
    takes_organization=False,
    fields=(
        Uuid("private_network_id", aliases=("private_network",), mutable=False, way_out="Create another VPC endpoint."),
        Enum("region", choices=REGIONS, mutable=False, on_create=True, way_out="Create another VPC endpoint."),
    ),
    updates=(),
    absent_if_forbidden=True,
    computed={"project_id": UNKNOWN, **TIMESTAMPS},
)
