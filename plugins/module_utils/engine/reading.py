# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading objects and lists at one place: a location, and the resources around what a task is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values, fill
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Forbidden,
    InvalidOption,
    Missing,
    MissingOption,
    NotFound,
    RequestError,
    ScwError,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, blank, is_unknown

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings


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
        if resource.is_located:
            self._words["scope"] = f"{self.kind}s/{self.location}"

    def path(self, template: str, *, resource_id: str = "") -> str:
        """``template`` with location, ancestors and the ID filled in."""
        return fill(template, self._words, id=resource_id, **self.places)

    def id_of_new(self, said: Mapping[str, Any]) -> str | None:
        """ID that a resource will have once it is created, as far as that does not depend on the answer."""
        if not self.resource.has_id and self.resource.parent:
            return self.places[self.resource.parent.name]
        return said.get(self.resource.id_key)

    def get(self, resource: Resource, resource_id: str) -> Values:
        """One object by ID, as it is now."""
        doing = f"read {resource.title} {resource_id}"
        if resource.item:
            found = self.client.get(self.path(resource.item, resource_id=resource_id), doing=doing)
            return self._whole(resource, self._with_id(resource, found, doing))
        listed = self.client.pages(self.path(resource.collection), resource.items, doing=doing)
        objects = [self._with_id(resource, obj, doing) for obj in listed]
        found = next((obj for obj in objects if obj["id"] == resource_id), {})
        if not found:
            raise NotFound(f"Could not {doing}: it is not in the list.", status=404, kind="")
        return self._whole(resource, found)

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
        return self._wholes(resource, [self._with_id(resource, obj, doing) for obj in found])

    def _list(self, resource: Resource, query: Mapping[str, Any]) -> list[Values]:
        query = {**self.parent_pair(resource), **query}
        doing = f"list the {resource.plural_title}"
        try:
            found = self.client.pages(self.path(resource.collection), resource.items, doing=doing, query=query)
            return self._wholes(resource, [self._with_id(resource, obj, doing) for obj in found])
        except ScwError as error:
            parent = resource.parent
            if parent is None or not parent.is_gone(error):
                raise
            raise self.missing(parent.name, parent, self.places[parent.name], error) from None

    def _wholes(self, resource: Resource, objects: list[Values]) -> list[Values]:
        """The same objects with their parts, read side by side; without those that only say that there is none."""
        if not resource.has_id:
            objects = [obj for obj in objects if not all(blank(field.value(obj)) for field in resource.fields)]
        if not resource.parts:
            return objects
        return self.client.side_by_side(lambda obj: self._whole(resource, obj), objects)

    def _whole(self, resource: Resource, obj: Values) -> Values:
        parts = {}
        for part in resource.parts:
            path, doing = self.path(part.path, resource_id=obj["id"]), f"read {part.name} of {resource.label(obj)}"
            parts[part.name] = _ordered(self.client.pages(path, part.name, doing=doing), part.order)
        return {**obj, **parts}

    def parent_pair(self, resource: Resource) -> dict[str, str]:
        """What creates and lists add to say where the resource belongs, when no path does."""
        parent = resource.parent
        return {resource.parent_key: self.places[parent.name]} if parent and resource.parent_key else {}

    def learn_places(self, resource: Resource, obj: Values) -> None:
        """Take from an object where it lies."""
        for ancestor in resource.ancestors:
            ancestor_id = resource.parent_id(obj, ancestor)
            if ancestor_id and not is_unknown(ancestor_id):
                self.places[ancestor.name] = ancestor_id

    def unknown(self, resource_id: str, doubt: str) -> Missing:
        """For an ID of a task that nothing has, as far as is known."""
        found = f"No {self.resource.title} with ID {resource_id} exists in {self.location}."
        advice = "An ID never creates: leave id out to create one."
        return Missing(" ".join(filter(None, (found, doubt, advice))), id=resource_id)

    def missing(self, option: str, resource: Resource, resource_id: str, error: Exception) -> Missing:
        """For what an option names by its ID, and the API does not have, as this answer of it says."""
        doubt = doubt_of_absence(error, f"{resource.title} {resource_id}")
        text = f"{option}: no {resource.title} with ID {resource_id} exists in {self.location}."
        advice = "Check the ID, and that it was not deleted."
        return Missing(" ".join(filter(None, (text, doubt, advice))), id=resource_id, doubt=doubt or None)

    def _with_id(self, resource: Resource, obj: Values, doing: str) -> Values:
        if not resource.has_id and resource.parent:
            return {"id": self.places[resource.parent.name], **obj}
        if not isinstance(obj.get(resource.id_key), str):
            raise RequestError(
                f"Could not {doing}: the answer is no object of the API, for it has no {resource.id_key}."
            )
        return obj if resource.id_key == "id" else {"id": obj[resource.id_key], **obj}


def _ordered(elements: list[Values], key: str) -> list[Values]:
    """``elements`` in the order that their numbers under ``key`` say, if all have one."""
    if not key or not all(isinstance(element.get(key), int) for element in elements):
        return elements
    return sorted(elements, key=lambda element: int(element[key]))


def told_apart(resource: Resource, objects: Sequence[Values]) -> list[str]:
    """What tells several resources apart: their IDs, or of those without one what they refer to."""
    return [str(obj["id"] if resource.has_id else resource.fields[0].value(obj)) for obj in objects]


def doubt_of_absence(error: Exception, what: str) -> str:
    """Why it is not sure that ``what`` does not exist, as a sentence; "" where the API says so itself."""
    if not isinstance(error, Forbidden):
        return ""
    return f"The API answered 403 about {what}: it does not exist, or the API key may not see it."


def leaving(resource: Resource, obj: Values) -> Missing:
    """For what a task needs while it is being deleted."""
    return Missing(f"{resource.label(obj)} is being deleted. Create it again first, or check the name.", id=obj["id"])


def names_nothing(option: str) -> InvalidOption:
    """For the stand-in of check mode in a real run."""
    return InvalidOption(option, f"{UNKNOWN} comes from an earlier task in check mode and names nothing.")


def lacks_scope(resource: Resource, parent: Resource, name: Any) -> MissingOption:
    """For a name that means nothing without what it belongs to."""
    return MissingOption(
        f"{resource.name} {name!r} is a name: say which {parent.title} it is on with {parent.name}, or give its ID."
    )
