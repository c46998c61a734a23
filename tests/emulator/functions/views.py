# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API shows of each object: keys and nesting as recorded. Unset texts of a status are null."""

from __future__ import annotations

import copy
from typing import Any

from emulator.functions.facts import CPU_BY_MEMORY
from emulator.functions.records import Cron, Domain, Function, Namespace, Token, Trigger
from emulator.functions.runtimes import RUNTIMES
from emulator.functions.state import FunctionsState
from emulator.serverless.records import Resource

Json = dict[str, Any]

HIDDEN = "<hidden>"
# Recorded while a function is pending, one after the other; none at first.
_BUILD_STEPS = (
    None,
    "step 1 of 3: function build preparation in progress",
    "step 2 of 3: function build in progress",
    "step 3 of 3: function image is being pushed to container registry",
)


def _life(state: FunctionsState, record: Namespace | Function) -> Json:
    text = state.world.clock.text
    return {
        "id": record.id,
        "name": record.name,
        "status": record.status,
        "error_message": record.error_message,
        "created_at": text(record.created_at),
        "updated_at": text(record.updated_at),
        "environment_variables": dict(record.environment_variables),
        "secret_environment_variables": [
            {"key": key, "hashed_value": digest} for key, digest in record.secrets.items()
        ],
        "region": record.region,
    }


def namespace_view(state: FunctionsState, namespace: Namespace) -> Json:
    """A namespace; its registry is not shown before it is there."""
    letters = f"funcscw{namespace.suffix}"
    endpoint = f"rg.{namespace.region}.scw.cloud/{letters}" if namespace.registry_namespace_id else ""
    return {
        **_life(state, namespace),
        "organization_id": namespace.organization_id,
        "project_id": namespace.project_id,
        "description": namespace.description,
        "tags": list(namespace.tags),
        "registry_endpoint": endpoint,
        "registry_namespace_id": namespace.registry_namespace_id,
        "vpc_integration_activated": namespace.vpc_integration_activated,
    }


def function_view(state: FunctionsState, function: Function) -> Json:
    """A function."""
    return {
        **_life(state, function),
        **copy.deepcopy(function.settings),
        "namespace_id": function.namespace_id,
        "cpu_limit": CPU_BY_MEMORY[function.settings["memory_limit"]],
        "build_message": _build_message(function),
        "runtime_message": RUNTIMES[function.settings["runtime"]].message,
        "domain_name": function.domain_name,
        "ready_at": None if function.ready_at is None else state.world.clock.text(function.ready_at),
        "private_network_id": function.private_network_id,
    }


def _build_message(function: Function) -> str | None:
    transition = function.transition
    if transition is None or function.status != "pending":
        return None
    return _BUILD_STEPS[min(max(transition.sightings - 1, 0), len(_BUILD_STEPS) - 1)]


def _named(record: Resource) -> Json:
    return {"id": record.id, "status": record.status}


def cron_view(_state: FunctionsState, cron: Cron) -> Json:
    """A cron."""
    return {
        **_named(cron),
        "name": cron.name,
        "function_id": cron.function_id,
        "schedule": cron.schedule,
        "args": copy.deepcopy(cron.args),
    }


def domain_view(_state: FunctionsState, domain: Domain) -> Json:
    """A domain."""
    return {
        **_named(domain),
        "hostname": domain.hostname,
        "function_id": domain.function_id,
        "url": domain.url,
        "error_message": domain.error_message,
    }


def token_view(_state: FunctionsState, token: Token) -> Json:
    """A token as everything but its creation shows it: without its content (recorded)."""
    parent = "namespace_id" if token.function_id is None else "function_id"
    return {
        **_named(token),
        parent: token.parent_id,
        "token": HIDDEN,
        "public_key": "",
        "description": token.description,
        "expires_at": token.expires_at,
    }


def trigger_view(_state: FunctionsState, trigger: Trigger) -> Json:
    """A trigger: only the configuration of its source."""
    return {
        **_named(trigger),
        "name": trigger.name,
        "description": trigger.description,
        "function_id": trigger.function_id,
        "input_type": trigger.input_type,
        f"{trigger.input_type}_config": dict(trigger.config),
        "error_message": trigger.error_message,
    }
