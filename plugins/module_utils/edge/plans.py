# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, the plan of a project: without one the API refuses pipelines. It has no ID, and one call sets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Enum
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API, LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Forbidden,
    LostAnswer,
    MissingOption,
    NotFound,
    ScwError,
    Transient,
)

PLANS = f"{API}/plans"
SELECT = f"{API}/current-plan"
ADVICE = {412: "A project with pipelines needs its plan: delete the pipelines first."}
PLAN_NAME = Enum("plan_name", choices=("starter", "professional", "advanced"))
NOTHING: dict[str, Any] = {"before": {}, "after": {}}
TRIES = 3
"""How often a selection whose answer is lost is sent altogether: another one of the same plan changes nothing."""


def plan_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that selects a plan."""
    own = {
        "plan_name": PLAN_NAME.option(),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }
    return {**explicit_spec(LOCATION, own), "required_if": [["state", "present", ["plan_name"]]]}


def plans_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists plans."""
    return explicit_spec(LOCATION, {"billing": {"type": "bool", "default": False}})


def owner(client: Client, purpose: str) -> str:
    """ID of the project a task is about. Raises MissingOption; ``purpose`` begins its message, as in "To delete it"."""
    # The default project of an organization has the ID of the organization (recorded).
    known = client.settings.project_id or client.settings.organization_id
    if known:
        return known
    raise MissingOption(
        f"{purpose}, a project is needed: set project_id, SCW_DEFAULT_PROJECT_ID or default_project_id in the profile."
    )


def list_plans(client: Client, params: Mapping[str, Any], _warn: Callable[[str], None]) -> dict[str, Any]:
    """The result of an info task: the plans on offer, the one of the project, and what that costs if asked for."""
    project_id = owner(client, "To tell its plan")
    result: dict[str, Any] = {
        "changed": False,
        "plans": client.pages(PLANS, "plans", doing="list the plans"),
        "current_plan": _current(client, project_id) or None,
    }
    if params["billing"]:
        path = f"{API}/billing/{project_id}"
        result["billing"] = client.get(path, doing=f"read what project {project_id} owes")
    return result


def manage_plan(
    client: Client, params: Mapping[str, Any], _warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task about the plan of a project. Raises ScwError; its data tell what was done before it."""
    return _Plan(client, params, check_mode=check_mode).run()


def _current(client: Client, project_id: str) -> Values:
    """The plan of a project; ``{}`` if it has none."""
    path, doing = f"{SELECT}/{project_id}", f"read the plan of project {project_id}"
    try:
        return client.get(path, doing=doing)
    except NotFound:
        return {}
    except Forbidden:  # so the API answered for what does not exist until 2025 (recorded); a chance refusal passes
        try:
            return client.get(path, doing=doing)
        except (NotFound, Forbidden):
            return {}


class _Plan:
    """One task about the plan of one project."""

    def __init__(self, client: Client, params: Mapping[str, Any], *, check_mode: bool) -> None:
        self.client = client
        self.absent = params["state"] == "absent"
        self.wanted: Values = {} if self.absent else {"plan_name": params["plan_name"]}
        self.check_mode = check_mode
        self.project_id = owner(client, "To set its plan")
        self.unsure = False  # whether a request was sent whose effect is not known

    def run(self) -> dict[str, Any]:
        """The result of the task."""
        current = _current(self.client, self.project_id)
        before = {key: current[key] for key in ("plan_name",) if key in current}
        if before == self.wanted:
            return {"changed": False, "diff": NOTHING, "plan": current}
        label = f"plan of project {self.project_id}"
        diff = {"before": before, "after": self.wanted, "before_header": label, "after_header": label}
        if self.check_mode:
            return {"changed": True, "diff": diff, "plan": self.wanted}
        does = f"end the {label}" if self.absent else f"select {self.wanted['plan_name']} as the {label}"
        with self._accounting(does):
            plan = self._end(does) if self.absent else self._select(does)
        return {"changed": plan is not None, "diff": NOTHING if plan is None else diff, "plan": plan or {}}

    @contextmanager
    def _accounting(self, does: str) -> Iterator[None]:
        """Have every error tell what was not done."""
        try:
            yield
        except ScwError as error:
            error.advise(ADVICE)
            error.account([], [does], unsure=self.unsure or error.sent_before)
            raise

    def _select(self, does: str) -> Values:
        body = {"project_id": self.project_id, **self.wanted}
        lost = 0
        while True:
            try:
                return self._send("PATCH", SELECT, does, body)
            except LostAnswer as error:
                self.unsure, lost = True, lost + 1
                self.client.deadline.pause(self.client.backoff(lost), str(error))
                found = _current(self.client, self.project_id)
                if found.get("plan_name") == self.wanted["plan_name"]:
                    return found
                if lost == TRIES:
                    raise

    def _send(self, method: str, path: str, does: str, body: Values | None = None) -> Values:
        """Send one request, again while the API says that something is busy."""
        while True:
            try:
                return self.client.call(method, path, doing=does, body=body)
            except Transient as busy:
                self.client.deadline.pause(self.client.backoff(2), str(busy))

    def _end(self, does: str) -> Values | None:
        """``{}``, or None if somebody else ended it."""
        try:
            return self._send("DELETE", f"{SELECT}/{self.project_id}", does)
        except (NotFound, Forbidden) as error:
            # The API answered 403 for what does not exist until 2025 (recorded).
            if isinstance(error, Forbidden) and _current(self.client, self.project_id):
                raise
            return {} if error.sent_before else None
