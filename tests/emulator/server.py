# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP: puts answers and faults on the wire."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

from aiohttp import web

from emulator.control import answer_control
from emulator.emulation import Emulation, Reply
from emulator.faults import FaultRule
from emulator.port import Port
from emulator.request import Request

CONTROL_PREFIX = "/_emulator/"
_SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_LONGEST_SILENCE_SECONDS = 600.0
_LARGEST_BODY = 128 << 20


class Server:
    """One listening server on the loopback address, in the running event loop."""

    def __init__(self, emulation: Emulation) -> None:
        self._emulation = emulation
        self._served = web.Server(self._handle, request_factory=_request, access_log=None)
        self._runner = web.ServerRunner(self._served, shutdown_timeout=0.1)
        self._stopping = asyncio.Event()
        self._port: Port | None = None
        self._site: web.SockSite | None = None
        self._listener: socket.socket | None = None
        self._serving: set[Any] = set()  # the connections on which an answer is due
        self._answers_left: int | None = None

    async def start(self, port: int) -> int:
        """Listen on a port, 0 for a free one, and return the port. Raises OSError when it is taken."""
        self._port = Port(port)
        await self._runner.setup()
        await self.accept()
        return self._port.number

    async def stop(self) -> None:
        """Stop listening and end open connections."""
        self._stopping.set()
        await self._runner.cleanup()
        if self._port is not None:
            self._port.release()

    async def refuse(self, after: int) -> None:
        """Answer so many more requests to the API, then refuse connections until accept()."""
        self._answers_left = after
        if after == 0:
            await self._hang_up()

    async def accept(self) -> None:
        """Take connections, again if they were refused."""
        self._answers_left = None
        if self._site is None and self._port is not None:
            self._listener = self._port.listener()
            self._site = web.SockSite(self._runner, self._listener)
            await self._site.start()

    async def _hang_up(self) -> None:
        """Stop listening, and end every connection that is not in use; the others end with their answers."""
        if self._site is not None and self._listener is not None:
            # First no more connections, then an end of what listens: those just taken would be left half open.
            asyncio.get_running_loop().remove_reader(self._listener)
            await asyncio.sleep(0)
            await self._site.stop()
            self._site = None
        for connection in self._served.connections:
            if connection not in self._serving:
                connection.force_close()
        await asyncio.sleep(0)  # lets them end before the next request can arrive

    async def _is_last(self) -> bool:
        """Count an answer; whether its connection takes no more requests."""
        if self._answers_left:
            self._answers_left -= 1
            if not self._answers_left:
                await self._hang_up()
        return self._answers_left == 0

    def answer_directly(self, request: Request) -> web.Response | None:
        """The answer to a request that does not come over a connection; None for one that a fault hits."""
        reply = self._emulation.answer_unless_struck(request)
        return None if reply is None else _response(reply, self._headers(request))

    async def _handle(self, incoming: web.BaseRequest) -> web.StreamResponse:
        request = Request(
            method=incoming.method,
            path=incoming.path,
            query={key: incoming.query.getall(key) for key in dict.fromkeys(incoming.query)},
            headers=incoming.headers,
            content=await incoming.read(),
        )
        if request.path.startswith(CONTROL_PREFIX):
            status, document = answer_control(self._emulation, request)
            return _json_response(status, document, {})
        self._serving.add(incoming.protocol)
        try:
            return await self._serve(incoming, request)
        finally:
            self._serving.discard(incoming.protocol)

    async def _serve(self, incoming: web.BaseRequest, request: Request) -> web.StreamResponse:
        admission = self._emulation.admit(request)
        fault = admission.fault
        delay_ms = self._emulation.world.settings.latency_ms + (fault.delay_ms if fault else 0)
        if delay_ms:
            await asyncio.sleep(delay_ms / 1000)
        reply = self._emulation.answer(request, admission)
        headers = self._headers(request)
        last = await self._is_last()
        if fault is None or fault.kind == "delay":
            response: web.StreamResponse = _response(reply, headers)
        else:
            response = await self._fail(incoming, fault, reply, {**headers, **fault.headers})
        if last:
            response.force_close()
        return response

    async def _fail(
        self, incoming: web.BaseRequest, fault: FaultRule, reply: Reply, headers: dict[str, str]
    ) -> web.StreamResponse:
        if fault.kind in ("reset_before", "reset_after"):
            _reset(incoming)
            return web.Response()
        if fault.kind == "no_answer":
            await self._stay_silent()
            _reset(incoming)
            return web.Response()
        if fault.kind == "truncate":
            return await _truncated(incoming, reply, headers)
        if fault.kind == "html":
            return web.Response(status=reply.status, text=str(reply.body), content_type="text/html", headers=headers)
        if fault.kind == "redirect" and fault.location:
            headers["Location"] = fault.location
        if reply.status == 429:
            headers.setdefault("X-Envoy-Ratelimited", "true")
        if reply.body is None:
            return _empty_response(reply.status, headers)
        return _response(reply, headers)

    async def _stay_silent(self) -> None:
        await asyncio.wait({asyncio.ensure_future(self._stopping.wait())}, timeout=_LONGEST_SILENCE_SECONDS)

    def _headers(self, request: Request) -> dict[str, str]:
        parts = request.path.split("/")
        zone = parts[4] if parts[3:4] == ["zones"] and len(parts) > 4 else "fr-par-1"
        return {
            "Server": f"Scaleway API Gateway ({zone};edge01)",
            "X-Request-Id": self._emulation.request_id(),
            **_SECURITY_HEADERS,
        }


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """Make a request as the library does, but with room for the largest archive."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_BODY)


def _response(reply: Reply, headers: dict[str, str]) -> web.Response:
    """Put an answer on the wire; what is raw comes without the headers of the gateway."""
    if reply.raw is None:
        return _json_response(reply.status, reply.body, headers)
    own = {**reply.raw.headers, "X-Amz-Request-Id": headers["X-Request-Id"]}
    return web.Response(status=reply.raw.status, body=reply.raw.content, headers=own)


def _content(reply: Reply) -> bytes:
    if reply.raw is not None:
        return reply.raw.content
    return json.dumps(reply.body, separators=(",", ":"), sort_keys=True).encode() if reply.body else b"{}"


def _json_response(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    content = b"" if body is None else json.dumps(body, separators=(",", ":"), sort_keys=True).encode()
    return web.Response(status=status, body=content, headers={**headers, "Content-Type": "application/json"})


def _empty_response(status: int, headers: dict[str, str]) -> web.Response:
    response = web.Response(status=status, headers=headers)
    response.headers.popall("Content-Type", None)
    return response


def _reset(incoming: web.BaseRequest) -> None:
    """Cut the connection with a TCP reset: the linger time of zero makes the kernel send one."""
    transport = incoming.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _truncated(incoming: web.BaseRequest, reply: Reply, headers: dict[str, str]) -> web.StreamResponse:
    content = _content(reply)
    response = web.StreamResponse(status=200 if reply.status == 204 else reply.status, headers=headers)
    response.content_type = "application/json"
    response.content_length = len(content)
    await response.prepare(incoming)
    await response.write(content[: len(content) // 2])
    if incoming.transport is not None:
        incoming.transport.close()
    return response
