# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task that only lists, from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import concealed
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Missing


class Listing(Lookup):
    """Finds everything that an info task asks for."""

    def all(self, query: Mapping[str, Any]) -> list[Values]:
        """The objects that match. Raises Missing when what surrounds them does not exist."""
        if "id" in self._given:
            found = self._by_id(self._given["id"], must_exist=False)
            return [found] if found and self._fits(found, query) else []
        self.place_parent(must_exist=True)
        projects = ("project_id", "organization_id") if self.resource.project_scoped else ()
        owner = {key: self._params[key] for key in projects if self._params.get(key)}
        objects = self._list(self.resource, {**owner, **query})
        if not objects:
            self._check_listed_parent()
        return [obj for obj in objects if self._fits(obj, query)]

    def _check_listed_parent(self) -> None:
        """Raise Missing where an empty list may mean that its parent does not exist: some lists only filter by it."""
        parent = self.resource.parent
        if parent and self.resource.parent_key and self.places[parent.name] not in self.fresh:
            self.existing(parent.name, parent, self.places[parent.name])

    def _fits(self, obj: Values, query: Mapping[str, Any]) -> bool:
        """Whether the object has the name that is asked for, and lies where the task says."""
        try:
            self.check_ancestors(self.resource, obj)
        except InvalidOption:
            return False
        return "name" not in query or bool(obj.get("name") == query["name"])


def list_objects(
    resource: Resource, client: Client, params: Mapping[str, Any], warn: Callable[[str], None]
) -> list[Values]:
    """The objects that match an info task; an empty list where nothing does."""
    lookup = Listing(resource, client, params, warn, predict=False)
    try:
        found = lookup.all(options.filters(resource, params))
        return [concealed(resource.fields, obj) for obj in found]
    except Missing as error:
        warn(str(error))
        return []
