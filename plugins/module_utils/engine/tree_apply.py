# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out what is planned for the children of a task, in the order in which they need each other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Ref, as_list, references
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Call, Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent, whole
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed
from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_plan import (
    Above,
    Group,
    Member,
    TreePlanner,
    name_of,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import Outdated
from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError, at_place


class TreeWriter:
    """Writes the children of one task. ``done``: what was written, in words."""

    def __init__(self, planner: TreePlanner, done: list[str]) -> None:
        self.planner = planner
        self.siblings = planner.siblings
        self.done = done
        self._last: Managed | None = None  # whose errors are told, and whose waits are those of all
        self._new: set[str] = set()
        self._pending: list[tuple[Managed, str]] = []
        self._leaving: list[tuple[Managed, str]] = []

    @contextlib.contextmanager
    def accounting(self, planned: list[str], root: Managed | None = None) -> Iterator[None]:
        """Have every error tell what was done before it, and what was not."""
        try:
            yield
        except ScwError as error:
            left = [does for does in planned if does not in self.done]
            unsure = any(managed and managed.writing.unsure for managed in (root, self._last))
            error.account(self.done, left, unsure=unsure)
            raise

    def write(self, groups: list[Group], above: Above, root: Managed | None) -> None:
        """Write everything below a resource; nothing is busy before the first write, and after the last one.

        ``root``: the resource, where it belongs to the task.
        """
        if root and root.writing.created:
            root.writing.check_in_effect(above[root.resource.name])
            self._new.add(above[root.resource.name])
            for branch in self.planner.branches:
                self.siblings.keep(branch.resource, above[root.resource.name], [])
        elif root:
            root.writing.until_writable(above[root.resource.name])
        else:
            # Before the lists are read again, because what they show may change while this waits.
            any_of_them = self.planner.managed(groups[0].branch, {}, above, self.siblings)
            any_of_them.waiting.before_write(any_of_them.resource, None)
        self._apply(groups, above)
        if self._last and self._last.wait:
            for managed, own_id in self._pending:
                managed.writing.check_in_effect(own_id)
            for managed, own_id in self._leaving:
                managed.waiting.until_gone(managed.resource, own_id)
        if self._last and not root and self._last.wait:
            self._last.waiting.until_in_effect(self._last.resource)

    def _apply(self, groups: list[Group], above: Above) -> None:
        """Write what is planned. What is removed goes last, because others may use it until then, if not first."""
        for group in groups:
            if group.branch.goes_first:
                self._remove(group, above)
            self._write(group, above)
        for group in reversed(groups):
            if not group.branch.goes_first:
                self._remove(group, above)

    def _write(self, group: Group, above: Above) -> None:
        """Write children, each with what is below it; as they are now, for others may have changed them meanwhile."""
        resource = group.branch.resource
        parent_id = above[resource.parent.name] if resource.parent else ""
        call = resource.set_all
        # What is only removed needs no new look: it is found by its ID.
        stale = self._changes(group) if call else any(member.plan.changed for member in group.members)
        if stale and parent_id not in self._new:
            self.siblings.forget(resource, parent_id)
        if call and self._can_set(group, call, above):
            self._set_all(group, call, above)
            return
        for member in group.members:
            self._converge(member, above)
            self._apply(member.groups, {**above, resource.name: member.id})

    def _await(self, resource: Resource, wanted: Values) -> bool:
        """Wait for what a child refers to and was just written, as far as it settles by itself; whether any is."""
        pending = [
            (managed, own_id)
            for managed, own_id in self._pending
            for field in references(resource, managed.resource)
            if own_id in as_list(wanted.get(field.name))
        ]
        for managed, own_id in pending:
            managed.writing.check_in_effect(own_id)
            self._pending.remove((managed, own_id))
        return bool(pending)

    def _managed(self, member: Member, above: Above, siblings: Siblings) -> Managed:
        managed = self.planner.managed(member.branch, member.child.options, above, siblings, member.child.where)
        managed.writing.done = self.done
        self._last = managed
        return managed

    def _converge(self, member: Member, above: Above) -> None:
        """Write one child, planned anew: what it refers to has an ID by now."""
        resource = member.branch.resource
        if not member.plan.changed:
            return
        managed = self._managed(member, above, self.siblings)
        with at_place(member.child.where):
            current = managed.find()
            wanted, plan = managed.plan(current)
            if plan.changed and self._await(resource, wanted):
                managed.lookup.forget(resource)
                current = managed.find()
                wanted, plan = managed.plan(current)
            if plan.changed:
                managed.writing.converge(current, plan, settled=True)
        member.id = str(managed.lookup.own_id)
        parent_id = managed.lookup.places[resource.parent.name] if resource.parent else ""
        self.siblings.put(resource, parent_id, {**plan.result, "id": member.id})
        for old_id in managed.superseded:
            self.siblings.drop(resource, parent_id, old_id)
        for user in self.siblings.kinds if managed.superseded else ():
            if references(user, resource):
                self.siblings.forget(user, parent_id)
        if managed.writing.created:
            self._new.add(member.id)
            for branch in member.branch.branches:
                self.siblings.keep(branch.resource, member.id, [])
        if resource.settle:
            self._pending.append((managed, member.id))

    @staticmethod
    def _changes(group: Group) -> int:
        return sum(member.plan.changed for member in group.members) + len(group.surplus)

    def _can_set(self, group: Group, call: Call, above: Above) -> bool:
        """Whether to write the whole list: nobody else's element may be in it, or be lost with it."""
        resource = group.branch.resource
        fresh = resource.parent is not None and above[resource.parent.name] in self._new
        kind = self.planner.reader(resource, above, self.siblings).kind
        by_name = not any(member.child.options.get("id") for member in group.members)
        suitable = kind in call.kinds and (group.exact or fresh) and by_name
        return bool(suitable and group.members and self._changes(group) > 1)

    def _set_all(self, group: Group, call: Call, above: Above) -> None:
        resource = group.branch.resource
        names = ", ".join(member.key for member in group.members if member.plan.changed)
        does = f"set the {resource.plural_title} ({names or 'fewer'})"
        while True:
            elements = []
            for member in group.members:
                managed = self._managed(member, above, self.siblings)
                current = managed.find()
                wanted, _plan = managed.plan(current)
                elements.append(whole(resource, wanted, current))
            try:
                managed.writing.send(Request(call.method, call.path, {resource.items: elements}, does))
                break
            except Outdated:
                managed.lookup.forget(resource)
        self.done += [done for done in group.requests() if done not in self.done]
        managed.lookup.forget(resource)
        group.surplus = []

    def _remove(self, group: Group, above: Above) -> None:
        resource = group.branch.resource
        for obj in group.surplus:
            where = group.declaration.where
            managed = self.planner.managed(group.branch, {"state": "absent"}, above, self.siblings, where)
            managed.writing.done = self.done
            self._last = managed
            managed.lookup.own_id = obj["id"]
            with at_place(where):
                managed.writing.converge(obj, plan_absent(resource, obj), settled=True)
            if resource.settle:
                self._leaving.append((managed, obj["id"]))
            if resource.parent:
                self.siblings.drop(resource, above[resource.parent.name], obj["id"])

    # Reading back

    def read_back(self, groups: list[Group], above: Above) -> Values:
        """The children as the API shows them now, under their options; a warning for each that is not as wanted."""
        siblings = Siblings(self.siblings.kinds)
        siblings.elsewhere = self.siblings.elsewhere
        for group in groups:
            self._keep_if_untouched(group, above, siblings, alone=all(map(_only_changes_values, groups)))
        self._read_lists(groups, above, siblings)
        return self._found(groups, above, siblings)

    def _keep_if_untouched(self, group: Group, above: Above, siblings: Siblings, *, alone: bool) -> None:
        """Spare the look at a list in which nothing was written, where writes elsewhere cannot show in it.

        They show where what is around is embedded, and where links changed: what they lead to is in use since.
        """
        resource = group.branch.resource
        parent_id = above[resource.parent.name] if resource.parent else ""
        known = self.siblings.of(resource, parent_id)
        embeds = "." in resource.parent_path or bool(group.branch.branches)
        if alone and not embeds and not self._changes(group) and known is not None:
            siblings.keep(resource, parent_id, known)

    def _found(self, groups: list[Group], above: Above, siblings: Siblings) -> Values:
        return {
            group.branch.option: [self._member_found(member, above, siblings) for member in group.members]
            for group in groups
        }

    def _read_lists(self, groups: list[Group], above: Above, siblings: Siblings) -> None:
        self.planner.read_lists([(group.branch.resource, above) for group in groups], siblings)
        below = [
            (sub.branch.resource, {**above, group.branch.resource.name: member.id})
            for group in groups
            for member in group.members
            for sub in member.groups
        ]
        if below:
            self.planner.read_lists(below, siblings)

    def _member_found(self, member: Member, above: Above, siblings: Siblings) -> Values:
        managed = self._managed(member, above, siblings)
        resource = member.branch.resource
        parent_id = above[resource.parent.name] if resource.parent else ""
        # By its ID, because another one of the same name may have appeared; a call that writes all gives new IDs.
        obj = siblings.find(resource, parent_id, member.id) or managed.find()
        if obj is None:
            self.planner.task.warn(f"{member.branch.resource.label(None, managed.said)} was written, but is not there.")
            return {}
        wanted = managed.lookup.resolve(managed.said)
        if member.id in self._new:
            namesakes = managed.lookup.namesakes(wanted)
            managed.writing.check_alone(obj, namesakes)
            # What refers to it by name means this one, and not that of somebody who created the same later.
            for other in namesakes:
                if other["id"] != member.id:
                    siblings.drop(resource, parent_id, other["id"])
        managed.writing.compare(wanted, obj)
        obj = managed.in_order(obj)
        below = {**above, member.branch.resource.name: member.id}
        return {**obj, **self._found(member.groups, below, siblings)}


def _only_changes_values(group: Group) -> bool:
    """Whether what is written to these children neither makes nor removes one, nor changes what one refers to."""
    resource = group.branch.resource
    refs = {field.name for field in resource.fields if isinstance(field, Ref)}
    return not group.surplus and all(
        member.plan.action in ("nothing", "update") and not refs & {*member.plan.before, *member.plan.after}
        for member in group.members
    )


def differences(groups: list[Group]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of everything that is planned, by option and name; with more where a name is there twice."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for group in groups:
        old: dict[str, Any] = {}
        new: dict[str, Any] = {}
        for member in group.members:
            below_before, below_after = differences(member.groups)
            if not (member.plan.changed or below_before or below_after):
                continue
            place = member.current["id"] if member.current else member.child.where.rstrip(".")
            key = member.key if member.key not in new else f"{member.key} ({place})"
            new[key] = {**member.plan.after, **below_after}
            if member.plan.action != "create":
                old[key] = {**member.plan.before, **below_before}
        for obj in group.surplus:
            name = name_of(group.branch.resource, obj)
            key = name if name not in old and name not in new else f"{name} ({obj['id']})"
            old[key] = plan_absent(group.branch.resource, obj).before
        before.update({group.branch.option: old} if old else {})
        after.update({group.branch.option: new} if new else {})
    return before, after


def counts(groups: list[Group], current: Values | None) -> Values:
    """How many children there will be, as their parent tells it."""
    numbers: Values = {}
    for group in groups:
        created = sum(member.plan.action == "create" for member in group.members)
        present = (current or {}).get(group.branch.counted_by) or 0
        if group.branch.counted_by and (created or group.surplus):
            numbers[group.branch.counted_by] = present + created - len(group.surplus)
    return numbers


def predicted(groups: list[Group]) -> Values:
    """The children as they will be, under their options."""
    return {
        group.branch.option: [{**member.plan.result, **predicted(member.groups)} for member in group.members]
        for group in groups
    }
