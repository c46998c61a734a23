# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating containers by the thousand, ready from the start, spread over regions and namespaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from emulator.containers.container_settings import DEFAULTS, settings_after
from emulator.containers.containers import public_endpoint
from emulator.containers.records import Container, Domain, Namespace, Trigger
from emulator.containers.state import ContainersState
from emulator.identities import SEEDED_PROJECT_ID
from emulator.serverless.facts import REGIONS
from emulator.serverless.records import born

SEED_KINDS = frozenset(
    {"container_namespaces", "containers", "domains_per_container", "triggers_per_container"},
)


def create(state: ContainersState, counts: Mapping[str, int]) -> dict[str, int]:
    """Create what is asked and return how many objects of each kind were made.

    Containers go to the namespaces made with them, in turn; to one namespace where none is asked for.
    """
    before = _sizes(state)
    wanted = counts.get("containers", 0)
    namespaces = [_add_namespace(state) for _each in range(counts.get("container_namespaces", 0) or min(wanted, 1))]
    for number in range(wanted):
        container = _add_container(state, namespaces[number % len(namespaces)])
        for index in range(counts.get("domains_per_container", 0)):
            _add_domain(state, container, index)
        for index in range(counts.get("triggers_per_container", 0)):
            _add_trigger(state, container, index)
    return dict(_sizes(state) - before)


def _sizes(state: ContainersState) -> Counter[str]:
    return Counter({kind: len(kept) for kind, kept in state.records().items()})


def _ready(state: ContainersState, region: str) -> dict[str, Any]:
    return {**born(state.world, region, "ready"), "error_message": ""}


def _add_namespace(state: ContainersState) -> Namespace:
    number = len(state.namespaces)
    return state.namespaces.add(
        Namespace(
            **_ready(state, REGIONS[number % len(REGIONS)]),
            name=f"namespace-{number:05d}",
            project_id=SEEDED_PROJECT_ID,
            organization_id=state.world.identities.organization_id,
            description="",
            tags=["seeded"],
            environment_variables={},
            secrets={},
        )
    )


def _add_container(state: ContainersState, namespace: Namespace) -> Container:
    name = f"container-{len(state.containers):05d}"
    image = f"rg.{namespace.region}.scw.cloud/seeded/{name}:latest"
    return state.containers.add(
        Container(
            **_ready(state, namespace.region),
            name=name,
            namespace_id=namespace.id,
            public_endpoint=public_endpoint(namespace, name),
            settings=settings_after({"image": image, "tags": ["seeded"]}, DEFAULTS),
            environment_variables={},
            secrets={},
            private_network_id=None,
        )
    )


def _add_domain(state: ContainersState, container: Container, number: int) -> None:
    hostname = f"host-{number}.{container.name}.example.com"
    state.domains.add(Domain(**_ready(state, container.region), hostname=hostname, container_id=container.id, tags=[]))


def _add_trigger(state: ContainersState, container: Container, number: int) -> None:
    state.triggers.add(
        Trigger(
            **_ready(state, container.region),
            name=f"trigger-{number}",
            container_id=container.id,
            description="",
            tags=[],
            destination={"http_path": "/", "http_method": "post"},
            source_type="cron",
            source={"schedule": "0 4 * * *", "timezone": "UTC", "body": "", "headers": {}},
        )
    )
