# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Edge Services objects between two resets. The product is global: they are in no zone or region."""

from __future__ import annotations

import dataclasses
from typing import Any

from emulator.edge.check_rules import CheckRule
from emulator.edge.error_rules import ErrorRule
from emulator.edge.facts import NEXT_KINDS
from emulator.edge.records import Pipeline, PurgeRequest, Stage, VpcEndpoint
from emulator.errors import ApiError, permission_denied, plainly_missing
from emulator.operations import Call
from emulator.store import Collection
from emulator.world import World

_TIMES = ("created_at", "updated_at", "expires_at")
_INTERNAL = ("transition", "live_ids")


class EdgeState:
    """Collections of every kind, the plans by project, and how to find things."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pipelines: Collection[Pipeline] = Collection()
        self.stages: Collection[Stage] = Collection()
        self.vpc_endpoints: Collection[VpcEndpoint] = Collection()
        self.purge_requests: Collection[PurgeRequest] = Collection()
        self.plans: dict[str, str] = {}
        self.error_rules: tuple[ErrorRule, ...] = ()
        self.check_rules: tuple[CheckRule, ...] = ()

    def pipeline(self, identifier: str) -> Pipeline:
        """Return a pipeline, or answer that there is none."""
        found = self.pipelines.get(identifier.lower())
        if found is None:
            raise self.absent()
        return found

    def stage(self, kind: str, identifier: str) -> Stage:
        """Return a stage of a kind, or answer that there is none."""
        found = self.stages.get(identifier.lower())
        if found is None or found.kind != kind:
            raise self.absent()
        return found

    def stages_of(self, pipeline: Pipeline, kind: str) -> list[Stage]:
        """Return the stages of a kind in a pipeline, oldest first."""
        return [stage for stage in self.stages.of(pipeline.id) if stage.kind == kind]

    def pipeline_of(self, record: Stage | PurgeRequest) -> Pipeline:
        """Return the pipeline something belongs to."""
        return self.pipeline(record.pipeline_id)

    def vpc_endpoint(self, identifier: str) -> VpcEndpoint:
        """Return a VPC endpoint, or answer that there is none."""
        found = self.vpc_endpoints.get(identifier.lower())
        if found is None:
            raise self.absent()
        return found

    def purge_request(self, identifier: str) -> PurgeRequest:
        """Return a purge request, or answer that there is none."""
        found = self.purge_requests.get(identifier.lower())
        if found is None:
            raise self.absent()
        return found

    def absent(self) -> ApiError:
        """Return the answer to who asks for what is not there (recorded: 403 in 2025, 404 since)."""
        return permission_denied() if self.world.settings.forbid_absent else plainly_missing("Not Found")

    def is_listed(self, owner: Pipeline | VpcEndpoint, call: Call) -> bool:
        """Say whether an object fits project and organisation of a list."""
        wanted = {name: call.value(name) for name in ("project_id", "organization_id")}
        return all(value in (None, getattr(owner, name)) for name, value in wanted.items())

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, as remembered: fields by name, times as text."""

        def plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
            clock = self.world.clock
            return {
                name: clock.cut_text(value) if name in _TIMES and value is not None else value
                for name, value in fields
                if name not in _INTERNAL
            }

        def documents(kept: Any) -> list[dict[str, Any]]:
            return [dataclasses.asdict(record, dict_factory=plain) for record in kept]

        return {
            "edge_pipelines": documents(self.pipelines),
            **{f"edge_{kind}_stages": documents(s for s in self.stages if s.kind == kind) for kind in NEXT_KINDS},
            "edge_vpc_endpoints": documents(self.vpc_endpoints),
            "edge_purge_requests": documents(self.purge_requests),
            "edge_plans": [{"project_id": project, "plan_name": name} for project, name in self.plans.items()],
        }
