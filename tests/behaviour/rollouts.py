# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container of the account whose image is in the registry of another region, and tasks that roll it out."""

from __future__ import annotations

from typing import Any

import requests

from behaviour.account import PROJECT_ID, TOKEN
from behaviour.runner import Run, run_module
from emulator.testing import Emulator

IMAGE = "rg.nl-ams.scw.cloud/shop/api:stable"
REDEPLOY = "RedeployContainer"
REGION = "pl-waw"


class Service:
    """The container ``api`` in the namespace ``shop``, beside a namespace ``elsewhere``."""

    def __init__(self, emulator: Emulator, session: requests.Session, *, image: str = IMAGE) -> None:
        self.emulator = emulator
        self._session = session
        usual = emulator.settings().settle_reads
        emulator.settings(settle_reads=0)
        for name in ("elsewhere", "shop"):
            self.namespace_id = self.call("POST", "/namespaces", {"name": name, "project_id": PROJECT_ID})["id"]
            self.call("GET", f"/namespaces/{self.namespace_id}")
        body = {"name": "api", "namespace_id": self.namespace_id, "image": image}
        emulator.push(IMAGE)
        self.id = self.call("POST", "/containers", body)["id"]
        self.let_time_pass()
        self.call("GET", f"/containers/{self.id}")
        self.let_time_pass()
        emulator.settings(settle_reads=usual)
        emulator.clear_journal()

    @property
    def named(self) -> dict[str, Any]:
        """Options that name the container."""
        return {"region": REGION, "namespace": "shop", "container": "api"}

    @property
    def stored(self) -> dict[str, Any]:
        """The container as the emulator holds it."""
        return next(one for one in self.emulator.state()["containers"] if one["id"] == self.id)

    def run(self, *, check: bool = False, **options: Any) -> Run:
        """Run the module; None takes an option away."""
        given = {name: value for name, value in {**self.named, **options}.items() if value is not None}
        return run_module(self.emulator, "scw_container_redeploy", given, check=check)

    def push(self) -> str:
        """Push the image, and return its digest. Time passes, because a rollout takes longer than a second."""
        digest = str(self.emulator.push(IMAGE)["digest"])
        self.let_time_pass()
        return digest

    def let_time_pass(self) -> None:
        """At least 1.25 seconds of the emulator's time, in which others push what this test is not about."""
        for _push in range(5):
            self.emulator.push("rg.fr-par.scw.cloud/others/other")

    def call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send one request as another tool would, again while something is busy. Other errors fail the test."""
        for _attempt in range(10):
            answer = self._session.request(
                method,
                f"{self.emulator.url}/containers/v1/regions/{REGION}{path}",
                json=body,
                headers={"X-Auth-Token": TOKEN},
                timeout=10,
            )
            if answer.status_code != 409:
                break
        assert answer.status_code < 300, answer.text
        return dict(answer.json())

    def change_by_hand(self) -> None:
        """Change the container, which rolls it out too."""
        self.call("PATCH", f"/containers/{self.id}", {"description": "changed"})

    def settle(self) -> None:
        """Look at the container until what is under way has ended, and let time pass."""
        for _look in range(10):
            if self.call("GET", f"/containers/{self.id}")["status"] == "ready":
                break
        self.let_time_pass()
