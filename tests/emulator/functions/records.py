# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of each Serverless Functions object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulator.serverless.records import AnyNamespace, Named, Resource, Workload


@dataclass(kw_only=True)
class Namespace(AnyNamespace):
    """A namespace; its suffix is in the addresses of its functions and of its registry.

    registry_namespace_id: empty until it is ready for the first time.
    """

    kind = "function_namespace"

    suffix: str
    registry_namespace_id: str
    vpc_integration_activated: bool


@dataclass(kw_only=True)
class Function(Workload):
    """A function.

    uploaded_at: when its archive was uploaded last.
    uploaded, deployed: digests of the archive that was uploaded last, and of the one the last build took.
    flaw: what is wrong with the build under way, None for nothing.
    """

    word = "function"
    kind = "function"

    domain_name: str
    ready_at: int | None = None
    uploaded_at: int | None = None
    uploaded: str | None = None
    deployed: str | None = None
    flaw: str | None = None


@dataclass(kw_only=True)
class OfFunction(Resource):
    """Something that belongs to a function."""

    function_id: str

    @property
    def parent_id(self) -> str:
        """The function."""
        return self.function_id


@dataclass(kw_only=True)
class Cron(OfFunction, Named):
    """A schedule on which a function is called."""

    word = "cron"
    kind = "function_cron"

    schedule: str
    args: dict[str, Any]


@dataclass(kw_only=True)
class Domain(OfFunction):
    """A hostname of a function."""

    word = "domain"
    kind = "function_domain"

    hostname: str
    url: str

    @property
    def label(self) -> str:
        """Its hostname."""
        return self.hostname


@dataclass(kw_only=True)
class Trigger(OfFunction, Named):
    """Something that calls a function for messages; config is that of its source, without the secret key."""

    word = "trigger"
    kind = "function_trigger"

    description: str
    input_type: str
    config: dict[str, Any]


@dataclass(kw_only=True)
class Token(Resource):
    """A token for one function or for all of a namespace; its text is shown once and not kept."""

    word = "token"
    kind = "function_token"

    function_id: str | None
    namespace_id: str | None
    description: str
    expires_at: str | None

    @property
    def parent_id(self) -> str | None:
        """The function or the namespace."""
        return self.function_id or self.namespace_id

    @property
    def label(self) -> str:
        """Its description."""
        return self.description
