# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A figure as SVG. Text is escaped here, and nowhere else; classes and symbols are those of the page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_layout import (
    BELOW_LINE,
    DETAIL_LINE,
    KIND_LINE,
    NAME_LINE,
    PADDING,
    ROW_LINE,
    Figure,
    Path,
    Placed,
    row_tops,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import Card, Mark, Row
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import escaped, shortened, width

MARGIN = 6
INSET = 13
MARK_SIZE = 12
LINE = 1
BOLD = 1.1
NOTE_SHARE = 0.35
"""How much of a row its note may take from a long text."""
SMALLEST = 0.78
"""How far a figure shrinks on a narrow screen, before it is scrolled instead."""
BEND = 25


def svg(figure: Figure, anchors: Mapping[str, str], name: str) -> str:
    """The figure. ``anchors``: the ID in the page of each card, by its key; ``name``: what it shows, in words."""
    wide, high = round(figure.width + 2 * MARGIN), round(figure.height + 2 * MARGIN)
    size = f'width="{wide}" height="{high}" viewBox="{-MARGIN} {-MARGIN} {wide} {high}"'
    least = f"min-width:{round(wide * SMALLEST)}px"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escaped(name)}" class="figure" {size} '
        f'style="{least}">'
    ]
    lines += _paths(figure.paths, {placed.card.key: placed.card for placed in figure.cards})
    for placed in figure.cards:
        lines += _card(placed, anchors[placed.card.key])
    return "\n".join([*lines, "</svg>"])


def _paths(paths: Iterable[Path], cards: Mapping[str, Card]) -> Iterator[str]:
    for path in paths:
        way = [f"M{_point(*path.points[0])}"]
        for (x0, y0), (x1, y1) in zip(path.points[::2], path.points[1::2], strict=True):
            # Between columns in a bend, through a column straight on.
            way.append(f"L{_point(x0, y0)}C{_point(x0 + BEND, y0)} {_point(x1 - BEND, y1)} {_point(x1, y1)}")
        x, y = path.points[-1]
        family = cards[path.link.source].family
        tip = f"M{_point(x - 6, y - 4)}L{_point(x, y)}L{_point(x - 6, y + 4)}"
        yield f'<path class="link {family}" d="{"".join(way)}"/><path class="tip {family}" d="{tip}"/>'


def _card(placed: Placed, anchor: str) -> Iterator[str]:
    card = placed.card
    # An inner image clips what a font makes wider than expected.
    wide, high = placed.width + 2 * LINE, placed.height + 2 * LINE
    place = f'x="{_number(placed.x - LINE)}" y="{_number(placed.y - LINE)}" width="{wide}" height="{high}"'
    yield f'<svg class="card {card.family}" id="{anchor}" {place} viewBox="{-LINE} {-LINE} {wide} {high}">'
    if card.title:
        yield f"<title>{escaped(card.title)}</title>"
    yield f'<rect class="box" width="{_number(placed.width)}" height="{_number(placed.height)}" rx="7"/>'
    yield f'<path class="edge" d="M4 .7V{_number(placed.height - 0.7)}a7 7 0 0 1 -4 -6.3V7a7 7 0 0 1 4 -6.3z"/>'
    yield from _header(card, placed.width)
    tops = row_tops(card)
    for index, row in enumerate(card.rows):
        if index or card.name or card.detail:
            yield f'<path class="rule" d="M{INSET} {tops[index]}H{_number(placed.width - PADDING)}"/>'
        yield from _row(row, tops[index], placed.width)
    yield "</svg>"


def _header(card: Card, wide: float) -> Iterator[str]:
    base, right = PADDING + KIND_LINE - 4, wide - PADDING
    if card.mark:
        room = right - INSET - 1.15 * width(card.kind.upper(), 10.5) - MARK_SIZE - 10
        word = shortened(card.word, room, 11)
        yield _text(f"word {card.mark.value}", right, base, word, at_end=True)
        yield _symbol(card.mark.value, right - width(word, 11) - MARK_SIZE - 5, base - 10)
    yield _text("kind", INSET, base, card.kind)
    if card.name:
        base += NAME_LINE
        yield _text("name", INSET, base, shortened(card.name, (right - INSET) / BOLD, 14.5))
    if card.detail:
        base += DETAIL_LINE
        yield _text("detail", INSET, base, shortened(card.detail, right - INSET, 11))


def _row(row: Row, top: float, wide: float) -> Iterator[str]:
    base, left, right = top + ROW_LINE - 7, float(INSET), wide - PADDING
    yield f"<g><title>{escaped(_whole(row))}</title>"
    symbol = row.icon or (row.mark.value if row.mark else "")
    if symbol:
        yield _symbol(symbol, left, base - 10)
        left += MARK_SIZE + 6
    room = right - left
    note = shortened(row.note, max(NOTE_SHARE * room, room - width(row.text, 12.5) - 8), 11)
    yield _text("text", left, base, shortened(row.text, room - (width(note, 11) + 8 if note else 0), 12.5))
    if note:
        tone = f" {row.mark.value}" if row.mark and row.mark not in (Mark.OK, Mark.IDLE) else ""
        yield _text(f"note{tone}", right, base, note, at_end=True)
    if row.below:
        yield _text("detail", left, base + BELOW_LINE, shortened(row.below, room, 11))
    yield "</g>"


def _whole(row: Row) -> str:
    """All that a row says, of which there may not be room for everything."""
    title = row.title or row.text
    return ", ".join([title, *(part for part in (row.note, row.below) if part and part not in title)])


def _text(kind: str, x: float, y: float, text: str, *, at_end: bool = False) -> str:
    anchor = ' text-anchor="end"' if at_end else ""
    return f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}"{anchor}>{escaped(text)}</text>'


def _symbol(name: str, x: float, y: float) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" width="{MARK_SIZE}" height="{MARK_SIZE}"'
    return f'<use href="#mark-{escaped(name)}" class="mark {escaped(name)}" {place}/>'


def _point(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
