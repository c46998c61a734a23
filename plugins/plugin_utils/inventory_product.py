# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inventory lists: the description of a product, what was fetched, and the hosts made of it. Pure.

    fetch -> Item, a plain dict that a cache can hold -> Host -> the inventory

The variables of all products have the same names for the same things; see ``SHARED``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Place

Item = dict[str, Any]
"""``object`` as the API has it, ``details`` by name, and ``zone`` or ``region`` where it was found."""

Fetch = Callable[["Place", Collection[str], Mapping[str, str]], list[Item]]
"""Reads one location: the place, the names of the details, and the query that restricts lists to a project."""

SHARED = (
    "product",
    "id",
    "name",
    "description",
    "status",
    "tags",
    "zone",
    "region",
    "project_id",
    "organization_id",
    "ip",
    "ips",
    "public_endpoint",
    "domains",
    "created_at",
    "updated_at",
)
"""Variables that every host has, without the prefix; null where a product knows no such thing."""

NEVER = frozenset(
    {
        "secret_environment_variables",
        "access_key",
        "secret_access_key",
        "secret_key",
        "credentials_file_content",
    }
)
"""Keys of objects that hold secrets or their hashes: they are neither cached nor shown."""


@dataclass(frozen=True)
class Product:
    """One kind of hosts.

    ``name``: ends the names of the plugin and of the group of all. ``keys`` of the object become variables as they
    are; ``describe`` gives those that have to be made, from an item. ``named_in``: the variables that tell hosts of
    one name apart, the place last. ``grouped_by``: variables whose values make groups, with the word in their names.
    """

    name: str
    location: Location
    fetch: Fetch
    keys: tuple[str, ...]
    describe: Callable[[Item], Mapping[str, Any]]
    named_in: tuple[str, ...] = ()
    grouped_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Host:
    """``names``: what it may be called, in order; the last is its ID. ``groups`` as they are before Ansible's rules."""

    names: tuple[str, ...]
    variables: Mapping[str, Any]
    groups: tuple[str, ...]
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Selection:
    """Which hosts are wanted: those that fit everything that is given here."""

    tags: Collection[str] = ()
    status: Collection[str] = ()
    names: Collection[str] = ()

    def fits(self, host: Host) -> bool:
        """Whether the host is wanted."""
        variables = host.variables
        return (
            (not self.tags or not set(self.tags).isdisjoint(variables["tags"]))
            and (not self.status or variables["status"] in self.status)
            and (not self.names or any(fnmatchcase(variables["name"], pattern) for pattern in self.names))
        )


def without_secrets(value: Any) -> Any:
    """``value`` without what may never leave the API's answer."""
    if isinstance(value, dict):
        return {
            key: without_secrets(nested) if isinstance(nested, (dict, list)) else nested
            for key, nested in value.items()
            if key not in NEVER
        }
    return [without_secrets(nested) for nested in value] if isinstance(value, list) else value


def to_host(product: Product, item: Item, shown: Collection[str]) -> Host:
    """The host that an item is; ``shown``: the details that its variables tell."""
    obj, details = item["object"], item.get("details", {})
    item = {**item, "details": {name: details[name] for name in shown if name in details}}
    variables: dict[str, Any] = {
        **{key: obj.get(key) for key in (*SHARED, *product.keys)},
        "product": product.name,
        **{key: item[key] for key in ("zone", "region") if key in item},
        **product.describe(item),
    }
    variables["name"] = str(variables["name"] or "")
    variables["tags"] = _texts(variables["tags"])
    variables["ips"] = variables["ips"] or []
    variables["ip"] = next(iter(variables["ips"]), None)
    variables["domains"] = list(dict.fromkeys(filter(None, variables["domains"] or [])))
    return Host(_names(product, variables), variables, _groups(product, variables), details)


def _names(product: Product, variables: Mapping[str, Any]) -> tuple[str, ...]:
    places = [str(variables[key]) for key in product.named_in if variables.get(key)]
    tails = [".".join(places[start:]) for start in reversed(range(len(places)))]
    return (variables["name"], *(f"{variables['name']}.{tail}" for tail in tails), variables["id"])


def _groups(product: Product, variables: Mapping[str, Any]) -> tuple[str, ...]:
    groups = [f"scw_{product.name}"]
    for key, word in (("zone", "zone"), ("region", "region"), *product.grouped_by, ("status", "status")):
        if variables.get(key):
            groups.append(f"scw_{word}_{variables[key]}")
    groups += [f"scw_tag_{tag}" for tag in variables["tags"] if tag]
    return tuple(dict.fromkeys(groups))


def _texts(value: Any) -> list[str]:
    return [str(element) for element in value] if isinstance(value, list) else []
