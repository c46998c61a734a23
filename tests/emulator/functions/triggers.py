# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triggers: queues and subjects whose messages call a function."""

from __future__ import annotations

from typing import Any

from emulator.errors import invalid_argument, plainly_missing
from emulator.functions import settling
from emulator.functions.records import Trigger
from emulator.functions.state import FunctionsState
from emulator.functions.views import trigger_view
from emulator.operations import Answer, Call
from emulator.serverless.records import born
from emulator.serverless.state import seen

_SOURCES = ("scw_sqs", "scw_nats", "sqs")
_FILTERS = ("function_id", "namespace_id", "project_id")


def list_triggers(state: FunctionsState, call: Call) -> Answer:
    """List the triggers of a function, of a namespace or of a project."""
    if all(call.value(name) is None for name in _FILTERS):
        raise invalid_argument("function_id", f"one of {', '.join(_FILTERS)} must be set", "required")
    wanted = (
        found
        for found in state.triggers
        if state.is_listed(found, call) and call.value("function_id", found.function_id) == found.function_id
    )
    return settling.LIFE.listed(state, call, wanted, "triggers", trigger_view)


def create_trigger(state: FunctionsState, call: Call) -> Answer:
    """Create a trigger with one source, which stays the same for good; names need not be new."""
    function = state.function(call.place, call.value("function_id"))
    settling.require_settled(state, function)
    kind = next((name for name in _SOURCES if call.value(f"{name}_config") is not None), None)
    if kind is None:
        names = ", ".join(f"{name}_config" for name in _SOURCES)
        raise invalid_argument(f"{_SOURCES[0]}_config", f"one of {names} must be set", "required")
    trigger = Trigger(
        **born(state.world, function.region, settling.CREATING),
        name=call.value("name"),
        function_id=function.id,
        description=call.value("description", ""),
        input_type=kind,
        config=_config(kind, call.value(f"{kind}_config")),
    )
    settling.begin(state, trigger, settling.CREATING)
    return trigger_view(state, state.triggers.add(trigger))


def _config(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept: with credentials yet to come (recorded), or without the secret key."""
    return {**given, "secret_key": ""} if kind == "sqs" else {**given, "mnq_credential_id": None}


def get_trigger(state: FunctionsState, call: Call) -> Answer:
    """Read a trigger."""
    return settling.LIFE.read(state, state.trigger(call.place, call.ids["trigger_id"]), trigger_view)


def update_trigger(state: FunctionsState, call: Call) -> Answer:
    """Change what is given; every update makes it pending. Known from the SDK alone."""
    trigger = state.trigger(call.place, call.ids["trigger_id"])
    settling.require_settled(state, trigger)
    keys: dict[str, Any] = call.value("sqs_config", {})
    if call.value("sqs_config") is not None and trigger.input_type != "sqs":
        raise invalid_argument("sqs_config", f"the source is {trigger.input_type}, and stays so")
    if keys.get("access_key") is not None:
        trigger.config["access_key"] = keys["access_key"]
    trigger.name = call.value("name", trigger.name)
    trigger.description = call.value("description", trigger.description)
    settling.begin(state, trigger, settling.PENDING)
    return trigger_view(state, trigger)


def delete_trigger(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion; what is not there is answered in other words than to a read (recorded)."""
    identifier = call.ids["trigger_id"]
    trigger = seen(call.place, identifier, state.triggers)
    if trigger is None:
        raise plainly_missing(f"trigger does not exist: could not find trigger with id {identifier}")
    return settling.LIFE.delete(state, trigger, trigger_view)
