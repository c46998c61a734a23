# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of accounts: text that is harmless and fits, rows that are left out, and figures as SVG."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_layout import figures
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import (
    MORE,
    Card,
    Column,
    Diagram,
    Link,
    Mark,
    Row,
    mark_of,
    shown_rows,
    worst,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_svg import svg
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import escaped, plain, shortened, width

HOSTILE = "</text></svg><script>alert(1)</script>\"'&{{ 7 * 7 }}"
NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawn(card: Card) -> ElementTree.Element:
    """The picture of one card."""
    (figure,) = figures(Diagram((card,)))
    return ElementTree.fromstring(svg(figure, {card.key: "here"}, card.name))


def texts(root: ElementTree.Element, kind: str = "text") -> list[str]:
    """What the elements of a kind say."""
    return [element.text or "" for element in root.iter(f"{NAMESPACE}{kind}")]


@pytest.mark.parametrize(
    ("status", "mark"),
    [
        ("ready", Mark.OK),
        ("active", Mark.OK),
        ("warning", Mark.WARN),
        ("error", Mark.BAD),
        ("created", Mark.IDLE),
        (None, Mark.IDLE),
        ("migrating", Mark.BUSY),
        ("a status of the future", Mark.BUSY),
    ],
)
def test_a_status_has_a_mark(status: Any, mark: Mark) -> None:
    assert mark_of(status) is mark


def test_the_worst_mark_is_the_one_that_needs_most_attention() -> None:
    assert worst([Mark.OK, Mark.BAD, None, Mark.WARN]) is Mark.BAD
    assert worst([]) is Mark.OK


@given(st.text(), st.floats(0, 300))
def test_a_shortened_text_fits_and_says_that_it_was_shortened(text: str, room: float) -> None:
    short = shortened(text, room, 12)
    assert short == plain(text) or (short.endswith("…") and plain(text).startswith(short[:-1].rstrip()))
    assert width(short, 12) <= max(room, width("…", 12))


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\nb", "a\u200bb", "a\x1bb"])
def test_what_is_invisible_or_turns_text_around_is_a_dot(text: str) -> None:
    assert plain(text) == "a·b"


def test_escaped_text_can_stand_in_an_attribute() -> None:
    assert not set("<>\"'") & set(escaped(HOSTILE))
    assert ElementTree.fromstring(f"<a b='{escaped(HOSTILE)}'/>").get("b") == HOSTILE


def test_few_rows_are_shown_as_they_are() -> None:
    rows = [Row(str(number)) for number in range(5)]
    assert shown_rows(rows, 5) == tuple(rows)


def test_of_many_rows_those_that_need_attention_stay_and_one_stands_for_the_rest() -> None:
    rows = [Row(f"r{number}", "ready", mark=Mark.OK, key=f"k{number}") for number in range(30)]
    rows[7] = Row("r7", "error", mark=Mark.BAD, key="k7")
    shown = shown_rows(rows, 5, ["k20"])
    assert len(shown) == 5
    assert {"r7", "r20"} <= {row.text for row in shown}
    assert (shown[-1].text, shown[-1].note, shown[-1].key) == ("and 26 more", "all ready", MORE)
    assert "r29" in shown[-1].title
    assert [row.text for row in shown[:-1]] == sorted((row.text for row in shown[:-1]), key=lambda text: int(text[1:]))


def test_the_row_for_the_rest_is_as_bad_as_the_worst_of_it() -> None:
    rows = [Row(f"r{number}", "error", mark=Mark.BAD) for number in range(9)]
    assert shown_rows(rows, 3)[-1].mark is Mark.BAD


def test_every_text_of_a_card_is_escaped_and_shown_as_it_is() -> None:
    row = Row(HOSTILE, HOSTILE, HOSTILE, Mark.BAD, key=HOSTILE, title=HOSTILE)
    root = drawn(
        Card(HOSTILE, Column.ORIGIN, "lb", "Kind", HOSTILE, HOSTILE, Mark.OK, HOSTILE, HOSTILE, (row,), HOSTILE)
    )
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= {
        "svg",
        "g",
        "title",
        "rect",
        "path",
        "text",
        "use",
    }
    assert texts(root, "title") == [HOSTILE, HOSTILE]
    assert root.get("aria-label") == HOSTILE


def test_a_long_name_is_shortened_and_whole_beside_the_pointer() -> None:
    name = "a-name-that-is-far-too-long-for-a-card-of-this-size"
    root = drawn(Card("k", Column.ORIGIN, "lb", "Kind", name, "k", title=name, rows=(Row(name, "note"),)))
    assert name not in texts(root)
    assert sum(text.endswith("…") for text in texts(root)) == 2
    assert texts(root, "title") == [name, f"{name}, note"]


def test_how_something_is_shows_by_a_shape_and_a_word() -> None:
    rows = (Row("a", mark=Mark.WARN), Row("b", icon="deny", mark=Mark.OK), Row("c"))
    root = drawn(Card("k", Column.ORIGIN, "lb", "Kind", "name", "k", Mark.BAD, "error", rows=rows))
    shapes = [element.get("href") for element in root.iter(f"{NAMESPACE}use")]
    assert shapes == ["#mark-bad", "#mark-warn", "#mark-deny"]
    assert "error" in texts(root)


def test_a_link_is_a_line_in_the_colour_of_where_it_comes_from() -> None:
    cards = (
        Card("a", Column.ENTRY, "entry", "Kind", "a", "a"),
        Card("b", Column.ORIGIN, "lb", "Kind", "b", "b"),
    )
    (figure,) = figures(Diagram(cards, (Link("a", "b"),)))
    source = svg(figure, {"a": "x", "b": "y"}, "both")
    assert re.findall(r'class="(link|tip) (\w+)"', source) == [("link", "entry"), ("tip", "entry")]


def test_links_to_what_is_not_there_are_dropped_and_those_to_rows_lead_to_the_card() -> None:
    cards = (
        Card("a", Column.ENTRY, "entry", "Kind", "a", "a", rows=(Row("r", key="r"),)),
        Card("b", Column.ORIGIN, "lb", "Kind", "b", "b"),
    )
    links = (Link("a", "b", "r", "gone"), Link("a", "nowhere"), Link("nowhere", "b"))
    assert Diagram(cards, links).without_loose_ends().links == (Link("a", "b", "r", ""),)
