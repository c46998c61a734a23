# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One pipeline called shop, stages in it that were made by hand, and tasks about single stages."""

from __future__ import annotations

from typing import Any

import requests

from behaviour.account import PROJECT_ID, Account
from behaviour.runner import Run, run_module
from emulator.testing import Emulator

KINDS = ("backend", "waf", "route", "cache", "tls", "dns")


class Chain:
    """The pipeline. ``plan``: what its project pays for."""

    def __init__(self, emulator: Emulator, session: requests.Session, plan: str = "advanced") -> None:
        self.emulator = emulator
        self.account = Account(emulator, "", session, "/edge-services/v1beta1")
        self.account.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": plan})
        self.pipeline_id = self.account.post("/pipelines", name="shop", description="", project_id=PROJECT_ID)["id"]

    def run(self, kind: str, *, check: bool = False, **options: Any) -> Run:
        """A task about the stage of a kind, or about its head."""
        return run_module(self.emulator, f"scw_edge_{kind}_stage", {"pipeline": "shop", **options}, check=check)

    def info(self, kind: str, **options: Any) -> Run:
        """A task that lists the stages of a kind."""
        return run_module(self.emulator, f"scw_edge_{kind}_stage_info", {"pipeline": "shop", **options})

    def add(self, kind: str, **body: Any) -> str:
        """Create a stage by hand; its ID."""
        return str(self.account.post(f"/pipelines/{self.pipeline_id}/{kind}-stages", **body)["id"])

    def backend(self, bucket: str = "pictures") -> str:
        """Create a backend stage in front of a bucket by hand; its ID."""
        return self.add("backend", scaleway_s3={"bucket_name": bucket, "bucket_region": "fr-par"})

    def set_head(self, **action: Any) -> None:
        """Set, swap or remove a head by hand."""
        self.account.post(f"/pipelines/{self.pipeline_id}/set-head-stage", **action)

    def open(self, **dns: Any) -> str:
        """Create a DNS stage in front of a backend and make it the head, by hand, and let it settle; its ID."""
        own_id = self.add("dns", **{"backend_stage_id": self.backend("behind"), **dns})
        self.set_head(add_new_head_stage={"new_stage_id": own_id})
        while self.account.call("GET", f"/pipelines/{self.pipeline_id}")["status"] == "pending":
            pass
        self.emulator.clear_journal()
        return own_id

    def stored(self, kind: str) -> list[dict[str, Any]]:
        """What the emulator holds of the stages of a kind."""
        return self.emulator.state()[f"edge_{kind}_stages"]
