# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent again, when, and until when."""

from __future__ import annotations

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.api import failures
from ansible_collections.scw.cloud.plugins.module_utils.api.client import ATTEMPTS, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    LostAnswer,
    TimedOut,
    Transient,
    Unavailable,
    Unreachable,
)
from unit.conftest import Connect, Serve, Time
from unit.scripted_server import (
    Answer,
    CloseAfterReading,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
    ResetBeforeReading,
    Silence,
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


# What is repeated

AGAIN = [(method, fault) for method in REPEATABLE for fault in (500, 502, 503, 504)]
LOST: dict[str, Reaction] = {
    "reset before reading": ResetBeforeReading(),
    "reset after reading": ResetAfterReading(),
    "closed after reading": CloseAfterReading(),
    "cut body": CutBody(FINE),
}


@pytest.mark.parametrize(("method", "status"), AGAIN)
def test_reads_puts_and_deletes_are_repeated_when_the_api_cannot_answer(
    serve: Serve, connect: Connect, method: str, status: int
) -> None:
    server = serve([Exchange(method, "/x", unavailable(status))] * 2 + [Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work") == {"id": "x"}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("method", REPEATABLE)
def test_reads_puts_and_deletes_are_repeated_when_the_answer_is_lost(
    serve: Serve, connect: Connect, method: str, fault: Reaction
) -> None:
    server = serve([Exchange(method, "/x", fault), Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work") == {"id": "x"}


@pytest.mark.parametrize(
    ("first", "may_be_processed"),
    [*((fault, True) for fault in LOST.values()), (unavailable(503), True), (EMPTY_429, False)],
)
def test_a_refusal_tells_whether_an_earlier_try_may_have_been_processed(
    serve: Serve, connect: Connect, first: Reaction, may_be_processed: bool
) -> None:
    refused = Exchange("DELETE", "/x", Answer(404, json={"message": "not Found"}))
    client = connect(serve([Exchange("DELETE", "/x", first), refused, refused]).url)
    for expected in (may_be_processed, False):
        with pytest.raises(ApiError) as error:
            client.call("DELETE", "/x", doing="work")
        assert error.value.sent_before is expected


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_creates_and_patches_are_never_repeated_when_the_answer_is_lost(
    serve: Serve, connect: Connect, time: Time, method: str, fault: Reaction
) -> None:
    server = serve([Exchange(method, "/x", fault)])
    with pytest.raises(LostAnswer, match=f"Could not {ATTEMPTED}: 127.0.0.1:.* did not answer completely"):
        connect(server.url).call(method, "/x", doing=ATTEMPTED, body={})
    assert time.slept == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_creates_and_patches_with_an_unknown_outcome_are_left_to_the_caller(
    serve: Serve, connect: Connect, method: str, status: int
) -> None:
    server = serve([Exchange(method, "/x", unavailable(status))])
    with pytest.raises(LostAnswer, match=f"the API answered {status}: upstream request timeout") as raised:
        connect(server.url).call(method, "/x", doing=ATTEMPTED, body={})
    assert raised.value.data["status"] == status


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("answer", [EMPTY_429, Answer(429, json={"message": "slow down"})], ids=["empty", "json"])
def test_everything_is_repeated_after_too_many_requests(
    serve: Serve, connect: Connect, time: Time, method: str, answer: Answer
) -> None:
    server = serve([Exchange(method, "/x", answer)] * 3 + [Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work", body={}) == {"id": "x"}
    assert time.slept == sorted(time.slept)
    assert len(set(time.slept)) == 3


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 412, 422, 501])
def test_a_refusal_is_not_repeated(serve: Serve, connect: Connect, method: str, status: int) -> None:
    server = serve([Exchange(method, "/x", Answer(status, json={"message": "no"}))])
    with pytest.raises(ApiError) as raised:
        connect(server.url).call(method, "/x", doing="work", body={})
    assert raised.value.status == status


@pytest.mark.parametrize("method", METHODS)
def test_a_busy_resource_is_left_to_the_caller(serve: Serve, connect: Connect, method: str) -> None:
    busy = {
        "current_state": "configuring",
        "message": "resource is in a transient state",
        "resource": "gateway",
        "resource_id": "r-1",
        "type": "transient_state",
    }
    server = serve([Exchange(method, "/x", Answer(409, json=busy))])
    with pytest.raises(Transient, match="gateway r-1 is configuring") as raised:
        connect(server.url).call(method, "/x", doing="work", body={})
    assert raised.value.data["resource_id"] == "r-1"


@pytest.mark.parametrize("method", METHODS)
def test_a_refused_connection_is_tried_again_because_nothing_was_sent(
    connect: Connect, time: Time, closed_port: int, method: str
) -> None:
    with pytest.raises(Unreachable, match=f"no connection to 127.0.0.1:{closed_port}") as raised:
        connect(f"http://127.0.0.1:{closed_port}").call(method, "/x", doing=ATTEMPTED, body={})
    assert len(time.slept) == ATTEMPTS - 1
    assert "Check api_url" in str(raised.value)


def test_a_server_that_comes_up_meanwhile_is_found(
    serve: Serve, connect: Connect, time: Time, closed_port: int
) -> None:
    def come_up() -> None:
        if len(time.slept) == 2:
            serve([Exchange("POST", "/x", FINE)], port=closed_port)

    time.on_sleep = come_up
    answer = connect(f"http://127.0.0.1:{closed_port}").call("POST", "/x", doing="work", body={})
    assert answer == {"id": "x"}
    assert len(time.slept) == 2


def test_after_the_last_attempt_the_error_of_the_api_is_raised(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", HTML)] * ATTEMPTS)
    with pytest.raises(Unavailable, match=r"the API answered 502: 'Bad gateway'"):
        connect(server.url).get("/x", doing="read")


# Pauses


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("3600", 60.0),
        ("9" * 400, 60.0),
        ("Thu, 01 Jan 2026 00:00:12 GMT", 12.0),
        ("Thu, 01 Jan 2026 01:00:00 GMT", 60.0),
        ("Wed, 31 Dec 2025 23:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("-5", 0.5),
        ("1.5", 0.5),
        ("", 0.5),
        ("\u00b2", 0.5),
        ("Thu, 99 Foo 2026", 0.5),
    ],
)
def test_the_wait_that_the_api_asks_for_is_kept_within_reason(
    serve: Serve, connect: Connect, time: Time, header: str, pause: float
) -> None:
    limited = Answer(429, headers={"Retry-After": header})
    connect(serve([Exchange("POST", "/x", limited), Exchange("POST", "/x", FINE)]).url).call("POST", "/x", doing="x")
    assert time.slept == [pause]


@given(header=st.text(st.characters(max_codepoint=255)))
def test_no_retry_after_header_breaks_the_client(header: str) -> None:
    pause = failures.retry_after(header, 1_767_225_600)
    assert pause is None or pause >= 0


def test_without_advice_the_pauses_double_and_are_spread_by_chance(serve: Serve, connect: Connect, time: Time) -> None:
    connect(serve([Exchange("GET", "/x", EMPTY_429)] * 5 + [Exchange("GET", "/x", FINE)]).url).get("/x", doing="read")
    assert time.slept == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_chance_shortens_a_pause_by_half_at_most(serve: Serve, connect: Connect, time: Time) -> None:
    client = connect(serve([Exchange("GET", "/x", EMPTY_429), Exchange("GET", "/x", FINE)]).url)
    client.clock = Clock(now=time.clock.now, sleep=time.sleep, jitter=lambda: 0.0, wall=time.clock.wall)
    client.get("/x", doing="read")
    assert time.slept == [0.25]


# Deadlines


def test_a_pause_beyond_the_deadline_ends_the_task_with_what_was_going_on(
    serve: Serve, connect: Connect, time: Time
) -> None:
    server = serve([Exchange("GET", "/x", Answer(429, headers={"Retry-After": "30"}))])
    with pytest.raises(TimedOut, match=r"longer than 20 s: Could not read: the API answered 429.*Run the task again"):
        connect(server.url, seconds=20).get("/x", doing="read")
    assert time.slept == []


def test_after_the_deadline_nothing_is_sent(serve: Serve, connect: Connect, time: Time) -> None:
    client = connect(serve([]).url, seconds=10)
    time.moment += 10
    with pytest.raises(TimedOut, match="Gave up after 10 s, before it was possible to read"):
        client.get("/x", doing="read")


def test_no_answer_within_the_timeout_is_a_lost_answer(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("POST", "/x", Silence())])
    with pytest.raises(LostAnswer, match="did not answer completely"):
        connect(server.url, timeout=0.01).call("POST", "/x", doing=ATTEMPTED, body={})


def test_remaining_time_is_never_negative(time: Time) -> None:
    deadline = Deadline(time.clock, 5)
    assert deadline.remaining() == 5
    time.moment += 3
    assert deadline.remaining() == 2
    time.moment += 30
    assert deadline.remaining() == 0
