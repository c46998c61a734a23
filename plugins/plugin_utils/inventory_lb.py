# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load balancers as hosts: what is fetched of them, and what their variables say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION, PRIVATE_NETWORK
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND, ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.values import read_path, region_of
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Product

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Place

LISTS = {resource.plural: resource for resource in (FRONTEND, BACKEND, CERTIFICATE, PRIVATE_NETWORK)}
"""Details that are a list inside of the load balancer, by the name of the detail."""

EMBEDDED = ("frontend", "backend", "certificate")
"""Objects that answers repeat inside of others; their ID and name are enough."""


def fetch(place: Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
    """The load balancers of a zone."""
    lbs = place.all(LB, owner)
    lists = [name for name in LISTS if name in details or (name == "frontends" and {"acls", "routes"} & set(details))]
    if "stats" in details:
        lists.append("stats")
    jobs = [(lb["id"], name) for lb in lbs for name in lists]
    found = dict(zip(jobs, place.each(lambda job: _list(place, *job), jobs), strict=True))
    gone = {lb_id for (lb_id, _name), elements in found.items() if elements is None}
    present = [lb for lb in lbs if lb["id"] not in gone]
    read = {lb["id"]: {name: found[lb["id"], name] or [] for name in lists} for lb in present}
    _add_rules(place, details, read)
    return [
        {
            "object": lb,
            "zone": place.name,
            "details": {name: [_brief(element) for element in read[lb["id"]][name]] for name in details},
        }
        for lb in present
    ]


def _list(place: Place, lb_id: str, name: str) -> list[Values] | None:
    if name in LISTS:
        return place.inside(LISTS[name], lb_id)
    from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import ROWS, STATISTICS

    return place.rows(STATISTICS, ROWS, "read the statistics of load balancer", lb_id)


def _add_rules(place: Place, details: Collection[str], read: Mapping[str, dict[str, list[Values]]]) -> None:
    """Add what hangs on frontends: their ACLs and routes."""
    frontends = [frontend["id"] for lists in read.values() for frontend in lists.get("frontends", ())]
    if "acls" in details:
        acls = dict(zip(frontends, place.each(lambda one: place.inside(ACL, one), frontends), strict=True))
        _distribute("acls", read, lambda frontend_id: acls[frontend_id] or [])
    if "routes" in details:
        routes: dict[str, list[Values]] = {}
        for route in place.all(ROUTE, {}) if frontends else ():
            routes.setdefault(route["frontend_id"], []).append(route)
        _distribute("routes", read, lambda frontend_id: routes.get(frontend_id, []))


def _distribute(
    name: str, read: Mapping[str, dict[str, list[Values]]], of_frontend: Callable[[str], list[Values]]
) -> None:
    for lists in read.values():
        lists[name] = [rule for frontend in lists["frontends"] for rule in of_frontend(frontend["id"])]


def _brief(element: Values) -> Values:
    """An element of a list without the load balancer around it, and with others by ID and name."""
    return {
        key: {"id": value.get("id"), "name": value.get("name")}
        if key in EMBEDDED and isinstance(value, dict)
        else value
        for key, value in element.items()
        if key != "lb"
    }


def describe(item: Item) -> Mapping[str, Any]:
    """What the variables of a load balancer say beside its own keys."""
    lb, details = item["object"], item.get("details", {})
    zone = item["zone"]
    addresses = [str(address) for address in read_path(lb, "ip[].ip_address") or () if address]
    certificates = details.get("certificates", ())
    return {
        "region": lb.get("region") or region_of(zone),
        "ips": sorted(addresses, key=lambda address: ":" in address),
        "ip_ids": read_path(lb, "ip[].id") or [],
        "subscriber_id": read_path(lb, "subscriber.id"),
        "domains": [
            *(read_path(lb, "ip[].reverse") or ()),
            *(name for certificate in certificates for name in _names(certificate)),
        ],
        **details,
    }


def _names(certificate: Mapping[str, Any]) -> list[Any]:
    return [certificate.get("common_name"), *(certificate.get("subject_alternative_name") or ())]


PRODUCT = Product(
    name="lb",
    location=LOCATION,
    fetch=fetch,
    keys=(
        "type",
        "ssl_compatibility_level",
        "instances",
        "frontend_count",
        "backend_count",
        "private_network_count",
        "route_count",
    ),
    describe=describe,
    named_in=("zone",),
)
