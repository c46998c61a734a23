# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from beginning to end: find, plan, apply, wait, read back."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed, Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import concealed
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, replace


@dataclass(frozen=True)
class Outcome:
    """What the task did, or in check mode would do."""

    changed: bool
    diff: dict[str, Any]
    result: dict[str, Any]


def reconcile(task: Task, client: Client) -> Outcome:
    """Make the resource as the task wants it. Raises ScwError; its data tell what was done before it."""
    outcome = _reconcile(task, client)
    return replace(outcome, result=concealed(task.resource.fields, outcome.result))


def _reconcile(task: Task, client: Client) -> Outcome:
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
    writing = managed.writing
    with writing.accounting(plan):
        writing.converge(current, plan)
        result = {} if managed.absent else writing.finish()
    if not writing.done:  # somebody else made the same change meanwhile
        return Outcome(False, {"before": {}, "after": {}}, result)
    return Outcome(True, diff, result)
