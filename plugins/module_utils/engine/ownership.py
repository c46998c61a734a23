# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a resource belongs to: the parent or the project that a create names, and that no task may contradict."""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.errors import MissingOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


def owner_of_new(lookup: Lookup, said: Mapping[str, object]) -> dict[str, str]:
    """What a create adds to its body. Raises MissingOption."""
    resource, settings = lookup.resource, lookup.client.settings
    if not resource.project_scoped:
        # Not known in check mode, if an earlier task creates it and only its ID is given.
        parent_id = lookup.places.get(resource.parent.name, UNKNOWN) if resource.parent else UNKNOWN
        return {resource.parent_key: parent_id} if resource.parent_key else {}
    if settings.project_id:
        return {"project_id": settings.project_id}
    if settings.organization_id:
        # The default project of an organization has the ID of the organization (recorded).
        return {"organization_id" if resource.takes_organization else "project_id": settings.organization_id}
    raise MissingOption(
        f"To create {resource.label(None, said)}, its project is needed: "
        "set project_id, SCW_DEFAULT_PROJECT_ID or default_project_id in the profile."
    )


def check_project(resource: Resource, current: Values, project_id: str | None) -> None:
    """Refuse a task that names another project than that of the resource; ``project_id`` as the task gives it."""
    actual = current.get("project_id") if resource.project_scoped else None
    if project_id and actual not in (None, project_id.lower()):
        raise Refused(
            f"{resource.label(current)} belongs to project {actual}, not to {project_id}. "
            "A resource cannot change its project."
        )
