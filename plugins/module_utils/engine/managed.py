# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One resource of a task: found, planned, written, and read back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.ownership import check_project, owner_of_new
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import (
    Plan,
    differences,
    fits,
    plan_absent,
    plan_foreseen,
    plan_present,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.sending import Outdated, Sender, is_change, told
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import tell_problems
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Conflict,
    InvalidOption,
    LostAnswer,
    MissingOption,
    ScwError,
)
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, replace
from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings

LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between the looks that follow a lost answer, before the request is sent again.

Together longer than the slowest creation (27 s, recorded: containers), which may still be under way.
"""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""


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


class Managed(Sender):
    """One resource of a task. ``where`` says where its options stand in the task, such as ``backends[0].``."""

    def __init__(self, task: Task, client: Client, siblings: Siblings | None = None, where: str = "") -> None:
        self.said = options.wanted(task.resource, task.params, where)
        predict = task.check_mode and task.params.get("state") != "absent"
        lookup = Lookup(task.resource, client, task.params, task.warn, predict=predict, siblings=siblings)
        super().__init__(task.resource, client, lookup, task.params)
        self.task = task
        self.wait = bool(task.params.get("wait"))
        self.done: list[str] = []
        self.created = False
        self._where = where
        self._rotates = bool(task.params.get(task.resource.rotation)) and not self.absent
        self._old: list[Values] = []
        self._planned: Plan | None = None
        self._wanted: Values = {}  # of the last plan

    # Finding

    def find(self) -> Values | None:
        """The resource, or None; one that is being deleted counts as gone, and is waited for."""
        if self._rotates:
            self.lookup.place(self.said)
            return self._choose()
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
        current = current and self._steady(current, wait=self.wait and not self.absent and not self.task.check_mode)
        if current and self._rotates and not fits(self.resource, {}, current):
            self.lookup.note(self.resource, current)
            return self._choose()
        return current

    def _steady(self, found: Values, *, wait: bool) -> Values | None:
        """What was found, once an earlier change is done; None if that was its end.

        Without ``wait`` only where its status does not tell whether it comes or goes.
        """
        settle = self.resource.settle
        if settle is None or not (wait or (settle.unclear and settle.is_busy(found))):
            return found
        try:
            return self.waiting.until_settled(self.resource, found)
        except ScwError as error:
            if self.resource.is_gone(error):
                self.lookup.own_id = None
                self.lookup.dismiss(self.resource, found["id"])
                return None
            raise

    def _choose(self) -> Values | None:
        """Of all resources of that name the one that can stay; another takes the place of the rest."""
        namesakes, wanted = self.lookup.namesakes(self.said), self.lookup.resolve(self.said)
        stays = next((obj for obj in namesakes if fits(self.resource, wanted, obj)), None)
        self._old = [obj for obj in namesakes if obj is not stays]
        self.lookup.own_id = stays["id"] if stays else None
        return stays

    # Planning

    def plan(self, current: Values | None) -> tuple[Values, Plan]:
        """What is wanted, with references resolved, and what has to be done."""
        if current:
            check_project(self.resource, current, self.task.params.get("project_id"))
        if self.absent:
            return {}, self._with_children(plan_absent(self.resource, current), current)
        wanted, plan = self._plan_present(current)
        self._wanted = wanted
        if not self._old:
            return wanted, plan
        # Imported here: few tasks rotate.
        from ansible_collections.scw.cloud.plugins.module_utils.engine.rotation import plan_rotation

        return wanted, plan_rotation(self.lookup, plan, self._old, current, self.task.beside)

    def _plan_present(self, current: Values | None) -> tuple[Values, Plan]:
        try:
            wanted = self.resource.prepare(dict(self.said), current) if self.resource.prepare else self.said
            wanted = self.lookup.resolve(wanted)
            owner = owner_of_new(self.lookup, self.said) if current is None else {}
            return wanted, plan_present(self.resource, wanted, current, owner)
        except (MissingOption, InvalidOption) as error:
            if current or not self._may_be_foreseen():
                raise
            self.task.warn(f"{error} This check assumes that an earlier task creates it with that.")
            wanted = self.lookup.resolve(self.said)
            return wanted, plan_foreseen(self.resource, wanted)

    def _may_be_foreseen(self) -> bool:
        """Whether in check mode an earlier task of the play may create the resource, for it creates what is around."""
        around = (*self.lookup.places.values(), self.task.params.get("id"))
        return self.lookup.predict and self.lookup.siblings is None and any(map(is_unknown, around))

    def _with_children(self, plan: Plan, current: Values | None) -> Plan:
        """The plan of a deletion with the names of what goes along."""
        if current is None:
            return plan
        self.lookup.places[self.resource.name] = current["id"]
        before = dict(plan.before)
        for kind in self.resource.takes_along():
            names = [kind.label(child) for child in self.lookup.children(kind)]
            before.update({kind.plural: names} if names else {})
        return replace(plan, before=before)

    def verify(self, wanted: Values, plan: Plan, current: Values | None) -> None:
        """Refuse what cannot be meant, before anything is written."""
        if plan.changed and not self.absent:
            # Imported here, and so is all that a task with nothing to do can do without: in a process of its own a
            # module compiles what it imports, every time.
            from ansible_collections.scw.cloud.plugins.module_utils.engine.verification import verify

            verify(self.lookup, wanted, plan.after, current)

    def label(self, current: Values | None, plan: Plan) -> str:
        """The header of the diff, with what a delete is told to take along."""
        label = self.resource.label(current, self.said)
        given = [field.name for field in self.resource.delete_options if self.task.params.get(field.name)]
        return f"{label} with {', '.join(given)}" if plan.action == "delete" and given else label

    # Writing

    @property
    def superseded(self) -> tuple[str, ...]:
        """IDs of those whose place this resource takes."""
        return tuple(obj["id"] for obj in self._old)

    @contextlib.contextmanager
    def accounting(self, plan: Plan) -> Iterator[None]:
        """Have every error tell what was done before it, and what was not."""
        try:
            yield
        except ScwError as error:
            error.account(self.done, self._undone(self._planned or plan), unsure=self.unsure)
            raise

    def converge(self, current: Values | None, plan: Plan, *, settled: bool = False) -> None:
        """Apply the plan; after a lost answer, or a wait, look again, plan again, and do only what is left.

        ``settled``: nothing needs to be waited for before the first write.
        """
        attempt = 0
        while True:
            self._planned = planned = plan
            try:
                self._apply(plan, current, settled)
                return
            except Outdated as error:
                current = self._look_again(error, current)
                plan = self._plan_again(planned, current, maybe_done=error.sent_before)
                settled = True
            except (LostAnswer, Conflict) as error:
                attempt += 1
                current = self._look_again(error, current)
                plan = self._plan_again(planned, current, maybe_done=isinstance(error, LostAnswer))
                adopted = planned.action == "create" and current is not None
                final = isinstance(error, Conflict) or error.data.get("status") == 500
                if plan.changed and (attempt == TRIES or (final and not adopted)):
                    raise
            if not plan.changed:
                return

    def _plan_again(self, planned: Plan, current: Values | None, *, maybe_done: bool) -> Plan:
        """What is left to do. ``maybe_done``: what is not left any more counts as done by this task."""
        _wanted, plan = self.plan(current)
        if maybe_done:
            left = [self._told(request) for request in plan.requests]
            self.done += [does for does in self._undone(planned) if does not in left]
        self.unsure = False
        return plan

    def _undone(self, plan: Plan) -> list[str]:
        told = (self._told(request) for request in plan.requests)
        return [does for does in told if does not in self.done]

    def _told(self, request: Request) -> str:
        """What a request does, and for which of the options."""
        return told(request.does, self._where)

    def _apply(self, plan: Plan, current: Values | None, settled: bool) -> None:
        own_id = current["id"] if current else self.lookup.id_of_new(self.said)
        if plan.action == "rotate":
            made = self._send_all(plan.requests[: plan.makes], own_id, settled, new=current is None)
            self._old_go(str(made))
            return
        done = self._send_all(plan.requests, own_id, settled, new=current is None)
        if done and plan.action == "delete" and self.wait and not settled:
            self.waiting.until_gone(self.resource, done)

    def _send_all(self, requests: Sequence[Request], own_id: str | None, settled: bool, *, new: bool) -> str | None:
        """Send writes in turn; the ID of the resource, or None if it is gone meanwhile."""
        for request in requests:
            # The parts of one resource are taken in a row (recorded: lb/backend-health-check-port).
            first = request is requests[0]
            waits = not settled if first else self.resource.settle is not None
            waited = waits and self.settled(own_id)
            if waited is None:
                return None
            if waited and first and not new and is_change(request):
                raise Outdated
            if new and not first:
                self.check_in_effect(str(own_id))
            answer = self.send_one(request, own_id, ages=not new and is_change(request))
            if answer is None:
                continue
            own_id = own_id or answer.get("id")
            if not own_id:
                self.unsure = True
                raise LostAnswer(f"Could not {request.does}: the answer has no id.")
            self.lookup.own_id = own_id
            self.created = self.created or (first and new)
            self.done.append(self._told(request))
        return own_id

    def check_in_effect(self, own_id: str) -> None:
        """Wait until the resource has settled. Raises Failed if the API gives up on it."""
        if self.resource.settle:
            obj = self.waiting.until_settled(self.resource, self.lookup.get(self.resource, own_id))
            self.waiting.fail_if_failed(self.resource, obj)

    def _old_go(self, own_id: str) -> None:
        from ansible_collections.scw.cloud.plugins.module_utils.engine.rotation import move_users

        move_users(self, self._old, own_id)

    def send(self, request: Request, own_id: str | None = None) -> bool:
        """Send one write that is about siblings of this resource; False if somebody else did it already.

        Raises Outdated instead of sending it again after a wait.
        """
        return self.send_one(request, own_id, ages=is_change(request)) is not None

    def send_counted(self, requests: Sequence[Request], own_id: str) -> None:
        """The same for several, which are told as done."""
        for request in requests:
            if self.send(request, own_id):
                self.done.append(self._told(request))

    def expect(self, plan: Plan) -> None:
        """From now on, errors tell what is not done of this plan."""
        self._planned = plan

    def _look_again(self, error: LostAnswer | Conflict | Outdated, current: Values | None) -> Values | None:
        """The resource as it is after a request with unknown effect. A create is given time to show."""
        for pause in LOOKS if isinstance(error, LostAnswer) else (0.0,):
            self.client.deadline.pause(pause, str(error))
            found = self._refreshed(current)
            if found:
                self.lookup.own_id = found["id"]
                return self._steady(found, wait=not self.absent)
            if self.absent:
                return None
        return None

    def _refreshed(self, current: Values | None) -> Values | None:
        if self._rotates:
            self.lookup.forget(self.resource)
            return self._choose()
        found = self.lookup.refresh(self.said, current)
        if found or current is None or self.absent:
            return found
        # Another one may have taken its place: calls that replace all siblings give new IDs. An ID never creates.
        self.lookup.forget(self.resource)
        return self.lookup.find(self.said, must_exist=True)

    # Reading back

    def in_order(self, current: Values | None) -> Values:
        """What a task returns that has nothing to do. Raises Failed if the API gave up on the resource."""
        if current and self.resource.settle and self.wait:
            self.waiting.fail_if_failed(self.resource, current)
        if current and self.wait:
            self._tell_problems(current)
        return current or {}

    def _tell_problems(self, current: Values) -> None:
        """Look at the problems of what is in order; of what is around it, only for a task that fails for them."""
        root = self.resource.root
        if root is not self.resource:
            problems = root.problems
            if problems is None or self.task.params.get(problems.option) != "fail":
                return
            current = self.lookup.get(root, self.lookup.root_id())
        tell_problems(root, current, self.task.params, self.task.warn)

    def finish(self) -> Values:
        """Wait until the change is in effect, read the resource back and compare it with what was wanted."""
        own_id = str(self.lookup.own_id)
        new = self.created and not self._rotates
        final = self.waiting.after_write(self.resource, own_id, wait=self.wait, read=self._read_new if new else None)
        if not (self.resource.settle and self.resource.settle.is_busy(final)):
            self.compare(self._wanted, final)
        if self.wait:
            tell_problems(self.resource.root, self.waiting.effect or final, self.task.params, self.task.warn)
        return final

    def _read_new(self, resource: Resource, own_id: str) -> Values:
        """What was created, read together with what others may have created at the same time."""
        self.lookup.forget(resource)
        namesakes = self.lookup.namesakes(self._wanted)
        own = next((obj for obj in namesakes if obj["id"] == own_id), None) or self.lookup.get(resource, own_id)
        self.check_alone(own, namesakes)
        return own

    def check_alone(self, own: Values, namesakes: Sequence[Values]) -> None:
        """Raise Ambiguous if somebody else created the same just before this task did."""
        others = [obj for obj in namesakes if obj["id"] != own["id"]]
        if others:
            from ansible_collections.scw.cloud.plugins.module_utils.engine.rivals import check_rivals

            check_rivals(self.resource, own, others, self.task.warn)

    def compare(self, wanted: Values, final: Values) -> None:
        """Warn of what the API did not keep as it was sent."""
        expected = self.resource.prepare(wanted, final) if self.resource.prepare else wanted
        for name in differences(self.resource, expected, final):
            self.task.warn(f"{self.resource.label(final)}: the API did not keep {name} as it was sent.")
