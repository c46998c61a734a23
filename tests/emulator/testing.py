# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator inside a test process: a server thread, and its controls as plain calls."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from aiohttp import web

from emulator.emulation import Emulation
from emulator.journal import Entry
from emulator.products import products
from emulator.request import Request
from emulator.server import Server
from emulator.settings import Settings

_READ_METHODS = ("GET", "HEAD")


class Emulator:
    """An emulator on a free port of the loopback address; use it as a context manager.

    The arguments are settings, see Settings; reset() returns to them.
    """

    def __init__(self, **settings: Any) -> None:
        self._emulation = Emulation(products(), Settings().updated(settings))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="emulator", daemon=True)
        self._server: Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it listens, for SCW_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Emulator:
        """Start listening."""
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._create_server(), self._loop).result()
        self.port = asyncio.run_coroutine_threadsafe(self._server.start(0), self._loop).result()
        return self

    def stop(self) -> None:
        """Stop listening and end the thread."""
        if self._server is not None:
            asyncio.run_coroutine_threadsafe(self._server.stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _create_server(self) -> Server:
        return Server(self._emulation)

    def reset(self) -> None:
        """Return to the state after the start, settings and faults included."""
        self._emulation.reset()

    def snapshot(self) -> bytes:
        """Keep everything that is held, for restore(): objects, settings, rules and journal."""
        return self._emulation.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Return to a snapshot of this process."""
        self._emulation.restore(snapshot)

    def settings(self, **changes: Any) -> Settings:
        """Change settings and return them all. Raises BadControlInputError naming a wrong one."""
        return self._emulation.configure(changes)

    def refuse(self, after: int = 0) -> None:
        """Answer so many more requests, then refuse connections until accept()."""
        self._do(lambda server: server.refuse(after))

    def accept(self) -> None:
        """Take connections, again if they were refused."""
        self._do(lambda server: server.accept())

    def answer(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> web.Response | None:
        """Answer a request without HTTP, in the calling thread; None, and nothing was done, if a fault would hit it."""
        assert self._server is not None, "the emulator was not started"
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        return self._server.answer_directly(Request(method, unquote(parts.path), query, headers, content))

    def _do(self, action: Callable[[Server], Coroutine[Any, Any, None]]) -> None:
        assert self._server is not None, "the emulator was not started"
        asyncio.run_coroutine_threadsafe(action(self._server), self._loop).result()

    def faults(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace the fault rules; an empty list ends all faults."""
        self._emulation.set_faults(rules)

    def status(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace the rules that say where objects settle."""
        self._emulation.set_statuses(rules)

    def stats(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace the rules for the statistics of backend servers."""
        self._emulation.set_document("stats", rules)

    def edge_errors(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace the rules for errors that pipelines of Edge Services show."""
        self._emulation.set_document("edge_errors", rules)

    def edge_checks(self, rules: Sequence[dict[str, Any]]) -> None:
        """Replace the rules for what the checks of Edge Services answer."""
        self._emulation.set_document("edge_checks", rules)

    def push(self, image: str, **details: str) -> dict[str, Any]:
        """Push a tag to the registry, such as rg.fr-par.scw.cloud/shop/web:1.4; answers the tag.

        details: digest, project_id.
        """
        tag: dict[str, Any] = self._emulation.add_to_document("registry", {"image": image, **details})
        return tag

    def seed(self, **counts: int) -> dict[str, int]:
        """Create objects in bulk and return how many were made."""
        return self._emulation.seed(counts)

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind."""
        return self._emulation.state()

    def journal(self) -> list[Entry]:
        """Return every API request so far, oldest first; control requests are not among them."""
        return self._emulation.journal()

    def clear_journal(self) -> None:
        """Forget the requests so far."""
        self._emulation.clear_journal()

    def writes(self) -> list[Entry]:
        """Return the requests that were not reads."""
        return [entry for entry in self.journal() if entry.method not in _READ_METHODS]
