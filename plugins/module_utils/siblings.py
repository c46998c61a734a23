# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task knows of the children of its resources: every list is read once, and follows what the task does. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource, Values


class Siblings:
    """Lists of objects by kind and parent, for the kinds of one tree of resources."""

    def __init__(self, kinds: Iterable[Resource]) -> None:
        self.kinds = tuple(kinds)
        self._lists: dict[tuple[str, str], list[Values]] = {}
        self._met: dict[str, Values] = {}

    def covers(self, resource: Resource) -> bool:
        """Whether lists of this kind are kept here."""
        return resource in self.kinds

    def of(self, resource: Resource, parent_id: str) -> list[Values] | None:
        """The children of this kind; None if they were not read yet."""
        return self._lists.get((resource.name, parent_id))

    def keep(self, resource: Resource, parent_id: str, objects: Iterable[Values]) -> list[Values]:
        """Remember what was read."""
        kept = self._lists[resource.name, parent_id] = list(objects)
        return kept

    def put(self, resource: Resource, parent_id: str, obj: Values) -> None:
        """Note that a child was created, or is different now."""
        known = self._lists.get((resource.name, parent_id))
        if known is None:
            return
        place = next((index for index, other in enumerate(known) if other["id"] == obj["id"]), len(known))
        known[place : place + 1] = [obj]

    def drop(self, resource: Resource, parent_id: str, obj_id: str) -> None:
        """Note that a child is gone."""
        known = self._lists.get((resource.name, parent_id))
        if known is not None:
            known[:] = [other for other in known if other["id"] != obj_id]

    def forget(self, resource: Resource, parent_id: str) -> None:
        """Have the children of this kind read again when they are needed."""
        self._lists.pop((resource.name, parent_id), None)

    def meet(self, obj: Values) -> None:
        """Remember an object that was read by itself."""
        self._met[obj["id"]] = obj

    def find(self, resource: Resource, parent_id: str | None, obj_id: str) -> Values | None:
        """The object with this ID, if it was read already."""
        listed = self._lists.get((resource.name, parent_id)) if parent_id else None
        return next((obj for obj in listed or () if obj["id"] == obj_id), self._met.get(obj_id))

    def copy(self) -> Siblings:
        """The same knowledge, to follow another course of events."""
        twin = Siblings(self.kinds)
        twin._met = self._met
        twin._lists = {key: list(objects) for key, objects in self._lists.items()}
        return twin
