# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions: create, read, change, deploy, delete; and where their archives go."""

from __future__ import annotations

from emulator.errors import plain_conflict
from emulator.functions import archives, secrets, settling
from emulator.functions.builds import flaw_of
from emulator.functions.function_settings import DEFAULTS, settings_after
from emulator.functions.records import Function, Namespace
from emulator.functions.runtimes import RUNTIMES
from emulator.functions.state import FunctionsState
from emulator.functions.views import function_view
from emulator.operations import Answer, Call
from emulator.serverless.addresses import host_name
from emulator.serverless.environment import require_room, variables
from emulator.serverless.records import born


def list_runtimes(_state: FunctionsState, _call: Call) -> Answer:
    """List every runtime on one page."""
    return {"runtimes": [runtime.view() for runtime in RUNTIMES.values()], "total_count": len(RUNTIMES)}


def list_functions(state: FunctionsState, call: Call) -> Answer:
    """List functions of a namespace; a name is the whole name (recorded)."""
    name = call.value("name")
    wanted = (found for found in state.functions if state.is_listed(found, call) and name in (None, found.name))
    return settling.LIFE.listed(state, call, wanted, "functions", function_view)


def create_function(state: FunctionsState, call: Call) -> Answer:
    """Create a function, which does not deploy it (recorded); its name is new in its namespace."""
    namespace = state.namespace(call.place, call.value("namespace_id"))
    settling.require_settled(state, namespace)
    if any(found.name == call.value("name") for found in state.functions.of(namespace.id)):
        raise plain_conflict("Function already exist")
    function = Function(
        **born(state.world, namespace.region, settling.CREATED),
        name=call.value("name"),
        namespace_id=namespace.id,
        domain_name=host_name(namespace.suffix, call.value("name"), namespace.region),
        settings=settings_after(call.values, DEFAULTS),
        environment_variables=variables(call, {}),
        secrets=secrets.first(call),
        private_network_id=call.value("private_network_id") or None,
    )
    _require_room(namespace, function.environment_variables, function.secrets)
    return function_view(state, state.functions.add(function))


def _require_room(namespace: Namespace, opened: dict[str, str], hashes: dict[str, str]) -> None:
    require_room(len(opened) + len(namespace.environment_variables), len(hashes) + len(namespace.secrets))


def get_function(state: FunctionsState, call: Call) -> Answer:
    """Read a function."""
    return settling.LIFE.read(state, state.function(call.place, call.ids["function_id"]), function_view)


def update_function(state: FunctionsState, call: Call) -> Answer:
    """Change what is given, and deploy what was uploaded unless told not to (recorded)."""
    function = _writable(state, call)
    settings = settings_after(call.values, function.settings)
    opened = variables(call, function.environment_variables)
    hashes = secrets.merged(call, function.secrets)
    _require_room(state.namespace_of(function), opened, hashes)
    function.settings, function.environment_variables, function.secrets = settings, opened, hashes
    # An empty identifier detaches (recorded).
    function.private_network_id = call.value("private_network_id", function.private_network_id) or None
    return _deployed(state, function) if call.value("redeploy", True) else _touched(state, function)


def deploy_function(state: FunctionsState, call: Call) -> Answer:
    """Build and start what was uploaded (recorded)."""
    return _deployed(state, _writable(state, call))


def _writable(state: FunctionsState, call: Call) -> Function:
    function = state.function(call.place, call.ids["function_id"])
    settling.require_settled(state, function)
    return function


def _deployed(state: FunctionsState, function: Function) -> Answer:
    settings = function.settings
    function.flaw = flaw_of(state.archives.get(function.id), settings["runtime"], settings["handler"])
    function.deployed = function.uploaded
    settling.begin(state, function, settling.PENDING)
    return _touched(state, function)


def _touched(state: FunctionsState, function: Function) -> Answer:
    function.updated_at = state.world.clock.tick()
    return function_view(state, function)


def delete_function(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion with everything that belongs to it; reads show deleting until it is over, then 404."""
    function = state.function(call.place, call.ids["function_id"])
    return settling.LIFE.delete(state, function, function_view, is_dated=True)


def get_upload_url(state: FunctionsState, call: Call) -> Answer:
    """Sign a request that uploads an archive of just this length (recorded)."""
    function = state.function(call.place, call.ids["function_id"])
    return archives.signed_upload(call, function, call.value("content_length"))


def get_download_url(state: FunctionsState, call: Call) -> Answer:
    """Sign a request that reads the archive uploaded last, whether there is one or not. Known from the SDK alone."""
    return archives.signed_download(call, state.function(call.place, call.ids["function_id"]))
