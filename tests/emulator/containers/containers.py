# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers: create, read, change, deploy again, delete."""

from __future__ import annotations

from emulator.containers import environment, quotas, settling
from emulator.containers.container_settings import DEFAULTS, settings_after
from emulator.containers.records import Container, Namespace
from emulator.containers.state import ContainersState
from emulator.containers.views import container_view
from emulator.errors import already_exists
from emulator.operations import Answer, Call
from emulator.serverless.addresses import host_name, letters_of
from emulator.serverless.environment import require_room, variables
from emulator.serverless.records import born


def list_containers(state: ContainersState, call: Call) -> Answer:
    """List containers; a name is the whole name (recorded)."""
    name = call.value("name")
    wanted = [found for found in state.containers if state.is_listed(found, call) and name in (None, found.name)]
    return settling.LIFE.listed(state, call, wanted, "containers", container_view)


def create_container(state: ContainersState, call: Call) -> Answer:
    """Create a container, which deploys it; its name is new in its namespace."""
    namespace = state.namespace(call.place, call.value("namespace_id"))
    settling.require_settled(state, namespace)
    for found in state.containers.of(namespace.id):
        if found.name == call.value("name"):
            raise already_exists(Container.word, found.id, "Container already exist")
    quotas.require_container(state, namespace)
    container = Container(
        **born(state.world, namespace.region, settling.CREATING),
        name=call.value("name"),
        namespace_id=namespace.id,
        public_endpoint=public_endpoint(namespace, call.value("name")),
        settings=settings_after(call.values, DEFAULTS),
        environment_variables=variables(call, {}),
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
    return f"https://{host_name(letters_of(namespace.name) + namespace.id[:8], name, namespace.region)}"


def _require_room(namespace: Namespace, opened: dict[str, str], hashes: dict[str, str]) -> None:
    require_room(len(opened) + len(namespace.environment_variables), len(hashes) + len(namespace.secrets))


def get_container(state: ContainersState, call: Call) -> Answer:
    """Read a container; 404 from the read that ends its deletion."""
    return settling.LIFE.read(state, state.container(call.place, call.ids["container_id"]), container_view)


def update_container(state: ContainersState, call: Call) -> Answer:
    """Change what is given; every update deploys again (recorded)."""
    container = state.container(call.place, call.ids["container_id"])
    settling.require_settled(state, container)
    settings = settings_after(call.values, container.settings)
    opened = variables(call, container.environment_variables)
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
    return settling.LIFE.delete(
        state, state.container(call.place, call.ids["container_id"]), container_view, is_dated=True
    )
