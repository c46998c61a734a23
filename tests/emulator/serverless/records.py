# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of every serverless object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.world import Transition, World


@dataclass(kw_only=True)
class Resource:
    """Anything of a serverless product: it settles after every change, and says why where that failed.

    word: what the API calls it in errors. kind: what status rules call it.
    error_message: None while it is not shown.
    """

    word: ClassVar[str]
    kind: ClassVar[str]

    id: str
    region: str
    status: str
    created_at: int
    updated_at: int
    error_message: str | None = None
    transition: Transition | None = None

    @property
    def parent_id(self) -> str | None:
        """The object it belongs to."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """What people call it; status rules match it too."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Named(Resource):
    """Something people call by its name."""

    name: str

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


@dataclass(kw_only=True)
class AnyNamespace(Named):
    """A namespace; secrets are hashes by name."""

    word = "namespace"

    project_id: str
    organization_id: str
    description: str
    tags: list[str]
    environment_variables: dict[str, str]
    secrets: dict[str, str]

    @property
    def parent_id(self) -> None:
        """A namespace belongs to nothing."""
        return None


@dataclass(kw_only=True)
class Workload(Named):
    """What a namespace is for: settings are the fields of the API, in its words, secrets are hashes by name."""

    namespace_id: str
    settings: dict[str, Any]
    environment_variables: dict[str, str]
    secrets: dict[str, str]
    private_network_id: str | None

    @property
    def parent_id(self) -> str:
        """The namespace."""
        return self.namespace_id


def born(world: World, region: str, status: str) -> dict[str, Any]:
    """Return what every new object has."""
    now = world.clock.tick()
    return {
        "id": world.identities.uuid(),
        "region": region,
        "status": status,
        "created_at": now,
        "updated_at": now,
    }
