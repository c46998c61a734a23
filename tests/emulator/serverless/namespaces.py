# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to namespaces alike in both products."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from emulator.operations import Call
from emulator.serverless.records import AnyNamespace
from emulator.serverless.state import ServerlessState

N = TypeVar("N", bound=AnyNamespace)


def described(call: Call) -> dict[str, Any]:
    """Return what a new namespace says of itself."""
    return {
        "name": call.value("name"),
        "project_id": call.value("project_id"),
        "organization_id": call.world.identities.organization_id,
        "description": call.value("description", ""),
        "tags": call.value("tags", []),
    }


def with_the_same_name(state: ServerlessState, call: Call, kept: Iterable[N]) -> N | None:
    """Return the namespace that has the name a new one asks for, in its project and region."""
    state.world.require_project(call.value("project_id"), AnyNamespace.word)
    wanted = (call.place.region, call.value("project_id"), call.value("name"))
    return next((found for found in kept if (found.region, found.project_id, found.name) == wanted), None)


def change(call: Call, namespace: AnyNamespace, opened: dict[str, str], hashes: dict[str, str]) -> bool:
    """Change what is given, and say whether variables are others than before."""
    is_other = (opened, hashes) != (namespace.environment_variables, namespace.secrets)
    namespace.environment_variables, namespace.secrets = opened, hashes
    namespace.description = call.value("description", namespace.description)
    namespace.tags = call.value("tags", namespace.tags)
    namespace.updated_at = call.world.clock.tick()
    return is_other
