# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task knows of the children of its resources: each list is read once, and follows what the task does. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values


class _Listed:
    """One list, and where its elements are by ID and by the field that identifies them."""

    def __init__(self, resource: Resource, objects: Iterable[Values]) -> None:
        self._resource = resource
        self.by_id = {obj["id"]: obj for obj in objects}
        self._by_name: dict[str, dict[Any, dict[str, None]]] = {}

    def copy(self) -> _Listed:
        return _Listed(self._resource, self.by_id.values())

    def put(self, obj: Values) -> None:
        self.drop(obj["id"])
        self.by_id[obj["id"]] = obj
        for name, index in self._by_name.items():
            index.setdefault(self._key(name, obj), {})[obj["id"]] = None

    def drop(self, obj_id: str) -> None:
        obj = self.by_id.pop(obj_id, None)
        for name, index in self._by_name.items() if obj else ():
            index.get(self._key(name, obj), {}).pop(obj_id, None)

    def named(self, name: str, value: Any) -> list[Values]:
        """Those whose field may have this value: fewer than all, where it is text."""
        wanted = self._resource.field(name).canonical(value)
        if not isinstance(wanted, str):
            return list(self.by_id.values())
        if name not in self._by_name:
            index = self._by_name[name] = {}
            for obj in self.by_id.values():
                index.setdefault(self._key(name, obj), {})[obj["id"]] = None
        return [self.by_id[obj_id] for obj_id in self._by_name[name].get(wanted, ())]

    def _key(self, name: str, obj: Values | None) -> Any:
        value = self._resource.field(name).canonical(self._resource.value(name, obj or {}))
        return value if isinstance(value, str) else None


class Siblings:
    """Lists of objects by kind and parent, for the kinds of one tree of resources."""

    def __init__(self, kinds: Iterable[Resource]) -> None:
        self.kinds = tuple(kinds)
        self._lists: dict[tuple[str, str], _Listed] = {}
        self._met: dict[str, Values] = {}
        self.elsewhere: dict[tuple[str, ...], str] = {}  # IDs of resources of other products, by what names them

    def covers(self, resource: Resource) -> bool:
        """Whether lists of this kind are kept here."""
        return resource in self.kinds

    def of(self, resource: Resource, parent_id: str) -> list[Values] | None:
        """The children of this kind; None if they were not read yet."""
        listed = self._lists.get((resource.name, parent_id))
        return list(listed.by_id.values()) if listed else None

    def named(self, resource: Resource, parent_id: str, name: str, value: Any) -> list[Values]:
        """Those children, read already, whose field may have this value."""
        return self._lists[resource.name, parent_id].named(name, value)

    def keep(self, resource: Resource, parent_id: str, objects: Iterable[Values]) -> None:
        """Remember what was read."""
        self._lists[resource.name, parent_id] = _Listed(resource, objects)

    def put(self, resource: Resource, parent_id: str, obj: Values) -> None:
        """Note that a child was created, or is different now."""
        if (resource.name, parent_id) in self._lists:
            self._lists[resource.name, parent_id].put(obj)

    def drop(self, resource: Resource, parent_id: str, obj_id: str) -> None:
        """Note that a child is gone."""
        if (resource.name, parent_id) in self._lists:
            self._lists[resource.name, parent_id].drop(obj_id)

    def forget(self, resource: Resource, parent_id: str) -> None:
        """Have the children of this kind read again when they are needed."""
        self._lists.pop((resource.name, parent_id), None)

    def meet(self, obj: Values) -> None:
        """Remember an object that was read by itself."""
        self._met[obj["id"]] = obj

    def find(self, resource: Resource, parent_id: str | None, obj_id: str) -> Values | None:
        """The object with this ID, if it was read already."""
        listed = self._lists.get((resource.name, parent_id)) if parent_id else None
        return (listed.by_id.get(obj_id) if listed else None) or self._met.get(obj_id)

    def copy(self) -> Siblings:
        """The same knowledge, to follow another course of events."""
        twin = Siblings(self.kinds)
        twin._met = self._met
        twin.elsewhere = self.elsewhere
        twin._lists = {key: listed.copy() for key, listed in self._lists.items()}
        return twin
