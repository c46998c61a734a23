# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Serverless Containers objects between two resets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from itertools import chain
from typing import Any, TypeVar

from emulator.containers.records import Container, Domain, Namespace, Resource, Trigger
from emulator.errors import resource_not_found
from emulator.operations import Call, Place
from emulator.store import Collection
from emulator.world import World

R = TypeVar("R", bound=Resource)
NANOSECONDS = 1_000_000_000


class ContainersState:
    """Collections of every kind, and how to find things from a region."""

    def __init__(self, world: World) -> None:
        self.world = world
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

    def collection_of(self, record: Resource) -> Collection[Any]:
        """Return the collection an object is kept in."""
        return self._collections()[record.kind]

    def everything(self) -> Iterable[Resource]:
        """Return every object."""
        return chain.from_iterable(self._collections().values())

    def _collections(self) -> dict[str, Collection[Any]]:
        return {
            Namespace.kind: self.namespaces,
            Container.kind: self.containers,
            Domain.kind: self.domains,
            Trigger.kind: self.triggers,
        }

    def is_listed(self, record: Resource, call: Call) -> bool:
        """Say whether an object fits region, project, organisation and namespace of a list."""
        namespace = self.namespace_of(record)
        return (
            record.region == call.place.region
            and namespace.project_id == call.value("project_id", namespace.project_id)
            and namespace.organization_id == call.value("organization_id", namespace.organization_id)
            and namespace.id == call.value("namespace_id", namespace.id)
        )

    def time_text(self, time_ns: int) -> str:
        """Show a time (recorded): six digits in writes and reads alike, none for the end of a change."""
        clock = self.world.clock
        return clock.seconds_text(time_ns) if time_ns % NANOSECONDS == 0 else clock.stored_text(time_ns)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, as remembered: fields by name, times as text."""

        def plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
            return {
                name: self.time_text(value) if name in ("created_at", "updated_at") else value
                for name, value in fields
                if name != "transition"
            }

        return {
            f"{kind}s": [dataclasses.asdict(record, dict_factory=plain) for record in kept]
            for kind, kept in self._collections().items()
        }


def _seen(place: Place, identifier: str, kept: Collection[R], kind: type[R]) -> R:
    found = kept.get(identifier.lower())
    if found is None or found.region != place.region:
        raise resource_not_found(kind.word, identifier.lower())
    return found
