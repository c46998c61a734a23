# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections of records, found by identifier and by parent, kept in order of creation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Record(Protocol):
    """What a collection needs to know of a record."""

    @property
    def id(self) -> str:
        """The identifier."""

    @property
    def parent_id(self) -> str | None:
        """The identifier of the object it belongs to, or None."""


R = TypeVar("R", bound=Record)


class Collection(Generic[R]):
    """Records of one kind."""

    def __init__(self) -> None:
        self._by_id: dict[str, R] = {}
        self._by_parent: dict[str | None, dict[str, R]] = {}

    def add(self, record: R) -> R:
        """Keep a record and return it."""
        self._by_id[record.id] = record
        self._by_parent.setdefault(record.parent_id, {})[record.id] = record
        return record

    def remove(self, record: R) -> None:
        """Forget a record."""
        del self._by_id[record.id]
        del self._by_parent[record.parent_id][record.id]

    def clear(self) -> None:
        """Forget every record."""
        self._by_id.clear()
        self._by_parent.clear()

    def get(self, identifier: str) -> R | None:
        """Return the record with the identifier, or None."""
        return self._by_id.get(identifier)

    def of(self, parent_id: str) -> list[R]:
        """Return the records of one parent, oldest first."""
        return list(self._by_parent.get(parent_id, {}).values())

    def count_of(self, parent_id: str) -> int:
        """Count the records of one parent."""
        return len(self._by_parent.get(parent_id, {}))

    def __iter__(self) -> Iterator[R]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)
