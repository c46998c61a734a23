# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One resource of a task: found, and planned. What is done about it then is in ``writing``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.ownership import check_project, owner_of_new
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan, differing, unchanged
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingOption, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, replace
from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings
    from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
    from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import Writing


@dataclass(frozen=True)
class Task:
    """What the user asked for: options as given (None for unset), and how the task runs.

    ``beside``: resources of the same parent that may refer to this one, for when another one takes its place.
    """

    resource: Resource
    params: Mapping[str, Any]
    check_mode: bool
    warn: Callable[[str], None]
    beside: tuple[Resource, ...] = ()


class Managed:
    """One resource of a task, which is ``absent`` if it is to be deleted.

    ``where`` says where its options stand in the task, such as ``backends[0].``. What a task with nothing to do can do
    without is imported where it is used: in a process of its own a module compiles what it imports, every time.
    """

    def __init__(self, task: Task, client: Client, siblings: Siblings | None = None, where: str = "") -> None:
        self.task = task
        self.resource = task.resource
        self.client = client
        self.where = where
        self.said = options.wanted(task.resource, task.params, where)
        self.wanted: Values = {}  # of the last plan, with references resolved
        self.absent = task.params.get("state") == "absent"
        predict = task.check_mode and not self.absent
        self.lookup = Lookup(task.resource, client, task.params, task.warn, predict=predict, siblings=siblings)
        self.wait = bool(task.params.get("wait"))
        self.rotates = bool(task.params.get(task.resource.rotation)) and not self.absent
        self.old: list[Values] = []  # those whose place this resource takes
        self._waiting: Waiting | None = None
        self._writing: Writing | None = None

    @property
    def waiting(self) -> Waiting:
        """Its waits."""
        if self._waiting is None:
            from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting

            self._waiting = Waiting(self.client, self.lookup)
        return self._waiting

    @property
    def writing(self) -> Writing:
        """Its writes."""
        if self._writing is None:
            from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import Writing

            self._writing = Writing(self)
        return self._writing

    @property
    def superseded(self) -> tuple[str, ...]:
        """IDs of those whose place this resource takes."""
        return tuple(obj["id"] for obj in self.old)

    # Finding

    def find(self) -> Values | None:
        """The resource, or None; one that is being deleted counts as gone, and is waited for."""
        if self.rotates:
            self.lookup.place(self.said)
            return self.choose()
        found = self.lookup.find(self.said, must_exist=not self.absent)
        if found is None or not self.resource.is_leaving(found):
            return found
        if not self.task.check_mode and (self.wait or not self.absent):
            self.waiting.until_gone(self.resource, found["id"])
        self.lookup.own_id = None
        return None

    def find_settled(self) -> Values | None:
        """The same, once an earlier change is done, because only then it shows what is."""
        current = self.find()
        current = current and self.steady(current, wait=self.wait and not self.absent and not self.task.check_mode)
        if current and self.rotates and self.resource.settle and self.resource.settle.is_failed(current):
            self.lookup.note(self.resource, current)
            return self.choose()
        return current

    def steady(self, found: Values, *, wait: bool) -> Values | None:
        """What was found, once an earlier change is done; None if that was its end.

        Without ``wait`` only where its status does not tell whether it comes or goes.
        """
        settle = self.resource.settle
        if settle is None:
            return found
        busy = settle.is_busy(found)
        ahead = bool(self.lookup.answers)  # an answer to a write may tell of a change that does not show yet
        if not (busy and settle.unclear) and not (wait and (busy or ahead)):
            return found
        try:
            return self.waiting.until_settled(self.resource, found)
        except ScwError as error:
            if self.resource.is_gone(error):
                self.lookup.own_id = None
                self.lookup.dismiss(self.resource, found["id"])
                return None
            raise

    def choose(self) -> Values | None:
        """Of all resources of that name the one that can stay; another takes the place of the rest."""
        from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import fits

        namesakes, wanted = self.lookup.namesakes(self.said), self.lookup.resolve(self.said)
        stays = next((obj for obj in namesakes if fits(self.resource, wanted, obj)), None)
        self.old = [obj for obj in namesakes if obj is not stays]
        self.lookup.own_id = stays["id"] if stays else None
        return stays

    # Planning

    def plan(self, current: Values | None) -> tuple[Values, Plan]:
        """What is wanted, with references resolved, and what has to be done."""
        if current:
            check_project(self.resource, current, self.task.params.get("project_id"))
        if self.absent:
            return {}, self._plan_absent(current) if current else unchanged({})
        self.wanted, plan = self._plan_present(current)
        if not self.old:
            return self.wanted, plan
        from ansible_collections.scw.cloud.plugins.module_utils.engine.rotation import plan_rotation

        return self.wanted, plan_rotation(self.lookup, plan, self.old, current, self.task.beside)

    def _plan_present(self, current: Values | None) -> tuple[Values, Plan]:
        try:
            wanted = self.resource.prepare(dict(self.said), current) if self.resource.prepare else self.said
            wanted = self.lookup.resolve(wanted)
            return wanted, self._plan_wanted(wanted, current)
        except (MissingOption, InvalidOption) as error:
            if current or not self._may_be_foreseen():
                raise
            from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_foreseen

            self.task.warn(f"{error} This check assumes that an earlier task creates it with that.")
            wanted = self.lookup.resolve(self.said)
            return wanted, plan_foreseen(self.resource, wanted)

    def _plan_wanted(self, wanted: Values, current: Values | None) -> Plan:
        changed = differing(self.resource, wanted, current) if current is not None else []
        if current is not None and not changed:
            return unchanged(current)
        from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_create, plan_update

        if current is None:
            return plan_create(self.resource, wanted, owner_of_new(self.lookup, self.said))
        return plan_update(self.resource, wanted, current, changed)

    def _may_be_foreseen(self) -> bool:
        """Whether in check mode an earlier task of the play may create the resource, for it creates what is around."""
        around = (*self.lookup.places.values(), self.task.params.get("id"))
        return self.lookup.predict and self.lookup.siblings is None and any(map(is_unknown, around))

    def _plan_absent(self, current: Values) -> Plan:
        """The plan of a deletion, with the names of what goes along."""
        from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent

        plan = plan_absent(self.resource, current)
        self.lookup.places[self.resource.name] = current["id"]
        before = dict(plan.before)
        for kind in self.resource.takes_along():
            names = [kind.label(child) for child in self.lookup.children(kind)]
            before.update({kind.plural: names} if names else {})
        return replace(plan, before=before)

    def verify(self, wanted: Values, plan: Plan, current: Values | None) -> None:
        """Refuse what cannot be meant, before anything is written."""
        if plan.changed and not self.absent:
            from ansible_collections.scw.cloud.plugins.module_utils.engine.verification import verify

            verify(self.lookup, wanted, plan.after, current)

    def label(self, current: Values | None, plan: Plan) -> str:
        """The header of the diff, with what a delete is told to take along."""
        label = self.resource.label(current, self.said)
        given = [field.name for field in self.resource.delete_options if self.task.params.get(field.name)]
        return f"{label} with {', '.join(given)}" if plan.action == "delete" and given else label

    # Nothing to do

    def in_order(self, current: Values | None) -> Values:
        """What a task returns that has nothing to do. Raises Failed if the API gave up on the resource."""
        settle = self.resource.settle
        if current and settle and self.wait and settle.is_failed(current):
            self.waiting.fail_if_failed(self.resource, current)
        if current and self.wait:
            self._tell_problems(current)
        return current or {}

    def _tell_problems(self, current: Values) -> None:
        """Look at the problems of what is in order; of what is around it, only for a task that fails for them."""
        root = self.resource.root
        problems = root.problems
        if problems is None:
            return
        if root is not self.resource:
            if self.task.params.get(problems.option) != "fail":
                return
            current = self.lookup.get(root, self.lookup.root_id())
        from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import tell_problems

        tell_problems(root, current, self.task.params, self.task.warn)
