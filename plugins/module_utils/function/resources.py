# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, API functions/v1beta1: namespaces, functions, and what leads to them.

Everything is under ``/functions/v1beta1/regions/{region}``. Updates are partial, except for maps, which are replaced as
a whole, and for secrets, which are merged by name. A function without code stays in status ``created``; every update of
another one rolls it out again (recorded). A resource in status ``error`` can still be changed and deleted (recorded).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Duration, Enum, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedPairs, Json, MapOf, Secret
from ansible_collections.scw.cloud.plugins.module_utils.description.quantities import Megabytes
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    OneOf,
    Resource,
    Settle,
    Update,
    Values,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.schedules import Schedule
from ansible_collections.scw.cloud.plugins.module_utils.records import replace
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

FAILED = frozenset({"error", "locked"})
LEAVING = frozenset({"deleting"})
SETTLE = Settle(ready=frozenset({"ready"}), failed=FAILED, leaving=LEAVING, reasons=("error_message",))
NEVER_LOCKED = replace(SETTLE, failed=frozenset({"error"}))
IN_ORDER = {"status": "ready", "error_message": None}

ENVIRONMENT = (MapOf("environment_variables", default={}), HashedPairs("secret_environment_variables", default=[]))
CREDENTIALS = frozenset({"access_key", "secret_key"})
SOURCES = ("scw_sqs_config", "scw_nats_config", "sqs_config")

WITHOUT_CODE = "created"
"""The status of a function that never had code."""


def _prepare_namespace(wanted: Values, current: Values | None) -> Values:
    if current is None:
        check_name(wanted)
    return prepare_environment(ENVIRONMENT, wanted, current)


def _prepare_function(wanted: Values, current: Values | None) -> Values:
    if current is None:
        check_name(wanted)
        wanted = {name: value for name, value in wanted.items() if (name, value) != ("private_network_id", "")}
    check_scale(wanted, current)
    return prepare_environment(ENVIRONMENT, wanted, current)


def _prepare_trigger(wanted: Values, current: Values | None) -> Values:
    return prepare_credentials(TRIGGER, CREDENTIALS, wanted, current)


def _redeploy(current: Mapping[str, Any]) -> Values:
    """The API rebuilds after every update unless told otherwise, and fails where there is no code (recorded)."""
    return {"redeploy": current.get("status") != WITHOUT_CODE}


def _input_type(values: Values) -> str:
    """The kind of a trigger, which is the word that its configuration begins with."""
    return next((name.removesuffix("_config") for name in SOURCES if name in values), UNKNOWN)


NAMESPACE: Resource = Resource(
    name="namespace",
    plural="namespaces",
    title="function namespace",
    item="/functions/v1beta1/{scope}/namespaces/{id}",
    collection="/functions/v1beta1/{scope}/namespaces",
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
    takes_along=lambda: (FUNCTION,),
    settle=SETTLE,
    wait_timeout=600,
    computed={
        "organization_id": UNKNOWN,
        "project_id": UNKNOWN,
        "registry_namespace_id": UNKNOWN,
        "registry_endpoint": UNKNOWN,
        "vpc_integration_activated": False,
        "region": UNKNOWN,
        **IN_ORDER,
        **TIMESTAMPS,
    },
)

FUNCTION: Resource = Resource(
    name="function",
    plural="functions",
    title="function",
    item="/functions/v1beta1/{scope}/functions/{id}",
    collection="/functions/v1beta1/{scope}/functions",
    items="functions",
    location=LOCATION,
    parent=NAMESPACE,
    parent_path="namespace_id",
    parent_key="namespace_id",
    filters=(Str("name"),),
    fields=(
        Str("name", may_be_empty=False, mutable=False, way_out=ANOTHER_NAME),
        Str("runtime", may_be_empty=False, on_create=True),
        Str("handler", may_be_empty=False),
        Str("description", default=""),
        ListOf("tags", ordered=False),
        MIN_SCALE,
        MAX_SCALE,
        # What a creation makes of those that it leaves out is recorded.
        Megabytes("memory_limit", default=256),
        Duration("timeout", text=True, may_be_empty=False, default="300s"),
        Enum("privacy", choices=("public", "private"), default="public"),
        Enum("http_option", choices=("enabled", "redirected"), default="enabled"),
        Enum("sandbox", choices=("v1", "v2"), default="v2"),
        Uuid("private_network_id", aliases=("private_network",), may_be_empty=True, default=None),
        *ENVIRONMENT,
    ),
    updates=(Update("PATCH", body="changed", beside=_redeploy),),
    manner=MANNER,
    prepare=_prepare_function,
    takes_along=lambda: (CRON, DOMAIN, TRIGGER),
    settle=Settle(
        ready=frozenset({"ready", WITHOUT_CODE}),
        failed=FAILED,
        leaving=LEAVING,
        reasons=("error_message", "build_message", "runtime_message"),
    ),
    wait_timeout=900,
    computed={
        "namespace_id": UNKNOWN,
        "cpu_limit": UNKNOWN,
        "domain_name": UNKNOWN,
        "region": UNKNOWN,
        "status": WITHOUT_CODE,
        "error_message": None,
        "build_message": None,
        "runtime_message": "",
        "ready_at": None,
        **TIMESTAMPS,
    },
)

CRON: Resource = Resource(
    name="cron",
    plural="crons",
    title="cron",
    item="/functions/v1beta1/{scope}/crons/{id}",
    collection="/functions/v1beta1/{scope}/crons",
    items="crons",
    location=LOCATION,
    parent=FUNCTION,
    parent_path="function_id",
    parent_key="function_id",
    fields=(
        Str("name", may_be_empty=False),
        Schedule("schedule", on_create=True),
        Json("args", initial={}),
    ),
    updates=PATCH,
    settle=SETTLE,
    wait_timeout=600,
    computed={"function_id": UNKNOWN, "status": "ready"},
)

DOMAIN: Resource = Resource(
    name="domain",
    plural="domains",
    title="domain",
    item="/functions/v1beta1/{scope}/domains/{id}",
    collection="/functions/v1beta1/{scope}/domains",
    items="domains",
    location=LOCATION,
    parent=FUNCTION,
    parent_path="function_id",
    parent_key="function_id",
    identity=(("hostname",),),
    fields=(Hostname("hostname", mutable=False, way_out="Create another domain."),),
    updates=(),
    advice={
        400: "A CNAME record must lead from hostname to domain_name of the function. A new one takes a while to show."
    },
    settle=NEVER_LOCKED,
    wait_timeout=600,
    computed={"function_id": UNKNOWN, "url": UNKNOWN, **IN_ORDER},
)

TRIGGER: Resource = Resource(
    name="trigger",
    plural="triggers",
    title="trigger",
    item="/functions/v1beta1/{scope}/triggers/{id}",
    collection="/functions/v1beta1/{scope}/triggers",
    items="triggers",
    location=LOCATION,
    parent=FUNCTION,
    parent_path="function_id",
    parent_key="function_id",
    one_of=(OneOf(SOURCES, switchable=False),),
    fields=(
        Str("name", may_be_empty=False),
        Str("description", default=""),
        Object(
            "scw_sqs_config",
            mutable=False,
            fields=(
                Str("queue", may_be_empty=False, on_create=True),
                Uuid("mnq_project_id", on_create=True),
                Str("mnq_region", may_be_empty=False, on_create=True),
            ),
        ),
        Object(
            "scw_nats_config",
            mutable=False,
            fields=(
                Str("subject", may_be_empty=False, on_create=True),
                Str("mnq_nats_account_id", may_be_empty=False, on_create=True),
                Uuid("mnq_project_id", on_create=True),
                Str("mnq_region", may_be_empty=False, on_create=True),
            ),
        ),
        Object(
            "sqs_config",
            fields=(
                Str("endpoint", may_be_empty=False, on_create=True, mutable=False),
                Str("queue_url", may_be_empty=False, on_create=True, mutable=False),
                Secret("access_key", on_create=True),
                Secret("secret_key", on_create=True),
            ),
        ),
    ),
    updates=PATCH,
    manner=(UPDATE_CREDENTIALS,),
    prepare=_prepare_trigger,
    settle=NEVER_LOCKED,
    wait_timeout=600,
    computed={"function_id": UNKNOWN, "input_type": _input_type, **IN_ORDER},
)
