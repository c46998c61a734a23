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
from emulator.operations import Answer, Call
from emulator.serverless.environment import require_room, variables
from emulator.serverless.namespaces import change, described, with_the_same_name
from emulator.serverless.records import born


def list_namespaces(state: ContainersState, call: Call) -> Answer:
    """List namespaces; a name is the whole name, and was not looked at before 2026-05 (recorded)."""
    name = None if state.world.settings.ignore_name_filter else call.value("name")
    wanted = [found for found in state.namespaces if state.is_listed(found, call) and name in (None, found.name)]
    return settling.LIFE.listed(state, call, wanted, "namespaces", namespace_view)


def create_namespace(state: ContainersState, call: Call) -> Answer:
    """Create a namespace; its name is new in its project and region."""
    taken = with_the_same_name(state, call, state.namespaces)
    if taken is not None:
        raise already_exists(Namespace.word, taken.id, "Namespace already exist")
    quotas.require_namespace(state, call.value("project_id"))
    namespace = Namespace(
        **born(state.world, call.place.region, settling.CREATING),
        **described(call),
        environment_variables=variables(call, {}),
        secrets=environment.secrets(state, call, {}),
    )
    require_room(len(namespace.environment_variables), len(namespace.secrets))
    settling.begin(state, namespace, settling.CREATING)
    return namespace_view(state, state.namespaces.add(namespace))


def get_namespace(state: ContainersState, call: Call) -> Answer:
    """Read a namespace; 404 from the read that ends its deletion."""
    return settling.LIFE.read(state, state.namespace(call.place, call.ids["namespace_id"]), namespace_view)


def update_namespace(state: ContainersState, call: Call) -> Answer:
    """Change what is given; only other variables make it updating, not description and tags (recorded)."""
    namespace = state.namespace(call.place, call.ids["namespace_id"])
    settling.require_settled(state, namespace)
    opened = variables(call, namespace.environment_variables)
    hashes = environment.secrets(state, call, namespace.secrets)
    require_room(len(opened), len(hashes))
    if change(call, namespace, opened, hashes):
        settling.begin(state, namespace, settling.UPDATING)
    return namespace_view(state, namespace)


def delete_namespace(state: ContainersState, call: Call) -> Answer:
    """Begin a deletion with everything in it, whatever is under way there (recorded)."""
    return settling.LIFE.delete(
        state, state.namespace(call.place, call.ids["namespace_id"]), namespace_view, is_dated=True
    )
