# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task from beginning to end: find, plan, apply, wait, read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils import options
from ansible_collections.scw.cloud.plugins.module_utils.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Conflict,
    LostAnswer,
    Missing,
    MissingOption,
    Refused,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.plan import Plan, differences, plan_absent, plan_present
from ansible_collections.scw.cloud.plugins.module_utils.resource import SELF, Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from ansible_collections.scw.cloud.plugins.module_utils.verification import verify
from ansible_collections.scw.cloud.plugins.module_utils.waiting import Waiting

LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between the looks that follow a lost answer, before the request is sent again.

Together longer than the slowest creation (27 s, recorded: containers), which may still be under way.
"""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""


@dataclass(frozen=True)
class Task:
    """What the user asked for: options as given (None for unset), and how the task runs."""

    resource: Resource
    params: Mapping[str, Any]
    check_mode: bool
    warn: Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What the task did, or in check mode would do."""

    changed: bool
    diff: dict[str, Any]
    result: dict[str, Any]


def reconcile(task: Task, client: Client) -> Outcome:
    """Make the resource as the task wants it. Raises ScwError; its data tell what was done before it."""
    return _Reconciler(task, client).run()


class _Reconciler:
    def __init__(self, task: Task, client: Client) -> None:
        self.task = task
        self.resource = task.resource
        self.client = client
        self.absent = task.params.get("state") == "absent"
        self.wait = bool(task.params.get("wait"))
        self.said = options.wanted(task.resource, task.params)
        self.lookup = Lookup(task.resource, client, task.params, task.warn, predict=task.check_mode and not self.absent)
        self.waiting = Waiting(client, self.lookup)
        self.done: list[str] = []
        self.unsure = False  # whether a write was sent whose effect is not known yet

    def run(self) -> Outcome:
        current = self._find()
        if current and self.resource.settle and not self.task.check_mode and self.wait and not self.absent:
            current = self.waiting.until_settled(self.resource, current)
        wanted, plan = self._plan(current)
        if plan.changed and not self.absent:
            verify(self.lookup, wanted, plan.after, current)
        diff: dict[str, Any] = {"before": plan.before, "after": plan.after}
        if plan.changed:
            label = self.resource.label(current, self.said) + self._along(plan)
            diff.update(before_header=label, after_header=label)
        if self.task.check_mode:
            return Outcome(plan.changed, diff, plan.result)
        if not plan.changed:
            return Outcome(False, diff, self._ready(current))
        try:
            self._converge(current, plan)
            result = {} if self.absent else self._finish(wanted)
        except ScwError as error:
            error.data.update(done=self.done, not_done=self._undone(plan))
            if self.unsure:
                error.data["may_have_changed"] = True
            raise
        if not self.done:  # somebody else made the same change meanwhile
            return Outcome(False, {"before": {}, "after": {}}, result)
        return Outcome(True, diff, result)

    def _along(self, plan: Plan) -> str:
        """What a delete is told to take along, for the header of the diff."""
        options_given = [field.name for field in self.resource.delete_options if self.task.params.get(field.name)]
        return f" with {', '.join(options_given)}" if plan.action == "delete" and options_given else ""

    def _find(self) -> Values | None:
        """The resource, or None; one that is being deleted counts as gone, and is waited for."""
        found = self.lookup.find(self.said, must_exist=not self.absent)
        if found is None or not self.resource.is_leaving(found):
            return found
        if not self.task.check_mode and (self.wait or not self.absent):
            self.waiting.until_gone(self.resource, found["id"])
        self.lookup.own_id = None
        return None

    def _plan(self, current: Values | None) -> tuple[Values, Plan]:
        if self.absent:
            return {}, plan_absent(self.resource, current)
        wanted = self.resource.prepare(dict(self.said), current) if self.resource.prepare else self.said
        wanted = self.lookup.resolve(wanted)
        owner = self._owner(current)
        return wanted, plan_present(self.resource, wanted, current, owner)

    def _owner(self, current: Values | None) -> dict[str, str]:
        """What a create adds to its body, and what an explicit project must agree with."""
        if not self.resource.project_scoped:
            return self.lookup.parent_pair(self.resource) if current is None else {}
        settings = self.client.settings
        if current is not None:
            said = self.task.params.get("project_id")
            if said and current.get("project_id") not in (None, said.lower()):
                raise Refused(
                    f"{self.resource.label(current)} belongs to project {current['project_id']}, not to {said}. "
                    "A resource cannot change its project."
                )
            return {}
        if settings.project_id:
            return {"project_id": settings.project_id}
        if settings.organization_id:
            return {"organization_id": settings.organization_id}
        raise MissingOption(
            f"To create {self.resource.label(None, self.said)}, its project is needed: "
            "set project_id, SCW_DEFAULT_PROJECT_ID or default_project_id in the profile."
        )

    def _converge(self, current: Values | None, plan: Plan) -> None:
        """Apply the plan; after a lost answer look again, plan again, and do only what is left."""
        for attempt in range(1, TRIES + 1):
            try:
                self._apply(plan, current)
                return
            except Transient:
                raise
            except (LostAnswer, Conflict) as error:
                current = self._look_again(error, current)
                planned, (_wanted, plan) = plan, self._plan(current)
                if isinstance(error, LostAnswer):
                    left = [request.does for request in plan.requests]
                    self.done += [does for does in self._undone(planned) if does not in left]
                self.unsure = False
                if not plan.changed:
                    return
                adopted = planned.action == "create" and current is not None
                final = isinstance(error, Conflict) or error.data.get("status") == 500
                if attempt == TRIES or (final and not adopted):
                    raise

    def _undone(self, plan: Plan) -> list[str]:
        return [request.does for request in plan.requests if request.does not in self.done]

    def _apply(self, plan: Plan, current: Values | None) -> None:
        own_id = current["id"] if current else None
        for request in plan.requests:
            # The parts of one resource are taken in a row (recorded: lb/backend-health-check-port).
            if (request is plan.requests[0] or self.resource.settle) and not self._settled(own_id):
                return
            answer = self._send(request, own_id)
            own_id = own_id or answer.get("id")
            if not own_id:
                self.unsure = True
                raise LostAnswer(f"Could not {request.does}: the answer has no id.")
            self.lookup.own_id = own_id
            self.done.append(request.does)
        if plan.action == "delete" and self.wait:
            self.waiting.until_gone(self.resource, str(own_id))

    def _settled(self, own_id: str | None, busy: Transient | None = None) -> bool:
        """Wait until a write can be sent, after a refusal too; False if the resource to delete is gone meanwhile."""
        try:
            if busy:
                self.waiting.out(self.resource, own_id, busy)
            else:
                self.waiting.before_write(self.resource, own_id)
        except ScwError as error:
            if self.absent and self.resource.is_gone(error):
                return False
            raise
        return True

    def _send(self, request: Request, own_id: str | None) -> Values:
        """Send one write; while the API says that something is busy, wait for it and repeat."""
        path = self.lookup.path(request.path, resource_id=own_id or UNKNOWN)
        body = (
            {key: own_id if value is SELF else value for key, value in request.body.items()}
            if request.body is not None
            else None
        )
        query = options.delete_query(self.resource, self.task.params) if request.method == "DELETE" else None
        while True:
            try:
                return self.client.call(request.method, path, doing=request.does, query=query, body=body)
            except Transient as busy:
                if not self._settled(own_id, busy):
                    return {}
            except LostAnswer:
                self.unsure = True
                raise
            except ScwError as error:
                if request.method == "DELETE" and self.resource.is_gone(error):
                    return {}
                raise

    def _look_again(self, error: LostAnswer | Conflict, current: Values | None) -> Values | None:
        """The resource as it is after a request with unknown effect. A create is given time to show."""
        for pause in LOOKS if isinstance(error, LostAnswer) else (0.0,):
            self.client.deadline.pause(pause, str(error))
            found = self.lookup.refresh(self.said, current)
            if found:
                self.lookup.own_id = found["id"]
                return (
                    self.waiting.until_settled(self.resource, found)
                    if self.resource.settle and not self.absent
                    else found
                )
            if self.absent:
                return None
        return None

    def _ready(self, current: Values | None) -> Values:
        if current is None:
            return {}
        if self.resource.settle and self.wait:
            self.waiting.fail_if_failed(self.resource, current)
        return current

    def _finish(self, wanted: Values) -> Values:
        """Wait until the change is in effect, read the resource back and compare it with what was wanted."""
        final = self.waiting.after_write(self.resource, str(self.lookup.own_id), wait=self.wait)
        if self.resource.settle and self.resource.settle.is_busy(final):
            return final
        expected = self.resource.prepare(wanted, final) if self.resource.prepare else wanted
        for name in differences(self.resource, expected, final):
            self.task.warn(f"{self.resource.label(final)}: the API did not keep {name} as it was sent.")
        return final


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
