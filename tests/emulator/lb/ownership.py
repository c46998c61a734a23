# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which project a new object goes to, and in whose name."""

from __future__ import annotations

from emulator.errors import invalid_argument
from emulator.lb.state import LbState
from emulator.operations import Call


def owner_of_new(state: LbState, call: Call, resource: str) -> tuple[str, str]:
    """Return project and organisation for a creation.

    A request that names only an organisation goes to its default project, which has the same identifier (recorded).
    Answers 400 when neither is given and 403 when the key may not write to the project.
    """
    organization: str = call.value("organization_id", state.world.identities.organization_id)
    project: str | None = call.value("project_id", call.value("organization_id"))
    if project is None:
        raise invalid_argument("project_id", "argument is required", "required")
    state.require_project(project, resource)
    return project, organization
