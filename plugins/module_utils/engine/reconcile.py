# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from beginning to end: find, plan, apply, wait, read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed, Task
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing


@dataclass(frozen=True)
class Outcome:
    """What the task did, or in check mode would do."""

    changed: bool
    diff: dict[str, Any]
    result: dict[str, Any]


def reconcile(task: Task, client: Client) -> Outcome:
    """Make the resource as the task wants it. Raises ScwError; its data tell what was done before it."""
    managed = Managed(task, client)
    current = managed.find_settled()
    wanted, plan = managed.plan(current)
    managed.verify(wanted, plan, current)
    diff: dict[str, Any] = {"before": plan.before, "after": plan.after}
    if plan.changed:
        label = managed.label(current, plan)
        diff.update(before_header=label, after_header=label)
    if not plan.changed:
        return Outcome(False, diff, managed.in_order(current))
    if task.check_mode:
        return Outcome(True, diff, plan.result)
    with managed.accounting(plan):
        managed.converge(current, plan)
        result = {} if managed.absent else managed.finish()
    if not managed.done:  # somebody else made the same change meanwhile
        return Outcome(False, {"before": {}, "after": {}}, result)
    return Outcome(True, diff, result)


def list_objects(
    resource: Resource, client: Client, params: Mapping[str, Any], warn: Callable[[str], None]
) -> list[Values]:
    """The objects that match an info task; an empty list where nothing does."""
    lookup = Lookup(resource, client, params, warn, predict=False)
    try:
        return lookup.all(options.filters(resource, params))
    except Missing as error:
        warn(str(error))
        return []
