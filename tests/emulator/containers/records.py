# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of each Serverless Containers object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.world import Transition


@dataclass(kw_only=True)
class Resource:
    """Anything of the product: it settles after every change, and says why where that failed.

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
class Namespace(Resource):
    """A namespace; secrets are hashes by name."""

    word = "namespace"
    kind = "container_namespace"

    name: str
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

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


@dataclass(kw_only=True)
class Container(Resource):
    """A container; settings are the fields of the API, in its words, secrets are hashes by name."""

    word = "container"
    kind = "container"

    name: str
    namespace_id: str
    public_endpoint: str
    settings: dict[str, Any]
    environment_variables: dict[str, str]
    secrets: dict[str, str]
    private_network_id: str | None

    @property
    def parent_id(self) -> str:
        """The namespace."""
        return self.namespace_id

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


@dataclass(kw_only=True)
class Domain(Resource):
    """A hostname of a container."""

    word = "domain"
    kind = "container_domain"

    hostname: str
    container_id: str
    tags: list[str]

    @property
    def parent_id(self) -> str:
        """The container."""
        return self.container_id

    @property
    def label(self) -> str:
        """Its hostname."""
        return self.hostname


@dataclass(kw_only=True)
class Trigger(Resource):
    """Something that calls a container; source is its configuration without credentials, which are not kept."""

    word = "trigger"
    kind = "container_trigger"

    name: str
    container_id: str
    description: str
    tags: list[str]
    destination: dict[str, str]
    source_type: str
    source: dict[str, Any]

    @property
    def parent_id(self) -> str:
        """The container."""
        return self.container_id

    @property
    def label(self) -> str:
        """Its name."""
        return self.name
