# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that play a script, and clients whose time is a number."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings
from unit.configuration import Config
from unit.samples import PROJECT, SECRET
from unit.scripted_server import Exchange, ScriptedServer

# The same examples in every run; no limit of time for one, because the machine may be busy.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=60)
hypothesis_settings.load_profile("steady")

_FAILED = pytest.StashKey[bool]()
Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Client]


class Time:
    """A clock that stands still except while somebody sleeps; ``slept`` tells how long each time."""

    def __init__(self) -> None:
        self.moment = 1000.0
        self.slept: list[float] = []
        self.on_sleep: Callable[[], None] = lambda: None

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.moment += seconds
        self.on_sleep()

    @property
    def clock(self) -> Clock:
        """For clients and deadlines. Jitter is at its most; the wall shows 2026-01-01T00:00:00Z at first."""
        return Clock(
            now=lambda: self.moment,
            sleep=self.sleep,
            jitter=lambda: 1.0,
            wall=lambda: 1_767_225_600 + self.moment - 1000,
        )


@pytest.fixture
def time() -> Time:
    """The time of this test."""
    return Time()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Note a failure, so that a server does not complain about the calls that it prevented."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


@pytest.fixture
def serve(request: pytest.FixtureRequest) -> Iterator[Serve]:
    """Start servers; each must have been called exactly as its script says."""
    servers = []
    with contextlib.ExitStack() as stack:

        def start(script: Sequence[Exchange], **options: Any) -> ScriptedServer:
            servers.append(stack.enter_context(ScriptedServer(script, **options)))
            return servers[-1]

        yield start
    if not request.node.stash.get(_FAILED, False):
        for server in servers:
            server.check()


@pytest.fixture
def connect(time: Time) -> Iterator[Connect]:
    """Make clients of a URL."""
    with contextlib.ExitStack() as stack:

        def start(
            url: str, *, seconds: float = 900, timeout: float = 5.0, secrets: Sequence[str] = (), **settings: Any
        ) -> Client:
            known = {"project_id": PROJECT, "organization_id": None, "zone": "fr-par-1", "region": "fr-par"}
            chosen = Settings(secret_key=SECRET, api_url=url, **{"api_allow_insecure": False, **known, **settings})
            deadline = Deadline(time.clock, seconds)
            client = Client(chosen, timeout=timeout, deadline=deadline, clock=time.clock, secrets=secrets)
            stack.callback(client._session.close)
            return client

        yield start


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of the loopback address on which nobody listens."""
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A configuration file that a test writes."""
    return Config(tmp_path / "config.yaml")
