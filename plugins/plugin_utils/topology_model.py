# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a picture of an account consists of: cards with rows, in columns, and links between them. Pure.

account -> cards and links (topology_edge, topology_lb, topology_serverless) -> figures with positions
(topology_layout) -> SVG (topology_svg) -> what the template of the page needs (topology)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from typing import Any

Values = Mapping[str, Any]


class Column(IntEnum):
    """Where a card stands, in the order that requests pass."""

    ENTRY = 0
    EDGE = 1
    ORIGIN = 2
    FRONTEND = 3
    BACKEND = 4
    SERVERS = 5


class Mark(str, Enum):
    """How something is. Each has a colour and a shape of its own, for eyes and printers that see no colours."""

    OK = "ok"
    IDLE = "idle"
    BUSY = "busy"
    WARN = "warn"
    BAD = "bad"


BY_CONCERN = (Mark.OK, Mark.IDLE, Mark.BUSY, Mark.WARN, Mark.BAD)
"""From what needs no attention to what needs it most."""

_STATUSES = {
    Mark.OK: ("ready", "active"),
    Mark.IDLE: ("inactive", "created", "stopped", "unknown", "unknown_status"),
    Mark.WARN: ("warning", "locked"),
    Mark.BAD: ("error",),
}
_MARK_OF = {status: mark for mark, statuses in _STATUSES.items() for status in statuses}


def mark_of(status: Any) -> Mark:
    """The mark of a status of the API. What is none of the known ones is on its way to one of them."""
    return _MARK_OF.get(str(status or "unknown"), Mark.BUSY)


@dataclass(frozen=True)
class Row:
    """A line in a card. ``note`` stands at its right end, ``below`` under it; ``key`` is what links name it by.

    ``icon``: one of allow, deny, redirect, in the place of the mark. ``title``: what is shown beside the pointer.
    """

    text: str
    note: str = ""
    below: str = ""
    mark: Mark | None = None
    icon: str = ""
    key: str = ""
    title: str = ""


@dataclass(frozen=True)
class Card:
    """A box. ``kind`` is the word above its name.

    ``family`` decides about its colour: entry, edge, lb, serverless or bucket.
    Cards of one ``group`` are drawn in one figure, linked or not. ``about``: what it is called in a sentence;
    ``place``: its zone or region.
    """

    key: str
    column: Column
    family: str
    kind: str
    name: str
    group: str
    mark: Mark | None = None
    word: str = ""
    detail: str = ""
    rows: tuple[Row, ...] = ()
    title: str = ""
    about: str = ""
    place: str = ""


@dataclass(frozen=True)
class Link:
    """A way of requests, from a row of one card, or the card, to another; the rows by their keys."""

    source: str
    target: str
    source_row: str = ""
    target_row: str = ""


@dataclass(frozen=True)
class Diagram:
    """All cards, in the order in which they are drawn where nothing else decides, and all links."""

    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()

    def __add__(self, other: Diagram) -> Diagram:
        return Diagram(self.cards + other.cards, self.links + other.links)

    def without_loose_ends(self) -> Diagram:
        """The same with only those links whose cards are there, and to rows that are there."""
        rows = {card.key: {row.key for row in card.rows} for card in self.cards}
        kept = [
            replace(
                link,
                source_row=link.source_row if link.source_row in rows[link.source] else "",
                target_row=link.target_row if link.target_row in rows[link.target] else "",
            )
            for link in self.links
            if link.source in rows and link.target in rows
        ]
        return Diagram(self.cards, tuple(dict.fromkeys(kept)))


def joined(diagrams: Iterable[Diagram]) -> Diagram:
    """All of them as one."""
    return sum(diagrams, Diagram())


def worst(marks: Iterable[Mark | None]) -> Mark:
    """The one that needs most attention; OK if there is none."""
    return max((mark for mark in marks if mark), key=BY_CONCERN.index, default=Mark.OK)


MORE = "more"
"""The key of the row that stands for all that are not shown."""


def shown_rows(rows: Sequence[Row], most: int, linked: Iterable[str] = ()) -> tuple[Row, ...]:
    """At most so many rows, and one that stands for all others; what needs attention and what is linked comes first."""
    if len(rows) <= most:
        return tuple(rows)
    ends = set(linked)

    def importance(row: Row) -> int:
        return BY_CONCERN.index(row.mark or Mark.OK) + (10 if row.key and row.key in ends else 0)

    chosen = {id(row) for row in sorted(rows, key=importance, reverse=True)[: most - 1]}
    rest = [row for row in rows if id(row) not in chosen]
    mark = worst(row.mark for row in rest) if any(row.mark for row in rest) else None
    names = ", ".join(row.text for row in rest[:60]) + (" …" if len(rest) > 60 else "")
    summary = Row(f"and {len(rest)} more", _common_note(rest), mark=mark, key=MORE, title=names)
    return (*(row for row in rows if id(row) in chosen), summary)


def _common_note(rows: Sequence[Row]) -> str:
    notes = {row.note for row in rows}
    return f"all {notes.pop()}" if len(notes) == 1 and rows[0].note else ""
