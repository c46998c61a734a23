# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers, API containers/v1: namespaces, containers, and what leads to them.

Everything is under ``/containers/v1/regions/{region}``. Updates are partial, except for maps, and for objects such as a
probe, which are replaced as a whole. Every change of a container rolls it out again. A resource in status ``error``
can still be changed and deleted (recorded).
"""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool, Duration, Enum, Int, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap, JsonText, MapOf, Secret
from ansible_collections.scw.cloud.plugins.module_utils.description.quantities import Millicpu, Size
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    OneOf,
    Resource,
    Settle,
    Values,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.schedules import Schedule, TimeZone
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.serverless import (
    ANOTHER_NAME,
    LOCATION,
    MANNER,
    MAX_SCALE,
    MIN_SCALE,
    PATCH,
    TIMESTAMPS,
    UPDATE_CREDENTIALS,
    Hostname,
    check_name,
    check_scale,
    prepare_credentials,
    prepare_environment,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

SETTLE = Settle(
    ready=frozenset({"ready"}),
    failed=frozenset({"error", "locked"}),
    leaving=frozenset({"deleting"}),
    reasons=("error_message",),
)
IN_ORDER = {"status": "ready", "error_message": ""}

RESERVED_PORTS = (8008, 8012, 8013, 8022, 9090, 9091)

ENVIRONMENT = (MapOf("environment_variables", default={}), HashedMap("secret_environment_variables", default={}))

LIVENESS = {"failure_threshold": 30, "interval": "10s", "timeout": "1s", "tcp": {}}
"""The probe of a container that was created without one (recorded), like the other defaults below."""


def _prepare_namespace(wanted: Values, current: Values | None) -> Values:
    if current is None:
        check_name(wanted)
    return prepare_environment(ENVIRONMENT, wanted, current)


def _prepare_container(wanted: Values, current: Values | None) -> Values:
    if current is None:
        check_name(wanted)
        wanted = {name: value for name, value in wanted.items() if (name, value) != ("private_network_id", "")}
    if wanted.get("port") in RESERVED_PORTS:
        ports = ", ".join(map(str, RESERVED_PORTS))
        raise InvalidOption("port", f"{wanted['port']} is reserved: the platform needs {ports} for itself.")
    check_scale(wanted, current)
    return prepare_environment(ENVIRONMENT, wanted, current)


def _prepare_trigger(wanted: Values, current: Values | None) -> Values:
    return prepare_credentials(TRIGGER, CREDENTIALS, wanted, current)


CREDENTIALS = frozenset({"secret_access_key", "credentials_file_content"})
SOURCES = ("cron_config", "sqs_config", "nats_config")


def _source_type(values: Values) -> str:
    """The kind of a trigger, which is the word that its configuration begins with."""
    return next((name.removesuffix("_config") for name in SOURCES if name in values), UNKNOWN)


def _probe(name: str, default: Values | None) -> Object:
    return Object(
        name,
        default=default,
        one_of=("tcp", "http"),
        one_needed=True,
        fields=(
            Int("failure_threshold", low=1, on_create=True),
            Duration("interval", text=True, may_be_empty=False),
            Duration("timeout", text=True, may_be_empty=False),
            Object("tcp"),
            Object("http", fields=(Str("path", required=True, may_be_empty=False),)),
        ),
    )


NAMESPACE: Resource = Resource(
    name="namespace",
    plural="namespaces",
    title="container namespace",
    item="/containers/v1/{scope}/namespaces/{id}",
    collection="/containers/v1/{scope}/namespaces",
    items="namespaces",
    location=LOCATION,
    project_scoped=True,
    takes_organization=False,
    filters=(Str("name"),),
    fields=(
        Str("name", may_be_empty=False, mutable=False, way_out=ANOTHER_NAME),
        Str("description", default=""),
        ListOf("tags", ordered=False),
        *ENVIRONMENT,
    ),
    updates=PATCH,
    manner=MANNER,
    prepare=_prepare_namespace,
    takes_along=lambda: (CONTAINER,),
    settle=SETTLE,
    wait_timeout=600,
    computed={"status": "ready", "project_id": UNKNOWN, "organization_id": UNKNOWN, "region": UNKNOWN, **TIMESTAMPS},
)

CONTAINER: Resource = Resource(
    name="container",
    plural="containers",
    title="container",
    item="/containers/v1/{scope}/containers/{id}",
    collection="/containers/v1/{scope}/containers",
    items="containers",
    location=LOCATION,
    parent=NAMESPACE,
    parent_path="namespace_id",
    parent_key="namespace_id",
    filters=(Str("name"),),
    fields=(
        Str("name", may_be_empty=False, mutable=False, way_out=ANOTHER_NAME),
        Str("image", may_be_empty=False, on_create=True),
        Str("description", default=""),
        ListOf("tags", ordered=False),
        MIN_SCALE,
        MAX_SCALE,
        Size("memory_limit_bytes", default=2_048_000_000),
        Millicpu("mvcpu_limit", default=1000),
        Size("local_storage_limit_bytes", default=1_000_000_000),
        Duration("timeout", text=True, may_be_empty=False, default="300s"),
        Enum("privacy", choices=("public", "private"), default="public"),
        Enum("protocol", choices=("http1", "h2c"), default="http1"),
        # What the API does without it is not known: every recorded creation has it.
        Int("port", low=1, high=65535, initial=8080),
        Bool("https_connections_only", update_key="https_connection_only", default=False),
        Enum("sandbox", choices=("v1", "v2"), default="v2"),
        Object(
            "scaling_option",
            default={"concurrent_requests_threshold": 50},
            one_needed=True,
            one_of=("concurrent_requests_threshold", "cpu_usage_threshold", "memory_usage_threshold"),
            fields=(
                Int("concurrent_requests_threshold", low=1),
                Int("cpu_usage_threshold", low=1, high=100),
                Int("memory_usage_threshold", low=1, high=100),
            ),
        ),
        _probe("liveness_probe", LIVENESS),
        _probe("startup_probe", None),
        Uuid("private_network_id", aliases=("private_network",), may_be_empty=True, shown_unset=False),
        ListOf("command"),
        ListOf("args"),
        *ENVIRONMENT,
    ),
    updates=PATCH,
    manner=MANNER,
    prepare=_prepare_container,
    takes_along=lambda: (DOMAIN, TRIGGER),
    settle=SETTLE,
    wait_timeout=900,
    computed={
        "namespace_id": UNKNOWN,
        "public_endpoint": UNKNOWN,
        "region": UNKNOWN,
        **IN_ORDER,
        **TIMESTAMPS,
    },
)

DOMAIN: Resource = Resource(
    name="domain",
    plural="domains",
    title="domain",
    item="/containers/v1/{scope}/domains/{id}",
    collection="/containers/v1/{scope}/domains",
    items="domains",
    location=LOCATION,
    parent=CONTAINER,
    parent_path="container_id",
    parent_key="container_id",
    identity=(("hostname",),),
    fields=(
        Hostname("hostname", mutable=False, way_out="Create another domain."),
        ListOf("tags", ordered=False),
    ),
    updates=PATCH,
    settle=SETTLE,
    wait_timeout=600,
    computed={"container_id": UNKNOWN, **IN_ORDER, **TIMESTAMPS},
)

TRIGGER: Resource = Resource(
    name="trigger",
    plural="triggers",
    title="trigger",
    item="/containers/v1/{scope}/triggers/{id}",
    collection="/containers/v1/{scope}/triggers",
    items="triggers",
    location=LOCATION,
    parent=CONTAINER,
    parent_path="container_id",
    parent_key="container_id",
    one_of=(OneOf(SOURCES, switchable=False),),
    filters=(Enum("trigger_type", choices=("cron", "sqs", "nats")),),
    fields=(
        Str("name", may_be_empty=False),
        Str("description", default=""),
        ListOf("tags", ordered=False),
        Object(
            "destination_config",
            fields=(
                Str("http_path", may_be_empty=False, default="/"),
                Enum("http_method", choices=("get", "post", "put", "patch", "delete"), default="post"),
            ),
        ),
        Object(
            "cron_config",
            fields=(
                Schedule("schedule", on_create=True),
                TimeZone("timezone", on_create=True),
                JsonText("body", initial=""),
                MapOf("headers", default={}),
            ),
        ),
        Object(
            "sqs_config",
            fields=(
                Str("region", may_be_empty=False, on_create=True),
                Str("endpoint", may_be_empty=False, on_create=True),
                Str("access_key_id", may_be_empty=False, on_create=True),
                Secret("secret_access_key", on_create=True),
                Str("queue_url", may_be_empty=False, on_create=True),
            ),
        ),
        Object(
            "nats_config",
            fields=(
                ListOf("server_urls", item=Str("server_url", may_be_empty=False), on_create=True),
                Str("subject", may_be_empty=False, on_create=True),
                Secret("credentials_file_content", on_create=True, file="credentials_file"),
            ),
        ),
    ),
    updates=PATCH,
    manner=(UPDATE_CREDENTIALS,),
    prepare=_prepare_trigger,
    settle=SETTLE,
    wait_timeout=600,
    computed={"container_id": UNKNOWN, "source_type": _source_type, **IN_ORDER, **TIMESTAMPS},
)
