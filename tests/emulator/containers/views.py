# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API shows of each object: keys and nesting as recorded.

`error_message` is missing while an object is unsettled, empty when it is ready, and a text when it failed; namespaces
show it only when they failed. `private_network_id` is missing where there is none.
"""

from __future__ import annotations

import copy
from typing import Any

from emulator.containers.records import Container, Domain, Namespace, Trigger
from emulator.containers.state import ContainersState
from emulator.serverless.records import Resource

Json = dict[str, Any]


def _life(state: ContainersState, record: Resource) -> Json:
    shown: Json = {
        "id": record.id,
        "status": record.status,
        "created_at": state.time_text(record.created_at),
        "updated_at": state.time_text(record.updated_at),
    }
    is_silent = isinstance(record, Namespace) and not record.error_message
    return shown if record.error_message is None or is_silent else {**shown, "error_message": record.error_message}


def namespace_view(state: ContainersState, namespace: Namespace) -> Json:
    """A namespace."""
    return {
        **_life(state, namespace),
        "name": namespace.name,
        "organization_id": namespace.organization_id,
        "project_id": namespace.project_id,
        "description": namespace.description,
        "environment_variables": dict(namespace.environment_variables),
        "secret_environment_variables": dict(namespace.secrets),
        "tags": list(namespace.tags),
        "region": namespace.region,
    }


def container_view(state: ContainersState, container: Container) -> Json:
    """A container."""
    network = container.private_network_id
    return {
        **_life(state, container),
        "name": container.name,
        "namespace_id": container.namespace_id,
        **copy.deepcopy(container.settings),
        "environment_variables": dict(container.environment_variables),
        "secret_environment_variables": dict(container.secrets),
        "public_endpoint": container.public_endpoint,
        "region": container.region,
        **({} if network is None else {"private_network_id": network}),
    }


def domain_view(state: ContainersState, domain: Domain) -> Json:
    """A domain; its region is not shown."""
    return {
        **_life(state, domain),
        "hostname": domain.hostname,
        "container_id": domain.container_id,
        "tags": list(domain.tags),
    }


def trigger_view(state: ContainersState, trigger: Trigger) -> Json:
    """A trigger: only the configuration of its source, without credentials."""
    return {
        **_life(state, trigger),
        "name": trigger.name,
        "description": trigger.description,
        "tags": list(trigger.tags),
        "container_id": trigger.container_id,
        "destination_config": dict(trigger.destination),
        "source_type": trigger.source_type,
        f"{trigger.source_type}_config": copy.deepcopy(trigger.source),
    }
