# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations as data: name, method, path, the SDK's request type and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from emulator.request import Request
from emulator.schema import SchemaFacts, shape_of
from emulator.shapes import Fields, Items, Truth, Whole
from emulator.world import StatusRule, Target, World

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Place:
    """Where a request was sent: a zone, or a whole region."""

    region: str
    zone: str | None = None

    @classmethod
    def parse(cls, zone: str | None, region: str | None) -> Place:
        """Build a place from the path's zone or region; global products have neither."""
        if zone is not None:
            return cls(zone.rsplit("-", 1)[0], zone)
        return cls(region or "")

    @property
    def creation_zone(self) -> str:
        """The zone new objects go to: a region's first zone for requests to the whole region."""
        return self.zone or f"{self.region}-1"

    def holds(self, zone: str) -> bool:
        """Say whether objects of the zone are seen from here."""
        return zone == self.zone if self.zone else zone.rsplit("-", 1)[0] == self.region


@dataclass(frozen=True)
class Call:
    """One request, checked: where it goes, the identifiers in its path, its body or query, and the host it names."""

    world: World
    operation: str
    place: Place
    ids: Mapping[str, str]
    values: Mapping[str, Any]
    host: str = ""

    def value(self, name: str, default: Any = None) -> Any:
        """Return an argument; missing and null both give the default."""
        given = self.values.get(name)
        return default if given is None else given


Answer = dict[str, Any] | None
S = TypeVar("S")


@dataclass(frozen=True)
class Operation(Generic[S]):
    """One thing the API can do.

    path: full path with {zone} or {region} and the identifiers in braces.
    request: the SDK's request dataclass.
    handler: answers; None means 204 with an empty body.
    in_query: the arguments come in the query; otherwise they come in a JSON body.
    """

    name: str
    method: str
    path: str
    request: type
    handler: Callable[[S, Call], Answer]
    in_query: bool

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(_PLACEHOLDER.findall(self.path))

    @property
    def is_zoned(self) -> bool:
        """Say whether the path names a zone."""
        return "zone" in self.placeholders

    def pattern(self) -> re.Pattern[str]:
        """A pattern for concrete paths."""
        return re.compile(_PLACEHOLDER.sub(r"(?P<\1>[^/]+)", self.path))

    def shape(self, facts: SchemaFacts) -> Fields:
        """The shape of the arguments outside the path."""
        return shape_of(self.request, facts, in_path=self.placeholders)


@dataclass(frozen=True)
class Control(Generic[S]):
    """A document of one product under /_emulator/: how it is read and replaced, and how something is added to it.

    add: answers what was added; None where nothing can be added.
    """

    read: Callable[[S], Any]
    write: Callable[[S, Any], None]
    add: Callable[[S, Any], Any] | None = None


@dataclass(frozen=True)
class RawAnswer:
    """An answer in bytes, with all of its headers."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Site(Generic[S]):
    """What a product serves beside the API: bytes instead of JSON, and its own rule of who has access.

    pattern: its paths. operations: what it can do with each method, by the names in journal and faults.
    """

    pattern: re.Pattern[str]
    operations: Mapping[str, str]
    answer: Callable[[S, Request], RawAnswer]


@dataclass(frozen=True)
class Product(Generic[S]):
    """One product: its operations, its localities, its state S, and what the control interface can do with it.

    zones, regions: the localities it is served in; none of either for a global product.
    open: makes the state without objects.
    records: every object by kind.
    catch_up: finishes what real time has finished; called before every request.
    seed, seed_kinds: creates objects in bulk and says how many were made; which counts it understands.
    force_status: applies a status rule to existing objects at once.
    status_kinds: the kinds rules can name, each with the statuses it knows.
    controls: further documents of the control interface, by name.
    targets: what other products point at, by kind: finds an object by its identifier.
    site: what it serves beside the API.
    """

    name: str
    operations: tuple[Operation[S], ...]
    facts: SchemaFacts
    zones: tuple[str, ...]
    regions: tuple[str, ...]
    open: Callable[[World], S]
    records: Callable[[S], dict[str, list[dict[str, Any]]]]
    catch_up: Callable[[S], None]
    seed: Callable[[S, Mapping[str, int]], dict[str, int]] = lambda _state, _counts: {}
    seed_kinds: frozenset[str] = frozenset()
    force_status: Callable[[S, StatusRule], None] = lambda _state, _rule: None
    status_kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    controls: Mapping[str, Control[S]] = field(default_factory=dict)
    targets: Mapping[str, Callable[[S, str], Target | None]] = field(default_factory=dict)
    site: Site[S] | None = None


def typed_query(query: Mapping[str, list[str]], shape: Fields) -> dict[str, Any]:
    """Turn query strings into JSON values by shape; keys the operation does not know and empty values are ignored."""
    values: dict[str, Any] = {}
    for name, field_shape in shape.fields.items():
        given = [text for text in query.get(name, []) if text]
        if not given:
            continue
        values[name] = given if isinstance(field_shape, Items) else _typed(given[-1], field_shape)
    return values


def _typed(text: str, shape: object) -> Any:
    if isinstance(shape, Truth) and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if isinstance(shape, Whole) and text.lstrip("-").isdigit():
        return int(text)
    return text
