# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing what a task planned about a resource, each write when nothing is busy any more, and none that may be outdated
by then; and reading back what came of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import SELF, Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan, differences
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import tell_problems
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Conflict,
    Forbidden,
    LostAnswer,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed

LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between the looks that follow a lost answer, before the request is sent again.

Together longer than the slowest creation (27 s, recorded: containers), which may still be under way.
"""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""


class Outdated(Exception):
    """A change had to wait, so what was planned may not fit any more what is there."""

    def __init__(self) -> None:
        super().__init__("The resource was busy.")


class Writing:
    """The writes about one resource of a task, in words as ``done``.

    ``created``: whether they made it. ``unsure``: whether one was sent whose effect is not known yet.
    """

    def __init__(self, managed: Managed) -> None:
        self.managed = managed
        self.resource = managed.resource
        self.client = managed.client
        self.lookup = managed.lookup
        self.waiting = managed.waiting
        self.done: list[str] = []
        self.created = False
        self.unsure = False
        self._planned: Plan | None = None

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
                plan = self._plan_again(planned, current, maybe_done=self.unsure)
                settled = True
            except (LostAnswer, Conflict) as error:
                attempt, before = attempt + 1, len(self.done)
                current = self._look_again(error, current)
                maybe_done = self.unsure or isinstance(error, LostAnswer)
                plan = self._plan_again(planned, current, maybe_done=maybe_done)
                took_effect = len(self.done) > before or (planned.action == "create" and current is not None)
                final = isinstance(error, Conflict) or error.data.get("status") == 500
                if plan.changed and (attempt == TRIES or (final and not took_effect)):
                    raise
            if not plan.changed:
                return

    def _plan_again(self, planned: Plan, current: Values | None, *, maybe_done: bool) -> Plan:
        """What is left to do. ``maybe_done``: what is not left any more counts as done by this task."""
        _wanted, plan = self.managed.plan(current)
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
        return told(request.does, self.managed.where)

    def _apply(self, plan: Plan, current: Values | None, settled: bool) -> None:
        own_id = current["id"] if current else self.lookup.id_of_new(self.managed.said)
        if plan.action == "rotate":
            made = self._send_all(plan.requests[: plan.makes], own_id, settled, new=current is None)
            self._old_go(str(made))
            return
        done = self._send_all(plan.requests, own_id, settled, new=current is None)
        if done and plan.action == "delete" and self.managed.wait and not settled:
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

        move_users(self, self.managed.old, own_id)

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
                return self.managed.steady(found, wait=not self.managed.absent)
            if self.managed.absent:
                return None
        return None

    def _refreshed(self, current: Values | None) -> Values | None:
        if self.managed.rotates:
            self.lookup.forget(self.resource)
            return self.managed.choose()
        found = self.lookup.refresh(self.managed.said, current)
        if found or current is None or self.managed.absent:
            return found
        # Another one may have taken its place: calls that replace all siblings give new IDs. An ID never creates.
        self.lookup.forget(self.resource)
        return self.lookup.find(self.managed.said, must_exist=True)

    # Sending

    def until_writable(self, own_id: str) -> None:
        """Wait until the resource takes a write that is not part of its plan."""
        self.waiting.before_write(self.resource, own_id)

    def settled(self, own_id: str | None, busy: Transient | None = None) -> bool | None:
        """Wait until a write can be sent, after a refusal too; whether that took any time.

        None if the resource to delete is gone meanwhile.
        """
        try:
            if busy:
                self.waiting.out(self.resource, own_id, busy)
                return True
            return self.waiting.before_write(self.resource, own_id)
        except ScwError as error:
            if self.managed.absent and self._is_gone(error, own_id):
                return None
            raise

    def send_one(self, request: Request, own_id: str | None, *, ages: bool) -> Values | None:
        """Send one write; while the API says that something is busy, wait for it and repeat.

        None if somebody else did it already: what was to be deleted is gone. ``ages``: after a wait, raise Outdated.
        """
        path = self.lookup.path(request.path, resource_id=own_id or UNKNOWN)
        body = _with_own_id(request.body, own_id)
        if self.lookup.kind in request.id_key:
            body = {request.id_key[self.lookup.kind]: own_id, **body}
        query = options.delete_query(self.resource, self.managed.task.params) if request.method == "DELETE" else None
        while True:
            try:
                answer = self.client.call(request.method, path, doing=request.does, query=query, body=body)
            except Transient as busy:
                self.unsure = self.unsure or busy.sent_before
                if self.settled(own_id, busy) is None:
                    return self._gone()
                if ages:
                    raise Outdated from None
            except ScwError as error:
                error.advise(self.resource.advice)
                self.unsure = self.unsure or error.sent_before or isinstance(error, LostAnswer)
                if not is_change(request) and self._is_gone(error, own_id):
                    return self._gone()
                raise
            else:
                self.unsure = False
                self.lookup.answers[str(own_id or answer.get("id"))] = answer
                return answer

    def _gone(self) -> Values | None:
        """The answer to a deletion of what is gone: None unless one that was sent before may have done it."""
        ours, self.unsure = self.unsure, False
        return {} if ours else None

    def _is_gone(self, error: ScwError, own_id: str | None) -> bool:
        """Whether what is refused when something is to be deleted means that there is nothing to delete.

        Where the API answers 403 for what does not exist, that alone does not say it: what can be read is still there.
        """
        if not self.resource.is_gone(error) or not isinstance(error, Forbidden):
            return self.resource.is_gone(error)
        try:
            self.lookup.get(self.resource, own_id or UNKNOWN)
        except ScwError as now:
            return self.resource.is_gone(now)
        return False

    # Reading back

    def finish(self) -> Values:
        """Wait until the change is in effect, read the resource back and compare it with what was wanted."""
        own_id = str(self.lookup.own_id)
        new = self.created and not self.managed.rotates
        read = self._read_new if new else None
        final = self.waiting.after_write(self.resource, own_id, wait=self.managed.wait, read=read)
        if not (self.resource.settle and self.resource.settle.is_busy(final)):
            self.compare(self.managed.wanted, final)
        if self.managed.wait:
            around, task = self.waiting.effect or final, self.managed.task
            tell_problems(self.resource.root, around, task.params, task.warn)
        return final

    def _read_new(self, resource: Resource, own_id: str) -> Values:
        """What was created, read together with what others may have created at the same time."""
        self.lookup.forget(resource)
        namesakes = self.lookup.namesakes(self.managed.wanted)
        own = next((obj for obj in namesakes if obj["id"] == own_id), None) or self.lookup.get(resource, own_id)
        self.check_alone(own, namesakes)
        return own

    def check_alone(self, own: Values, namesakes: Sequence[Values]) -> None:
        """Raise Ambiguous if somebody else created the same just before this task did."""
        others = [obj for obj in namesakes if obj["id"] != own["id"]]
        if others:
            from ansible_collections.scw.cloud.plugins.module_utils.engine.rivals import check_rivals

            check_rivals(self.resource, own, others, self.managed.task.warn)

    def compare(self, wanted: Values, final: Values) -> None:
        """Warn of what the API did not keep as it was sent."""
        expected = self.resource.prepare(wanted, final) if self.resource.prepare else wanted
        for name in differences(self.resource, expected, final):
            self.managed.task.warn(f"{self.resource.label(final)}: the API did not keep {name} as it was sent.")


def is_change(request: Request) -> bool:
    """Whether a request is about more than that something goes."""
    return not request.does.startswith("delete ")


def told(does: str, where: str) -> str:
    """What a request does, and for which of the options it is made: ``backends[0]: create …``."""
    return f"{where.rstrip('.')}: {does}" if where else does


def _with_own_id(body: Any, own_id: str | None) -> Any:
    """``body`` with the ID of the resource where it stands for it."""
    if body is SELF:
        return own_id
    if isinstance(body, dict):
        return {key: _with_own_id(value, own_id) for key, value in body.items()}
    return [_with_own_id(value, own_id) for value in body] if isinstance(body, list) else body
