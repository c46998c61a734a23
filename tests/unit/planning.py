# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans for options as a task gives them."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Request, Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_present
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from unit import samples

OWNER = {"project_id": samples.PROJECT}


def plan(resource: Resource, said: dict[str, Any], current: dict[str, Any] | None = None) -> Plan:
    """The plan for options as a task gives them."""
    wanted = options.wanted(resource, said)
    if resource.prepare:
        wanted = resource.prepare(dict(wanted), current)
    return plan_present(resource, wanted, current, OWNER if resource.project_scoped else {})


def only(planned: Plan) -> Request:
    """The one request of a plan."""
    (request,) = planned.requests
    return request
