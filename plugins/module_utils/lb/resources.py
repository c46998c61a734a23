# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, API lb/v1: load balancers, their IPs, and who is told about them.

Everything is under ``/lb/v1/zones/{zone}``, and the same under ``/lb/v1/regions/{region}``. Updates are full replaces,
except for IPs. A change to anything inside a load balancer leaves its status ``ready``; only ``instances[].status``
turns ``pending`` for a second or two (recorded).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Address,
    Bool,
    Enum,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    SELF,
    Call,
    Location,
    OneOf,
    Request,
    Resource,
    Settle,
    Update,
    Values,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, read_path

LOCATION = Location(
    zones=("fr-par-1", "fr-par-2", "nl-ams-1", "nl-ams-2", "nl-ams-3", "pl-waw-1", "pl-waw-2", "pl-waw-3"),
    regions=("fr-par", "nl-ams", "pl-waw"),
    words={
        "subscription": {"zone": "subscription", "region": "subscriber"},
        "attach": {"zone": "attach-private-network", "region": "private-networks/{id}/attach"},
        "detach": {"zone": "detach-private-network", "region": "private-networks/{id}/detach"},
    },
)
TIMESTAMPS = {"created_at": UNKNOWN, "updated_at": UNKNOWN}
NAME = Str("name", may_be_empty=False)
PLACE = {"zone": UNKNOWN, "region": UNKNOWN}
OWNER = {"project_id": UNKNOWN, "organization_id": UNKNOWN}


def _is_ipv6(ip: Mapping[str, Any]) -> bool:
    return ":" in str(ip.get("ip_address"))


def _has_ipv4(lb: Mapping[str, Any]) -> bool:
    return any(":" not in str(address) for address in read_path(lb, "ip[].ip_address") or ())


def _has_ipv6(lb: Mapping[str, Any]) -> bool:
    return any(":" in str(address) for address in read_path(lb, "ip[].ip_address") or ())


def _prepare_lb(wanted: Values, current: Values | None) -> Values:
    """``ips`` means exactly these: none is assigned beside them, and afterwards only they are compared."""
    if "ips" not in wanted:
        return wanted
    assigned = [name for name in ("assign_flexible_ip", "assign_flexible_ipv6") if wanted.get(name)]
    if assigned:
        raise InvalidOption(assigned[0], "cannot be true together with ips, which means exactly these addresses.")
    if current is None:
        return {"assign_flexible_ip": False, **wanted}
    return {name: value for name, value in wanted.items() if not name.startswith("assign_flexible_ip")}


def _attach_ips(wanted: Values, current: Values) -> tuple[Request, ...]:
    """Adding an IP is a write to the IP (recorded); taking one away has no call."""
    ids, addresses = read_path(current, "ip[].id") or (), read_path(current, "ip[].ip_address") or ()
    present = {ip_id: address for ip_id, address in zip(ids, addresses, strict=True) if isinstance(ip_id, str)}
    gone = [f"{address} ({ip_id})" for ip_id, address in present.items() if ip_id not in wanted["ips"]]
    if gone:
        raise Refused(
            f"ips: the load balancer also holds {', '.join(gone)}, and the API cannot detach an IP. "
            "Add it to ips, or release it for good with scw_lb_ip and state=absent.",
            options=["ips"],
        )
    added = [ip_id for ip_id in wanted["ips"] if ip_id not in present]
    return tuple(
        Request("PATCH", f"/lb/v1/{{scope}}/ips/{ip_id}", {"lb_id": SELF}, f"attach IP {ip_id}") for ip_id in added
    )


def _write_elsewhere(wanted: Values, current: Values) -> tuple[Request, ...]:
    """The writes for what a load balancer shows but others hold: its IPs and its subscription."""
    ips = _attach_ips(wanted, current) if "ips" in wanted else ()
    return (*ips, *(_subscribe(wanted["subscriber"], current) if "subscriber" in wanted else ()))


def _subscribe(wanted: str, current: Values) -> tuple[Request, ...]:
    """A load balancer has at most one subscriber, so another one has to go first."""
    place = "/lb/v1/{scope}/lb/{id}"
    requests = []
    if current.get("subscriber"):
        requests.append(Request("DELETE", f"{place}/unsubscribe", None, "end the subscription"))
    if wanted:
        requests.append(Request("POST", f"{place}/subscribe", {"subscriber_id": wanted}, f"subscribe {wanted}"))
    return tuple(requests)


def _is_free(ip: Mapping[str, Any], lb: Mapping[str, Any]) -> str:
    """What is wrong with an IP for a load balancer: the API cannot take it away from another one."""
    holder = ip.get("lb_id")
    return "" if holder in (None, lb.get("id")) else f"is attached to load balancer {holder}, and cannot be detached."


def _predict_ips(values: Mapping[str, Any]) -> list[Values]:
    """The addresses a new load balancer will have, as far as that can be known."""
    unknown = {"ip_address": UNKNOWN, "reverse": UNKNOWN, "lb_id": UNKNOWN, "tags": [], **OWNER, **PLACE}
    assigned = [values.get("assign_flexible_ip", True), values.get("assign_flexible_ipv6", False)]
    return [{"id": ip_id, **unknown} for ip_id in values.get("ips", [UNKNOWN] * assigned.count(True))]


def _predict_address(values: Mapping[str, Any]) -> Values:
    """The address that a private network will show for the load balancer: the first of those reserved for it."""
    return {"ip_id": next(iter(values.get("ipam_ids") or ()), UNKNOWN)}


# An IP has no name: it is known by its address, or by the tags or the reverse it was given.
IP: Resource = Resource(
    name="ip",
    plural="ips",
    title="IP",
    item="/lb/v1/{scope}/ips/{id}",
    collection="/lb/v1/{scope}/ips",
    items="ips",
    location=LOCATION,
    project_scoped=True,
    handles=(Address("ip_address"),),
    identity=(("tags", "is_ipv6"), ("reverse", "is_ipv6")),
    filters=(Address("ip_address"), Enum("ip_type", choices=("all", "ipv4", "ipv6")), ListOf("tags")),
    fields=(
        Bool("is_ipv6", read=_is_ipv6, mutable=False, initial=False, way_out="Create another IP of the wanted family."),
        Str("reverse", unset_as=r".+\.lb\.[a-z-]+\.scw\.cloud"),
        ListOf("tags", ordered=False),
        Ref(
            "lb",
            aliases=("lb_id",),
            key="lb_id",
            read="lb_id",
            creatable=False,
            settable_once=True,
            way_out="The API cannot detach an IP. Reserve another one.",
            to=lambda: LB,
        ),
    ),
    updates=(Update("PATCH", body="changed"),),
    computed={"ip_address": UNKNOWN, "lb_id": None, **OWNER, **PLACE},
)

SUBSCRIBER = Resource(
    name="subscriber",
    plural="subscribers",
    title="subscriber",
    item="/lb/v1/{scope}/subscribers/{id}",
    collection="/lb/v1/{scope}/subscribers",
    items="subscribers",
    delete=Call("DELETE", "/lb/v1/{scope}/lb/{subscription}/{id}"),
    location=LOCATION,
    project_scoped=True,
    filters=(Str("name"),),
    one_of=(OneOf(("email_config", "webhook_config")),),
    fields=(
        NAME,
        Object("email_config", fields=(Str("email", required=True, may_be_empty=False),)),
        Object("webhook_config", fields=(Str("uri", required=True, may_be_empty=False),)),
    ),
    updates=(Update("PUT", body="all"),),
    computed={},
)

LB: Resource = Resource(
    name="lb",
    plural="lbs",
    title="load balancer",
    item="/lb/v1/{scope}/lbs/{id}",
    collection="/lb/v1/{scope}/lbs",
    items="lbs",
    location=LOCATION,
    project_scoped=True,
    filters=(Str("name"), ListOf("tags"), ListOf("lb_ids", item=Uuid("lb_id"))),
    fields=(
        NAME,
        Str("description", initial=""),
        Str("type", ignore_case=True, may_be_empty=False, on_create=True),
        ListOf("tags", ordered=False),
        Enum(
            "ssl_compatibility_level",
            choices=(
                "ssl_compatibility_level_intermediate",
                "ssl_compatibility_level_modern",
                "ssl_compatibility_level_old",
            ),
        ),
        ListOf(
            "ips",
            aliases=("ip_ids",),
            key="ip_ids",
            read="ip[].id",
            ordered=False,
            item=Ref("ip", to=lambda: IP, suits=_is_free),
        ),
        Bool(
            "assign_flexible_ip",
            read=_has_ipv4,
            mutable=False,
            way_out="A load balancer stays public or private for life.",
        ),
        Bool(
            "assign_flexible_ipv6", read=_has_ipv6, mutable=False, way_out="Add an IPv6 with scw_lb_ip and ips instead."
        ),
        Ref(
            "subscriber",
            aliases=("subscriber_id",),
            read="subscriber.id",
            creatable=False,
            may_be_empty=True,
            to=lambda: SUBSCRIBER,
        ),
    ),
    updates=(
        Update("PUT", body="all"),
        Update("POST", body="changed", path="/lb/v1/{scope}/lbs/{id}/migrate", fields=("type",)),
    ),
    steps=_write_elsewhere,
    stepped=("ips", "subscriber"),
    prepare=_prepare_lb,
    delete_options=(Bool("release_ip", initial=False),),
    settle=Settle(
        ready=frozenset({"ready"}),
        failed=frozenset({"error", "locked", "stopped"}),
        leaving=frozenset({"to_delete", "deleting"}),
        parts="instances[].status",
        busy_parts=frozenset({"pending", "migrating"}),
    ),
    wait_timeout=900,
    computed={
        "status": "ready",
        "ip": _predict_ips,
        "instances": [],
        "frontend_count": 0,
        "backend_count": 0,
        "private_network_count": 0,
        "route_count": 0,
        "subscriber": None,
        **OWNER,
        **PLACE,
        **TIMESTAMPS,
    },
)

# Known by the network itself: the attachment has no ID, and is only read in the list.
PRIVATE_NETWORK = Resource(
    name="private_network",
    plural="private_networks",
    title="private network",
    collection="/lb/v1/{scope}/lbs/{lb}/private-networks",
    items="private_network",
    location=LOCATION,
    parent=LB,
    parent_path="lb.id",
    settles_in_parent=True,
    id_key="private_network_id",
    identity=(("private_network_id",),),
    fields=(
        Uuid("private_network_id", aliases=("private_network",), mutable=False),
        ListOf(
            "ipam_ids",
            item=Uuid("ipam_id"),
            ordered=False,
            mutable=False,
            way_out="Detach the private network, and attach it again with the other addresses.",
        ),
    ),
    updates=(),
    create=Call("POST", "/lb/v1/{scope}/lbs/{lb}/{attach}", id_key={"zone": "private_network_id"}),
    delete=Call("POST", "/lb/v1/{scope}/lbs/{lb}/{detach}", id_key={"zone": "private_network_id"}),
    # While it is detached, the list may show it as pending, like one that is being attached (recorded).
    settle=Settle(ready=frozenset({"ready"}), failed=frozenset({"error"}), unclear=True),
    wait_timeout=900,
    computed={"lb": {"id": UNKNOWN}, "status": "ready", "dhcp_config": _predict_address, **TIMESTAMPS},
)
