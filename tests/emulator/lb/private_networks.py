# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments of Load Balancers to private networks."""

from __future__ import annotations

from typing import Any

from emulator.errors import already_exists, not_found
from emulator.lb import settling
from emulator.lb.records import LoadBalancer, PrivateNetwork
from emulator.lb.state import LbState
from emulator.lb.views import network_view
from emulator.listing import page
from emulator.operations import Answer, Call


def list_networks(state: LbState, call: Call) -> Answer:
    """List the attachments of a Load Balancer; the list's key is singular (recorded)."""
    lb = state.lb(call.place, call.ids["lb_id"])
    for network in state.private_networks.of(lb.id):
        settling.observe_network(state, network)
    found = state.private_networks.of(lb.id)
    return page(call, found, "private_network", lambda network: network_view(state, network))


def attach_network(state: LbState, call: Call) -> Answer:
    """Attach a private network; ready a little later."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    network_id = _network_id(call)
    if _find(state, lb, network_id) is not None:
        raise already_exists("private_network", network_id, "the private network is attached already")
    now = state.world.clock.tick()
    network = state.private_networks.add(
        PrivateNetwork(
            id=state.world.identities.uuid(),
            lb_id=lb.id,
            created_at=now,
            updated_at=now,
            private_network_id=network_id,
            status="pending",
            ipam_ids=_ipam_ids(call),
            static_config=call.value("static_config"),
            transition=state.world.start(settling.CREATING),
        )
    )
    settling.configure(state, lb)
    return network_view(state, network, instances=True)


def _network_id(call: Call) -> str:
    identifier: str = call.ids.get("private_network_id") or call.value("private_network_id")
    return identifier.lower()


def _ipam_ids(call: Call) -> list[str]:
    given: list[str] = call.value("ipam_ids", [])
    dhcp: dict[str, Any] = call.value("dhcp_config", {})
    return given or ([dhcp["ip_id"]] if dhcp.get("ip_id") else [])


def _find(state: LbState, lb: LoadBalancer, network_id: str) -> PrivateNetwork | None:
    attached = state.private_networks.of(lb.id)
    return next((network for network in attached if network.private_network_id == network_id), None)


def detach_network(state: LbState, call: Call) -> Answer:
    """Detach a private network; the list may show it for a little while yet (recorded)."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    network = _find(state, lb, _network_id(call))
    if network is None:
        raise not_found("privateNetwork")
    settling.require_settled_network(state, network)
    network.status = "pending"
    network.transition = state.world.start(settling.DELETING)
    if state.world.is_over(network.transition, None):
        state.private_networks.remove(network)
    settling.configure(state, lb)
    return None
