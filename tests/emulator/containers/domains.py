# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains: hostnames of a container."""

from __future__ import annotations

from emulator.containers import quotas, settling
from emulator.containers.records import Domain
from emulator.containers.state import ContainersState
from emulator.containers.views import domain_view
from emulator.errors import already_exists
from emulator.operations import Answer, Call
from emulator.serverless.addresses import require_resolved
from emulator.serverless.records import born


def list_domains(state: ContainersState, call: Call) -> Answer:
    """List domains."""
    wanted = [
        found
        for found in state.domains
        if state.is_listed(found, call) and found.container_id == call.value("container_id", found.container_id)
    ]
    return settling.LIFE.listed(state, call, wanted, "domains", domain_view)


def create_domain(state: ContainersState, call: Call) -> Answer:
    """Give a container a hostname that no other has."""
    container = state.container(call.place, call.value("container_id"))
    settling.require_settled(state, container)
    hostname: str = call.value("hostname").lower()
    for found in state.domains:
        if found.hostname == hostname:
            raise already_exists(Domain.word, found.id, "Domain already exist")
    require_resolved(hostname)
    quotas.require_domain(state, container)
    domain = Domain(
        **born(state.world, container.region, settling.CREATING),
        hostname=hostname,
        container_id=container.id,
        tags=call.value("tags", []),
    )
    settling.begin(state, domain, settling.CREATING)
    return domain_view(state, state.domains.add(domain))


def get_domain(state: ContainersState, call: Call) -> Answer:
    """Read a domain; 404 from the read that ends its deletion."""
    return settling.LIFE.read(state, state.domain(call.place, call.ids["domain_id"]), domain_view)


def update_domain(state: ContainersState, call: Call) -> Answer:
    """Change the tags, which is all that can be changed."""
    domain = state.domain(call.place, call.ids["domain_id"])
    settling.require_settled(state, domain)
    domain.tags = call.value("tags", domain.tags)
    domain.updated_at = state.world.clock.tick()
    settling.begin(state, domain, settling.UPDATING)
    return domain_view(state, domain)


def delete_domain(state: ContainersState, call: Call) -> Answer:
    """Begin a deletion; its date stays, as that of triggers does (recorded there)."""
    return settling.LIFE.delete(state, state.domain(call.place, call.ids["domain_id"]), domain_view)
