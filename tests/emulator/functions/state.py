# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Serverless Functions objects between two resets."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from emulator.errors import ApiError, plainly_missing
from emulator.functions.records import Cron, Domain, Function, Namespace, Token, Trigger
from emulator.operations import Place
from emulator.serverless.records import Resource
from emulator.serverless.state import ServerlessState, seen
from emulator.store import Collection
from emulator.world import Target, World

R = TypeVar("R", bound=Resource)


class FunctionsState(ServerlessState):
    """Collections of every kind, how to find things from a region, and the archives uploaded, by function."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.namespaces: Collection[Namespace] = Collection()
        self.functions: Collection[Function] = Collection()
        self.crons: Collection[Cron] = Collection()
        self.domains: Collection[Domain] = Collection()
        self.tokens: Collection[Token] = Collection()
        self.triggers: Collection[Trigger] = Collection()
        self.archives: dict[str, bytes] = {}

    def namespace(self, place: Place, identifier: str) -> Namespace:
        """Return a namespace of the region, or answer 404."""
        return _seen(place, identifier, self.namespaces, Namespace)

    def function(self, place: Place, identifier: str) -> Function:
        """Return a function of the region, or answer 404."""
        return _seen(place, identifier, self.functions, Function)

    def function_target(self, identifier: str) -> Target | None:
        """Return where a function is, for other products."""
        function = self.functions.get(identifier)
        return Target(function.region) if function else None

    def cron(self, place: Place, identifier: str) -> Cron:
        """Return a cron of the region, or answer 404."""
        return _seen(place, identifier, self.crons, Cron)

    def domain(self, place: Place, identifier: str) -> Domain:
        """Return a domain of the region, or answer 404."""
        return _seen(place, identifier, self.domains, Domain)

    def token(self, place: Place, identifier: str) -> Token:
        """Return a token of the region, or answer 404."""
        return _seen(place, identifier, self.tokens, Token)

    def trigger(self, place: Place, identifier: str) -> Trigger:
        """Return a trigger of the region, or answer 404."""
        return _seen(place, identifier, self.triggers, Trigger)

    def upload(self, function: Function, content: bytes) -> None:
        """Keep the archive of a function in the place of the one before."""
        self.archives[function.id] = content
        function.uploaded_at = self.world.clock.tick()
        function.uploaded = hashlib.sha256(content).hexdigest()

    def forget(self, record: Resource) -> None:
        """Let go of an object, and of its archive."""
        super().forget(record)
        self.archives.pop(record.id, None)

    def namespace_of(self, record: Resource) -> Namespace:
        """Return the namespace an object belongs to, or the namespace itself."""
        if isinstance(record, Namespace):
            return record
        function = record if isinstance(record, Function) else self.functions.get(record.parent_id or "")
        namespace = self.namespaces.get(function.namespace_id if function else record.parent_id or "")
        if namespace is None:
            raise LookupError(f"{record.id} outlived its namespace")
        return namespace

    def below(self, record: Resource) -> list[Resource]:
        """Return what is deleted with an object, the deepest first."""
        if isinstance(record, Namespace):
            functions = self.functions.of(record.id)
            inner = [found for function in functions for found in (*self.below(function), function)]
            return [*inner, *self.tokens.of(record.id)]
        kinds: tuple[Collection[Any], ...] = (self.crons, self.domains, self.tokens, self.triggers)
        return [found for kept in kinds for found in kept.of(record.id)]

    def collections(self) -> dict[str, Collection[Any]]:
        """Return the collections by kind."""
        return {
            Namespace.kind: self.namespaces,
            Function.kind: self.functions,
            Cron.kind: self.crons,
            Domain.kind: self.domains,
            Token.kind: self.tokens,
            Trigger.kind: self.triggers,
        }


def missing(record: type[Resource] | Resource) -> ApiError:
    """404 in the recorded words."""
    return plainly_missing(
        "trigger does not exist" if record.word == Trigger.word else f"{record.word.capitalize()} was not found"
    )


def _seen(place: Place, identifier: str, kept: Collection[R], kind: type[R]) -> R:
    found = seen(place, identifier, kept)
    if found is None:
        raise missing(kind)
    return found
