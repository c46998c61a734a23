# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Namespaces: create, read, change, delete with everything in them."""

from __future__ import annotations

from emulator.containers import environment, quotas, settling
from emulator.containers.records import Namespace
from emulator.containers.state import ContainersState
from emulator.containers.views import namespace_view
from emulator.errors import already_exists
from emulator.listing import page
from emulator.operations import Answer, Call


def list_namespaces(state: ContainersState, call: Call) -> Answer:
    """List namespaces; a name is the whole name, and was not looked at before 2026-05 (recorded)."""
    name = None if state.world.settings.ignore_name_filter else call.value("name")
    wanted = [found for found in state.namespaces if state.is_listed(found, call) and name in (None, found.name)]
    for namespace in wanted:
        settling.observe(state, namespace)
    kept = (namespace for namespace in wanted if state.namespaces.get(namespace.id))
    return page(call, kept, "namespaces", lambda namespace: namespace_view(state, namespace))


def create_namespace(state: ContainersState, call: Call) -> Answer:
    """Create a namespace; its name is new in its project and region."""
    project_id: str = call.value("project_id")
    state.world.require_project(project_id, Namespace.word)
    _require_new_name(state, call)
    quotas.require_namespace(state, project_id)
    now = state.world.clock.tick()
    namespace = Namespace(
        id=state.world.identities.uuid(),
        region=call.place.region,
        status=settling.CREATING,
        created_at=now,
        updated_at=now,
        name=call.value("name"),
        project_id=project_id,
        organization_id=state.world.identities.organization_id,
        description=call.value("description", ""),
        tags=call.value("tags", []),
        environment_variables=environment.variables(call, {}),
        secrets=environment.secrets(state, call, {}),
    )
    environment.require_room(len(namespace.environment_variables), len(namespace.secrets))
    settling.begin(state, namespace, settling.CREATING)
    return namespace_view(state, state.namespaces.add(namespace))


def _require_new_name(state: ContainersState, call: Call) -> None:
    for found in state.namespaces:
        same_place = (found.region, found.project_id) == (call.place.region, call.value("project_id"))
        if same_place and found.name == call.value("name"):
            raise already_exists(Namespace.word, found.id, "Namespace already exist")


def get_namespace(state: ContainersState, call: Call) -> Answer:
    """Read a namespace; 404 from the read that ends its deletion."""
    namespace = state.namespace(call.place, call.ids["namespace_id"])
    settling.observe(state, namespace)
    return namespace_view(state, state.namespace(call.place, namespace.id))


def update_namespace(state: ContainersState, call: Call) -> Answer:
    """Change what is given; only other variables make it updating, not description and tags (recorded)."""
    namespace = state.namespace(call.place, call.ids["namespace_id"])
    settling.require_settled(state, namespace)
    opened = environment.variables(call, namespace.environment_variables)
    hashes = environment.secrets(state, call, namespace.secrets)
    environment.require_room(len(opened), len(hashes))
    is_other = (opened, hashes) != (namespace.environment_variables, namespace.secrets)
    namespace.environment_variables, namespace.secrets = opened, hashes
    namespace.description = call.value("description", namespace.description)
    namespace.tags = call.value("tags", namespace.tags)
    namespace.updated_at = state.world.clock.tick()
    if is_other:
        settling.begin(state, namespace, settling.UPDATING)
    return namespace_view(state, namespace)


def delete_namespace(state: ContainersState, call: Call) -> Answer:
    """Begin a deletion with everything in it, whatever is under way there (recorded)."""
    namespace = state.namespace(call.place, call.ids["namespace_id"])
    settling.require_settled(state, namespace)
    namespace.updated_at = state.world.clock.tick()
    settling.begin_deletion(state, namespace)
    return namespace_view(state, namespace)
