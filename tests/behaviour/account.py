# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on the emulator, prepared and inspected by plain HTTP, as any other tool would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from emulator.testing import Emulator

TOKEN = "11111111-1111-4111-8111-111111111111"
PROJECT_ID = "22222222-2222-4222-8222-222222222222"


@dataclass(frozen=True)
class Thing:
    """Something that exists before the test: its kind as ``naming`` has it, how a task may name it, and its ID."""

    kind: str
    name: str
    id: str


@dataclass(frozen=True)
class Use:
    """Stands, in the value of a sample, for one of the things around the resource."""

    label: str


class Account:
    """Requests to one location, such as ``zones/nl-ams-2``, without any of the collection's own code."""

    def __init__(self, emulator: Emulator, scope: str, session: requests.Session, base: str = "/lb/v1") -> None:
        """``scope``: empty for a product without locations."""
        self.emulator = emulator
        self.base = base
        self.scope = scope
        self._session = session

    def at(self, base: str, scope: str) -> Account:
        """The same account at another product or location."""
        return Account(self.emulator, scope, self._session, base)

    @property
    def root(self) -> str:
        """What all paths of the location begin with."""
        return "/".join(filter(None, (self.base, self.scope)))

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """Send one request below the location, again while something is busy. Other errors fail the test."""
        for _attempt in range(10):
            answer = self._session.request(
                method,
                f"{self.emulator.url}{self.root}{path}",
                json=body,
                params=query,
                headers={"X-Auth-Token": TOKEN},
                timeout=10,
            )
            if answer.status_code != 409:
                break
        assert answer.status_code < 300, answer.text
        return dict(answer.json()) if answer.content else {}

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Create something."""
        return self.call("POST", path, body)

    def count(self, kind: str) -> int:
        """How many objects of ``kind`` the emulator holds in all locations; ``kind.key``: what they list there."""
        kind, _dot, key = kind.partition(".")
        objects = self.emulator.state()[kind]
        return sum(len(obj[key]) for obj in objects) if key else len(objects)


BACKENDS = {"backend-a": "http", "backend-b": "http", "backend-tcp-a": "tcp", "backend-tcp-b": "tcp"}
BACKEND_BODY: dict[str, Any] = {
    "forward_protocol": "http",
    "forward_port": 80,
    "forward_port_algorithm": "roundrobin",
    "sticky_sessions": "none",
    "sticky_sessions_cookie_name": "",
    "server_ip": [],
    "health_check": {
        "port": 80,
        "check_delay": 60_000,
        "check_timeout": 30_000,
        "check_max_retries": 2,
        "check_send_proxy": False,
    },
}
