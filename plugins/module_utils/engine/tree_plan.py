# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The children that a task gives inline, planned together before the first write.

Every child is a resource like that of its own module. What differs is what they share: lists are read once, references
find what the task is going to create, and nothing is waited for or read back between two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import held_ids, references
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.description.tree import (
    Branch,
    Child,
    Declaration,
    Place,
    Review,
    declared,
    kinds,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed, Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import Reader
from ansible_collections.scw.cloud.plugins.module_utils.engine.rotation import swapped
from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings
from ansible_collections.scw.cloud.plugins.module_utils.engine.verification import verify_known
from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import told
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused, at_place
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field, replace
from ansible_collections.scw.cloud.plugins.module_utils.values import foreseen_id, is_unknown, read_path, write_path

Above = Mapping[str, str]
"""IDs of everything around a child, by the name of its resource."""


@dataclass
class Member:
    """One declared child: its options, what is there, and what has to be done."""

    branch: Branch
    child: Child
    current: Values | None
    plan: Plan
    id: str
    superseded: tuple[str, ...] = ()
    groups: list[Group] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the diff calls it."""
        return name_of(self.branch.resource, self.current or self.plan.result)


@dataclass
class Group:
    """The children of one kind in one place. ``exact``: the others of that kind (``surplus``) are to be removed."""

    declaration: Declaration
    exact: bool
    members: list[Member]
    surplus: list[Values]

    @property
    def branch(self) -> Branch:
        """What they are children of, and how."""
        return self.declaration.branch

    def requests(self) -> Iterator[str]:
        """What is going to be done, in words."""
        for member in self.members:
            yield from (told(request.does, member.child.where) for request in member.plan.requests)
            for group in member.groups:
                yield from group.requests()
        for obj in self.surplus:
            requests = plan_absent(self.branch.resource, obj).requests
            yield from (told(request.does, self.declaration.where) for request in requests)


class TreePlanner:
    """Plans the children of one task."""

    def __init__(self, task: Task, branches: tuple[Branch, ...], client: Client) -> None:
        self.task = task
        self.branches = branches
        self.said = declared(branches, task.params)
        self.client = client
        self.siblings = Siblings(kinds(branches))
        self.foreseen = self.siblings
        self._numbers = 0
        self._common = {key: task.params.get(key) for key in ("zone", "region", "wait")}

    def next_id(self) -> str:
        """A stand-in for the ID of what is still to be created."""
        self._numbers += 1
        return foreseen_id(self._numbers)

    def plan(self, above: Above) -> list[Group]:
        """What to do with all that the task declares below a resource. Raises ScwError before anything is written."""
        self._read([(declaration, above) for declaration in self.said], self.siblings)
        self.foreseen = self.siblings.copy()
        groups = self._groups(self.said, above)
        self._refuse_used(groups, above)
        return groups

    def review(self, review: Review, groups: Iterable[Group], above: Above) -> None:
        """Have the tree refuse what the declared children would be together. Raises InvalidOption."""
        ids = {group.branch.option: [member.id for member in group.members] for group in groups}
        review(self.task.params, ids, lambda kind: self.reader(kind, above, self.foreseen).children(kind))

    def check_in_order(self, groups: Iterable[Group], above: Above) -> None:
        """Raise Failed if the API gave up on a declared child about which nothing is to be done."""
        for group in groups:
            resource = group.branch.resource
            for member in group.members:
                if resource.settle:
                    with at_place(member.child.where):
                        self.managed(group.branch, {}, above, self.siblings).in_order(member.current)
                self.check_in_order(member.groups, {**above, resource.name: member.id})

    def managed(self, branch: Branch, options: Values, above: Above, siblings: Siblings, where: str = "") -> Managed:
        """A child as a task of its own."""
        params = {"state": "present", **self._common, **options, **above}
        task = replace(self.task, resource=branch.resource, params=params, beside=self.siblings.kinds)
        managed = Managed(task, self.client, siblings, where)
        managed.lookup.places.update(above)
        return managed

    def reader(self, resource: Resource, above: Above, siblings: Siblings) -> Reader:
        """What lists the children of one place."""
        reader = Reader(resource, self.client, self.task.params, siblings)
        reader.places.update(above)
        return reader

    # Reading

    def _read(self, said: list[tuple[Declaration, Above]], siblings: Siblings) -> None:
        """Read the lists that are needed, side by side; then those of the children found in them."""
        self.read_lists([(declaration.branch.resource, above) for declaration, above in said], siblings)
        below: list[tuple[Declaration, Above]] = [
            (nested, {**above, declaration.branch.resource.name: obj["id"]})
            for declaration, above in said
            for child in declaration.children
            if child.below
            for obj in siblings.of(declaration.branch.resource, _nearest(declaration.branch, above)) or ()
            if _is_about(declaration.branch.resource, child.options, obj)
            for nested in child.below
        ]
        if below:
            self._read(below, siblings)

    def read_lists(self, wanted: Iterable[tuple[Resource, Above]], siblings: Siblings) -> None:
        """Read lists side by side; one for all places of a kind where the API does not ask for the place."""
        places: dict[str, list[tuple[Resource, Above]]] = {}
        for resource, above in wanted:
            if not is_unknown(above[resource.parent.name] if resource.parent else ""):
                alone = resource.name if resource.parent_key else f"{resource.name} {above}"
                places.setdefault(alone, []).append((resource, above))

        def read(together: list[tuple[Resource, Above]]) -> None:
            resource, above = together[0]
            reader = self.reader(resource, above, siblings)
            if len(together) == 1 or resource.parent is None:
                reader.children(resource)
                return
            found = reader.everywhere(resource)
            for _resource, place in together:
                parent_id = place[resource.parent.name]
                siblings.keep(
                    resource, parent_id, [o for o in found if resource.parent_id(o, resource.parent) == parent_id]
                )

        self.client.side_by_side(read, list(places.values()))

    # Planning

    def _groups(self, said: Iterable[Declaration], above: Above) -> list[Group]:
        return [self._group(declaration, above) for declaration in said]

    def _group(self, declaration: Declaration, above: Above) -> Group:
        branch = declaration.branch
        exact = declaration.listed and bool(self.task.params.get("purge"))
        members: dict[str, Member] = {}
        for child in self._arranged(declaration, above, exact):
            with at_place(child.where):
                member = self._member(branch, child, above, members)
            members[member.id] = member
            self._foresee(member, _nearest(branch, above))
        kept = {kept_id for member in members.values() for kept_id in (member.id, *member.superseded)}
        there = self.reader(branch.resource, above, self.siblings).children(branch.resource) if exact else []
        surplus = [obj for obj in there if obj["id"] not in kept and not branch.resource.is_leaving(obj)]
        return Group(declaration, exact, list(members.values()), surplus)

    def _arranged(self, declaration: Declaration, above: Above, exact: bool) -> list[Child]:
        """The declared children with the options that follow from their neighbours."""
        branch, children = declaration.branch, list(declaration.children)
        if not branch.arrange:
            return children
        there = self.reader(branch.resource, above, self.siblings).children(branch.resource)
        about = [
            next((obj for obj in there if _is_about(branch.resource, child.options, obj)), None) for child in children
        ]
        places = [Place(child.options, child.where, obj) for child, obj in zip(children, about, strict=True)]
        others = None if exact else [obj for obj in there if obj not in about]
        arranged = branch.arrange(places, others)
        return [replace(child, options=options) for child, options in zip(children, arranged, strict=True)]

    def _foresee(self, member: Member, parent_id: str) -> None:
        """Have the rest of the plan know what this child will be, and what takes the place of which."""
        resource = member.branch.resource
        self.foreseen.put(resource, parent_id, {**member.plan.result, "id": member.id})
        for old_id in member.superseded:
            self.foreseen.drop(resource, parent_id, old_id)
        for user in self.siblings.kinds if member.superseded else ():
            for ref in references(user, resource):
                for obj in self.foreseen.of(user, parent_id) or ():
                    moved = deepcopy(obj)
                    held = swapped(ref, ref.value(obj), member.superseded, member.id)
                    write_path(moved, str(ref.read or ref.name), held)
                    self.foreseen.put(user, parent_id, moved)

    def _member(self, branch: Branch, child: Child, above: Above, before: Mapping[str, Member]) -> Member:
        managed = self.managed(branch, child.options, above, self.foreseen, child.where)
        _refuse_twin(managed, child, before)
        current = managed.find_settled()
        wanted, plan = managed.plan(current)
        managed.verify(wanted, plan, current)
        verify_known(managed.lookup, wanted, current)
        member_id = current["id"] if current else managed.said.get(branch.resource.id_key) or self.next_id()
        if current is None:
            for below in branch.branches:
                self.foreseen.keep(below.resource, member_id, [])
        groups = self._groups(child.below, {**above, branch.resource.name: member_id})
        return Member(branch, child, current, plan, member_id, managed.superseded, groups)

    def _refuse_used(self, groups: list[Group], above: Above) -> None:
        """Refuse to remove what would still be in use by what stays."""
        removed = {obj["id"]: (resource, obj) for resource, obj in _removed(groups)}
        for target in {resource.name: resource for resource, _obj in removed.values()}.values():
            for user, obj in self._staying(self.branches, above, target, set(removed)):
                used = next((held for held in held_ids(user, target, obj) if held in removed), None)
                if used:
                    raise Refused(
                        f"purge would delete {target.label(removed[used][1])}, but {user.label(obj)} uses it. "
                        f"Declare it in {self._place(target)}, or have the {user.title} use another.",
                        options=["purge"],
                    )

    def _place(self, resource: Resource) -> str:
        """Where a task declares children of this kind, as far as that is at the top."""
        branch = next((branch for branch in self.branches if branch.resource is resource), None)
        return branch.place if branch else resource.plural

    def _staying(
        self, branches: tuple[Branch, ...], above: Above, target: Resource, removed: set[str]
    ) -> Iterator[tuple[Resource, Values]]:
        """All children, as they will be, that may refer to ``target``."""
        for branch in branches:
            if not any(references(kind, target) for kind in kinds([branch])):
                continue
            children = self.reader(branch.resource, above, self.foreseen).children(branch.resource)
            staying = [obj for obj in children if obj["id"] not in removed]
            yield from ((branch.resource, obj) for obj in staying)
            places = [{**above, branch.resource.name: obj["id"]} for obj in staying]
            self.read_lists(
                [
                    (below.resource, place)
                    for below in branch.branches
                    if references(below.resource, target)
                    for place in places
                    if self.foreseen.of(below.resource, place[branch.resource.name]) is None
                ],
                self.foreseen,
            )
            for place in places:
                yield from self._staying(branch.branches, place, target, removed)


def _refuse_twin(managed: Managed, child: Child, before: Mapping[str, Member]) -> None:
    """Refuse what ``before`` it was declared already; what is only foreseen must not be waited for."""
    found = managed.find()
    ids = (*managed.superseded, *([found["id"]] if found else []))
    twin = next((before[one] for one in ids if one in before), None)
    if twin:
        raise InvalidOption(child.where.rstrip("."), f"is {twin.key!r} again, like {twin.child.where.rstrip('.')}.")


def name_of(resource: Resource, obj: Mapping[str, Any]) -> str:
    """What identifies a resource among its siblings, as text."""
    found = next((value for names in resource.identity if (value := resource.value(names[0], obj))), None)
    if found is None:
        return str(obj.get("id")) if resource.identity else resource.title
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


def _named(resource: Resource, options: Mapping[str, Any]) -> str:
    """The same of options."""
    found = (read_path(options, alternative[0]) for alternative in resource.identity)
    return str(next((value for value in found if value), options.get("id") if resource.identity else resource.title))


def _removed(groups: Iterable[Group]) -> Iterator[tuple[Resource, Values]]:
    """Everything that is to be removed, at every depth."""
    for group in groups:
        yield from ((group.branch.resource, obj) for obj in group.surplus)
        for member in group.members:
            yield from _removed(member.groups)


def _nearest(branch: Branch, above: Above) -> str:
    return above[branch.resource.parent.name] if branch.resource.parent else ""


def _is_about(resource: Resource, options: Mapping[str, Any], obj: Values) -> bool:
    """Whether options name this object; good enough to know which lists will be needed."""
    named = _named(resource, options) == name_of(resource, obj)
    return bool(options.get("id") == obj["id"] if options.get("id") else named)
