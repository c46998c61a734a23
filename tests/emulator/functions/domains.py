# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains: hostnames of a function, which no update changes."""

from __future__ import annotations

from emulator.errors import plain_conflict
from emulator.functions import settling
from emulator.functions.records import Domain
from emulator.functions.state import FunctionsState
from emulator.functions.views import domain_view
from emulator.operations import Answer, Call
from emulator.serverless.addresses import require_resolved
from emulator.serverless.records import born


def list_domains(state: FunctionsState, call: Call) -> Answer:
    """List the domains of a function."""
    wanted = (domain for domain in state.domains.of(call.value("function_id").lower()) if state.is_listed(domain, call))
    return settling.LIFE.listed(state, call, wanted, "domains", domain_view)


def create_domain(state: FunctionsState, call: Call) -> Answer:
    """Give a function a hostname that no other has; a function in error may have one too (recorded)."""
    function = state.function(call.place, call.value("function_id"))
    settling.require_settled(state, function)
    hostname: str = call.value("hostname").lower()
    if any(found.hostname == hostname for found in state.domains):
        raise plain_conflict("Domain already exist")
    require_resolved(hostname)
    life = born(state.world, function.region, settling.PENDING)
    domain = Domain(**life, function_id=function.id, hostname=hostname, url="")
    settling.begin(state, domain, settling.PENDING)
    return domain_view(state, state.domains.add(domain))


def get_domain(state: FunctionsState, call: Call) -> Answer:
    """Read a domain."""
    return settling.LIFE.read(state, state.domain(call.place, call.ids["domain_id"]), domain_view)


def delete_domain(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion."""
    return settling.LIFE.delete(state, state.domain(call.place, call.ids["domain_id"]), domain_view)
