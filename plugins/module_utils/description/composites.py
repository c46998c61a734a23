# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields made of other things: references to resources, lists, and objects with fields of their own. Pure."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field, Resolve, Str
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, UUID, blank, given, is_id

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource


@dataclass(frozen=True)
class Ref(Field):
    """Another resource, by name or ID. The option drops ``_id``; with ``_id`` it is an alias.

    ``to`` yields the resource, so that two resources can refer to each other. ``suits`` says what is wrong with the
    resource found, beside the other values of the task; "" if nothing is.
    """

    to: Callable[[], Resource] | None = None
    suits: Callable[[Mapping[str, Any], Mapping[str, Any]], str] | None = None
    may_be_empty: bool = False

    @property
    def target(self) -> Resource:
        """The resource that is referred to."""
        if self.to is None:
            raise ValueError(f"{self.name}: a reference needs its target")
        return self.to()

    def parse(self, value: Any, where: str) -> str:
        text = str(value)
        if not text.strip():
            if self.may_be_empty:
                return ""
            raise InvalidOption(where, f"is empty. Give the name or the ID of the {self.target.title}.")
        if UUID.fullmatch(text):
            return text.lower()
        return text if is_id(text) else str(self.target.named_by.parse(text, where))

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> str:
        return value if not value or (isinstance(value, str) and is_id(value)) else resolve(self.target, value, {})


@dataclass(frozen=True)
class ListOf(Field):
    """A list of ``item``. ``ordered=False``: the order has no meaning. ``empty_as``: what the server makes of [].

    ``besides``: a sibling whose value counts as an element anyway, so that it need not be repeated in the list.
    ``ignored``: a pattern of elements that the server adds by itself.
    """

    item: Field = Str("")
    ordered: bool = True
    empty_as: tuple[Any, ...] = ()
    besides: str = ""
    ignored: str = ""

    def shape(self) -> dict[str, Any]:
        item = self.item.shape()
        spec: dict[str, Any] = {"type": "list", "elements": item.pop("type")}
        return {**spec, **item}

    def parse(self, value: Any, where: str) -> list[Any]:
        empty = next((index for index, element in enumerate(value) if element is None), None)
        if empty is not None:
            raise InvalidOption(f"{where}[{empty}]", "has no value.")
        parsed = [self.item.parse(element, f"{where}[{index}]") for index, element in enumerate(value)]
        return parsed or list(self.empty_as)

    def beside(self, value: Any, siblings: Mapping[str, Any]) -> Any:
        if not isinstance(value, list) or self.besides not in siblings:
            return value
        return [element for element in value if not self.item.same(element, siblings[self.besides])]

    def canonical(self, value: Any) -> list[Any]:
        elements = [self.item.canonical(element) for element in (self._own(as_list(value)) or self.empty_as)]
        return elements if self.ordered else _once(elements)

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> list[Any]:
        found = [self.item.resolve(element, resolve, siblings) for element in value]
        if self.ordered or found == value:
            return found
        # The same one may have been given by name and by ID.
        return _once(found)

    def same(self, wanted: Any, current: Any) -> bool:
        asked, rest = self.canonical(wanted), self.canonical(current)
        if len(asked) != len(rest):
            return False
        if self.ordered:
            return all(map(self.item.same, asked, rest))
        asked, rest = _differing(asked, rest)
        for element in asked:
            match = next((index for index, other in enumerate(rest) if self.item.same(element, other)), None)
            if match is None:
                return False
            del rest[match]
        return True

    def complete(self, wanted: Any, where: str) -> list[Any]:
        return [self.item.complete(element, f"{where}[{index}]") for index, element in enumerate(wanted)]

    def merge(self, wanted: Any, current: Any, where: str) -> list[Any]:
        """What is left out of an element stays as it is in the one in its place, where there are as many as before."""
        present = as_list(current)
        if len(present) != len(wanted):
            return self.complete(wanted, where)
        elements = enumerate(zip(wanted, present, strict=True))
        return [self.item.merge(element, other, f"{where}[{index}]") for index, (element, other) in elements]

    def carry(self, current: Any) -> list[Any]:
        return [self.item.carry(element) for element in as_list(current)]

    def encode(self, value: Any) -> list[Any]:
        return [self.item.encode(element) for element in value]

    def predicted(self, value: Any) -> list[Any]:
        return [self.item.predicted(element) for element in value]

    def omitted(self) -> Any:
        return [] if self.default == UNKNOWN else Field.omitted(self)

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        """Both sides in the same words, and without what the server adds."""
        before = self._own(as_list(current)) if isinstance(current, list) else current
        if not isinstance(self.item, Object):
            return before, wanted
        return self.predicted(self.carry(current)), self.predicted(self.merge(wanted, current, self.name))

    def _own(self, elements: list[Any]) -> list[Any]:
        """The elements that the server does not add by itself."""
        return [element for element in elements if not (self.ignored and re.fullmatch(self.ignored, str(element)))]

    def outdated(self, value: Any, now: float) -> str:
        return next(filter(None, (self.item.outdated(element, now) for element in value)), "")


@dataclass(frozen=True)
class Object(Field):
    """Nested fields. What the user leaves out of it is left alone.

    ``one_of`` names fields of which exactly one may be present: choosing another replaces the present one.
    ``one_needed``: without any of them the API refuses the object. ``exact``: what the user leaves out is meant to be
    absent.
    """

    fields: tuple[Field, ...] = ()
    one_of: tuple[str, ...] = ()
    one_needed: bool = False
    exact: bool = False

    def __post_init__(self) -> None:
        Field.__post_init__(self)
        names = [nested.name for nested in self.fields]
        siblings = {nested.when[0] for nested in self.fields if nested.when}
        problems = {
            "one_of names unknown fields": set(self.one_of) - set(names),
            "when names unknown fields": siblings - set(names),
            "has fields twice": {name for name in names if names.count(name) > 1},
        }
        wrong = [f"{problem} {sorted(fields)}" for problem, fields in problems.items() if fields]
        if wrong:
            raise ValueError(f"{self.name}: {'; '.join(wrong)}")

    def shape(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "dict"}
        if self.fields:
            spec["options"] = {nested.name: nested.option() for nested in self.fields}
        with_file = [nested for nested in self.fields if nested.file]
        spec.get("options", {}).update({nested.file: {"type": "path"} for nested in with_file})
        groups = {
            "mutually_exclusive": [list(self.one_of), *([nested.name, nested.file] for nested in with_file)],
            "required_one_of": [[nested.name, nested.file] for nested in with_file if nested.required],
        }
        spec.update(
            {rule: options for rule, names in groups.items() if (options := [group for group in names if group])}
        )
        return spec

    def parse(self, value: Any, where: str) -> dict[str, Any]:
        value = given(value)
        if value and not self.fields:
            raise InvalidOption(where, f"has no settings, so {', '.join(map(repr, value))} means nothing. Write {{}}.")
        parsed = {
            nested.name: nested.parse(value[nested.name], f"{where}.{nested.name}") for nested in self._set(value)
        }
        parsed = {nested.name: nested.beside(parsed[nested.name], parsed) for nested in self._set(parsed)}
        for nested in self.fields:
            self._check_sibling(nested, parsed, f"{where}.{nested.name}")
            if nested.file and nested.file in value:
                raise InvalidOption(
                    f"{where}.{nested.file}",
                    "is read on the controller, by the action plugin that goes with the module, and that did not run. "
                    f"Give the content in {nested.name} instead.",
                )
        return parsed

    @staticmethod
    def _check_sibling(nested: Field, parsed: Mapping[str, Any], where: str) -> None:
        """Refuse a field that means nothing beside its sibling, and the lack of one that is needed beside it."""
        if nested.when is None or nested.when[0] not in parsed:
            return
        sibling, value = nested.when
        if nested.name in parsed and not nested.applies(parsed):
            raise InvalidOption(where, f"means nothing with {sibling} {parsed[sibling]!r}, only with {value!r}.")
        if nested.required and nested.name not in parsed and nested.applies(parsed):
            raise InvalidOption(where, f"is needed with {sibling} {value!r}.")

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> dict[str, Any]:
        resolved = dict(value)
        for nested in self._set(value):
            resolved[nested.name] = nested.resolve(value[nested.name], resolve, resolved)
        return resolved

    def same(self, wanted: Any, current: Any) -> bool:
        return self._agrees(wanted, current, lambda nested: nested.same)

    def kept(self, wanted: Any, current: Any) -> bool:
        return self._agrees(wanted, current, lambda nested: nested.kept)

    def _agrees(self, wanted: Any, current: Any, how: Callable[[Field], Callable[[Any, Any], bool]]) -> bool:
        current = current if isinstance(current, Mapping) else {}
        for nested in self._set(wanted):
            if nested.name in self.one_of and nested.value(current) is None:
                return False
            if not how(nested)(wanted[nested.name], self._present(nested, current)):
                return False
        left_out = [nested for nested in self.fields if nested.name not in wanted] if self.exact else []
        return all(blank(self._present(nested, current)) for nested in left_out)

    def complete(self, wanted: Any, where: str) -> dict[str, Any]:
        completed: dict[str, Any] = {}
        for nested in self.fields:
            value = wanted.get(nested.name, nested.initial)
            if value is not None:
                completed[nested.name] = nested.complete(value, f"{where}.{nested.name}")
            elif nested.on_create:
                raise InvalidOption(f"{where}.{nested.name}", f"is needed to set {where}.")
        if self.one_needed and not any(name in completed for name in self.one_of):
            raise InvalidOption(where, f"needs one of {', '.join(self.one_of)}.")
        return completed

    def merge(self, wanted: Any, current: Any, where: str) -> dict[str, Any]:
        if self.exact or blank(current) or not isinstance(current, Mapping):
            return self.complete(wanted, where)
        return self._merged(wanted, current, where)

    def _merged(self, wanted: Mapping[str, Any], current: Mapping[str, Any], where: str) -> dict[str, Any]:
        switched = any(name in wanted for name in self.one_of)
        merged: dict[str, Any] = {}
        for nested in self.fields:
            present = nested.value(current)
            if nested.name in wanted:
                merged[nested.name] = nested.merge(wanted[nested.name], present, f"{where}.{nested.name}")
            elif present is not None and not (switched and nested.name in self.one_of):
                merged[nested.name] = nested.carry(present)
        return {nested.name: merged[nested.name] for nested in self._set(merged) if nested.applies(merged)}

    def carry(self, current: Any) -> dict[str, Any]:
        return self._merged({}, current, self.name) if current and isinstance(current, Mapping) else {}

    def fixed(self, wanted: Any, current: Any) -> list[tuple[str, Any, Any]]:
        if not self.mutable or blank(current) or not isinstance(current, Mapping):
            return Field.fixed(self, wanted, current)
        found: list[tuple[str, Any, Any]] = []
        for nested in self._set(wanted):
            present = self._present(nested, current)
            if not nested.same(wanted[nested.name], present):
                parts = nested.fixed(wanted[nested.name], present)
                found += [(f"{self.name}.{path}", was, asked) for path, was, asked in parts]
        return found

    def changeable(self, value: Any) -> dict[str, Any]:
        return {nested.name: nested.changeable(value[nested.name]) for nested in self._set(value) if nested.mutable}

    def encode(self, value: Any) -> dict[str, Any]:
        return self._by_wire(value, lambda nested: nested.encode)

    def predicted(self, value: Any) -> dict[str, Any]:
        return self._by_wire(value, lambda nested: nested.predicted)

    def omitted(self) -> Any:
        if self.default != UNKNOWN:
            return Field.omitted(self)
        return {nested.wire: nested.omitted() for nested in self._open({})}

    def made(self, value: Any) -> dict[str, Any]:
        left_out = {nested.wire: nested.omitted() for nested in self._open(value)}
        return {**self._by_wire(value, lambda nested: nested.made), **left_out}

    def announced(self, value: Any) -> dict[str, Any]:
        return self._by_wire(value, lambda nested: nested.announced)

    def _by_wire(self, value: Any, how: Callable[[Field], Callable[[Any], Any]]) -> dict[str, Any]:
        """What one of the methods of each field makes of its value; without what that makes None."""
        found = {nested.wire: how(nested)(value[nested.name]) for nested in self._set(value)}
        return {key: nested for key, nested in found.items() if nested is not None}

    def _open(self, value: Mapping[str, Any]) -> list[Field]:
        """Fields that ``value`` leaves out, and that answers show nevertheless."""
        left_out = [nested for nested in self.fields if nested.name not in value and nested.name not in self.one_of]
        return [nested for nested in left_out if nested.shown_unset and nested.when is None]

    def outdated(self, value: Any, now: float) -> str:
        return next(filter(None, (nested.outdated(value[nested.name], now) for nested in self._set(value))), "")

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        current = current if isinstance(current, Mapping) else {}
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for nested in self._set(wanted):
            present = self._present(nested, current)
            chosen_anew = nested.name in self.one_of and present is None
            if not chosen_anew and nested.same(wanted[nested.name], present):
                continue
            if present is None:
                completed = nested.complete(wanted[nested.name], nested.name)
                shown = nested.predicted(completed)
                after[nested.name] = nested.difference(completed, None)[1] if shown is None else shown
            else:
                before[nested.name], after[nested.name] = nested.difference(wanted[nested.name], present)
        before.update(self._dropped(wanted, current))
        return before, after

    def _dropped(self, wanted: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
        """What goes away because another branch is chosen, or because a sibling makes it meaningless."""
        switched = any(name in wanted for name in self.one_of)
        siblings = {**current, **wanted}
        gone = [
            field for field in self.fields if (switched and field.name in self.one_of) or not field.applies(siblings)
        ]
        present = {field.name: field.value(current) for field in gone if field.name not in wanted}
        return {name: value for name, value in present.items() if value is not None}

    @staticmethod
    def _present(nested: Field, current: Mapping[str, Any]) -> Any:
        return nested.beside(nested.value(current), current)

    def _set(self, value: Mapping[str, Any]) -> list[Field]:
        return [nested for nested in self.fields if nested.name in value]


def _once(elements: list[Any]) -> list[Any]:
    with contextlib.suppress(TypeError):  # of objects, of which there are few
        return list(dict.fromkeys(elements))
    return [element for index, element in enumerate(elements) if element not in elements[:index]]


def _differing(asked: list[Any], present: list[Any]) -> tuple[list[Any], list[Any]]:
    """What is left of both without the elements that are equal, so that long lists are compared in time."""
    with contextlib.suppress(TypeError):
        common = Counter(asked) & Counter(present)
        return list((Counter(asked) - common).elements()), list((Counter(present) - common).elements())
    return asked, present


def as_list(value: Any) -> list[Any]:
    """``value``, or nothing where an answer has something else in the place of a list."""
    return value if isinstance(value, list) else []


def references(resource: Resource, target: Resource) -> list[Field]:
    """The fields by which a resource refers to ``target``."""
    inner = [(field, field.item if isinstance(field, ListOf) else field) for field in resource.fields]
    return [field for field, ref in inner if isinstance(ref, Ref) and ref.target is target]


def held_ids(resource: Resource, target: Resource, obj: Mapping[str, Any]) -> list[str]:
    """IDs of what an object refers to of this kind, at every depth."""
    return [held for field in resource.fields for held in _held(field, field.value(obj), target)]


def _held(field: Field, value: Any, target: Resource) -> list[str]:
    if isinstance(field, ListOf):
        return [held for element in as_list(value) for held in _held(field.item, element, target)]
    if isinstance(field, Object) and isinstance(value, Mapping):
        return [held for nested in field.fields for held in _held(nested, nested.value(value), target)]
    return [value] if value and isinstance(field, Ref) and field.target is target else []
