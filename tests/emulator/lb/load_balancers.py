# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancers: create, read, change, migrate, delete, and their types."""

from __future__ import annotations

from typing import Any

from emulator.errors import invalid_argument, transient_state
from emulator.lb import settling
from emulator.lb.ips import attach, create_ip
from emulator.lb.ownership import owner_of_new
from emulator.lb.records import Ip, LoadBalancer
from emulator.lb.state import LbState
from emulator.lb.views import lb_view, region_of
from emulator.listing import contains, has_any, page
from emulator.operations import Answer, Call

_LEVEL_UNKNOWN = "ssl_compatibility_level_unknown"
_LEVEL_DEFAULT = "ssl_compatibility_level_intermediate"
# Names, bandwidth in bit/s and multicloud as measured on the real API.
_TYPES = (
    ("lb-s", 200_000_000, False),
    ("lb-gp-m", 500_000_000, False),
    ("lb-gp-l", 1_000_000_000, True),
    ("lb-gp-xl", 4_000_000_000, True),
)


def list_lbs(state: LbState, call: Call) -> Answer:
    """List Load Balancers; name matches a part, one of the tags is enough."""
    wanted = [lb for lb in state.lbs if call.place.holds(lb.zone) and _fits(lb, call)]

    def view(lb: LoadBalancer) -> dict[str, Any]:
        return lb_view(state, lb)

    for lb in wanted:
        settling.observe_lb(state, lb)
    return page(call, (lb for lb in wanted if state.lbs.get(lb.id)), "lbs", view)


def _fits(lb: LoadBalancer, call: Call) -> bool:
    return (
        contains(lb.name, call.value("name"))
        and lb.project_id == call.value("project_id", lb.project_id)
        and lb.organization_id == call.value("organization_id", lb.organization_id)
        and has_any(lb.tags, call.value("tags"))
        and lb.id in call.value("lb_ids", [lb.id])
    )


def create_lb(state: LbState, call: Call) -> Answer:
    """Create a Load Balancer with the addresses named, or with a new one unless told otherwise."""
    project_id, organization_id = owner_of_new(state, call, "lb")
    given = _given_ips(state, call)
    now = state.world.clock.tick()
    lb = state.lbs.add(
        LoadBalancer(
            id=state.world.identities.uuid(),
            name=call.value("name"),
            description=call.value("description", ""),
            status="to_create",
            type=_type_of(call),
            zone=call.place.creation_zone,
            project_id=project_id,
            organization_id=organization_id,
            tags=call.value("tags", []),
            ssl_compatibility_level=_level_of(call),
            created_at=now,
            updated_at=now,
            transition=state.world.start(settling.CREATING),
        )
    )
    for ip in given + _automatic_ips(state, call, lb, given):
        attach(ip, lb)
    return lb_view(state, lb)


def _given_ips(state: LbState, call: Call) -> list[Ip]:
    deprecated = call.value("ip_id")
    identifiers = call.value("ip_ids", []) or ([deprecated] if deprecated else [])
    ips = [state.ip(call.place, identifier) for identifier in identifiers]
    for ip in ips:
        if ip.zone != call.place.creation_zone:
            raise invalid_argument("ip_ids", f"IP {ip.id} is not in zone {call.place.creation_zone}")
        if ip.lb_id is not None or ips.count(ip) > 1:
            raise invalid_argument("ip_ids", f"IP {ip.id} is already attached to a Load Balancer")
    return ips


def _automatic_ips(state: LbState, call: Call, lb: LoadBalancer, given: list[Ip]) -> list[Ip]:
    made = []
    has_ipv4 = any("." in ip.ip_address for ip in given)
    has_ipv6 = any(":" in ip.ip_address for ip in given)
    if not has_ipv4 and call.value("assign_flexible_ip", not given):
        made.append(create_ip(state, lb.zone, lb.project_id, lb.organization_id, is_ipv6=False))
    if not has_ipv6 and call.value("assign_flexible_ipv6", False):
        made.append(create_ip(state, lb.zone, lb.project_id, lb.organization_id, is_ipv6=True))
    return made


def _type_of(call: Call) -> str:
    wanted: str = call.value("type").lower()
    known = [name for name, _bandwidth, _multicloud in _TYPES]
    if wanted not in known:
        raise invalid_argument("type", f"value must be one of {', '.join(known)}")
    return wanted


def _level_of(call: Call) -> str:
    level: str = call.value("ssl_compatibility_level", _LEVEL_DEFAULT)
    return _LEVEL_DEFAULT if level == _LEVEL_UNKNOWN else level


def get_lb(state: LbState, call: Call) -> Answer:
    """Read a Load Balancer; 404 from the read that ends its deletion."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.observe_lb(state, lb)
    return lb_view(state, state.lb(call.place, lb.id))


def update_lb(state: LbState, call: Call) -> Answer:
    """Replace name, description, tags and SSL level.

    Only a change of the level concerns the instances; the answer then shows times as stored (recorded).
    """
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    level = _level_of(call)
    changes_instances = level != lb.ssl_compatibility_level
    lb.name = call.value("name")
    lb.description = call.value("description")
    lb.tags = call.value("tags", [])
    lb.ssl_compatibility_level = level
    lb.updated_at = state.world.clock.tick()
    if changes_instances:
        settling.configure(state, lb)
    return lb_view(state, lb, fresh=not changes_instances)


def delete_lb(state: LbState, call: Call) -> Answer:
    """Begin a deletion; reads show to_delete until it is over, then 404."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    if lb.transition is not None and lb.transition.goal == settling.DELETING:
        raise transient_state("lb", lb.id, lb.status)
    lb.status = "to_delete"
    lb.release_ip = call.value("release_ip", False)
    lb.updated_at = state.world.clock.tick()
    lb.transition = state.world.start(settling.DELETING)
    for instance in lb.instances:
        instance.status, instance.transition = "ready", None
    return None


def migrate_lb(state: LbState, call: Call) -> Answer:
    """Begin a change of type; the answer shows the old type and migrating (recorded)."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    lb.next_type = _type_of(call)
    lb.status = "migrating"
    lb.updated_at = state.world.clock.tick()
    lb.transition = state.world.start(settling.MIGRATING)
    return lb_view(state, lb)


def list_lb_types(state: LbState, call: Call) -> Answer:
    """List the types on offer."""
    zone = call.place.creation_zone
    size = min(call.value("page_size", 20), call.world.settings.max_page_size)
    start = (call.value("page", 1) - 1) * size
    types = [
        {
            "name": name,
            "stock_status": "available",
            "bandwidth": bandwidth,
            "multicloud": multicloud,
            "description": f"{name.upper()}, {bandwidth // 1_000_000} Mbit/s",
            "region": region_of(zone),
            "zone": zone,
        }
        for name, bandwidth, multicloud in _TYPES
    ]
    return {"lb_types": types[start : start + size], "total_count": len(types)}
