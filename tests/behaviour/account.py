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
        self.emulator = emulator
        self.base = base
        self.scope = scope
        self._session = session

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """Send one request below the location, again while something is busy. Other errors fail the test."""
        for _attempt in range(10):
            answer = self._session.request(
                method,
                f"{self.emulator.url}{self.base}/{self.scope}{path}",
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
        """How many objects of ``kind`` the emulator holds in all locations."""
        return len(self.emulator.state()[kind])


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
