# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of each Edge Services object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from emulator.world import Transition


@dataclass(kw_only=True)
class Thing:
    """Anything of the product."""

    id: str
    created_at: int
    updated_at: int


@dataclass(kw_only=True)
class Pipeline(Thing):
    """A pipeline.

    status, errors: what its last deployment ended in. head_ids: the DNS stages that requests come in by.
    live_ids: the stages that requests pass since then.
    """

    name: str
    description: str
    project_id: str
    organization_id: str
    status: str = "unknown_status"
    errors: list[dict[str, str]] = field(default_factory=list)
    head_ids: list[str] = field(default_factory=list)
    vpc_endpoint_ids: list[str] = field(default_factory=list)
    live_ids: frozenset[str] = frozenset()
    transition: Transition | None = None

    @property
    def parent_id(self) -> None:
        """A pipeline belongs to nothing."""
        return None


@dataclass(kw_only=True)
class Stage(Thing):
    """A stage of a pipeline.

    kind: dns, tls, cache, route, waf or backend. settings: the fields of the API, in its words.
    link: the next stage by the key that names it, such as backend_stage_id; empty without one.
    rules: of a route stage, each with the key of the stage it leads to. expires_at: of a certificate that was issued.
    """

    kind: str
    pipeline_id: str
    settings: dict[str, Any]
    link: dict[str, str] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)
    expires_at: int | None = None

    @property
    def parent_id(self) -> str:
        """The pipeline."""
        return self.pipeline_id


@dataclass(kw_only=True)
class VpcEndpoint(Thing):
    """An endpoint in a private network."""

    project_id: str
    organization_id: str
    region: str
    private_network_id: str

    @property
    def parent_id(self) -> None:
        """An endpoint belongs to nothing."""
        return None

    @property
    def name(self) -> str:
        """What lists are ordered by where names are asked for: endpoints have none."""
        return self.private_network_id


@dataclass(kw_only=True)
class PurgeRequest(Thing):
    """An order to forget what is cached; target: the assets, or all of them."""

    pipeline_id: str
    target: dict[str, Any]
    status: str = "pending"
    transition: Transition | None = None

    @property
    def parent_id(self) -> str:
        """The pipeline."""
        return self.pipeline_id
