# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flexible IP addresses."""

from __future__ import annotations

import ipaddress

from emulator.errors import invalid_argument, still_in_use
from emulator.identities import default_reverse
from emulator.lb import settling
from emulator.lb.ownership import owner_of_new
from emulator.lb.records import Ip, LoadBalancer
from emulator.lb.state import LbState
from emulator.lb.views import ip_view, region_of
from emulator.listing import has_any, page
from emulator.operations import Answer, Call


def create_ip(state: LbState, zone: str, project_id: str, organization_id: str, is_ipv6: bool) -> Ip:
    """Take a new address from the stock."""
    address = state.world.identities.ipv6() if is_ipv6 else state.world.identities.ipv4()
    return state.ips.add(
        Ip(
            id=state.world.identities.uuid(),
            ip_address=address,
            reverse=default_reverse(address, region_of(zone)),
            zone=zone,
            project_id=project_id,
            organization_id=organization_id,
            tags=[],
            created_at=state.world.clock.tick(),
        )
    )


def attach(ip: Ip, lb: LoadBalancer) -> None:
    """Give an address to a Load Balancer."""
    ip.lb_id = lb.id
    lb.ip_ids.append(ip.id)


def list_ips(state: LbState, call: Call) -> Answer:
    """List addresses; ip_type chooses the family, tags must all be there."""
    return page(call, (ip for ip in state.ips if call.place.holds(ip.zone) and _fits(ip, call)), "ips", ip_view)


def _fits(ip: Ip, call: Call) -> bool:
    family = f"ipv{ipaddress.ip_address(ip.ip_address).version}"
    return (
        call.value("ip_type", "all") in ("all", family)
        and ip.ip_address == call.value("ip_address", ip.ip_address)
        and ip.project_id == call.value("project_id", ip.project_id)
        and ip.organization_id == call.value("organization_id", ip.organization_id)
        and has_any(ip.tags, call.value("tags"))
    )


def post_ip(state: LbState, call: Call) -> Answer:
    """Reserve an address."""
    project_id, organization_id = owner_of_new(state, call, "ip")
    ip = create_ip(state, call.place.creation_zone, project_id, organization_id, call.value("is_ipv6", False))
    ip.reverse = call.value("reverse", ip.reverse)
    ip.tags = call.value("tags", [])
    return ip_view(ip)


def get_ip(state: LbState, call: Call) -> Answer:
    """Read an address; this is a sighting of a Load Balancer that is going away with it."""
    _observe_deletion(state, state.ip(call.place, call.ids["ip_id"]))
    return ip_view(state.ip(call.place, call.ids["ip_id"]))


def _observe_deletion(state: LbState, ip: Ip) -> None:
    lb = state.lbs.get(ip.lb_id) if ip.lb_id else None
    if lb is not None and lb.transition is not None and lb.transition.goal == settling.DELETING:
        settling.observe_lb(state, lb)


def update_ip(state: LbState, call: Call) -> Answer:
    """Change what is given and leave the rest (recorded); an empty reverse restores the default."""
    ip = state.ip(call.place, call.ids["ip_id"])
    state.require_project(ip.project_id, "ip")
    target_id = call.value("lb_id")
    if target_id is not None and target_id != ip.lb_id:
        _move(state, call, ip, target_id)
    ip.tags = call.value("tags", ip.tags)
    ip.reverse = call.value("reverse", ip.reverse) or default_reverse(ip.ip_address, region_of(ip.zone))
    return ip_view(ip)


def _move(state: LbState, call: Call, ip: Ip, target_id: str) -> None:
    lb = state.lb(call.place, target_id)
    if lb.zone != ip.zone:
        raise invalid_argument("lb_id", f"Load Balancer {lb.id} is not in zone {ip.zone}")
    if ip.lb_id is not None:
        raise invalid_argument("lb_id", f"IP {ip.id} is already attached to Load Balancer {ip.lb_id}")
    settling.require_settled(state, lb)
    attach(ip, lb)
    lb.updated_at = state.world.clock.tick()
    settling.configure(state, lb)


def release_ip(state: LbState, call: Call) -> Answer:
    """Give an address back; an attached one is refused."""
    _observe_deletion(state, state.ip(call.place, call.ids["ip_id"]))
    ip = state.ip(call.place, call.ids["ip_id"])
    state.require_project(ip.project_id, "ip")
    if ip.lb_id is not None:
        raise still_in_use(f"IP is attached to Load Balancer {ip.lb_id}")
    state.ips.remove(ip)
    return None
