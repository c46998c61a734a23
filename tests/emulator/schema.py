# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes of requests, built from the request dataclasses of the vendor's SDK."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from emulator.shapes import Choice, Fields, Items, Mapped, Shape, Text, Truth, Whole


@dataclass(frozen=True)
class SchemaFacts:
    """What the SDK's types do not say, or say wrongly.

    shapes: by "Class.field", or by "field" for every class: the shape instead of the one the type suggests.
    required: by class name: the fields the API requires, instead of those without a default.
    exclusive: by class name: groups of fields of which at most one may be given.
    """

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    required: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exclusive: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)


def json_name(field_name: str) -> str:
    """Return the name a field has in JSON: the SDK appends an underscore to Python's own words."""
    return field_name.rstrip("_")


def shape_of(record: type, facts: SchemaFacts, in_path: frozenset[str] = frozenset()) -> Fields:
    """Build the shape of a request or of an object inside one; the fields given in the path are left out."""
    hints = typing.get_type_hints(record)
    shapes: dict[str, Shape] = {}
    for item in dataclasses.fields(record):
        name = json_name(item.name)
        if name in in_path:
            continue
        known = facts.shapes.get(f"{_plain_name(record)}.{name}", facts.shapes.get(name))
        shapes[name] = known if known is not None else _shape_of_hint(hints[item.name], facts)
    name_of_record = _plain_name(record)
    required = facts.required.get(name_of_record, frozenset(_without_default(record)))
    return Fields(shapes, required & frozenset(shapes), facts.exclusive.get(name_of_record, ()))


def _plain_name(record: type) -> str:
    """Zoned and regional requests are separate classes in the SDK; facts are about both."""
    return record.__name__.removeprefix("ZonedApi")


def _without_default(record: type) -> list[str]:
    return [
        json_name(item.name)
        for item in dataclasses.fields(record)
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    ]


def _shape_of_hint(hint: object, facts: SchemaFacts) -> Shape:
    origin = typing.get_origin(hint)
    arguments = [argument for argument in typing.get_args(hint) if argument is not types.NoneType]
    if origin in (typing.Union, types.UnionType):
        return _shape_of_hint(arguments[0], facts)
    if origin is list:
        return Items(_shape_of_hint(arguments[0], facts))
    if origin is dict:
        return Mapped(_shape_of_hint(arguments[1], facts))
    if isinstance(hint, type):
        return _shape_of_class(hint, facts)
    raise TypeError(f"no shape for the SDK's type {hint!r}")


def _shape_of_class(hint: type, facts: SchemaFacts) -> Shape:
    if issubclass(hint, Enum):
        return Choice(tuple(member.value for member in hint))
    if dataclasses.is_dataclass(hint):
        return shape_of(hint, facts)
    basic: dict[type, Shape] = {str: Text(), int: Whole(), bool: Truth()}
    if hint not in basic:
        raise TypeError(f"no shape for the SDK's type {hint!r}")
    return basic[hint]
