# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, the last stage of a pipeline: where requests go, which may be a resource of another product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool, Enum, Field, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.links import Elsewhere
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import OneOf, Resource
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import (
    API,
    LOCATION,
    PATCH,
    PIPELINE,
    PIPELINE_ERRORS,
    REGIONS,
    TIMESTAMPS,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


def stage(
    kind: str,
    fields: tuple[Field, ...],
    following: tuple[Field, ...] = (),
    computed: Mapping[str, Any] | None = None,
    **more: Any,
) -> Resource:
    """One kind of stage; ``following``: links of which one may be set, ``more`` as of a resource."""
    groups = (OneOf(tuple(link.name for link in following), on_create=False),) if len(following) > 1 else ()
    usual: dict[str, Any] = {"identity": (), "updates": PATCH, "one_of": groups}
    return Resource(
        name=f"{kind}_stage",
        plural=f"{kind}_stages",
        title=f"{kind.upper() if len(kind) == 3 else kind} stage",
        item=f"{API}/{kind}-stages/{{id}}",
        collection=f"{API}/pipelines/{{pipeline}}/{kind}-stages",
        items="stages",
        location=LOCATION,
        parent=PIPELINE,
        parent_path="pipeline_id",
        fields=(*fields, *following),
        manner=(PIPELINE_ERRORS,),
        settles_in_parent=True,
        absent_if_forbidden=True,
        computed={"pipeline_id": UNKNOWN, "status": UNKNOWN, **(computed or {}), **TIMESTAMPS},
        **{**usual, **more},
    )


def _lb() -> Resource:
    # Imported here, as below: only tasks that name an origin need its product.
    from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB

    return LB


def _frontend() -> Resource:
    from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND

    return FRONTEND


def _container() -> Resource:
    from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER

    return CONTAINER


def _function() -> Resource:
    from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION

    return FUNCTION


def _elsewhere(name: str, **more: Any) -> Elsewhere:
    """What an origin cannot do without, by name or ID; ``more`` as of the field."""
    usual = {"key": f"{name}_id", "read": f"{name}_id"}
    return Elsewhere(name, aliases=(f"{name}_id",), required=True, **{**usual, **more})


def _serverless(name: str, to: Callable[[], Resource]) -> Object:
    """An origin that is a container or a function."""
    region = Enum("region", choices=REGIONS, required=True)
    return Object(f"scaleway_serverless_{name}", fields=(region, _elsewhere(name, to=to, at="region")))


LB_ORIGIN = (
    _elsewhere("lb", key="id", read="id", to=_lb, at="zone"),
    Str("zone", may_be_empty=False, required=True),
    _elsewhere("frontend", to=_frontend, at="zone", around="lb"),
    Bool("is_ssl", initial=False),
    Str("domain_name"),
    Bool("has_websocket", initial=False),
    Uuid("private_network_id"),
)
ORIGINS = ("scaleway_s3", "scaleway_lb", "scaleway_serverless_container", "scaleway_serverless_function")

BACKEND_STAGE = stage(
    "backend",
    (
        Object(
            "scaleway_s3",
            fields=(
                Str("bucket_name", required=True, may_be_empty=False),
                Enum("bucket_region", choices=REGIONS, required=True),
                Bool("is_website", initial=False),
            ),
        ),
        Object("scaleway_lb", fields=(ListOf("lbs", item=Object("", fields=LB_ORIGIN), required=True),)),
        _serverless("container", _container),
        _serverless("function", _function),
    ),
    identity=(
        ("scaleway_s3.bucket_name", "scaleway_s3.bucket_region"),
        ("scaleway_lb.lbs[].lb", "scaleway_lb.lbs[].frontend"),
        ("scaleway_serverless_container.container",),
        ("scaleway_serverless_function.function",),
    ),
    one_of=(OneOf(ORIGINS),),
    filters=(Str("bucket_name"), Enum("bucket_region", choices=REGIONS), Uuid("lb_id")),
    advice={403: "The plan may allow no more backends in a pipeline: choose another with scw_edge_plan."},
)
