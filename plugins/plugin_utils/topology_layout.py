# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where everything in a picture stands: sizes of cards, what belongs in one figure, order and positions. Pure.

Cards stand in columns. Within a column their order, and then their heights, follow from what they are linked to, so
that links are short and cross as little as possible. A link that passes by a column has a waypoint in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import Card, Column, Diagram, Link

CARD_WIDTH = {
    Column.ENTRY: 186,
    Column.EDGE: 236,
    Column.ORIGIN: 220,
    Column.FRONTEND: 220,
    Column.BACKEND: 184,
    Column.SERVERS: 188,
}
COLUMN_GAP, CARD_GAP, WAY_GAP = 48, 18, 14
PADDING, KIND_LINE, NAME_LINE, DETAIL_LINE, ROW_LINE, BELOW_LINE = 9, 15, 19, 15, 22, 14
HEADER_GAP = 5
PORT_OF_HEADER = PADDING + KIND_LINE
ROUNDS = 12
REFINEMENTS = 30


def header_height(card: Card) -> int:
    """How much of a card is above its rows."""
    return PADDING + KIND_LINE + (NAME_LINE if card.name else 0) + (DETAIL_LINE if card.detail else 0) + HEADER_GAP


def row_tops(card: Card) -> list[int]:
    """Where the rows of a card begin below its top, and where the last one ends."""
    tops = [header_height(card)]
    for row in card.rows:
        tops.append(tops[-1] + ROW_LINE + (BELOW_LINE if row.below else 0))
    return tops


def card_height(card: Card) -> int:
    """The height of a card."""
    return row_tops(card)[-1] + (PADDING - 3 if card.rows else PADDING - HEADER_GAP)


def port(card: Card, row_key: str) -> float:
    """How far below the top of a card a link begins or ends, at one of its rows or at its name."""
    for row, top in zip(card.rows, row_tops(card), strict=False):
        if row_key and row.key == row_key:
            return top + ROW_LINE / 2
    return PORT_OF_HEADER if card.name or not card.rows else header_height(card) + ROW_LINE / 2


@dataclass(frozen=True)
class Placed:
    """A card with the position of its upper left corner."""

    card: Card
    x: float
    y: float

    @property
    def width(self) -> float:
        """The width of the card."""
        return CARD_WIDTH[self.card.column]

    @property
    def height(self) -> float:
        """The height of the card."""
        return card_height(self.card)


@dataclass(frozen=True)
class Path:
    """A link as points: where it leaves a card, comes into and leaves each column on its way, and where it ends."""

    link: Link
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Figure:
    """What hangs together, with positions."""

    cards: tuple[Placed, ...]
    paths: tuple[Path, ...]
    width: float
    height: float


def figures(diagram: Diagram) -> list[Figure]:
    """One figure for each part of the diagram that is linked or grouped together, in the order of their first cards."""
    return [_Sheet(part).figure() for part in parts(diagram)]


def parts(diagram: Diagram) -> list[Diagram]:
    """The diagram in parts that have nothing to do with each other."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for card in diagram.cards:
        root[find(f"card {card.key}")] = find(f"group {card.group}")
    for link in diagram.links:
        root[find(f"card {link.source}")] = find(f"card {link.target}")
    cards: dict[str, list[Card]] = {}
    links: dict[str, list[Link]] = {}
    for card in diagram.cards:
        cards.setdefault(find(f"card {card.key}"), []).append(card)
    for link in diagram.links:
        links.setdefault(find(f"card {link.source}"), []).append(link)
    return [Diagram(tuple(members), tuple(links.get(key, ()))) for key, members in cards.items()]


@dataclass
class _Node:
    """A card, or a waypoint of a link where ``card`` is None."""

    key: str
    column: int
    height: float
    gap: float
    card: Card | None = None
    y: float = 0.0


@dataclass(frozen=True)
class _Wire:
    """A piece of a link, from one used column to the next; the ports are below the tops of the nodes."""

    left: _Node
    right: _Node
    left_port: float
    right_port: float


class _Sheet:
    """One figure while it is laid out."""

    def __init__(self, part: Diagram) -> None:
        self.used = sorted({card.column for card in part.cards})
        self.columns: list[list[_Node]] = [[] for _column in self.used]
        self.nodes: dict[str, _Node] = {}
        for card in part.cards:
            self._add(_Node(card.key, self.used.index(card.column), card_height(card), CARD_GAP, card))
        self.ways = [(link, self._way(link)) for link in part.links]
        self.wires = [wire for _link, way in self.ways for wire in way]
        self.into: dict[str, list[_Wire]] = {key: [] for key in self.nodes}
        self.out: dict[str, list[_Wire]] = {key: [] for key in self.nodes}
        for wire in self.wires:
            self.into[wire.right.key].append(wire)
            self.out[wire.left.key].append(wire)
        self._arrange()

    def _add(self, node: _Node) -> _Node:
        self.nodes[node.key] = node
        self.columns[node.column].append(node)
        return node

    def _way(self, link: Link) -> list[_Wire]:
        source, target = self.nodes[link.source], self.nodes[link.target]
        stops = [source]
        for column in range(source.column + 1, target.column):
            # Links from one place to the same target go together.
            key = f"way {column} {link.source} {link.source_row} {link.target}"
            stops.append(self.nodes.get(key) or self._add(_Node(key, column, 2, WAY_GAP)))
        stops.append(target)
        return [
            _Wire(left, right, _port(left, link.source_row), _port(right, link.target_row))
            for left, right in pairwise(stops)
        ]

    # Order and heights

    def _arrange(self) -> None:
        for column in self.columns:
            column.sort(key=self._is_free)
            _place(column, dict.fromkeys(self.nodes, 0.0))
        best, fewest = self._state(), self._crossings()
        for turn in range(ROUNDS):
            forward = turn % 2 == 0
            for column in self.columns if forward else reversed(self.columns):
                self._settle(column, self._towards(forward), reorder=True)
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = self._state(), crossings
        self._restore(best)
        for turn in range(REFINEMENTS):
            for column in self.columns if turn % 2 else reversed(self.columns):
                self._settle(column, self._pulls, reorder=False)
        top = min(node.y for node in self.nodes.values())
        for node in self.nodes.values():
            node.y -= top

    def _settle(self, column: list[_Node], pulls: Callable[[_Node], list[float]], *, reorder: bool) -> None:
        # What nothing is linked to stands below all others, and pulls at none of them.
        free = [node for node in column if self._is_free(node)]
        held = [node for node in column if not self._is_free(node)]
        wanted = {node.key: _mean(pulls(node), node.y) for node in held}
        if reorder:
            held.sort(key=lambda node: wanted[node.key])
        _place(held, wanted)
        for node in free:
            above = held[-1:]
            node.y = above[0].y + above[0].height + node.gap if above else 0.0
            held.append(node)
        column[:] = held

    def _towards(self, forward: bool) -> Callable[[_Node], list[float]]:
        """Where the neighbours on one side would have a node."""

        def pulls(node: _Node) -> list[float]:
            if forward:
                return [wire.left.y + wire.left_port - wire.right_port for wire in self.into[node.key]]
            return [wire.right.y + wire.right_port - wire.left_port for wire in self.out[node.key]]

        return pulls

    def _pulls(self, node: _Node) -> list[float]:
        return self._towards(True)(node) + self._towards(False)(node)

    def _is_free(self, node: _Node) -> bool:
        return not self.into[node.key] and not self.out[node.key]

    def _state(self) -> list[list[tuple[_Node, float]]]:
        return [[(node, node.y) for node in column] for column in self.columns]

    def _restore(self, state: list[list[tuple[_Node, float]]]) -> None:
        for column, remembered in zip(self.columns, state, strict=True):
            column[:] = [node for node, _y in remembered]
            for node, y in remembered:
                node.y = y

    def _crossings(self) -> int:
        total = 0
        for column in range(len(self.columns) - 1):
            ends = [
                (wire.left.y + wire.left_port, wire.right.y + wire.right_port)
                for wire in self.wires
                if wire.left.column == column
            ]
            total += inversions([right for _left, right in sorted(ends)])
        return total

    # The result

    def figure(self) -> Figure:
        """The cards and links with their positions."""
        widths = [CARD_WIDTH[column] for column in self.used]
        lefts = [sum(widths[:index]) + COLUMN_GAP * index for index in range(len(widths))]
        cards = [
            Placed(node.card, lefts[node.column], node.y) for column in self.columns for node in column if node.card
        ]
        paths = [Path(link, tuple(self._points(way, lefts, widths))) for link, way in self.ways]
        height = max(node.y + node.height for node in self.nodes.values())
        return Figure(tuple(cards), tuple(paths), lefts[-1] + widths[-1], height)

    def _points(
        self, way: Sequence[_Wire], lefts: Sequence[float], widths: Sequence[float]
    ) -> Iterable[tuple[float, float]]:
        for wire in way:
            start, end = wire.left.column, wire.right.column
            yield lefts[start] + widths[start], wire.left.y + wire.left_port
            yield lefts[end], wire.right.y + wire.right_port


def _port(node: _Node, row_key: str) -> float:
    return port(node.card, row_key) if node.card else node.height / 2


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _place(column: Sequence[_Node], wanted: Mapping[str, float]) -> None:
    """Give the nodes, in their order, positions as near to the wanted ones as they fit without overlapping."""
    if not column:
        return
    offsets = [0.0]
    for node, following in pairwise(column):
        offsets.append(offsets[-1] + node.height + max(node.gap, following.gap))
    free = nearest_rising([wanted[node.key] - offset for node, offset in zip(column, offsets, strict=True)])
    for node, position, offset in zip(column, free, offsets, strict=True):
        node.y = position + offset


def nearest_rising(values: Sequence[float]) -> list[float]:
    """The numbers nearest to these, by least squares, of which none is smaller than the one before it."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, members = blocks.pop()
            total, count = total + before, count + members
        blocks.append((total, count))
    return [total / count for total, count in blocks for _member in range(count)]


def inversions(values: Sequence[float]) -> int:
    """How many pairs are in the wrong order: the crossings of lines to these ends."""
    if len(values) < 2:
        return 0
    middle = len(values) // 2
    left, right = list(values[:middle]), list(values[middle:])
    count = inversions(left) + inversions(right)
    left.sort()
    right.sort()
    position = 0
    for value in right:
        while position < len(left) and left[position] <= value:
            position += 1
        count += len(left) - position
    return count
