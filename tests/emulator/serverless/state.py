# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All objects of a serverless product between two resets."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from emulator.operations import Call, Place
from emulator.serverless.records import AnyNamespace, Resource
from emulator.store import Collection
from emulator.world import World

R = TypeVar("R", bound=Resource)


class ServerlessState(ABC):
    """Collections of every kind."""

    def __init__(self, world: World) -> None:
        self.world = world

    @abstractmethod
    def collections(self) -> dict[str, Collection[Any]]:
        """Return the collections by kind."""

    @abstractmethod
    def namespace_of(self, record: Resource) -> AnyNamespace:
        """Return the namespace an object belongs to, or the namespace itself."""

    @abstractmethod
    def below(self, record: Resource) -> Sequence[Resource]:
        """Return what is deleted with an object, the deepest first."""

    def forget(self, record: Resource) -> None:
        """Let go of an object."""
        self.collection_of(record).remove(record)

    def collection_of(self, record: Resource) -> Collection[Any]:
        """Return the collection an object is kept in."""
        return self.collections()[record.kind]

    def is_kept(self, record: Resource) -> bool:
        """Say whether an object is still there."""
        return self.collection_of(record).get(record.id) is not None

    def everything(self) -> Iterable[Resource]:
        """Return every object."""
        return chain.from_iterable(self.collections().values())

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
        """Show a stored time."""
        return self.world.clock.stored_text(time_ns)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, as remembered: fields by name, times as text."""

        def plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
            return {
                name: self.time_text(value) if name.endswith("_at") and isinstance(value, int) else value
                for name, value in fields
                if name != "transition"
            }

        return {
            f"{kind}s": [dataclasses.asdict(record, dict_factory=plain) for record in kept]
            for kind, kept in self.collections().items()
        }


def seen(place: Place, identifier: str, kept: Collection[R]) -> R | None:
    """Return an object of the region, or None."""
    found = kept.get(identifier.lower())
    return found if found is not None and found.region == place.region else None
