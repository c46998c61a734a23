# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layout of pictures: what belongs together, order, and positions that do not overlap."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_layout import (
    CARD_GAP,
    CARD_WIDTH,
    Figure,
    figures,
    inversions,
    nearest_rising,
    parts,
    port,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import Card, Column, Diagram, Link, Row

COLUMNS = list(Column)


def card(key: str, column: Column, *rows: str, group: str = "") -> Card:
    """A card with rows of these keys, alone in its group unless said otherwise."""
    return Card(key, column, "lb", "Kind", key, group or key, rows=tuple(Row(row, key=row) for row in rows))


def only(*diagram: Diagram) -> Figure:
    """The only figure of a diagram."""
    (figure,) = figures(*diagram)
    return figure


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Cards in any columns, and links from left to right between them."""
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=12))
    rows = draw(st.lists(st.integers(0, 4), min_size=len(columns), max_size=len(columns)))
    cards = [
        card(f"c{number}", column, *(f"r{row}" for row in range(count)))
        for number, (column, count) in enumerate(zip(columns, rows, strict=True))
    ]
    ways = [(left, right) for left in cards for right in cards if left.column < right.column]
    chosen = draw(st.lists(st.sampled_from(ways), max_size=20)) if ways else []
    links = [
        Link(left.key, right.key, draw(st.sampled_from([row.key for row in left.rows] or [""])))
        for left, right in chosen
    ]
    return Diagram(tuple(cards), tuple(dict.fromkeys(links)))


@given(diagrams())
def test_every_card_is_drawn_once_inside_of_its_figure(diagram: Diagram) -> None:
    drawn = [(placed, figure) for figure in figures(diagram) for placed in figure.cards]
    assert sorted(placed.card.key for placed, _figure in drawn) == sorted(one.key for one in diagram.cards)
    for placed, figure in drawn:
        assert -0.01 <= placed.y <= figure.height - placed.height + 0.01
        assert 0 <= placed.x <= figure.width - placed.width


@given(diagrams())
def test_no_two_cards_overlap_and_columns_stand_in_the_order_of_requests(diagram: Diagram) -> None:
    for figure in figures(diagram):
        for one, other in combinations(figure.cards, 2):
            if one.card.column == other.card.column:
                upper, lower = sorted((one, other), key=lambda placed: placed.y)
                assert one.x == other.x
                assert lower.y - upper.y - upper.height >= CARD_GAP - 0.01
            else:
                left, right = sorted((one, other), key=lambda placed: placed.card.column)
                assert left.x + left.width < right.x


@given(diagrams())
def test_every_link_begins_and_ends_where_its_cards_say(diagram: Diagram) -> None:
    for figure in figures(diagram):
        placed = {one.card.key: one for one in figure.cards}
        for path in figure.paths:
            source, target = placed[path.link.source], placed[path.link.target]
            assert path.points[0] == (source.x + source.width, source.y + port(source.card, path.link.source_row))
            assert path.points[-1] == (target.x, target.y + port(target.card, ""))
            assert all(left[0] <= right[0] for left, right in pairwise(path.points))


@given(diagrams())
def test_a_picture_is_the_same_each_time(diagram: Diagram) -> None:
    assert figures(diagram) == figures(diagram)


def test_what_is_linked_or_in_one_group_is_one_figure_and_nothing_else_is() -> None:
    cards = (
        card("a", Column.ENTRY),
        card("b", Column.ORIGIN),
        card("c", Column.BACKEND, group="g"),
        card("d", Column.SERVERS, group="g"),
        card("e", Column.SERVERS),
    )
    found = parts(Diagram(cards, (Link("a", "b"),)))
    assert [[one.key for one in part.cards] for part in found] == [["a", "b"], ["c", "d"], ["e"]]
    assert [len(part.links) for part in found] == [1, 0, 0]


def test_links_that_need_not_cross_do_not() -> None:
    sources = [card(f"s{number}", Column.FRONTEND) for number in range(6)]
    targets = [card(f"t{number}", Column.BACKEND) for number in (3, 0, 5, 1, 4, 2)]
    links = [Link(f"s{number}", f"t{number}") for number in range(6)]
    root = card("root", Column.ORIGIN)
    links += [Link("root", f"s{number}") for number in range(6)]
    figure = only(Diagram((root, *sources, *targets), tuple(links)))
    heights = {placed.card.key: placed.y for placed in figure.cards}
    ordered = sorted(range(6), key=lambda number: heights[f"s{number}"])
    assert ordered == sorted(range(6), key=lambda number: heights[f"t{number}"])


def test_a_lone_chain_is_a_straight_line() -> None:
    chain = [card(column.name, column) for column in COLUMNS]
    links = [Link(left.key, right.key) for left, right in pairwise(chain)]
    figure = only(Diagram(tuple(chain), tuple(links)))
    assert {placed.y for placed in figure.cards} == {0.0}


def test_a_link_past_a_column_keeps_clear_of_the_cards_in_it() -> None:
    cards = (card("in", Column.ENTRY), card("edge", Column.EDGE, "r"), card("lb", Column.ORIGIN))
    figure = only(Diagram(cards, (Link("in", "edge"), Link("edge", "lb"), Link("in", "lb"))))
    (passed,) = [placed for placed in figure.cards if placed.card.key == "edge"]
    (path,) = [path for path in figure.paths if path.link == Link("in", "lb")]
    inside = [y for x, y in path.points if passed.x <= x <= passed.x + passed.width]
    assert len(inside) == 2
    assert not any(passed.y <= y <= passed.y + passed.height for y in inside)


def test_only_columns_that_are_used_take_room() -> None:
    assert only(Diagram((card("alone", Column.SERVERS),))).width == CARD_WIDTH[Column.SERVERS]


def test_what_has_no_links_stands_below_what_has() -> None:
    cards = (
        card("unused", Column.BACKEND, group="lb"),
        card("lb", Column.ORIGIN, group="lb"),
        card("used", Column.BACKEND, group="lb"),
    )
    figure = only(Diagram(cards, (Link("lb", "used"),)))
    heights = {placed.card.key: placed.y for placed in figure.cards}
    assert heights["used"] == heights["lb"] == 0
    assert 0 < heights["unused"] < 200


@given(st.lists(st.floats(-1000, 1000)))
def test_the_nearest_rising_numbers_rise_and_keep_the_mean(values: list[float]) -> None:
    found = nearest_rising(values)
    assert all(left <= right + 1e-9 for left, right in pairwise(found))
    assert abs(sum(found) - sum(values)) < 1e-6
    assert nearest_rising(sorted(values)) == sorted(values)


@given(st.lists(st.integers(0, 9), max_size=30))
def test_crossings_are_the_pairs_in_the_wrong_order(values: list[int]) -> None:
    assert inversions(values) == sum(left > right for left, right in combinations(values, 2))
