# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Crons: schedules on which a function is called."""

from __future__ import annotations

from emulator.functions import settling
from emulator.functions.records import Cron
from emulator.functions.state import FunctionsState
from emulator.functions.views import cron_view
from emulator.operations import Answer, Call
from emulator.serverless.records import born


def list_crons(state: FunctionsState, call: Call) -> Answer:
    """List the crons of a function."""
    wanted = (cron for cron in state.crons.of(call.value("function_id").lower()) if state.is_listed(cron, call))
    return settling.LIFE.listed(state, call, wanted, "crons", cron_view)


def create_cron(state: FunctionsState, call: Call) -> Answer:
    """Create a cron; names need not be new, and one is made where none is given."""
    function = state.function(call.place, call.value("function_id"))
    settling.require_settled(state, function)
    life = born(state.world, function.region, settling.PENDING)
    cron = Cron(
        **life,
        name=call.value("name", f"cron-{life['id'][:8]}"),
        function_id=function.id,
        schedule=call.value("schedule"),
        args=call.value("args", {}),
    )
    settling.begin(state, cron, settling.PENDING)
    return cron_view(state, state.crons.add(cron))


def get_cron(state: FunctionsState, call: Call) -> Answer:
    """Read a cron."""
    return settling.LIFE.read(state, state.cron(call.place, call.ids["cron_id"]), cron_view)


def update_cron(state: FunctionsState, call: Call) -> Answer:
    """Change what is given, even the function; every update makes it pending (recorded)."""
    cron = state.cron(call.place, call.ids["cron_id"])
    settling.require_settled(state, cron)
    function = state.function(call.place, call.value("function_id", cron.function_id))
    settling.require_settled(state, function)
    state.crons.remove(cron)
    cron.function_id = function.id
    state.crons.add(cron)
    for name in ("name", "schedule", "args"):
        setattr(cron, name, call.value(name, getattr(cron, name)))
    settling.begin(state, cron, settling.PENDING)
    return cron_view(state, cron)


def delete_cron(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion."""
    return settling.LIFE.delete(state, state.cron(call.place, call.ids["cron_id"]), cron_view)
