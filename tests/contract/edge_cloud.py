# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare HTTP client for tests of the emulator's Edge Services, and the objects most tests need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract.cloud import PROJECT_ID, Cloud

BUCKET = {"bucket_name": "shop", "bucket_region": "fr-par"}
SECRET = {"secret_id": "50000000-0000-4000-8000-000000000005", "region": "fr-par"}
NETWORK_ID = "40000000-0000-4000-8000-000000000004"
# The smallest request that creates a stage of each kind.
BODIES: dict[str, dict[str, Any]] = {
    "dns": {},
    "tls": {},
    "cache": {},
    "route": {},
    "waf": {"mode": "enable", "paranoia_level": 2},
    "backend": {"scaleway_s3": BUCKET},
}


@dataclass
class EdgeCloud(Cloud):
    """Sends requests to Edge Services, which is in no zone or region."""

    locality: str = ""
    product: str = "edge-services/v1beta1"

    def subscribe(self, plan: str = "professional", project_id: str = PROJECT_ID) -> Any:
        """Give a project a plan."""
        return self.make("PATCH", "/current-plan", {"project_id": project_id, "plan_name": plan})

    def make_pipeline(self, **changes: Any) -> Any:
        """Create a pipeline."""
        return self.make("POST", "/pipelines", pipeline_body(**changes))

    def make_stage(self, kind: str, pipeline_id: str, **changes: Any) -> Any:
        """Create a stage."""
        return self.make("POST", f"/pipelines/{pipeline_id}/{kind}-stages", {**BODIES[kind], **changes})

    def make_chain(self, *kinds: str, **changes: dict[str, Any]) -> dict[str, Any]:
        """Create a pipeline with a chain of stages, and return them all by kind.

        kinds: in the order that requests pass them. changes: what is sent besides, by kind.
        """
        made = {"pipeline": self.make_pipeline()}
        following: dict[str, Any] = {}
        for kind in reversed(kinds):
            stage = self.make_stage(kind, made["pipeline"]["id"], **following, **changes.get(kind, {}))
            made[kind], following = stage, {f"{kind}_stage_id": stage["id"]}
        return made

    def make_head(self, made: dict[str, Any]) -> Any:
        """Make the DNS stage of a chain the head of its pipeline, and read the pipeline until it has settled."""
        path = f"/pipelines/{made['pipeline']['id']}"
        self.make("POST", f"{path}/set-head-stage", {"add_new_head_stage": {"new_stage_id": made["dns"]["id"]}})
        return self.settled(path)

    def settled(self, path: str) -> Any:
        """Read an object until it is not pending any more."""
        seen = self.get(path)
        while seen["status"] == "pending":
            seen = self.get(path)
        return seen


def pipeline_body(**changes: Any) -> dict[str, Any]:
    """The smallest request that creates a pipeline, with changes."""
    return {"name": "shop", "description": "", "project_id": PROJECT_ID, **changes}


def statuses(edge: EdgeCloud, path: str, reads: int) -> list[str]:
    """Read an object so many times."""
    return [edge.get(path)["status"] for _attempt in range(reads)]


def path_of(made: dict[str, Any], kind: str = "pipeline") -> str:
    """The path of an object of a chain."""
    return f"/pipelines/{made['pipeline']['id']}" if kind == "pipeline" else f"/{kind}-stages/{made[kind]['id']}"


def codes(pipeline: dict[str, Any]) -> list[tuple[str, str]]:
    """Stage and code of every error of a pipeline."""
    return [(error["stage"], error["code"]) for error in pipeline["errors"]]
