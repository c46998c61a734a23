# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Serverless Containers objects between two resets."""

from __future__ import annotations

from typing import Any, TypeVar

from emulator.containers.records import Container, Domain, Namespace, Trigger
from emulator.errors import resource_not_found
from emulator.operations import Place
from emulator.serverless.records import Resource
from emulator.serverless.state import ServerlessState, seen
from emulator.store import Collection
from emulator.world import Target, World

R = TypeVar("R", bound=Resource)
NANOSECONDS = 1_000_000_000


class ContainersState(ServerlessState):
    """Collections of every kind, and how to find things from a region."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.namespaces: Collection[Namespace] = Collection()
        self.containers: Collection[Container] = Collection()
        self.domains: Collection[Domain] = Collection()
        self.triggers: Collection[Trigger] = Collection()

    def namespace(self, place: Place, identifier: str) -> Namespace:
        """Return a namespace of the region, or answer 404."""
        return _seen(place, identifier, self.namespaces, Namespace)

    def container(self, place: Place, identifier: str) -> Container:
        """Return a container of the region, or answer 404."""
        return _seen(place, identifier, self.containers, Container)

    def container_target(self, identifier: str) -> Target | None:
        """Return where a container is, for other products."""
        container = self.containers.get(identifier)
        return Target(container.region) if container else None

    def domain(self, place: Place, identifier: str) -> Domain:
        """Return a domain of the region, or answer 404."""
        return _seen(place, identifier, self.domains, Domain)

    def trigger(self, place: Place, identifier: str) -> Trigger:
        """Return a trigger of the region, or answer 404."""
        return _seen(place, identifier, self.triggers, Trigger)

    def namespace_of(self, record: Resource) -> Namespace:
        """Return the namespace an object belongs to, or the namespace itself."""
        if isinstance(record, Namespace):
            return record
        container = record if isinstance(record, Container) else self.containers.get(record.parent_id or "")
        namespace = self.namespaces.get(container.namespace_id) if container else None
        if namespace is None:
            raise LookupError(f"{record.id} outlived its namespace")
        return namespace

    def below(self, record: Resource) -> list[Resource]:
        """Return what is deleted with an object, the deepest first."""
        if isinstance(record, Namespace):
            containers = self.containers.of(record.id)
            return [found for container in containers for found in (*self.below(container), container)]
        if isinstance(record, Container):
            return [*self.domains.of(record.id), *self.triggers.of(record.id)]
        return []

    def collections(self) -> dict[str, Collection[Any]]:
        """Return the collections by kind."""
        return {
            Namespace.kind: self.namespaces,
            Container.kind: self.containers,
            Domain.kind: self.domains,
            Trigger.kind: self.triggers,
        }

    def time_text(self, time_ns: int) -> str:
        """Show a time (recorded): six digits in writes and reads alike, none for the end of a change."""
        clock = self.world.clock
        return clock.seconds_text(time_ns) if time_ns % NANOSECONDS == 0 else clock.stored_text(time_ns)


def _seen(place: Place, identifier: str, kept: Collection[R], kind: type[R]) -> R:
    found = seen(place, identifier, kept)
    if found is None:
        raise resource_not_found(kind.word, identifier.lower())
    return found
