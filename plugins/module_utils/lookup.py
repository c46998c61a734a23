# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding what a task names: its location, the resources around it, itself, and what it refers to.

The API's filters are hints: the ``name`` filter matches substrings on some products and nothing on others (recorded),
so what counts is always the exact match made here. None means absent; several mean an error that lists their IDs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils import options
from ansible_collections.scw.cloud.plugins.module_utils.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Ambiguous,
    InvalidOption,
    Missing,
    MissingOption,
    RequestError,
    ScwError,
)
from ansible_collections.scw.cloud.plugins.module_utils.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource, Values, fill
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, blank, is_id, read_path


class Lookup:
    """Finds things for one task. ``predict``: what is missing is taken as created earlier in the same check run."""

    def __init__(
        self,
        resource: Resource,
        client: Client,
        params: Mapping[str, Any],
        warn: Callable[[str], None],
        *,
        predict: bool,
    ) -> None:
        self.resource = resource
        self.client = client
        self.warn = warn
        self.predict = predict
        self.own_id: str | None = None
        self._params = params
        self._given = options.finders(resource, params)
        defaults = {"zone": client.settings.zone, "region": client.settings.region}
        kind, self._location = options.locate(resource, params, defaults)
        self._words = {word: spelled[kind] for word, spelled in resource.location.words.items()}
        self._words["scope"] = f"{kind}s/{self._location}"
        self.places: dict[str, str] = {}
        self.fresh: dict[str, Values] = {}
        self.referenced: dict[str, Values] = {}

    def path(self, template: str, *, resource_id: str = "") -> str:
        """``template`` with location, ancestors and the ID filled in."""
        return fill(template, id=resource_id, **self._words, **self.places)

    def get(self, resource: Resource, resource_id: str) -> Values:
        """One object by ID."""
        doing = f"read {resource.title} {resource_id}"
        obj = self.client.get(self.path(resource.item, resource_id=resource_id), doing=doing)
        return _with_id(obj, doing)

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
        except Missing:
            if must_exist:
                raise
            return None
        if found:
            self.check_ancestors(self.resource, found)
            self.learn_places(self.resource, found)
            self.own_id = found["id"]
        return found

    def refresh(self, said: Mapping[str, Any], current: Values | None) -> Values | None:
        """The resource as it is now; None when it is gone, or still not there."""
        if current is None:
            return self._match(self.resource, self._identity(said))
        try:
            return self.get(self.resource, current["id"])
        except ScwError as error:
            if self.resource.is_gone(error):
                return None
            raise

    def all(self, query: Mapping[str, Any]) -> list[Values]:
        """Every object that an info task asks for. Raises Missing when what surrounds them does not exist."""
        if "id" in self._given:
            found = self._by_id(self._given["id"], must_exist=False)
            return [found] if found and self._fits(found, query) else []
        self._place_parent(must_exist=True)
        projects = ("project_id", "organization_id") if self.resource.project_scoped else ()
        owner = {key: self._params[key] for key in projects if self._params.get(key)}
        objects = self._list(self.resource, {**owner, **query})
        return [obj for obj in objects if self._fits(obj, query)]

    def _fits(self, obj: Values, query: Mapping[str, Any]) -> bool:
        """Whether the object has the name that is asked for, and lies where the task says."""
        try:
            self.check_ancestors(self.resource, obj)
        except InvalidOption:
            return False
        return "name" not in query or bool(obj.get("name") == query["name"])

    def resolve(self, wanted: Mapping[str, Any]) -> Values:
        """``wanted`` with the names of other resources replaced by their IDs."""
        fields = [field for field in self.resource.fields if field.name in wanted]
        return {field.name: field.resolve(wanted[field.name], self._reference) for field in fields}

    # Finding the resource itself

    def _by_id(self, resource_id: str, must_exist: bool) -> Values | None:
        if resource_id == UNKNOWN:
            if self.predict or not must_exist:
                return None
            raise names_nothing("id")
        try:
            found = self.get(self.resource, resource_id)
        except ScwError as error:
            if not self.resource.is_gone(error):
                raise
        else:
            self.fresh[resource_id] = found
            return found
        if must_exist:
            raise Missing(
                f"No {self.resource.title} with ID {resource_id} exists in {self._location}. "
                "An ID never creates: leave id out to create one.",
                id=resource_id,
            )
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
                f"No {self.resource.title} with {handle.name} {value!r} exists in {self._location}. "
                f"{handle.name} never creates: leave it out to create one."
            )
        return found

    def _among_siblings(self, said: Mapping[str, Any], must_exist: bool) -> Values | None:
        identity = self._identity(said)
        if not self._place_parent(must_exist):
            return None
        return self._match(self.resource, identity)

    def _identity(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The values that identify the resource among its siblings."""
        for alternative in self.resource.identity:
            if not blank(read_path(said, alternative[0])):
                given = {name: read_path(said, name) for name in alternative}
                return {name: value for name, value in given.items() if value is not None}
        leading = " or ".join(alternative[0] for alternative in self.resource.identity)
        raise MissingOption(
            f"Without {leading}, the {self.resource.title} could not be found again by the next run. Set it, or id."
        )

    def _match(self, resource: Resource, identity: Mapping[str, Any]) -> Values | None:
        """The one object with exactly these values, or None. Raises Ambiguous."""
        if UNKNOWN in self.places.values():
            return None
        hints = {field.wire: field.hint(identity[field.name]) for field in resource.filters if field.name in identity}
        settings = self.client.settings
        # The default project of an organization has the ID of the organization (recorded).
        project = settings.project_id or settings.organization_id
        if resource.project_scoped and project:
            hints["project_id"] = project
        objects = self._list(resource, hints)
        matches = [
            obj
            for obj in objects
            if all(resource.field(name).same(value, resource.value(name, obj)) for name, value in identity.items())
        ]
        # One that is being deleted counts only if there is no other.
        found = [obj for obj in matches if not resource.is_leaving(obj)] or matches
        if len(found) > 1:
            ids = [obj["id"] for obj in found]
            which = ", ".join(f"{name} {value!r}" for name, value in identity.items())
            raise Ambiguous(
                f"{len(found)} {resource.plural_title} {self._where(resource)} have {which}: {', '.join(ids)}. "
                "Say which one with its ID.",
                ids=ids,
            )
        if found:
            self.fresh[found[0]["id"]] = found[0]
        return found[0] if found else None

    def _list(self, resource: Resource, query: Mapping[str, Any]) -> list[Values]:
        query = {**self.parent_pair(resource), **query}
        doing = f"list the {resource.plural_title}"
        try:
            found = self.client.pages(self.path(resource.collection), resource.items, doing=doing, query=query)
            return [_with_id(obj, doing) for obj in found]
        except ScwError as error:
            if resource.parent is None or not resource.parent.is_gone(error):
                raise
        raise self._missing(resource.parent.name, resource.parent, self.places[resource.parent.name])

    # Finding what surrounds it

    def _place_parent(self, must_exist: bool) -> bool:
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
                raise _lacks_scope(ancestor, ancestor.parent, given)
            if not self._place(ancestor.parent, outer, must_exist):
                return False
        found = self._match(ancestor, {ancestor.named_by.name: given})
        if found:
            self.places[ancestor.name] = found["id"]
            self.learn_places(ancestor, found)
        elif must_exist:
            self.places[ancestor.name] = self._predicted(ancestor, given)
        return found is not None or must_exist

    def _predicted(self, resource: Resource, name: str) -> str:
        """Stand-in for a resource that does not exist, where it may have been created by an earlier task."""
        if not self.predict or resource.handles:  # an earlier task could not have chosen a handle
            advice = (
                f"Check the {resource.named_by.name}." if resource.handles else "Create it first, or check the name."
            )
            raise Missing(f"No {resource.title} {name!r} exists {self._where(resource)}. {advice}", name=name)
        self.warn(
            f"No {resource.title} {name!r} exists yet {self._where(resource)}; "
            "this check assumes that an earlier task creates it."
        )
        return UNKNOWN

    def parent_pair(self, resource: Resource) -> dict[str, str]:
        """What creates and lists add to say where the resource belongs, when no path does."""
        parent = resource.parent
        return {resource.parent_key: self.places[parent.name]} if parent and resource.parent_key else {}

    def _where(self, resource: Resource) -> str:
        """Where a resource was looked for, for messages."""
        parent = resource.parent
        around = self._given.get(parent.name) or self.places.get(parent.name) if parent else None
        return f"on {parent.title} {around!r} in {self._location}" if parent and around else f"in {self._location}"

    def learn_places(self, resource: Resource, obj: Values) -> None:
        for ancestor in resource.ancestors:
            ancestor_id = resource.parent_id(obj, ancestor)
            if ancestor_id:
                self.places[ancestor.name] = ancestor_id

    def check_ancestors(self, resource: Resource, obj: Values) -> None:
        """Refuse an object that does not lie where the task says."""
        for ancestor in resource.ancestors:
            given = self._given.get(ancestor.name)
            actual = resource.parent_id(obj, ancestor)
            if given in (None, UNKNOWN) or actual is None:
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

    def _reference(self, target: Resource, name: str) -> str:
        """ID of the resource called ``name``, beside this one or at the top."""
        if target.parent and target.parent.name not in self.places:
            raise _lacks_scope(target, target.parent, name)
        found = self._match(target, {target.named_by.name: name})
        if found is None:
            return self._predicted(target, name)
        self.referenced[found["id"]] = found
        return str(found["id"])

    def existing(self, option: str, resource: Resource, resource_id: str) -> Values:
        try:
            return self.get(resource, resource_id)
        except ScwError as error:
            if not resource.is_gone(error):
                raise
        raise self._missing(option, resource, resource_id)

    def _missing(self, option: str, resource: Resource, resource_id: str) -> Missing:
        return Missing(
            f"{option}: no {resource.title} with ID {resource_id} exists in {self._location}.", id=resource_id
        )


def _with_id(obj: Values, doing: str) -> Values:
    if not isinstance(obj.get("id"), str):
        raise RequestError(f"Could not {doing}: the answer is no object of the API, for it has no id.")
    return obj


def names_nothing(option: str) -> InvalidOption:
    return InvalidOption(option, f"{UNKNOWN} comes from an earlier task in check mode and names nothing.")


def _lacks_scope(resource: Resource, parent: Resource, name: str) -> MissingOption:
    return MissingOption(
        f"{resource.name} {name!r} is a name: say which {parent.title} it is on with {parent.name}, or give its ID."
    )
