# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on the emulator, prepared and inspected by plain HTTP, as any other tool would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from emulator.testing import Emulator

TOKEN = "11111111-1111-4111-8111-111111111111"
PROJECT_ID = "22222222-2222-4222-8222-222222222222"


@dataclass(frozen=True)
class Thing:
    """Something that exists before the test: how a task may name it, and its ID."""

    name: str
    id: str


@dataclass(frozen=True)
class Use:
    """Stands, in the value of a sample, for one of the things around the resource."""

    label: str


class Account:
    """Requests to one location, such as ``zones/nl-ams-2``, without any of the collection's own code."""

    def __init__(self, emulator: Emulator, scope: str, session: requests.Session) -> None:
        self.emulator = emulator
        self.scope = scope
        self._session = session

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """Send one request below the location, again while something is busy. Other errors fail the test."""
        for _attempt in range(10):
            answer = self._session.request(
                method,
                f"{self.emulator.url}/lb/v1/{self.scope}{path}",
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


class Surroundings:
    """What the tested resource needs around it: load balancers, IPs and subscribers; also what is inside of them."""

    def __init__(self, account: Account, *, with_children: bool) -> None:
        self._things: dict[str, Thing] = {}
        self._account = account
        for name in ("outer", "elsewhere"):
            lb = account.post("/lbs", name=name, type="LB-S", project_id=PROJECT_ID, assign_flexible_ip=False)
            account.call("GET", f"/lbs/{lb['id']}")
            self._add(name, name, lb["id"])
        for label, prefix in (("outer", ""), ("elsewhere", "far-")) if with_children else ():
            self._add_children(label, prefix)
        for label in ("ip-a", "ip-b"):
            ip = account.post("/ips", project_id=PROJECT_ID)
            self._add(label, ip["ip_address"], ip["id"])
        ipv6 = account.post("/ips", project_id=PROJECT_ID, is_ipv6=True)
        self._add("ip-6", ipv6["ip_address"], ipv6["id"])
        for name in ("subscriber-a", "subscriber-b"):
            email = {"email": f"{name}@example.com"}
            self._add(
                name, name, account.post("/subscribers", name=name, project_id=PROJECT_ID, email_config=email)["id"]
            )

    def _add(self, label: str, name: str, id: str) -> None:
        self._things[label] = Thing(name, id)

    def _add_children(self, lb: str, prefix: str) -> None:
        path = f"/lbs/{self.id(lb)}"
        for name, protocol in BACKENDS.items():
            body = {**BACKEND_BODY, "name": f"{prefix}{name}", "forward_protocol": protocol}
            self._add(body["name"], body["name"], self._account.post(f"{path}/backends", **body)["id"])
        name, backend_id = f"{prefix}frontend-a", self.id(f"{prefix}backend-a")
        made = self._account.post(f"{path}/frontends", name=name, inbound_port=8000, backend_id=backend_id)
        self._add(name, name, made["id"])
        for name in (f"{prefix}certificate-a", f"{prefix}certificate-b"):
            domain = {"common_name": f"{name}.example.com", "subject_alternative_name": []}
            made = self._account.post(f"{path}/certificates", name=name, letsencrypt=domain)
            self._account.call("GET", f"/certificates/{made['id']}")
            self._add(name, name, made["id"])

    def id(self, label: str) -> str:
        """ID of the thing with this label."""
        return self._things[label].id

    def name(self, label: str) -> str:
        """How a task names the thing with this label."""
        return self._things[label].name

    def written(self, value: Any) -> Any:
        """``value`` of a sample as a task writes it."""
        return _replaced(value, self.name)

    def shown(self, value: Any) -> Any:
        """``value`` of a sample as the API shows it."""
        return _replaced(value, self.id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)


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


def _replaced(value: Any, by: Any) -> Any:
    if isinstance(value, Use):
        return by(value.label)
    if isinstance(value, Mapping):
        return {key: _replaced(nested, by) for key, nested in value.items()}
    return [_replaced(nested, by) for nested in value] if isinstance(value, list) else value
