# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: create, read, change, deploy again, delete."""

from __future__ import annotations

import re

from emulator.containers import environment, quotas, settling
from emulator.containers.container_settings import DEFAULTS, settings_after
from emulator.containers.records import Container, Namespace
from emulator.containers.state import ContainersState
from emulator.containers.views import container_view
from emulator.errors import already_exists, invalid_argument
from emulator.listing import page
from emulator.operations import Answer, Call

_LONGEST_LABEL = 63


def list_containers(state: ContainersState, call: Call) -> Answer:
    """List containers; a name is the whole name (recorded)."""
    name = call.value("name")
    wanted = [found for found in state.containers if state.is_listed(found, call) and name in (None, found.name)]
    for container in wanted:
        settling.observe(state, container)
    kept = (container for container in wanted if state.containers.get(container.id))
    return page(call, kept, "containers", lambda container: container_view(state, container))


def create_container(state: ContainersState, call: Call) -> Answer:
    """Create a container, which deploys it; its name is new in its namespace."""
    namespace = state.namespace(call.place, call.value("namespace_id"))
    settling.require_settled(state, namespace)
    for found in state.containers.of(namespace.id):
        if found.name == call.value("name"):
            raise already_exists(Container.word, found.id, "Container already exist")
    quotas.require_container(state, namespace)
    now = state.world.clock.tick()
    container = Container(
        id=state.world.identities.uuid(),
        region=namespace.region,
        status=settling.CREATING,
        created_at=now,
        updated_at=now,
        name=call.value("name"),
        namespace_id=namespace.id,
        public_endpoint=public_endpoint(namespace, call.value("name")),
        settings=settings_after(call.values, DEFAULTS),
        environment_variables=environment.variables(call, {}),
        secrets=environment.secrets(state, call, {}),
        private_network_id=call.value("private_network_id") or None,
    )
    _require_room(namespace, container.environment_variables, container.secrets)
    settling.begin(state, container, settling.CREATING)
    return container_view(state, state.containers.add(container))


def public_endpoint(namespace: Namespace, name: str) -> str:
    """Return the address of a container (recorded): letters of the namespace's name, digits of its ID, its own name.

    Answers 400 when that makes a host name longer than such names may be.
    """
    letters = re.sub(r"[^a-z0-9]", "", namespace.name.lower())[:20]
    label = f"{letters}{namespace.id[:8]}-{name.lower()}"
    if len(label) > _LONGEST_LABEL:
        raise invalid_argument("name", f"value must have at most {len(name) - len(label) + _LONGEST_LABEL} characters")
    return f"https://{label}.functions.fnc.{namespace.region}.scw.cloud"


def _require_room(namespace: Namespace, opened: dict[str, str], hashes: dict[str, str]) -> None:
    environment.require_room(len(opened) + len(namespace.environment_variables), len(hashes) + len(namespace.secrets))


def get_container(state: ContainersState, call: Call) -> Answer:
    """Read a container; 404 from the read that ends its deletion."""
    container = state.container(call.place, call.ids["container_id"])
    settling.observe(state, container)
    return container_view(state, state.container(call.place, container.id))


def update_container(state: ContainersState, call: Call) -> Answer:
    """Change what is given; every update deploys again (recorded)."""
    container = state.container(call.place, call.ids["container_id"])
    settling.require_settled(state, container)
    settings = settings_after(call.values, container.settings)
    opened = environment.variables(call, container.environment_variables)
    hashes = environment.secrets(state, call, container.secrets)
    _require_room(state.namespace_of(container), opened, hashes)
    container.settings, container.environment_variables, container.secrets = settings, opened, hashes
    # An empty identifier detaches (recorded).
    container.private_network_id = call.value("private_network_id", container.private_network_id) or None
    return _deployed(state, container)


def redeploy_container(state: ContainersState, call: Call) -> Answer:
    """Deploy again without a change. Known from the SDK alone."""
    container = state.container(call.place, call.ids["container_id"])
    settling.require_settled(state, container)
    return _deployed(state, container)


def _deployed(state: ContainersState, container: Container) -> Answer:
    container.updated_at = state.world.clock.tick()
    settling.begin(state, container, settling.UPDATING)
    return container_view(state, container)


def delete_container(state: ContainersState, call: Call) -> Answer:
    """Begin a deletion with its domains and triggers; reads show deleting until it is over, then 404 (recorded)."""
    container = state.container(call.place, call.ids["container_id"])
    settling.require_settled(state, container)
    container.updated_at = state.world.clock.tick()
    settling.begin_deletion(state, container)
    return container_view(state, container)
