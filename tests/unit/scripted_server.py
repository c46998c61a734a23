# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTP server that plays a script: these calls, these answers, one call more or less is a failure.

A script is a list of ``Exchange``. Its ``answer`` is an ``Answer``, or one of the faults below it. ``check()`` fails
the test when the calls differed from the script; the fixture ``serve`` calls it at the end.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

ANYTHING: Any = object()
"""Stands for a query, a body or a path that a script does not care about."""


@dataclass(frozen=True)
class Answer:
    """A complete answer. ``json`` wins over ``body``."""

    status: int = 200
    json: Any = ANYTHING
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """What is sent after the headers."""
        return self.body if self.json is ANYTHING else json.dumps(self.json).encode()

    @property
    def content_type(self) -> str:
        """As the API answers JSON, and a proxy on its way something else."""
        return "text/html" if self.json is ANYTHING and self.body else "application/json"


@dataclass(frozen=True)
class ResetBeforeReading:
    """The connection is reset although the request was not read."""


@dataclass(frozen=True)
class ResetAfterReading:
    """The request is read, then the connection is reset without an answer."""


@dataclass(frozen=True)
class CloseAfterReading:
    """The request is read, then the connection is closed without an answer."""


@dataclass(frozen=True)
class CutBody:
    """An answer that ends in the middle of its body."""

    answer: Answer


@dataclass(frozen=True)
class Silence:
    """No answer until the client hangs up."""


Reaction = Answer | ResetBeforeReading | ResetAfterReading | CloseAfterReading | CutBody | Silence


@dataclass(frozen=True)
class Exchange:
    """One expected call and what happens then."""

    method: str
    path: str
    answer: Reaction = field(default_factory=Answer)
    query: Mapping[str, Sequence[str]] = ANYTHING
    body: Any = ANYTHING

    def matches(self, call: Call) -> bool:
        """Whether ``call`` is this one."""
        return (
            self.method == call.method
            and self.path in (ANYTHING, call.path)
            and (self.query is ANYTHING or {key: list(value) for key, value in self.query.items()} == call.query)
            and (self.body is ANYTHING or self.body == call.body)
        )


@dataclass(frozen=True)
class Call:
    """A request as it arrived. ``body`` is parsed JSON, None without a body."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    headers: dict[str, str]


class ScriptedServer:
    """Plays ``script`` on a free port of the loopback address; ``calls`` tells what arrived.

    ``any_order``: the calls may come in any order, for requests that are sent side by side. ``port``: listen there.
    """

    def __init__(
        self,
        script: Sequence[Exchange],
        *,
        any_order: bool = False,
        tls: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        self.calls: list[Call] = []
        self.connections = 0
        self._left = list(script)
        self._any_order = any_order
        self._problems: list[str] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()
        self._listener = _Listener(("127.0.0.1", port), _Handler)
        self._listener.script = self
        self._listener.tls = tls
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Base URL for clients."""
        scheme = "https" if self._listener.tls else "http"
        return f"{scheme}://127.0.0.1:{self._listener.server_address[1]}"

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._listener.shutdown()
        for connection in list(self._open):
            _hang_up(connection)
        self._listener.server_close()
        self._thread.join()

    def check(self) -> None:
        """Fail when the calls so far are not exactly the script."""
        missing = [f"{exchange.method} {exchange.path} was never called" for exchange in self._left]
        problems = self._problems + missing
        assert not problems, "\n".join(problems)

    def sent(self, method: str, path: str = ANYTHING) -> list[Call]:
        """The calls with this method, and path if given, so far."""
        return [call for call in self.calls if call.method == method and path in (ANYTHING, call.path)]

    def resets_next(self) -> bool:
        """Whether the next request is not even read; then it counts as played."""
        with self._lock:
            if self._left and isinstance(self._left[0].answer, ResetBeforeReading):
                del self._left[0]
                return True
        return False

    def react(self, call: Call) -> Reaction:
        """What the script says to ``call``."""
        with self._lock:
            self.calls.append(call)
            candidates = self._left if self._any_order else self._left[:1]
            for index, exchange in enumerate(candidates):
                if exchange.matches(call):
                    del self._left[index]
                    return exchange.answer
            expected = f"expected was {candidates[0]}" if candidates else "the script was over"
            self._problems.append(f"{call}: {expected}")
        return Answer(418, json={"message": "not in the script"})

    def opened(self, connection: socket.socket) -> None:
        """Remember a connection, to end it with the server."""
        with self._lock:
            self.connections += 1
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        self._open.discard(connection)

    def wait_for_end(self, connection: socket.socket) -> None:
        """Wait until the client hangs up or the server ends."""
        connection.settimeout(0.02)
        while not self._ended.is_set():
            try:
                if not connection.recv(1024):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


class _Listener(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    script: ScriptedServer
    tls: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = self.socket.accept()
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or refuses our certificate, is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.server.script.opened(self.connection)
        try:
            if isinstance(self.connection, ssl.SSLSocket):
                self.connection.do_handshake()
            super().handle()
        finally:
            self.server.script.closed(self.connection)

    def handle_one_request(self) -> None:
        waiting = b"x" if isinstance(self.connection, ssl.SSLSocket) else self.connection.recv(1, socket.MSG_PEEK)
        if waiting and self.server.script.resets_next():
            _reset(self.connection)
            self.close_connection = True
            return
        super().handle_one_request()

    def play(self) -> None:
        reaction = self.server.script.react(_call(self))
        if isinstance(reaction, Answer):
            self.answer(reaction, len(reaction.content))
            return
        if isinstance(reaction, CutBody):
            self.answer(reaction.answer, len(reaction.answer.content) + 10)
        elif isinstance(reaction, Silence):
            self.server.script.wait_for_end(self.connection)
        elif isinstance(reaction, ResetAfterReading):
            _reset(self.connection)
        self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = play  # noqa: N815

    def answer(self, answer: Answer, length: int) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": answer.content_type, "Content-Length": str(length), **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: Any) -> None:
        """The calls are kept, not printed."""


def _call(handler: BaseHTTPRequestHandler) -> Call:
    content = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    parts = urlsplit(handler.path)
    headers = {name.lower(): value for name, value in handler.headers.items()}
    query = parse_qs(parts.query, keep_blank_values=True)
    return Call(handler.command, parts.path, query, json.loads(content) if content else None, headers)


def _reset(connection: socket.socket) -> None:
    """Close with a reset instead of an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw = socket.socket(fileno=connection.detach())
    raw.close()


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster
