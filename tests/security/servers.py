# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts beside the emulator: one that nobody should talk to, and one that stands between the collection and the API."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came in. ``target``: what stands between method and version, whole."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        """Everything that the host got to see."""
        lines = [f"{self.method} {self.target}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\n".join([*lines, "", self.content.decode(errors="replace")])

    def header(self, name: str) -> str | None:
        """The value of a header."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), None)


@dataclass(frozen=True)
class Reply:
    """An answer. ``content`` may come in parts; ``length`` is then left out, and the connection ends with it."""

    status: int = 200
    content: bytes | Iterator[bytes] = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_json(self, value: Any) -> Reply:
        """The same with this for its content."""
        return replace(self, content=json.dumps(value).encode())


Answer = Callable[[Asked], Reply]
SomeHost = TypeVar("SomeHost", bound="Host")


class Host:
    """A host on the loopback address that answers as it is told; ``asked`` is all it ever got."""

    def __init__(self, answer: Answer | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        self.answer: Answer = answer or (lambda _asked: Reply())
        self.asked: list[Asked] = []
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.host = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._listener.socket = tls.wrap_socket(self._listener.socket, server_side=True)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.server_address[1])

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def journal(self) -> str:
        """All that it got to see."""
        return "\n\n".join(asked.text for asked in self.asked)

    def __enter__(self: SomeHost) -> SomeHost:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()


Change = Callable[[Asked, Reply], Reply]


class Between(Host):
    """Passes requests on to ``upstream``, and its answers back as ``change`` makes them."""

    def __init__(self, upstream: str, change: Change | None = None) -> None:
        super().__init__(self._pass_on)
        self.change: Change = change or (lambda _asked, reply: reply)
        self._place = urlsplit(upstream).netloc

    def _pass_on(self, asked: Asked) -> Reply:
        connection = http.client.HTTPConnection(self._place, timeout=30)
        try:
            connection.request(asked.method, asked.target, asked.content or None, dict(asked.headers))
            answer = connection.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in _OWN}
            return self.change(asked, Reply(answer.status, answer.read(), kept))
        finally:
            connection.close()


_OWN = frozenset({"content-length", "transfer-encoding", "connection", "date", "server"})


def changing_json(change: Callable[[Any], Any]) -> Change:
    """Changes what successful answers say."""

    def changed(_asked: Asked, reply: Reply) -> Reply:
        if reply.status >= 300 or not isinstance(reply.content, bytes) or not reply.content:
            return reply
        return reply.with_json(change(json.loads(reply.content)))

    return changed


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    host: Host

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20

    def take(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, tuple(self.headers.items()), content)
        self.server.host.asked.append(asked)
        self.give(self.server.host.answer(asked))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_CONNECT = take  # noqa: N815

    def give(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        headers = {"Content-Type": "application/json", **reply.headers}
        whole = isinstance(reply.content, bytes)
        headers |= {"Content-Length": str(len(reply.content))} if isinstance(reply.content, bytes) else {}
        for name, value in headers.items():
            self.send_header(name, value)
        if not whole:
            self.send_header("Connection", "close")
        self.end_headers()
        for part in [reply.content] if isinstance(reply.content, bytes) else reply.content:
            self.wfile.write(part)
        self.close_connection = not whole or self.close_connection

    def log_message(self, format: str, *args: Any) -> None:
        """What came is kept, and not printed."""
