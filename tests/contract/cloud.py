# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare HTTP client for tests of the emulator, and the objects most tests need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from scaleway import Client

from emulator.testing import Emulator

PROJECT_ID = "10000000-0000-4000-8000-000000000001"
UNKNOWN_ID = "20000000-0000-4000-8000-000000000002"
TOKEN = "30000000-0000-4000-8000-000000000003"
HEALTH_CHECK = {"port": 80, "check_delay": 3000, "check_timeout": 1000, "check_max_retries": 5}


@dataclass
class Cloud:
    """Sends requests to one locality of one product of an emulator; a global product has an empty one."""

    emulator: Emulator
    locality: str = "zones/fr-par-1"
    token: str | None = TOKEN
    product: str = "lb/v1"

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        """Send a request to a path below the locality."""
        return requests.request(
            method,
            f"{'/'.join(filter(None, (self.emulator.url, self.product, self.locality)))}{path}",
            headers={"X-Auth-Token": self.token} if self.token else {},
            json=body,
            params=query,
            timeout=10,
        )

    def make(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request that must succeed and return the body of the answer."""
        answer = self.send(method, path, body)
        assert answer.status_code in (200, 204), f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        """Read something that must exist."""
        answer = self.send("GET", path, **query)
        assert answer.status_code == 200, f"GET {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def make_lb(self, **changes: Any) -> Any:
        """Create a Load Balancer."""
        return self.make("POST", "/lbs", {"name": "web", "type": "lb-s", "project_id": PROJECT_ID, **changes})

    def make_backend(self, lb_id: str, **changes: Any) -> Any:
        """Create a backend."""
        return self.make("POST", f"/lbs/{lb_id}/backends", backend_body(**changes))

    def make_frontend(self, lb_id: str, backend_id: str, **changes: Any) -> Any:
        """Create a frontend."""
        body = {"name": "https", "inbound_port": 443, "backend_id": backend_id, **changes}
        return self.make("POST", f"/lbs/{lb_id}/frontends", body)

    def make_acl(self, frontend_id: str, **changes: Any) -> Any:
        """Create an ACL."""
        return self.make("POST", f"/frontends/{frontend_id}/acls", {**acl_body(), **changes})


def backend_body(**changes: Any) -> dict[str, Any]:
    """The smallest request that creates a backend, with changes."""
    return {
        "name": "api",
        "forward_protocol": "http",
        "forward_port": 80,
        "forward_port_algorithm": "roundrobin",
        "sticky_sessions": "none",
        "health_check": HEALTH_CHECK,
        "server_ip": ["10.0.0.2", "10.0.0.1"],
        **changes,
    }


def acl_body() -> dict[str, Any]:
    """The smallest request that creates an ACL."""
    return {"name": "office", "action": {"type": "allow"}, "index": 1}


def sdk_client(emulator: Emulator, region: str = "fr-par") -> Client:
    """A client of the vendor's SDK that talks to an emulator."""
    return Client(
        access_key="SCWEMULATOR000000000",
        secret_key=TOKEN,
        api_url=emulator.url,
        default_project_id=PROJECT_ID,
        default_zone=f"{region}-1",
        default_region=region,
    )


def complaints(answer: requests.Response) -> dict[str, str]:
    """Return reason by argument of an invalid_arguments answer."""
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert body["type"] == "invalid_arguments"
    assert body["message"] == "invalid argument(s)"
    return {detail["argument_name"]: detail["reason"] for detail in body["details"]}
