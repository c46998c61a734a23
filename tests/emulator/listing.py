# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filtering, ordering and paging of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from emulator.operations import Call

DEFAULT_PAGE_SIZE = 20


class Listed(Protocol):
    """What every listed record has."""

    @property
    def id(self) -> str:
        """The identifier."""

    @property
    def created_at(self) -> int:
        """Time of creation in nanoseconds."""


L = TypeVar("L", bound=Listed)


def page(call: Call, records: Iterable[L], key: str, view: Callable[[L], dict[str, Any]]) -> dict[str, Any]:
    """Answer one page: order, cut, show. A page beyond the end is empty; a page size too large is cut silently."""
    ordered = _ordered(call, list(records))
    size = min(call.value("page_size", DEFAULT_PAGE_SIZE), call.world.settings.max_page_size)
    start = (call.value("page", 1) - 1) * size
    return {key: [view(record) for record in ordered[start : start + size]], "total_count": len(ordered)}


def _ordered(call: Call, records: list[L]) -> list[L]:
    order = call.value("order_by")
    if order is None and call.world.settings.shuffle:
        return sorted(records, key=lambda record: call.world.shuffle_key(record.id))
    attribute, _separator, direction = (order or "created_at_asc").rpartition("_")
    return sorted(records, key=lambda record: getattr(record, attribute), reverse=direction == "desc")


def contains(text: str, part: str | None) -> bool:
    """Match as the Load Balancer's name filters do: a part of the name is enough (recorded)."""
    return part is None or part in text


def has_any(tags: list[str], wanted: list[str] | None) -> bool:
    """Say whether one of the wanted tags is there, which is how the SDK explains its filters."""
    return not wanted or not set(wanted).isdisjoint(tags)
