# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything in an account: the products that inventories list, and beside them what no host stands for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API
from ansible_collections.scw.cloud.plugins.module_utils.errors import NotFound, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP
from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import summary
from ansible_collections.scw.cloud.plugins.module_utils.values import region_of
from ansible_collections.scw.cloud.plugins.plugin_utils import (
    inventory_container,
    inventory_edge,
    inventory_fetch,
    inventory_function,
    inventory_lb,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Fetch, Item, Product


def _pipelines(place: inventory_fetch.Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
    """The pipelines with their stages, and those of route stages with their rules."""
    items = inventory_edge.fetch(place, details, owner)
    stages = [stage for item in items for stage in item["details"].get("route_stages", ())]

    def rules(stage: Values) -> list[Values]:
        path = f"{API}/route-stages/{stage['id']}/route-rules"
        try:
            return place.listed(path, "route_rules", f"list the rules of route stage {stage['id']}", {})
        except NotFound:
            return []

    for stage, found in zip(stages, place.each(rules, stages), strict=True):
        stage["route_rules"] = found
    return items


class _Keeping(inventory_fetch.Place):
    """A place that reads each list of the whole place once."""

    def __init__(self, place: inventory_fetch.Place) -> None:
        super().__init__(place.client, place.kind, place.name)
        self._kept: dict[str, list[Values]] = {}

    def all(self, resource: Resource, query: Mapping[str, str]) -> list[Values]:
        if resource.collection not in self._kept:
            self._kept[resource.collection] = super().all(resource, query)
        return self._kept[resource.collection]


def _beside(fetch: Fetch, resource: Resource, name: str) -> Fetch:
    """Fetches what ``fetch`` does, and a kind that has no details as a list called ``name``."""

    def both(place: inventory_fetch.Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
        keeping = _Keeping(place)
        items = fetch(keeping, details, owner)
        return [*items, *({LIST: name, "object": obj, place.kind: place.name} for obj in keeping.all(resource, owner))]

    return both


def _product(like: Product, fetch: Fetch) -> Product:
    return Product(like.name, like.location, fetch, (), dict)


LIST = "list"
"""The key of an item that belongs in another list than the one of its product."""

LISTS: Mapping[str, tuple[Product, tuple[str, ...]]] = {
    "load_balancers": (
        _product(inventory_lb.PRODUCT, _beside(inventory_lb.fetch, IP, "ips")),
        ("frontends", "backends", "acls", "routes", "certificates", "private_networks", "stats"),
    ),
    "pipelines": (
        _product(inventory_edge.PRODUCT, _pipelines),
        ("dns_stages", "tls_stages", "cache_stages", "route_stages", "waf_stages", "backend_stages"),
    ),
    "containers": (
        _product(
            inventory_container.PRODUCT,
            _beside(inventory_container.fetch, container.NAMESPACE, "container_namespaces"),
        ),
        ("domains", "triggers"),
    ),
    "functions": (
        _product(
            inventory_function.PRODUCT, _beside(inventory_function.fetch, function.NAMESPACE, "function_namespaces")
        ),
        ("domains", "crons", "triggers"),
    ),
}
"""The list of each product, with what is fetched for it and the details of its elements."""

NAMES = ("load_balancers", "ips", "pipelines", "containers", "container_namespaces", "functions", "function_namespaces")
"""All lists of an account."""

PRODUCTS = tuple(product.name for product, _details in LISTS.values())


@dataclass(frozen=True)
class Scope:
    """What to read: names of products, and where; nothing named means everything."""

    products: Collection[str] = PRODUCTS
    zones: Sequence[str] = ()
    regions: Sequence[str] = ()
    projects: Sequence[str] = ()

    def order(self, name: str) -> inventory_fetch.Order:
        """What to fetch for the list of a product. What has regions only is read in those around the zones."""
        product, details = LISTS[name]
        around = () if product.location.zones else map(region_of, self.zones)
        wanted = inventory_fetch.locations(product.location, self.zones, [*self.regions, *around])
        return inventory_fetch.Order(wanted, self.projects, details)


def fetch_account(
    scope: Scope, options: Mapping[str, Any], *, strict_permissions: bool
) -> tuple[dict[str, list[Values]], dict[str, ScwError]]:
    """All lists by name, and an error for each location that was left out. Raises ScwError.

    ``options``: credentials, and seconds as ``api_timeout`` and ``fetch_timeout``. Lists of other products are empty.
    """
    names = [name for name, (product, _details) in LISTS.items() if product.name in scope.products]

    def read(name: str) -> inventory_fetch.Fetched | ScwError:
        try:
            product, _details = LISTS[name]
            return inventory_fetch.fetch(product, scope.order(name), options, strict_permissions=strict_permissions)
        except ScwError as error:
            return error

    account: dict[str, list[Values]] = {name: [] for name in NAMES}
    left_out: dict[str, ScwError] = {}
    for name, fetched in zip(names, Client.side_by_side(read, names), strict=True):
        if isinstance(fetched, ScwError):
            raise fetched
        for item in fetched.items:
            account[item.get(LIST, name)].append(flat(item))
        left_out.update(fetched.forbidden)
    return account, left_out


def flat(item: Item) -> Values:
    """The object, with where it is, the namespace around it, and its details under their names."""
    place = {key: item[key] for key in ("zone", "region") if key in item}
    namespace = {"namespace": item["namespace"].get("namespace")} if "namespace" in item else {}
    details = item.get("details", {})
    servers = {"servers": summary(details["stats"], details["stats"])} if "stats" in details else {}
    return {**item["object"], **place, **namespace, **details, **servers}
