# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task about several resources from beginning to end: a tree of them, or all children of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.description.tree import Branch, Layout, Tree
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed, Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from ansible_collections.scw.cloud.plugins.module_utils.engine.reconcile import Outcome, reconcile
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_apply import (
    TreeWriter,
    counts,
    differences,
    predicted,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_plan import Group, TreePlanner
from ansible_collections.scw.cloud.plugins.module_utils.records import replace
from ansible_collections.scw.cloud.plugins.module_utils.values import shown


def reconcile_tree(tree: Tree, task: Task, client: Client) -> Outcome:
    """Make a resource, and the children that the task declares inline, as the task wants them."""
    if task.params.get("state") == "absent":
        return _clear(tree, task, client) if tree.goes_last else reconcile(task, client)
    lists = tree.layout.lists(task.params) if tree.layout else {}
    planner = TreePlanner(replace(task, params={**task.params, **lists}), tree.branches, client)
    return _grow(tree, planner, client) if planner.said else reconcile(task, client)


def _grow(tree: Tree, planner: TreePlanner, client: Client) -> Outcome:
    """Make a resource, and children of it."""
    task = planner.task
    root = Managed(task, client)
    current = root.find_settled()
    wanted, plan = root.plan(current)
    root.verify(wanted, plan, current)
    if current:
        planner.siblings.meet(current)
    foreseen = {tree.resource.name: current["id"] if current else planner.next_id()}
    groups = planner.plan(foreseen)
    if tree.review:
        planner.review(tree.review, groups, foreseen)
    diff = _difference(plan, groups, root.label(current, plan), tree.layout)
    changed = bool(diff["before"] or diff["after"])
    foretold = _laid_out(predicted(groups), tree.layout)
    if current and not changed:
        planner.check_in_order(groups, {tree.resource.name: current["id"]})
        return Outcome(False, diff, {**root.in_order(current), **foretold})
    if task.check_mode:
        return shown_outcome(changed, diff, {**plan.result, **counts(groups, current), **foretold})
    final, found = _write(planner, root, plan, groups, current)
    return shown_outcome(bool(root.writing.done), diff, {**final, **_laid_out(found, tree.layout)})


def _write(
    planner: TreePlanner, root: Managed, plan: Plan, groups: list[Group], current: dict[str, Any] | None
) -> tuple[dict[str, Any], Values]:
    """Write what is planned; the resource as it is then, and the children."""
    planned = [request.does for request in plan.requests]
    writer = TreeWriter(planner, root.writing.done)
    with writer.accounting([*planned, *(does for group in groups for does in group.requests())], root):
        if plan.changed:
            root.writing.converge(current, plan)
        above = {root.resource.name: str(root.lookup.own_id)}
        writer.write(groups, above, root)
        final = root.writing.finish()
        return final, writer.read_back(groups, above)


def _clear(tree: Tree, task: Task, client: Client) -> Outcome:
    """Delete a resource after its children."""
    root = Managed(task, client)
    current = root.find_settled()
    _wanted, plan = root.plan(current)
    if current is None:
        return Outcome(False, {"before": {}, "after": {}}, {})
    everything: Values = {branch.option: [] for branch in tree.branches}
    planner = TreePlanner(replace(task, params={**task.params, **everything, "purge": True}), tree.branches, client)
    above = {tree.resource.name: current["id"]}
    groups = planner.plan(above)
    diff = _difference(plan, groups, root.label(current, plan), tree.layout)
    if task.check_mode:
        return shown_outcome(True, diff, {})
    writer = TreeWriter(planner, root.writing.done)
    planned = [*(does for group in groups for does in group.requests()), *(request.does for request in plan.requests)]
    with writer.accounting(planned, root):
        writer.write(groups, above, root)
        root.writing.converge(current, plan)
    return shown_outcome(bool(root.writing.done), diff, {})


def reconcile_children(branch: Branch, task: Task, client: Client) -> Outcome:
    """The same for the children of one kind alone, whose parent exists already."""
    planner = TreePlanner(task, (branch,), client)
    lookup = Lookup(branch.resource, client, task.params, task.warn, predict=task.check_mode, siblings=planner.siblings)
    lookup.place_parent(must_exist=True)
    lookup.check_parent()
    above = dict(lookup.places)
    groups = planner.plan(above)
    diff = _difference(None, groups, f"the {branch.resource.plural_title}")
    changed = bool(diff["before"] or diff["after"])
    if not changed:
        planner.check_in_order(groups, above)
        return Outcome(False, diff, predicted(groups))
    if task.check_mode:
        return shown_outcome(changed, diff, predicted(groups))
    writer = TreeWriter(planner, [])
    with writer.accounting([does for group in groups for does in group.requests()]):
        writer.write(groups, above, None)
        return shown_outcome(bool(writer.done), diff, writer.read_back(groups, above))


def _laid_out(found: Mapping[str, Any], layout: Layout | None) -> dict[str, Any]:
    """What is told of the children, under the options of the module."""
    return layout.shown(found) if layout else dict(found)


def _difference(plan: Plan | None, groups: list[Group], label: str, layout: Layout | None = None) -> dict[str, Any]:
    """One difference of everything: that of the resource itself, and below it what differs in its children."""
    before, after = (_laid_out(found, layout) for found in differences(groups))
    if plan:
        before, after = {**plan.before, **before}, {**plan.after, **after}
    diff: dict[str, Any] = {"before": before, "after": after}
    return {**diff, "before_header": label, "after_header": label} if before or after else diff


def shown_outcome(changed: bool, diff: dict[str, Any], result: Values) -> Outcome:
    """The outcome as users see it; without a change of ours there is no difference either."""
    return Outcome(changed, shown(diff) if changed else {"before": {}, "after": {}}, shown(result))
