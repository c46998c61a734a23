# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading objects and lists at one place: a location, and the resources around what a task is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils import options
from ansible_collections.scw.cloud.plugins.module_utils.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing, NotFound, RequestError, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource, Values, fill
from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.siblings import Siblings


class Reader:
    """Reads at the location that a task gives; ``places`` are the IDs of the ancestors, as far as they are known."""

    def __init__(
        self, resource: Resource, client: Client, params: Mapping[str, Any], siblings: Siblings | None
    ) -> None:
        self.resource = resource
        self.client = client
        defaults = {"zone": client.settings.zone, "region": client.settings.region}
        self.kind, self.location = options.locate(resource, params, defaults)
        self.places: dict[str, str] = {}
        self.siblings = siblings
        self._words = {word: spelled[self.kind] for word, spelled in resource.location.words.items()}
        self._words["scope"] = f"{self.kind}s/{self.location}"

    def path(self, template: str, *, resource_id: str = "") -> str:
        """``template`` with location, ancestors and the ID filled in."""
        return fill(template, self._words, id=resource_id, **self.places)

    def get(self, resource: Resource, resource_id: str) -> Values:
        """One object by ID, as it is now."""
        doing = f"read {resource.title} {resource_id}"
        if resource.item:
            return _with_id(
                resource, self.client.get(self.path(resource.item, resource_id=resource_id), doing=doing), doing
            )
        listed = self.client.pages(self.path(resource.collection), resource.items, doing=doing)
        found = next((obj for obj in listed if obj.get(resource.id_key) == resource_id), None)
        if found is None:
            raise NotFound(f"Could not {doing}: it is not in the list.", status=404, kind="")
        return _with_id(resource, found, doing)

    def children(self, resource: Resource) -> list[Values]:
        """All resources of this kind in their parent, whose place is known; read at most once for a whole tree."""
        parent_id = self.places[resource.parent.name] if resource.parent else ""
        known = self.siblings.of(resource, parent_id) if self.siblings else None
        if known is None:
            known = [] if is_unknown(parent_id) else self._list(resource, {})
            if self.siblings:
                self.siblings.keep(resource, parent_id, known)
        return known

    def forget(self, resource: Resource) -> None:
        """Have the children of this kind read again when they are needed."""
        if self.siblings and resource.parent:
            self.siblings.forget(resource, self.places[resource.parent.name])

    def note(self, resource: Resource, obj: Values) -> None:
        """Keep in mind how a child is now."""
        if self.siblings and resource.parent:
            self.siblings.put(resource, self.places[resource.parent.name], obj)

    def dismiss(self, resource: Resource, obj_id: str) -> None:
        """Keep in mind that a child is gone."""
        if self.siblings and resource.parent:
            self.siblings.drop(resource, self.places[resource.parent.name], obj_id)

    def children_named(self, resource: Resource, name: str, value: Any) -> list[Values]:
        """Those of them whose field may have this value; which of them do is for the caller to find out."""
        children = self.children(resource)
        parent_id = self.places[resource.parent.name] if resource.parent else ""
        return self.siblings.named(resource, parent_id, name, value) if self.siblings else children

    def known(self, resource: Resource, resource_id: str) -> Values | None:
        """The object with this ID, if it is in a list that was read already."""
        parent_id = self.places.get(resource.parent.name) if resource.parent else None
        return self.siblings.find(resource, parent_id, resource_id) if self.siblings else None

    def everywhere(self, resource: Resource) -> list[Values]:
        """All resources of this kind at the location, in whichever parent."""
        doing = f"list the {resource.plural_title}"
        found = self.client.pages(self.path(resource.collection), resource.items, doing=doing)
        return [_with_id(resource, obj, doing) for obj in found]

    def _list(self, resource: Resource, query: Mapping[str, Any]) -> list[Values]:
        query = {**self.parent_pair(resource), **query}
        doing = f"list the {resource.plural_title}"
        try:
            found = self.client.pages(self.path(resource.collection), resource.items, doing=doing, query=query)
            return [_with_id(resource, obj, doing) for obj in found]
        except ScwError as error:
            if resource.parent is None or not resource.parent.is_gone(error):
                raise
        raise self.missing(resource.parent.name, resource.parent, self.places[resource.parent.name])

    def parent_pair(self, resource: Resource) -> dict[str, str]:
        """What creates and lists add to say where the resource belongs, when no path does."""
        parent = resource.parent
        return {resource.parent_key: self.places[parent.name]} if parent and resource.parent_key else {}

    def missing(self, option: str, resource: Resource, resource_id: str) -> Missing:
        return Missing(
            f"{option}: no {resource.title} with ID {resource_id} exists in {self.location}.", id=resource_id
        )


def _with_id(resource: Resource, obj: Values, doing: str) -> Values:
    if not isinstance(obj.get(resource.id_key), str):
        raise RequestError(f"Could not {doing}: the answer is no object of the API, for it has no {resource.id_key}.")
    return obj if resource.id_key == "id" else {"id": obj[resource.id_key], **obj}
