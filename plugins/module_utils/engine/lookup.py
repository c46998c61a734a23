# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding what a task names: its location, the resources around it, itself, and what it refers to.

The API's filters are hints: the ``name`` filter matches substrings on some products and nothing on others (recorded),
so what counts is always the exact match made here. None means absent; several mean an error that lists their IDs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import (
    Reader,
    doubt_of_absence,
    lacks_scope,
    leaving,
    names_nothing,
    told_apart,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Ambiguous,
    InvalidOption,
    Missing,
    MissingOption,
    ScwError,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, blank, is_id, is_unknown, read_path

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings


class Lookup(Reader):
    """Finds things for one resource of a task.

    ``predict``: what is missing is taken as created earlier in the same check run. ``siblings``: lists that the task
    reads once for all of its resources.
    """

    def __init__(
        self,
        resource: Resource,
        client: Client,
        params: Mapping[str, Any],
        warn: Callable[[str], None],
        *,
        predict: bool,
        siblings: Siblings | None = None,
    ) -> None:
        super().__init__(resource, client, params, siblings)
        self.warn = warn
        self.predict = predict
        self.own_id: str | None = None
        self.fresh: dict[str, Values] = {}
        self.referenced: dict[str, Values] = {}
        self.answers: dict[str, Values] = {}  # to the last write of each resource that was changed
        self._elsewhere: dict[tuple[str, ...], str] = siblings.elsewhere if siblings else {}
        self._params = params
        self._given = options.finders(resource, params)

    def take_fresh(self, resource_id: str) -> Values | None:
        """The object, if it was just read; only once, because it ages."""
        return self.fresh.pop(resource_id, None)

    def root_id(self) -> str:
        """ID of the outermost resource around this one."""
        if self.resource.parent is None:
            return str(self.own_id)
        for ancestor in self.resource.ancestors:
            if self.resource.root.name not in self.places and ancestor.name in self.places:
                self.learn_places(ancestor, self.get(ancestor, self.places[ancestor.name]))
        return self.places[self.resource.root.name]

    def find(self, said: Mapping[str, Any], *, must_exist: bool) -> Values | None:
        """The resource the task is about, or None.

        ``must_exist`` is about what surrounds it, and about what an ID or another handle names: those never create.
        """
        handle = next((handle for handle in self.resource.handles if handle.name in self._given), None)
        try:
            if "id" in self._given:
                found = self._by_id(self._given["id"], must_exist)
                self._check_handles(found)
            elif handle:
                found = self._by_handle(handle, must_exist)
            else:
                found = self._among_siblings(said, must_exist)
        except Missing as missing:
            if must_exist:
                raise
            if "doubt" in missing.data:
                self.warn(missing.data["doubt"])
            return None
        if found:
            self.check_ancestors(self.resource, found)
            self.learn_places(self.resource, found)
            self.own_id = found["id"]
        return found

    def refresh(self, said: Mapping[str, Any], current: Values | None) -> Values | None:
        """The resource as it is now; None when it is gone, or still not there."""
        if current is None:
            self.forget(self.resource)
            return self._match(self.resource, self._identity(said))
        try:
            return self.get(self.resource, current["id"])
        except ScwError as error:
            if self.resource.is_gone(error):
                return None
            raise

    def resolve(self, wanted: Mapping[str, Any]) -> Values:
        """``wanted`` with the names of other resources replaced by their IDs."""
        fields = [field for field in self.resource.fields if field.name in wanted]
        return {field.name: field.resolve(wanted[field.name], self._reference, wanted) for field in fields}

    # Finding the resource itself

    def _by_id(self, resource_id: str, must_exist: bool) -> Values | None:
        if is_unknown(resource_id):
            if self.predict or not must_exist:
                return None
            raise names_nothing("id")
        found = self.known(self.resource, resource_id)
        if found:
            return found
        try:
            found = self.get(self.resource, resource_id)
        except ScwError as error:
            if not self.resource.is_gone(error):
                raise
            doubt = doubt_of_absence(error, f"{self.resource.title} {resource_id}")
        else:
            self.fresh[resource_id] = found
            return found
        if must_exist:
            raise self.unknown(resource_id, doubt)
        if doubt:
            self.warn(doubt)
        return None

    def _check_handles(self, found: Values | None) -> None:
        """Refuse an ID and another handle that name two resources."""
        for handle in self.resource.handles:
            given = self._given.get(handle.name)
            if found and given is not None and not handle.same(given, handle.value(found)):
                label = self.resource.label(found)
                raise InvalidOption(handle.name, f"{label} has {handle.value(found)!r}, not {given!r}. Give only one.")

    def _by_handle(self, handle: Field, must_exist: bool) -> Values | None:
        value = self._given[handle.name]
        if value == UNKNOWN and self.predict:
            return None
        found = self._match(self.resource, {handle.name: value})
        if found is None and must_exist:
            raise Missing(
                f"No {self.resource.title} with {handle.name} {value!r} exists in {self.location}. "
                f"{handle.name} never creates: leave it out to create one."
            )
        return found

    def _among_siblings(self, said: Mapping[str, Any], must_exist: bool) -> Values | None:
        identity = self._identity(said)
        if not self.place_parent(must_exist):
            return None
        return self._match(self.resource, identity)

    def _identity(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The values that identify the resource among its siblings."""
        if not self.resource.identity:
            return {}
        for alternative in self.resource.identity:
            if not blank(read_path(said, alternative[0])):
                leading = alternative[0].partition(".")[0]
                resolved = {**said, **self.resolve({leading: said[leading]} if leading in said else {})}
                given = {name: read_path(resolved, name) for name in alternative}
                return {name: value for name, value in given.items() if value is not None}
        leading = " or ".join(alternative[0] for alternative in self.resource.identity)
        raise MissingOption(
            f"Without {leading}, the {self.resource.title} could not be found again by the next run. Set it, or id."
        )

    def _match(self, resource: Resource, identity: Mapping[str, Any]) -> Values | None:
        """The one object with exactly these values, or None. Raises Ambiguous."""
        found = self._matches(resource, identity)
        if len(found) > 1:
            ids = told_apart(resource, found)
            which = ", ".join(f"{name} {value!r}" for name, value in identity.items())
            having = f"{self._where(resource)} have {which}" if which else f"are {self._where(resource)}"
            rotate = f", or set {resource.rotation} to have one take the place of all" if resource.rotation else ""
            advice = f"Say which one with its ID{rotate}." if resource.has_id else "Remove all but one elsewhere first."
            raise Ambiguous(f"{len(found)} {resource.plural_title} {having}: {', '.join(ids)}. {advice}", ids=ids)
        if found:
            self.fresh[found[0]["id"]] = found[0]
        return found[0] if found else None

    def check_parent(self) -> None:
        """Refuse a parent, given by its ID, that does not exist or does not lie where the task says."""
        parent = self.resource.parent
        parent_id = self.places.get(parent.name) if parent else None
        if parent and parent_id and not is_unknown(parent_id):
            found = self.fresh.get(parent_id) or self.existing(parent.name, parent, parent_id)
            if parent.is_leaving(found):
                raise leaving(parent, found)
            self.check_ancestors(parent, found)
            self.learn_places(parent, found)
            self.fresh[parent_id] = found

    def place(self, said: Mapping[str, Any]) -> None:
        """Learn where a resource lies that can only be found by what identifies it among its siblings."""
        if "id" in self._given:
            raise InvalidOption("id", "finds one resource, and with it none that takes its place. Name it instead.")
        self._identity(said)
        self.place_parent(must_exist=True)

    def namesakes(self, said: Mapping[str, Any]) -> list[Values]:
        """All resources that answer to what the task names; its surroundings must be known already."""
        return self._matches(self.resource, self._identity(said))

    def _matches(self, resource: Resource, identity: Mapping[str, Any]) -> list[Values]:
        """The objects with exactly these values. One that is being deleted counts only if there is no other."""
        covered = self.siblings is not None and self.siblings.covers(resource)
        if not covered and any(map(is_unknown, self.places.values())):
            return []
        hints = {field.wire: field.hint(identity[field.name]) for field in resource.filters if field.name in identity}
        settings = self.client.settings
        # The default project of an organization has the ID of the organization (recorded).
        project = settings.project_id or settings.organization_id
        if resource.project_scoped and project:
            hints["project_id"] = project
        if covered:
            named = next(iter(identity.items()), None)
            objects = self.children_named(resource, *named) if named else self.children(resource)
        else:
            objects = self._list(resource, hints)
        matches = [
            obj for obj in objects if all(resource.identifies(name, value, obj) for name, value in identity.items())
        ]
        return [obj for obj in matches if not resource.is_leaving(obj)] or matches

    # Finding what surrounds it

    def place_parent(self, must_exist: bool) -> bool:
        """Learn the ID of the parent; False when it does not exist and need not."""
        parent = self.resource.parent
        if parent is None:
            return True
        given = self._given.get(parent.name)
        if given is None:
            raise MissingOption(
                f"Say which {parent.title} the {self.resource.title} belongs to: {parent.name}, by name or ID."
            )
        return self._place(parent, given, must_exist)

    def _place(self, ancestor: Resource, given: str, must_exist: bool) -> bool:
        if given == UNKNOWN and not self.predict:
            if must_exist:
                raise names_nothing(ancestor.name)
            return False
        if is_id(given):
            self.places[ancestor.name] = given
            return True
        if ancestor.parent and ancestor.parent.name not in self.places:
            outer = self._given.get(ancestor.parent.name)
            if outer is None:
                raise lacks_scope(ancestor, ancestor.parent, given)
            if not self._place(ancestor.parent, outer, must_exist):
                return False
        found = self._match(ancestor, {ancestor.named_by.name: given})
        if found and must_exist and ancestor.is_leaving(found):
            if not self.predict:
                raise leaving(ancestor, found)
            found = None
        if found:
            self.places[ancestor.name] = found["id"]
            self.learn_places(ancestor, found)
        elif must_exist:
            self.places[ancestor.name] = self._predicted(ancestor, given)
        return found is not None or must_exist

    def _predicted(self, resource: Resource, name: Any) -> str:
        """Stand-in for a resource that does not exist, where it may have been created by an earlier task."""
        called = f"{resource.title} {name!r}" if name and isinstance(name, str) else resource.title
        if not self.predict or resource.handles:  # an earlier task could not have chosen a handle
            advice = (
                f"Check the {resource.named_by.name}." if resource.handles else "Create it first, or check the name."
            )
            raise Missing(f"No {called} exists {self._where(resource)}. {advice}", name=name or None)
        self.warn(
            f"No {called} exists yet {self._where(resource)}; this check assumes that an earlier task creates it."
        )
        return UNKNOWN

    def _where(self, resource: Resource) -> str:
        """Where a resource was looked for, for messages."""
        parent = resource.parent
        around = self._given.get(parent.name) or self.places.get(parent.name) if parent else None
        around = None if is_unknown(around) else around
        return f"on {parent.title} {around!r} in {self.location}" if parent and around else f"in {self.location}"

    def check_ancestors(self, resource: Resource, obj: Values) -> None:
        """Refuse an object that does not lie where the task says."""
        for ancestor in resource.ancestors:
            given = self._given.get(ancestor.name)
            actual = resource.parent_id(obj, ancestor)
            if given is None or actual is None or is_unknown(given) or is_unknown(actual):
                continue
            embedded = read_path(obj, resource.parent_route(ancestor))
            name = embedded.get(ancestor.named_by.name) if isinstance(embedded, Mapping) else None
            if name is None and not is_id(given):
                if ancestor.name not in self.places:
                    self._place(ancestor, given, must_exist=True)
                given = self.places[ancestor.name]
            if given not in (actual, name):
                called = f"{name!r} ({actual})" if name else actual
                raise InvalidOption(
                    ancestor.name, f"{resource.label(obj)} belongs to {ancestor.title} {called}, not to {given!r}."
                )

    # Finding what it refers to

    def _reference(self, target: Resource, name: Any, place: Mapping[str, Any]) -> str:
        """ID of the resource called ``name``, or identified by it: beside this one, at the top, or elsewhere."""
        if place:
            return self._named_elsewhere(target, name, place)
        if target.parent and target.parent.name not in self.places:
            raise lacks_scope(target, target.parent, name)
        if isinstance(name, Mapping):
            found = self._match(target, self._beside(target)._identity(name) if name else {})
        else:
            found = self._match(target, {target.named_by.name: name})
        if found is None:
            return self._predicted(target, name)
        self.referenced[found["id"]] = found
        return str(found["id"])

    def _beside(self, target: Resource) -> Lookup:
        """A lookup for what lies in the same place as this resource."""
        lookup = Lookup(target, self.client, {}, self.warn, predict=self.predict, siblings=self.siblings)
        lookup.places.update(self.places)
        return lookup

    def _named_elsewhere(self, target: Resource, name: str, place: Mapping[str, Any]) -> str:
        """ID of a resource of another product, looked up once for a task."""
        key = (target.title, name, *(f"{option}={value}" for option, value in sorted(place.items())))
        if key not in self._elsewhere:
            lookup = Lookup(target, self.client, place, self.warn, predict=self.predict)
            lookup.place_parent(must_exist=True)
            found = lookup._match(target, {target.named_by.name: name})
            self._elsewhere[key] = str(found["id"]) if found else lookup._predicted(target, name)
        return self._elsewhere[key]

    def existing(self, option: str, resource: Resource, resource_id: str) -> Values:
        """What an option names by its ID. Raises Missing."""
        known = self.known(resource, resource_id)
        if known:
            return known
        try:
            found = self.get(resource, resource_id)
        except ScwError as error:
            if not resource.is_gone(error):
                raise
            raise self.missing(option, resource, resource_id, error) from None
        if self.siblings:
            self.siblings.meet(found)
        return found
