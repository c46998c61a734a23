# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: every element once, whatever the server does about pages."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    RequestError,
)
from unit.conftest import Connect, Serve
from unit.scripted_server import (
    Answer,
    Exchange,
    ScriptedServer,
)

FINE = Answer(json={"id": "x"})
HTML = Answer(502, body=b"<html>\n<h1>Bad gateway</h1></html>")
EMPTY_429 = Answer(429, headers={"X-Envoy-Ratelimited": "true"})
REPEATABLE = ("GET", "PUT", "DELETE")
METHODS = (*REPEATABLE, "POST", "PATCH")
ATTEMPTED = "do what the task says"


def unavailable(status: int) -> Answer:
    """An API that cannot answer now."""
    return Answer(status, json={"message": "upstream request timeout"})


def everything(error: BaseException) -> str:
    """All that an error says: message, data, and what a traceback would show."""
    return "".join(traceback.format_exception(error)) + repr(getattr(error, "data", ""))


# Pages


def pages(items: list[list[dict[str, Any]]], total: Any) -> list[Exchange]:
    """One exchange for each page."""
    return [
        Exchange("GET", "/x", Answer(json={"things": page, "total_count": total}), query=page_query(number))
        for number, page in enumerate(items, 1)
    ]


def page_query(number: int) -> dict[str, list[str]]:
    """The query of one page of things called a."""
    return {"name": ["a"], "page": [str(number)], "page_size": ["50"]}


def things(first: int, last: int) -> list[dict[str, Any]]:
    """Elements as the API lists them."""
    return [{"id": str(number)} for number in range(first, last + 1)]


def listed(server: ScriptedServer, connect: Connect) -> list[str]:
    """IDs that the client finds."""
    found = connect(server.url).pages("/x", "things", doing="list the things", query={"name": "a"})
    return [element["id"] for element in found]


PAGED = {
    "nothing": (pages([[]], 0), 0),
    "one page": (pages([things(1, 3)], 3), 3),
    "a full page": (pages([things(1, 50)], 50), 50),
    "two pages": (pages([things(1, 50), things(51, 51)], 51), 51),
    "smaller pages than asked for": (pages([things(1, 20), things(21, 23)], 23), 23),
    "many small pages": (pages([things(n * 2 + 1, n * 2 + 2) for n in range(12)], 24), 24),
    "no total": (pages([things(1, 2)], None), 2),
}


@pytest.mark.parametrize(("script", "count"), PAGED.values(), ids=PAGED)
def test_all_pages_are_read_once_whatever_size_the_server_grants(
    serve: Serve, connect: Connect, script: list[Exchange], count: int
) -> None:
    found = listed(serve(script, any_order=True), connect)
    assert found == [str(number) for number in range(1, count + 1)]


def test_an_element_that_two_pages_show_counts_once(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(2, 3), things(4, 5)], 5)
    assert listed(serve(script, any_order=True), connect) == ["1", "2", "3", "4", "5"]


def test_elements_without_an_id_are_all_kept(serve: Serve, connect: Connect) -> None:
    script = pages([[{"name": "a"}, {"name": "a"}], [{"name": "a"}]], 3)
    found = connect(serve(script, any_order=True).url).pages("/x", "things", doing="list", query={"name": "a"})
    assert found == [{"name": "a"}] * 3


def test_pages_that_became_empty_meanwhile_end_the_list(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), [], []], 6)
    assert listed(serve(script, any_order=True), connect) == ["1", "2"]


def test_elements_added_while_the_pages_are_read_are_found(serve: Serve, connect: Connect) -> None:
    def page(number: int, elements: list[dict[str, Any]], total: int) -> Exchange:
        return Exchange("GET", "/x", Answer(json={"things": elements, "total_count": total}), query=page_query(number))

    script = [page(1, things(1, 2), 4), page(2, things(3, 4), 5), page(3, things(5, 5), 5)]
    assert listed(serve(script, any_order=True), connect) == ["1", "2", "3", "4", "5"]


def test_an_element_that_slips_over_a_page_boundary_is_not_missed(serve: Serve, connect: Connect) -> None:
    """Element 1 is deleted after the first page was read, so that element 3 moves to a page already seen."""

    def page(number: int, elements: list[dict[str, Any]]) -> Exchange:
        return Exchange("GET", "/x", Answer(json={"things": elements, "total_count": 3}), query=page_query(number))

    first = Exchange("GET", "/x", Answer(json={"things": things(1, 2), "total_count": 4}), query=page_query(1))
    script = [first, page(2, things(4, 4)), page(1, things(2, 3)), page(2, things(4, 4))]
    found = listed(serve(script), connect)
    assert "3" in found


def test_a_fault_on_a_later_page_is_repeated_like_any_other(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(3, 4), things(5, 6)], 6)
    script.insert(1, Exchange("GET", "/x", HTML, query=page_query(2)))
    assert len(listed(serve(script, any_order=True), connect)) == 6


def test_a_refusal_on_a_later_page_is_raised(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(3, 4)], 4)
    script[1] = Exchange("GET", "/x", Answer(403, json={"message": "no"}), query=page_query(2))
    with pytest.raises(ApiError, match="list the things"):
        listed(serve(script), connect)


STRANGE_LISTS = {
    "no list": {"total_count": 1},
    "null": {"things": None, "total_count": 1},
    "object": {"things": {}, "total_count": 1},
    "elements that are no objects": {"things": ["a", None], "total_count": 2},
}


@pytest.mark.parametrize("answer", STRANGE_LISTS.values(), ids=STRANGE_LISTS)
def test_a_list_of_another_shape_is_an_error_not_a_traceback(
    serve: Serve, connect: Connect, answer: dict[str, Any]
) -> None:
    server = serve([Exchange("GET", "/x", Answer(json=answer))])
    with pytest.raises(RequestError, match="Could not list the things"):
        listed(server, connect)
