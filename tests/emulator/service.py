# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One product being served: finds the operation for a path, checks the request, calls the handler."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from emulator.errors import Detail, invalid_argument, invalid_arguments
from emulator.operations import Answer, Call, Operation, Place, Product, RawAnswer, S, typed_query
from emulator.request import Request
from emulator.settings import UUID_PATTERN
from emulator.shapes import Fields
from emulator.world import World


@dataclass(frozen=True)
class _Route(Generic[S]):
    operation: Operation[S]
    pattern: re.Pattern[str]
    shape: Fields


@dataclass(frozen=True)
class Match:
    """A request's operation: its name, and the values of the placeholders in its path.

    at_site: it is one of the product's site, beside the API.
    """

    operation: str
    method: str
    path: str
    placeholders: Mapping[str, str]
    at_site: bool = False


class Service(Generic[S]):
    """A product with its present state."""

    def __init__(self, product: Product[S], world: World) -> None:
        self.product = product
        self.state = self._open(world)
        self._routes: dict[tuple[str, int], list[_Route[S]]] = {}
        self._by_path: dict[tuple[str, str], _Route[S]] = {}
        for operation in product.operations:
            route = _Route(operation, operation.pattern(), operation.shape(product.facts))
            key = (operation.method, operation.path.count("/"))
            self._routes.setdefault(key, []).append(route)
            self._by_path[operation.method, operation.path] = route

    def reset(self, world: World) -> None:
        """Forget every object."""
        self.state = self._open(world)

    def _open(self, world: World) -> S:
        state = self.product.open(world)
        for kind, find in self.product.targets.items():
            world.targets[kind] = partial(find, state)
        return state

    def find(self, request: Request) -> Match | None:
        """Return the operation for a request, or None."""
        for route in self._routes.get((request.method, request.path.count("/")), []):
            found = route.pattern.fullmatch(request.path)
            if found:
                operation = route.operation
                return Match(operation.name, operation.method, operation.path, found.groupdict())
        site = self.product.site
        if site is None or request.method not in site.operations or not site.pattern.fullmatch(request.path):
            return None
        return Match(site.operations[request.method], request.method, request.path, {}, at_site=True)

    @property
    def operation_names(self) -> frozenset[str]:
        """What faults and the journal call the operations, those of the site included."""
        names = {operation.name for operation in self.product.operations}
        return frozenset(names.union(self.product.site.operations.values() if self.product.site else ()))

    def answer_at_site(self, request: Request) -> RawAnswer:
        """Let the product's site answer."""
        if self.product.site is None:
            raise LookupError(f"{self.product.name} has no site")
        self.product.catch_up(self.state)
        return self.product.site.answer(self.state, request)

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
        host = request.headers.get("Host", "")
        return route.operation.handler(self.state, Call(world, match.operation, place, lowered, values, host))

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
