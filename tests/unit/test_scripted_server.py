# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripted server itself: it must notice every call that is not in the script, and play every fault."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from unit.scripted_server import (
    Answer,
    CloseAfterReading,
    CutBody,
    Exchange,
    ResetAfterReading,
    ResetBeforeReading,
    ScriptedServer,
)

FINE = Exchange("GET", "/x", Answer(json={"a": 1}))


def ask(server: ScriptedServer, method: str = "GET", path: str = "/x", **more: Any) -> requests.Response:
    """One request over a connection of its own."""
    return requests.request(method, server.url + path, timeout=5, **more)


def test_calls_as_in_the_script_pass() -> None:
    with ScriptedServer([FINE, Exchange("PUT", "/y", Answer(204), query={"b": ["2"]}, body={"c": 3})]) as server:
        assert ask(server).json() == {"a": 1}
        assert ask(server, "PUT", "/y?b=2", json={"c": 3}).status_code == 204
    server.check()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", "/x", {}), ("GET", "/z", {}), ("GET", "/x?a=1", {}), ("GET", "/x", {"c": 1})],
)
def test_a_call_that_differs_fails(method: str, path: str, body: dict[str, Any]) -> None:
    with ScriptedServer([Exchange("GET", "/x", query={}, body={})]) as server:
        assert ask(server, method, path, json=body).status_code == 418
    with pytest.raises(AssertionError, match="expected was"):
        server.check()


def test_one_call_more_fails() -> None:
    with ScriptedServer([FINE]) as server:
        ask(server)
        ask(server)
    with pytest.raises(AssertionError, match="the script was over"):
        server.check()


def test_one_call_less_fails() -> None:
    with ScriptedServer([FINE, FINE]) as server:
        ask(server)
    with pytest.raises(AssertionError, match="GET /x was never called"):
        server.check()


def test_another_order_fails_unless_any_order_will_do() -> None:
    script = [FINE, Exchange("GET", "/y")]
    with ScriptedServer(script) as strict, ScriptedServer(script, any_order=True) as loose:
        for path in ("/y", "/x"):
            ask(strict, path=path)
            ask(loose, path=path)
    loose.check()
    with pytest.raises(AssertionError):
        strict.check()


@pytest.mark.parametrize("fault", [ResetBeforeReading(), ResetAfterReading(), CloseAfterReading()])
def test_a_broken_connection_is_broken(fault: Any) -> None:
    with ScriptedServer([Exchange("GET", "/x", fault), FINE]) as server:
        with pytest.raises(requests.ConnectionError):
            ask(server)
        assert ask(server).json() == {"a": 1}
    server.check()


def test_a_cut_body_is_cut() -> None:
    cut = Exchange("GET", "/x", CutBody(Answer(json={"a": 1})))
    with ScriptedServer([cut]) as server, pytest.raises(requests.exceptions.ChunkedEncodingError):
        ask(server)
    server.check()
