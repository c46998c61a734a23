# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, one task with code: uploaded only if it is not what is deployed, and deployed only then.

What is deployed is found out from the archive that the API lets us download, so no state is kept anywhere. An archive
that was uploaded after the last change of its function was never deployed: an earlier run was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Managed, Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import present_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, RequestError, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION, SETTLE, WITHOUT_CODE
from ansible_collections.scw.cloud.plugins.module_utils.moments import moment
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field, replace

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.api.object_storage import Stored
    from ansible_collections.scw.cloud.plugins.module_utils.function.archive import Archive, Entries

UPLOAD_URL = "/functions/v1beta1/{scope}/functions/{id}/upload-url"

OWN = {"src": {"type": "path"}, "ignore": {"type": "list", "elements": "str"}}
"""Options of the module that the action plugin turns into an archive."""


@dataclass(frozen=True)
class Code:
    """What to do with the code, and the files that differ."""

    upload: bool = False
    deploy: bool = False
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def function_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that manages functions."""
    spec = present_spec(FUNCTION)
    return {**spec, "argument_spec": {**spec["argument_spec"], **OWN}}


def manage_function(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task about one function. Raises ScwError; its data tell what was done before it."""
    return _Deployment(Task(FUNCTION, params, check_mode, warn), client).run()


class _Deployment:
    """One task about one function."""

    def __init__(self, task: Task, client: Client) -> None:
        self.task = task
        self.client = client
        self.managed = Managed(task, client)
        self.lookup = self.managed.lookup
        given = None if self.managed.absent else task.params.get("src")
        self.archive = self._archive(given) if given else None
        self.left = Code()  # what is still to be done about the code

    @staticmethod
    def _archive(given: str) -> Archive:
        # Imported here, as everything that is about code: many tasks leave that alone.
        from ansible_collections.scw.cloud.plugins.module_utils.function.archive import Archive

        return Archive(given, "src")

    def run(self) -> dict[str, Any]:
        managed, archive = self.managed, self.archive
        if archive:
            archive.check()  # before anything else
        current = managed.find_settled()
        wanted, plan = managed.plan(current)
        managed.verify(wanted, plan, current)
        self._check_runtime(plan, wanted, current)
        code = self._plan_code(current)
        diff = self._diff(plan, code, current)
        changed = plan.changed or code.deploy
        if self.task.check_mode:
            return {"changed": changed, "diff": diff, "function": self._predicted(plan, code)}
        if not changed:
            return {"changed": False, "diff": diff, "function": managed.in_order(current)}
        final = self._apply(wanted, plan, code, current)
        done = bool(managed.writing.done)
        return {"changed": done, "diff": diff if done else {"before": {}, "after": {}}, "function": final}

    # Planning

    def _check_runtime(self, plan: Plan, wanted: Values, current: Values | None) -> None:
        """Refuse a runtime that is not on offer, and code without the file that the runtime looks for."""
        if self.managed.absent:
            return
        handler = wanted.get("handler") or (current or {}).get("handler")
        runtime = wanted.get("runtime") or (current or {}).get("runtime")
        if runtime and (current is None or "runtime" in plan.after):  # without one, an earlier task would create it
            from ansible_collections.scw.cloud.plugins.module_utils.function.runtimes import (
                check_runtime,
                read_runtimes,
            )

            offered = check_runtime(read_runtimes(self.client, self.lookup), str(runtime), self.task.warn)
            handler = handler or offered.get("default_handler")
        if self.archive and handler:
            from ansible_collections.scw.cloud.plugins.module_utils.function.archive import lacks_handler

            missing = lacks_handler(self.archive.entries, str(runtime), str(handler))
            if missing:
                raise InvalidOption("handler", f"{handler!r} means {missing}, which src does not have.")

    def _plan_code(self, current: Values | None) -> Code:
        if self.archive is None:
            return Code()
        import tempfile

        from ansible_collections.scw.cloud.plugins.module_utils.function.archive import differences
        from ansible_collections.scw.cloud.plugins.module_utils.function.storage import StoredCode

        entries = self.archive.entries
        everything = Code(True, True, {}, differences({}, entries)[1])
        if current is None or current.get("status") == WITHOUT_CODE:
            return everything
        with tempfile.TemporaryFile() as target:
            stored = StoredCode(self.client, self.lookup, current).read(target, self.archive.md5)
            if not stored.exists:
                return self._without_stored(current, everything)
            before = self._stored_entries(target) if stored.fetched else entries
        gone, new = differences(before, entries)
        if gone or new:
            return Code(True, True, gone, new)
        return Code(deploy=SETTLE.is_failed(current) or _is_newer(stored, current))

    @staticmethod
    def _without_stored(current: Values, everything: Code) -> Code:
        """What to do if nothing can be downloaded. A function that ran has code, so something else is wrong then."""
        if current.get("ready_at"):
            raise RequestError(
                f"Could not download the code of {FUNCTION.label(current)}, to compare it: object storage has none, or "
                "does not give it away, although the function was ready once. Leave src out to change only the rest."
            )
        return everything

    @staticmethod
    def _stored_entries(target: Any) -> Entries:
        """What is stored; nothing if that is no archive."""
        from ansible_collections.scw.cloud.plugins.module_utils.function.archive import Unreadable, read_entries

        target.seek(0)
        try:
            return read_entries(target)
        except Unreadable:
            return {}

    def _diff(self, plan: Plan, code: Code, current: Values | None) -> dict[str, Any]:
        diff: dict[str, Any] = {"before": dict(plan.before), "after": dict(plan.after)}
        if code.upload:
            diff["before"].update({"code": code.before} if current else {})
            diff["after"]["code"] = code.after
        elif code.deploy and current:
            diff["before"]["status"], diff["after"]["status"] = f"{current.get('status')}, code not deployed", "ready"
        if plan.changed or code.deploy:
            label = self.managed.label(current, plan)
            diff.update(before_header=label, after_header=label)
        return diff

    @staticmethod
    def _predicted(plan: Plan, code: Code) -> Values:
        return {**plan.result, "status": "ready", "error_message": None} if code.deploy else plan.result

    # Applying

    def _apply(self, wanted: Values, plan: Plan, code: Code, current: Values | None) -> Values:
        self.left = code
        try:
            with self.managed.writing.accounting(plan):
                return self._write(wanted, plan, code, current)
        except ScwError as error:
            label = FUNCTION.label(current or self._made(), wanted)
            undone = [f"upload the code of {label}"] if self.left.upload else []
            undone += [f"deploy {label}"] if self.left.deploy else []
            error.data["not_done"] = [*error.data.get("not_done", []), *undone]
            raise

    def _made(self) -> Values | None:
        """What is known of a function that this task created."""
        return {"id": self.lookup.own_id} if self.lookup.own_id else None

    def _write(self, wanted: Values, plan: Plan, code: Code, current: Values | None) -> Values:
        """Code goes before changes of a function that is there, so that both are rolled out at once."""
        managed = self.managed
        if code.upload and current:
            self._upload(current)
        if plan.changed:
            managed.writing.converge(current, plan)
            if managed.absent:
                return {}
        # What was planned was not sent if somebody else made the same change, maybe before the upload.
        sent = [request for request in plan.requests if request.does in managed.writing.done]
        rolled_out = plan.action == "update" and any(request.body.get("redeploy") for request in sent)
        self.left = replace(self.left, deploy=self.left.deploy and not rolled_out)
        if code.upload and not current:
            self._upload(self.lookup.get(FUNCTION, str(managed.lookup.own_id)))
        if self.left.deploy:
            self._deploy()
        return managed.writing.finish()

    def _upload(self, function: Values) -> None:
        archive = self.archive
        if archive is None:
            return
        from ansible_collections.scw.cloud.plugins.module_utils.api.object_storage import ObjectStorage

        does = f"upload the code of {FUNCTION.label(function)}"
        ask = partial(
            self.client.get,
            self.lookup.path(UPLOAD_URL, resource_id=function["id"]),
            query={"content_length": archive.size},
            doing=f"get the upload URL of {FUNCTION.label(function)}",
        )
        self.managed.writing.until_writable(function["id"])
        ObjectStorage(self.client).upload(ask, archive.path, archive.size, does)
        self.managed.writing.done.append(does)
        self.left = replace(self.left, upload=False)

    def _deploy(self) -> None:
        from ansible_collections.scw.cloud.plugins.module_utils.engine.rollout import Rollout
        from ansible_collections.scw.cloud.plugins.module_utils.function.deploy import DEPLOY

        rollout = Rollout(FUNCTION, DEPLOY, self.client, self.lookup, self.task.warn)
        own_id = str(self.lookup.own_id)
        self.managed.writing.until_writable(own_id)
        found = self.lookup.get(FUNCTION, own_id)
        does = f"deploy {FUNCTION.label(found)}"
        try:
            rollout.begin(found, does, lambda _found: True)
        finally:
            self.managed.writing.done += rollout.done
            self.managed.writing.unsure = self.managed.writing.unsure or rollout.unsure
        self.left = replace(self.left, deploy=False)


def _is_newer(stored: Stored, current: Values) -> bool:
    """Whether what is stored was uploaded after the last change of the function.

    Object storage tells whole seconds. If both were in the same one, the code was there before only while the function
    is being built, because that takes longer (recorded).
    """
    changed = moment(current.get("updated_at"))
    if changed is None or stored.modified is None:
        return False
    seconds = changed[0].timestamp()
    return stored.modified > seconds or (stored.modified == seconds and not SETTLE.is_busy(current))
