# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What errors say, and what they never say."""

from __future__ import annotations

import json
import traceback
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.api.client import ATTEMPTS
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    NotFound,
    RequestError,
    Unavailable,
)
from unit.conftest import Connect, Serve
from unit.samples import SECRET
from unit.scripted_server import (
    Answer,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
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


# Errors


def test_an_error_says_what_was_attempted_what_the_api_said_and_what_to_do(serve: Serve, connect: Connect) -> None:
    body = {
        "details": [{"argument_name": "project_id", "help_message": "value must be a valid UUID", "reason": "format"}],
        "message": "invalid argument(s)",
        "type": "invalid_arguments",
    }
    server = serve([Exchange("POST", "/x", Answer(400, json=body, headers={"X-Request-Id": "req-1"}))])
    with pytest.raises(ApiError) as raised:
        connect(server.url).call("POST", "/x", doing="create load balancer 'web'", body={})
    message = str(raised.value)
    for part in (
        "Could not create load balancer 'web'",
        "400",
        "invalid argument(s)",
        "project_id",
        "value must be a valid UUID",
        "Correct the options",
    ):
        assert part in message
    assert raised.value.kind == "invalid_arguments"
    assert raised.value.data == {
        "status": 400,
        "type": "invalid_arguments",
        "message": "invalid argument(s)",
        "request_id": "req-1",
        "details": body["details"],
    }


def test_an_absent_resource_is_told_by_the_status_because_the_api_sends_no_type(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", Answer(404, json={"message": "lbs not Found"}))])
    with pytest.raises(NotFound, match="Could not read it: the API answered 404: lbs not Found"):
        connect(server.url).get("/x", doing="read it")


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b'"no"', b"<html>no</html>", b"\xff"])
@pytest.mark.parametrize("status", [400, 403, 404, 409])
def test_an_error_without_an_object_is_still_an_error_with_its_status(
    serve: Serve, connect: Connect, status: int, content: bytes
) -> None:
    server = serve([Exchange("POST", "/x", Answer(status, body=content))])
    with pytest.raises(ApiError, match=str(status)):
        connect(server.url).call("POST", "/x", doing="work", body={})


STRANGE_ERRORS = [
    {"message": None},
    {"message": {"a": 1}},
    {"message": "no", "details": 5},
    {"message": "no", "details": "one"},
    {"message": "no", "details": {"a": "b"}},
    {"message": "no", "details": [None, 1, "x"]},
    {"message": "no", "fields": ["tags"]},
    {"message": "no", "fields": "tags"},
    {"message": "no", "type": ["a"]},
    {"message": "no", "type": 5, "current_state": {}},
]


@pytest.mark.parametrize("body", STRANGE_ERRORS, ids=json.dumps)
def test_an_error_of_another_shape_is_no_traceback(serve: Serve, connect: Connect, body: dict[str, Any]) -> None:
    server = serve([Exchange("POST", "/x", Answer(400, json=body))])
    with pytest.raises(ApiError, match="400"):
        connect(server.url).call("POST", "/x", doing="work", body={})


# The key

REFLECTIONS = {
    "message": Answer(400, json={"message": f"bad token {SECRET}"}),
    "details": Answer(400, json={"message": "no", "details": [{"argument_name": "x", "help_message": SECRET}]}),
    "nested": Answer(400, json={"message": "no", "details": [{"a": {"b": [SECRET]}}]}),
    "fields": Answer(400, json={"message": "no", "fields": {"x": [SECRET]}}),
    "key of an object": Answer(400, json={"message": "no", "fields": {SECRET: ["x"]}}),
    "type": Answer(400, json={"message": "no", "type": SECRET}),
    "capitals": Answer(400, json={"message": f"bad token {SECRET.upper()}"}),
    "page": Answer(403, body=f"<html>{SECRET}</html>".encode()),
    "page, cut in the middle of the key": Answer(403, body=b"x" * 100 + SECRET.encode()),
    "long page, cut in the middle of the key": Answer(403, body=b"x " * 185 + SECRET.encode()),
    "page of space, cut in the middle of the key": Answer(403, body=b" " * 3980 + SECRET.encode()),
    "page with status 200": Answer(200, body=b"y" * 100 + SECRET.encode()),
    "request id": Answer(400, json={"message": "no"}, headers={"X-Request-Id": SECRET}),
    "reason phrase": Answer(302, headers={"Location": f"http://127.0.0.1:1/{SECRET}"}),
}


@pytest.mark.parametrize("answer", REFLECTIONS.values(), ids=REFLECTIONS)
def test_a_key_that_the_server_repeats_is_shown_nowhere(serve: Serve, connect: Connect, answer: Answer) -> None:
    server = serve([Exchange("POST", "/x", answer)])
    with pytest.raises(RequestError) as raised:
        connect(server.url).call("POST", "/x", doing="work", body={})
    assert SECRET[:8] not in everything(raised.value).lower()


def test_a_key_in_a_retry_after_header_is_shown_nowhere(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", Answer(429, headers={"Retry-After": SECRET}))] * ATTEMPTS)
    with pytest.raises(Unavailable) as raised:
        connect(server.url).get("/x", doing="work")
    assert SECRET[:8] not in everything(raised.value)


@pytest.mark.parametrize("fault", [ResetAfterReading(), CutBody(FINE), Answer(307, headers={"Location": "/y"})])
def test_no_fault_shows_the_key(serve: Serve, connect: Connect, fault: Reaction) -> None:
    server = serve([Exchange("POST", "/x", fault)])
    with pytest.raises(RequestError) as raised:
        connect(server.url).call("POST", "/x", doing="work", query={"a": "b"}, body={})
    assert SECRET[:8] not in everything(raised.value)


def test_a_secret_is_not_quoted_from_an_answer_not_even_in_part(serve: Serve, connect: Connect) -> None:
    secret = "l0ud 'and' \"clear\"\nand long " + "x" * 99
    page = f"<html>{secret}</html>"
    server = serve([Exchange("POST", "/x", Answer(400, body=page.encode()))])
    with pytest.raises(RequestError) as raised:
        connect(server.url, secrets=[secret]).call("POST", "/x", doing="try", body={})
    assert "the API answered 400: '********'" in str(raised.value)
    assert "l0ud" not in str(raised.value)
