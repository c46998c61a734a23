# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that no API gives: without end, of the wrong types, or nested a thousand times. One sentence, and soon."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.api import client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from behaviour.runner import Run, Way, run_module, way
from behaviour.subjects import Scene, places_of
from emulator.testing import Emulator
from naming import module_of
from security.bounded import bounded
from security.servers import Asked, Between, Change, Reply, changing_json

Path = tuple[str | int, ...]
WRONG: tuple[Any, ...] = (None, True, 7, -1, 2**70, 1.5, "", "x", [], ["x"], [None], [[]], {}, {"x": 1})


@pytest.fixture(autouse=True)
def way_of_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test takes one way, by its name."""
    token = way.set(list(Way)[crc32(request.node.nodeid.encode()) % 2])
    yield
    way.reset(token)


def assert_sentence(run: Run, *words: str) -> None:
    """It failed with one short sentence or two."""
    assert run.failed
    assert len(run.message) < 600
    assert "Traceback" not in run.message
    for word in words:
        assert word in run.message


# Answers that do not end


def endless(part: bytes, sent: list[int]) -> Iterator[bytes]:
    """Parts without end; ``sent`` counts them."""
    for number in count(1):
        sent.append(number)
        yield part


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_without_end_is_not_read_to_its_end(emulator: Emulator, between: Between, method: str) -> None:
    sent: list[int] = []
    part = b" " * (1 << 20)
    between.change = lambda asked, reply: (
        Reply(200, endless(part, sent)) if asked.method == method and not sent else reply
    )
    with bounded():
        run = run_module(
            emulator, "scw_lb_ip", {"tags": ["shop"]} if method == "POST" else {"reverse": "a.example.com"}
        )
    if method == "GET":
        assert_sentence(run, "bytes")
    else:  # lost, and found again
        assert not run.failed, run.message
        assert len(emulator.state()["ips"]) == 1
    assert client.MOST_BYTES >> 20 <= len(sent) <= (client.MOST_BYTES >> 20) + 16


def test_an_answer_that_unpacks_to_much_is_not_unpacked_to_its_end(emulator: Emulator, between: Between) -> None:
    packed = gzip.compress(b" " * (200 << 20), compresslevel=1)
    assert len(packed) < 1 << 20
    between.change = lambda _asked, _reply: Reply(200, packed, {"Content-Encoding": "gzip"})
    with bounded():
        assert_sentence(run_module(emulator, "scw_lb_info", {}), "bytes")


@pytest.mark.parametrize("status", [400, 403, 409, 502])
def test_a_refusal_of_a_megabyte_is_told_in_a_sentence(emulator: Emulator, between: Between, status: int) -> None:
    page = b"<html>" + b"no " * (1 << 19)
    between.change = lambda _asked, _reply: Reply(status, page, {"Content-Type": "text/html"})
    with bounded():
        assert_sentence(run_module(emulator, "scw_lb_info", {}), str(status))


def test_a_reason_of_a_megabyte_is_told_in_part(emulator: Emulator, between: Between) -> None:
    body = json.dumps({"message": "no " * (1 << 19), "details": [{"argument_name": "x" * (1 << 19)}]}).encode()
    between.change = lambda _asked, _reply: Reply(400, body)
    with bounded():
        run = run_module(emulator, "scw_lb_info", {})
    assert run.failed
    assert len(run.output) < 10_000


# Lists


def page_number(asked: Asked) -> int:
    return int(parse_qs(urlsplit(asked.target).query).get("page", ["1"])[0])


def listing(total: Any, per_page: int = 50, *, last: int | None = None) -> Change:
    """A list of load balancers that says it has ``total`` elements; ``last``: the last page that has any."""

    def change(asked: Asked, _reply: Reply) -> Reply:
        number = page_number(asked)
        full = last is None or number <= last
        elements = [{"id": f"{number}-{index}", "name": "x"} for index in range(per_page if full else 0)]
        told = total(number) if callable(total) else total
        return Reply().with_json({"lbs": elements, "total_count": told})

    return change


def test_a_list_whose_pages_never_end_is_given_up(
    emulator: Emulator, between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_PAGES", 300)
    between.change = listing(lambda number: number * 50 + 50)
    with bounded(10):
        assert_sentence(run_module(emulator, "scw_lb_info", {}), "300 pages")
    assert len(between.asked) <= 300


@pytest.mark.parametrize(
    ("total", "found"),
    [(10**9, 150), (2**70, 150), (0, 50), (-5, 50), (1, 50), (None, 50), (150, 150)],
    ids=["billion", "beyond 64 bit", "zero", "negative", "one", "none", "right"],
)
def test_a_total_that_lies_ends_with_the_pages(emulator: Emulator, between: Between, total: Any, found: int) -> None:
    between.change = listing(total, last=3)
    with bounded():
        run = run_module(emulator, "scw_lb_info", {})
    assert not run.failed, run.message
    assert len(run.result["lbs"]) == found
    assert len(between.asked) <= 1 + client.BATCH


@pytest.mark.parametrize("total", ["150", 1.5, [], {}, [150]])
def test_a_total_that_is_no_number_is_an_error_and_no_shorter_list(
    emulator: Emulator, between: Between, total: Any
) -> None:
    between.change = listing(total, last=3)
    assert_sentence(run_module(emulator, "scw_lb_info", {}), "how long the list is")


def test_one_page_again_and_again_is_one_page(emulator: Emulator, between: Between) -> None:
    elements = [{"id": str(index), "name": "x"} for index in range(50)]
    between.change = lambda _asked, _reply: Reply().with_json({"lbs": elements, "total_count": 5000})
    with bounded():
        run = run_module(emulator, "scw_lb_info", {})
    assert len(run.result["lbs"]) == 50


# Values


def nested(depth: int, shape: str) -> Any:
    """A value as deep as that."""
    value: Any = "x"
    for _level in range(depth):
        value = [value] if shape == "list" else {"x": value}
    return value


@pytest.mark.parametrize("shape", ["list", "object"])
@pytest.mark.parametrize("depth", [98, 1_000])
@pytest.mark.parametrize("status", [200, 400])
def test_what_is_nested_without_sense_is_an_error(
    emulator: Emulator, between: Between, shape: str, depth: int, status: int
) -> None:
    body = {"lbs": nested(depth, shape), "total_count": 1, "message": nested(depth, shape)}
    between.change = lambda _asked, _reply: Reply(status).with_json(body)
    with bounded():
        run = run_module(emulator, "scw_lb_info", {})
    assert run.failed
    assert len(run.output) < 10_000


def test_brackets_without_end_are_an_error(emulator: Emulator, between: Between) -> None:
    for content in (b"[" * 1_000_000, b'{"lbs":' * 200_000, b'{"lbs": [' * 100_000):
        between.change = lambda _asked, _reply, content=content: Reply(200, content)  # type: ignore[misc]
        with bounded():
            assert_sentence(run_module(emulator, "scw_lb_info", {}), "not a JSON object")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"9" * 5_000])
def test_a_number_that_json_does_not_have_is_an_error(emulator: Emulator, between: Between, number: bytes) -> None:
    body = b'{"lbs": [{"id": "x", "name": "shop", "size": ' + number + b'}], "total_count": 1}'
    between.change = lambda _asked, _reply: Reply(200, body)
    assert_sentence(run_module(emulator, "scw_lb_info", {}), "not a JSON object")


def test_a_number_beyond_64_bit_is_kept(emulator: Emulator, between: Between) -> None:
    between.change = lambda _asked, _reply: Reply().with_json({"lbs": [{"id": "x", "size": 2**70}], "total_count": 1})
    assert run_module(emulator, "scw_lb_info", {}).result["lbs"][0]["size"] == 2**70


# Types


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Ways to every value in an answer; of a list, to its first element."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*at, key)
            yield from paths(inner, (*at, key))
    elif isinstance(value, list) and value:
        yield (*at, 0)
        yield from paths(value[0], (*at, 0))


def replaced(value: Any, path: Path, wrong: Any) -> Any:
    """The answer with something else there, if it has that."""
    if not path:
        return wrong
    step, *rest = path
    if isinstance(value, dict) and step in value:
        return {**value, step: replaced(value[step], tuple(rest), wrong)}
    if isinstance(value, list) and isinstance(step, int) and len(value) > step:
        return [*value[:step], replaced(value[step], tuple(rest), wrong), *value[step + 1 :]]
    return value


def tasks(scene: Scene) -> Mapping[str, Callable[[], Run]]:
    """What is done with a resource that is there."""
    return {
        "list": lambda: scene.info(scene.around),
        "keep": lambda: scene.run(scene.full),
        "delete": lambda: scene.run({**scene.identity, "state": "absent"}),
    }


def seen_by(task: Callable[[], Run], between: Between) -> list[Path]:
    """Ways to everything that the answers to a task have."""
    seen: dict[Path, None] = {}

    def note(_asked: Asked, reply: Reply) -> Reply:
        if isinstance(reply.content, bytes) and reply.content.startswith(b"{"):
            seen.update(dict.fromkeys(paths(json.loads(reply.content))))
        return reply

    between.change = note
    task()
    return list(seen)


SHARE = 32
"""One of so many combinations of a value, its place and a task is tried; which ones is the same each time."""


@pytest.mark.parametrize("resource", RESOURCES, ids=module_of)
def test_a_value_of_the_wrong_type_is_told_or_does_no_harm(
    emulator: Emulator, session: requests.Session, monkeypatch: pytest.MonkeyPatch, resource: Resource
) -> None:
    scene = Scene(emulator, resource, places_of(resource)[0], session)
    scene.make(scene.full)
    emulator.settings(settle_reads=0)
    snapshot = emulator.snapshot()
    tried = 0
    with Between(emulator.url) as between:
        monkeypatch.setenv("SCW_API_URL", between.url)
        for name, task in tasks(scene).items():
            emulator.restore(snapshot)
            for path in seen_by(task, between):
                for wrong in WRONG:
                    if crc32(f"{module_of(resource)} {name} {path} {wrong}".encode()) % SHARE:
                        continue
                    emulator.restore(snapshot)
                    way.set(list(Way)[tried % 2])
                    between.change = changing_json(partial(replaced, path=path, wrong=wrong))
                    run = task()  # a traceback in it is one in this test
                    tried += 1
                    assert len(run.message) < 2_000, (name, path, wrong)
    assert tried > 5
