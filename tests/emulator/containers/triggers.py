# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Triggers: what calls a container, by the clock or by a message."""

from __future__ import annotations

from typing import Any

from emulator.containers import settling
from emulator.containers.records import Trigger
from emulator.containers.state import ContainersState
from emulator.containers.views import trigger_view
from emulator.errors import invalid_argument
from emulator.operations import Answer, Call
from emulator.serverless.records import born

_SOURCES = ("cron", "sqs", "nats")
_CRON_DEFAULTS: dict[str, Any] = {"body": "", "headers": {}}
# Never shown again (recorded), and not kept either.
_CREDENTIALS = frozenset({"secret_access_key", "credentials_file_content"})
_DESTINATION = {"http_path": "/", "http_method": "post"}


def list_triggers(state: ContainersState, call: Call) -> Answer:
    """List triggers."""
    wanted = [found for found in state.triggers if state.is_listed(found, call) and _fits(found, call)]
    return settling.LIFE.listed(state, call, wanted, "triggers", trigger_view)


def _fits(trigger: Trigger, call: Call) -> bool:
    kind = call.value("trigger_type")
    return trigger.container_id == call.value("container_id", trigger.container_id) and kind in (
        None,
        "unknown_source_type",
        trigger.source_type,
    )


def create_trigger(state: ContainersState, call: Call) -> Answer:
    """Create a trigger with one source; names need not be new."""
    container = state.container(call.place, call.value("container_id"))
    settling.require_settled(state, container)
    source_type = _source_type(call)
    if source_type is None:
        names = ", ".join(f"{name}_config" for name in _SOURCES)
        raise invalid_argument(f"{_SOURCES[0]}_config", f"one of {names} must be set", "required")
    trigger = Trigger(
        **born(state.world, container.region, settling.CREATING),
        name=call.value("name"),
        container_id=container.id,
        description=call.value("description", ""),
        tags=call.value("tags", []),
        destination=_merged(call, "destination_config", _DESTINATION),
        source_type=source_type,
        source=_merged(call, f"{source_type}_config", _CRON_DEFAULTS if source_type == "cron" else {}),
    )
    _require_servers(trigger.source)
    settling.begin(state, trigger, settling.CREATING)
    return trigger_view(state, state.triggers.add(trigger))


def _source_type(call: Call) -> str | None:
    return next((name for name in _SOURCES if call.value(f"{name}_config") is not None), None)


def _merged(call: Call, name: str, before: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration after a write: what is null in it stays as it was (recorded)."""
    given = {key: value for key, value in call.value(name, {}).items() if value is not None}
    kept = {key: value for key, value in given.items() if key not in _CREDENTIALS}
    if kept.get("http_method") == "unknown_http_method":
        del kept["http_method"]
    return {**before, **kept}


def _require_servers(source: dict[str, Any]) -> None:
    if source.get("server_urls", ["none needed"]) == []:
        raise invalid_argument("nats_config.server_urls", "value must not be empty")


def get_trigger(state: ContainersState, call: Call) -> Answer:
    """Read a trigger; 404 from the read that ends its deletion."""
    return settling.LIFE.read(state, state.trigger(call.place, call.ids["trigger_id"]), trigger_view)


def update_trigger(state: ContainersState, call: Call) -> Answer:
    """Change what is given but the kind of source; another name alone leaves it ready (recorded)."""
    trigger = state.trigger(call.place, call.ids["trigger_id"])
    settling.require_settled(state, trigger)
    source_type = _source_type(call)
    if source_type not in (None, trigger.source_type):
        raise invalid_argument(f"{source_type}_config", f"the source is {trigger.source_type}, and stays so")
    source = _merged(call, f"{trigger.source_type}_config", trigger.source)
    _require_servers(source)
    trigger.source = source
    trigger.destination = _merged(call, "destination_config", trigger.destination)
    for name in ("name", "description", "tags"):
        setattr(trigger, name, call.value(name, getattr(trigger, name)))
    trigger.updated_at = state.world.clock.tick()
    if _concerns_more_than_the_name(call):
        settling.begin(state, trigger, settling.UPDATING)
    return trigger_view(state, trigger)


def _concerns_more_than_the_name(call: Call) -> bool:
    configs = [call.value(f"{name}_config", {}) for name in (*_SOURCES, "destination")]
    is_configured = any(value is not None for config in configs for value in config.values())
    return is_configured or any(call.value(name) is not None for name in ("description", "tags"))


def delete_trigger(state: ContainersState, call: Call) -> Answer:
    """Begin a deletion; its date stays (recorded)."""
    return settling.LIFE.delete(state, state.trigger(call.place, call.ids["trigger_id"]), trigger_view)
