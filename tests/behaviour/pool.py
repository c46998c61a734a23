# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backend with servers on a load balancer of the account, and the tasks about them."""

from __future__ import annotations

from typing import Any

import requests

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from behaviour.account import BACKEND_BODY
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, Scene
from emulator.testing import Emulator

FIRST, SECOND, THIRD, FOURTH = (f"10.0.0.{number}" for number in range(1, 5))
IPV6 = "2001:db8::1"


class Pool:
    """The backend ``app`` on the load balancer ``outer``, with the servers FIRST and SECOND."""

    def __init__(self, emulator: Emulator, place: str, session: requests.Session) -> None:
        self.emulator = emulator
        scene = Scene(emulator, BACKEND, place, session)
        self.place, self.account, self.lb_id = PLACES[place], scene.account, scene.things.id("outer")
        self.elsewhere_id = scene.things.id("elsewhere")
        usual = emulator.settings().settle_reads
        emulator.settings(settle_reads=0)
        body = {**BACKEND_BODY, "name": "app", "server_ip": [FIRST, SECOND]}
        self.id: str = self.account.post(f"/lbs/{self.lb_id}/backends", **body)["id"]
        self.account.call("GET", f"/lbs/{self.lb_id}")
        emulator.settings(settle_reads=usual)
        emulator.clear_journal()

    @property
    def named(self) -> dict[str, Any]:
        """Options that name the backend."""
        return {**self.place, "lb": "outer", "backend": "app"}

    @property
    def servers(self) -> list[str]:
        """The servers that the emulator holds."""
        return next(list(one["pool"]) for one in self.emulator.state()["backends"] if one["id"] == self.id)

    def run(self, *servers: str, check: bool = False, **options: Any) -> Run:
        """Run the module that adds and removes servers."""
        given = {**self.named, "server_ip": list(servers), **options}
        given = {name: value for name, value in given.items() if value is not None}
        return run_module(self.emulator, "scw_lb_backend_server", given, check=check)

    def add(self, *servers: str, **options: Any) -> Run:
        """Add servers."""
        return self.run(*servers, **options)

    def remove(self, *servers: str, **options: Any) -> Run:
        """Remove servers."""
        return self.run(*servers, state="absent", **options)

    def statistics(self, *, check: bool = False, **options: Any) -> Run:
        """Run the module that shows how the servers are."""
        given = {**self.place, "lb": "outer", **options}
        given = {name: value for name, value in given.items() if value is not None}
        return run_module(self.emulator, "scw_lb_stats_info", given, check=check)

    def write_by_hand(self, method: str, *servers: str) -> None:
        """Add (POST) or remove (DELETE) servers as somebody else would."""
        self.account.call(method, f"/backends/{self.id}/servers", {"server_ip": list(servers)})
