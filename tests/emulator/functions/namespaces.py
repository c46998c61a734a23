# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Namespaces: create, read, change, delete with everything in them."""

from __future__ import annotations

import string
import uuid

from emulator.errors import plain_conflict
from emulator.functions import secrets, settling
from emulator.functions.records import Namespace
from emulator.functions.state import FunctionsState
from emulator.functions.views import namespace_view
from emulator.operations import Answer, Call
from emulator.serverless.addresses import letters_of
from emulator.serverless.environment import require_room, variables
from emulator.serverless.namespaces import change, described, with_the_same_name
from emulator.serverless.records import born

_ALPHABET = string.ascii_lowercase + string.digits


def list_namespaces(state: FunctionsState, call: Call) -> Answer:
    """List namespaces; a name is the whole name (recorded)."""
    name = call.value("name")
    wanted = (found for found in state.namespaces if state.is_listed(found, call) and name in (None, found.name))
    return settling.LIFE.listed(state, call, wanted, "namespaces", namespace_view)


def create_namespace(state: FunctionsState, call: Call) -> Answer:
    """Create a namespace; its name is new in its project and region (recorded)."""
    if with_the_same_name(state, call, state.namespaces) is not None:
        raise plain_conflict("Namespace already exist")
    namespace = Namespace(
        **born(state.world, call.place.region, settling.PENDING),
        **described(call),
        suffix=new_suffix(state, call.value("name")),
        registry_namespace_id="",
        vpc_integration_activated=call.value("activate_vpc_integration", False),
        environment_variables=variables(call, {}),
        secrets=secrets.first(call),
    )
    require_room(len(namespace.environment_variables), len(namespace.secrets))
    settling.begin(state, namespace, settling.PENDING)
    return namespace_view(state, state.namespaces.add(namespace))


def new_suffix(state: FunctionsState, name: str) -> str:
    """Draw what the addresses in a namespace have in common: letters of its name and eight random ones (recorded)."""
    drawn = uuid.UUID(state.world.identities.uuid()).bytes[-8:]
    return letters_of(name) + "".join(_ALPHABET[number % len(_ALPHABET)] for number in drawn)


def get_namespace(state: FunctionsState, call: Call) -> Answer:
    """Read a namespace."""
    return settling.LIFE.read(state, state.namespace(call.place, call.ids["namespace_id"]), namespace_view)


def update_namespace(state: FunctionsState, call: Call) -> Answer:
    """Change what is given; only other variables make it pending, not description and tags (recorded)."""
    namespace = state.namespace(call.place, call.ids["namespace_id"])
    settling.require_settled(state, namespace)
    opened = variables(call, namespace.environment_variables)
    hashes = secrets.merged(call, namespace.secrets)
    require_room(len(opened), len(hashes))
    if change(call, namespace, opened, hashes):
        settling.begin(state, namespace, settling.PENDING)
    return namespace_view(state, namespace)


def delete_namespace(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion with everything in it, whatever is under way there (recorded)."""
    return settling.LIFE.delete(
        state, state.namespace(call.place, call.ids["namespace_id"]), namespace_view, is_dated=True
    )
