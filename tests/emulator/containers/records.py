# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of each Serverless Containers object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulator.serverless.records import AnyNamespace, Named, Resource, Workload


@dataclass(kw_only=True)
class Namespace(AnyNamespace):
    """A namespace."""

    kind = "container_namespace"


@dataclass(kw_only=True)
class Container(Workload):
    """A container."""

    word = "container"
    kind = "container"

    public_endpoint: str


@dataclass(kw_only=True)
class OfContainer(Resource):
    """Something that belongs to a container."""

    container_id: str
    tags: list[str]

    @property
    def parent_id(self) -> str:
        """The container."""
        return self.container_id


@dataclass(kw_only=True)
class Domain(OfContainer):
    """A hostname of a container."""

    word = "domain"
    kind = "container_domain"

    hostname: str

    @property
    def label(self) -> str:
        """Its hostname."""
        return self.hostname


@dataclass(kw_only=True)
class Trigger(OfContainer, Named):
    """Something that calls a container; source is its configuration without credentials, which are not kept."""

    word = "trigger"
    kind = "container_trigger"

    description: str
    destination: dict[str, str]
    source_type: str
    source: dict[str, Any]
