# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One product being served: finds the operation for a path, checks the request, calls the handler."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from emulator.errors import Detail, invalid_argument, invalid_arguments
from emulator.operations import Answer, Call, Operation, Place, Product, S, typed_query
from emulator.settings import UUID_PATTERN
from emulator.shapes import Fields
from emulator.world import World


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        """Return the parsed body, {} when there is none; raises ValueError when it is not JSON."""
        return json.loads(self.content) if self.content.strip() else {}

    @property
    def body_for_journal(self) -> Any:
        """The parsed body, its text where it is not JSON, None where there is none."""
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except ValueError:
            return self.content.decode(errors="replace")


@dataclass(frozen=True)
class _Route(Generic[S]):
    operation: Operation[S]
    pattern: re.Pattern[str]
    shape: Fields


@dataclass(frozen=True)
class Match:
    """A request's operation: its name, and the values of the placeholders in its path."""

    operation: str
    method: str
    path: str
    placeholders: Mapping[str, str]


class Service(Generic[S]):
    """A product with its present state."""

    def __init__(self, product: Product[S], world: World) -> None:
        self.product = product
        self.state = product.open(world)
        self._routes: dict[tuple[str, int], list[_Route[S]]] = {}
        self._by_path: dict[tuple[str, str], _Route[S]] = {}
        for operation in product.operations:
            route = _Route(operation, operation.pattern(), operation.shape(product.facts))
            key = (operation.method, operation.path.count("/"))
            self._routes.setdefault(key, []).append(route)
            self._by_path[operation.method, operation.path] = route

    def reset(self, world: World) -> None:
        """Forget every object."""
        self.state = self.product.open(world)

    def find(self, request: Request) -> Match | None:
        """Return the operation for a request, or None."""
        for route in self._routes.get((request.method, request.path.count("/")), []):
            found = route.pattern.fullmatch(request.path)
            if found:
                operation = route.operation
                return Match(operation.name, operation.method, operation.path, found.groupdict())
        return None

    def answer(self, match: Match, request: Request, world: World) -> Answer:
        """Check the request and let the handler answer; raises ApiError where the API refuses."""
        route = self._by_path[match.method, match.path]
        place = self._place(match.placeholders)
        ids = {name: value for name, value in match.placeholders.items() if name not in ("zone", "region")}
        problems = [
            Detail(name, "format", "value must be a valid UUID")
            for name, value in ids.items()
            if not UUID_PATTERN.fullmatch(value)
        ]
        values = _arguments(route, request)
        problems.extend(route.shape.problems(values, ""))
        if problems:
            raise invalid_arguments(problems)
        self.product.catch_up(self.state)
        lowered = {name: value.lower() for name, value in ids.items()}
        return route.operation.handler(self.state, Call(world, match.operation, place, lowered, values))

    def _place(self, placeholders: Mapping[str, str]) -> Place:
        allowed = {"zone": self.product.zones, "region": self.product.regions}
        for name, known in allowed.items():
            if placeholders.get(name) not in (None, *known):
                raise invalid_argument(name, f"value must be one of {', '.join(known)}")
        return Place.parse(placeholders.get("zone"), placeholders.get("region"))


def _arguments(route: _Route[S], request: Request) -> Any:
    if route.operation.in_query:
        return typed_query(request.query, route.shape)
    try:
        return request.json()
    except ValueError as error:
        raise invalid_argument("body", "value must be JSON", "format") from error
