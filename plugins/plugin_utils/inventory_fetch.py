# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetching what an inventory lists: locations, pages and details side by side, over connections that are kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ansible_collections.scw.cloud.plugins.module_utils.api.client import REQUESTS_ERROR, Client, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings, load_settings
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location, Resource, Values, fill
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Forbidden,
    MissingLibrary,
    NotFound,
    RequestError,
    ScwError,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import region_of
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Product, without_secrets

ADVICE = "Run it again, list fewer locations, or raise fetch_timeout."

Asked = TypeVar("Asked")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Order:
    """What to fetch: ``locations`` as (kind, name), ``projects`` (none: all that the key may see), names of details."""

    locations: Sequence[tuple[str, str]]
    projects: Sequence[str]
    details: Collection[str]


@dataclass(frozen=True)
class Fetched:
    """The items of all locations in their order, and an error for each location that was left out."""

    items: list[Item]
    forbidden: Mapping[str, ScwError]


class Place:
    """One location, read with a client of its own."""

    def __init__(self, client: Client, kind: str, name: str) -> None:
        self.client = client
        self.kind = kind
        self.name = name
        self.scope = {"scope": f"{kind}s/{name}"}

    def all(self, resource: Resource, query: Mapping[str, str]) -> list[Values]:
        """All resources of this kind here."""
        return self.listed(resource.collection, resource.items, f"list the {resource.plural_title}", query)

    def inside(self, resource: Resource, parent_id: str) -> list[Values] | None:
        """The resources of this kind that belong to another one; None if that one is gone."""
        parent = resource.parent.name if resource.parent else ""
        path = fill(resource.collection, self.scope, **{parent: parent_id})
        query = {resource.parent_key: parent_id} if resource.parent_key else {}
        try:
            return self.listed(path, resource.items, f"list the {resource.plural_title} of {parent} {parent_id}", query)
        except NotFound:
            return None

    def listed(self, path: str, items: str, doing: str, query: Mapping[str, str]) -> list[Values]:
        """All elements of a list."""
        path = fill(path, self.scope) if "{" in path else path
        found = self.client.pages(path, items, doing=f"{doing} in {self.name}", query=query)
        return [without_secrets(element) for element in found]

    def rows(self, path: str, items: str, doing: str, resource_id: str) -> list[Values] | None:
        """The elements of a list that comes as a whole; None if what it is about is gone."""
        doing = f"{doing} {resource_id} in {self.name}"
        try:
            rows = self.client.get(fill(path, self.scope, id=resource_id), doing=doing).get(items)
        except NotFound:
            return None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RequestError(f"Could not {doing}: the answer has no list of objects {items!r}.")
        return [without_secrets(row) for row in rows]

    def each(self, read: Callable[[Asked], Read], what: Sequence[Asked]) -> list[Read]:
        """What ``read`` returns for each element, several of them at a time."""
        return self.client.side_by_side(read, what)


def locations(location: Location, zones: Collection[str], regions: Collection[str]) -> list[tuple[str, str]]:
    """Kind and name of each place to read: what is named, zones or whole regions; everything if nothing is."""
    if not location.zones and not location.regions:
        return [("global", location.title)]
    if not location.zones:
        return [("region", name) for name in location.regions if not regions or name in regions]
    nothing_named = not zones and not regions
    return [("zone", name) for name in location.zones if nothing_named or name in zones or region_of(name) in regions]


def fetch(product: Product, order: Order, options: Mapping[str, Any], *, strict_permissions: bool) -> Fetched:
    """Everything in all locations. Raises ScwError, which names each location that could not be read.

    Without ``strict_permissions``, a location that answers 403 is left out instead.
    """
    if REQUESTS_ERROR:
        raise MissingLibrary("The Python library requests is missing where Ansible runs. Install it there.")
    settings = load_settings(options, os.environ)
    deadline = Deadline(Clock(), options["fetch_timeout"], ADVICE)

    def read(place: tuple[str, str]) -> list[Item] | ScwError:
        try:
            return _read(product, order, settings, options["api_timeout"], deadline, place)
        except ScwError as error:
            return error

    results = dict(
        zip((name for _kind, name in order.locations), Client.side_by_side(read, order.locations), strict=True)
    )
    errors = {name: result for name, result in results.items() if isinstance(result, ScwError)}
    fatal = [name for name, error in errors.items() if strict_permissions or not isinstance(error, Forbidden)]
    if fatal:
        others = f" The same or another error came from {', '.join(fatal[1:])}." if fatal[1:] else ""
        raise RequestError(f"{fatal[0]}: {errors[fatal[0]]}{others}", locations=fatal)
    items = [item for result in results.values() if not isinstance(result, ScwError) for item in result]
    return Fetched(items, errors)


def _read(
    product: Product, order: Order, settings: Settings, timeout: float, deadline: Deadline, location: tuple[str, str]
) -> list[Item]:
    # A client for each location: its session keeps as many connections as the client uses at once, and no more.
    with Client(settings, timeout=timeout, deadline=deadline, clock=deadline.clock) as client:
        place = Place(client, *location)
        owners: list[dict[str, str]] = [{"project_id": project} for project in order.projects] or [{}]
        return [item for owner in owners for item in product.fetch(place, order.details, owner)]
