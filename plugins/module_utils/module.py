# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine as an Ansible module: the only file that knows AnsibleModule."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.scw.cloud.plugins.module_utils.client import REQUESTS_ERROR, Client, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.managed import Task
from ansible_collections.scw.cloud.plugins.module_utils.options import info_spec, present_spec, refuse_null_elements
from ansible_collections.scw.cloud.plugins.module_utils.reconcile import list_objects, reconcile
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource

INFO_SECONDS = 300
"""How long an info task may take: it waits for nothing but the network."""


def run(resource: Resource, beside: tuple[Resource, ...] = ()) -> NoReturn:
    """Run the module that manages ``resource``; ``beside`` as in ``Task``."""

    def work(job: Job) -> dict[str, Any]:
        outcome = reconcile(Task(resource, job.params, job.check_mode, job.warn, beside), job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, resource.name: outcome.result}

    execute(present_spec(resource), work)


def run_info(resource: Resource) -> NoReturn:
    """Run the module that lists ``resource``."""

    def work(job: Job) -> dict[str, Any]:
        return {"changed": False, resource.plural: list_objects(resource, job.client, job.params, job.warn)}

    execute(info_spec(resource), work)


class _Module(AnsibleModule):
    """A module whose log holds no secret: AnsibleModule logs nested options as Python writes them, with escapes.

    ``given``: the options as the task has them, before Ansible converts them.
    """

    def _load_params(self) -> None:
        super()._load_params()
        self.given = deepcopy(self.params)

    def log(self, msg: str, log_args: Mapping[str, Any] | None = None) -> None:
        masked = {key: self._masked(str(value)) for key, value in (log_args or {}).items()}
        super().log(self._masked(msg), log_args=masked)

    def hide_lines(self) -> None:
        """Hide every line of a secret by itself too: an answer may repeat it with other line ends."""
        for secret in list(self.no_log_values):
            lines = str(secret).splitlines()
            self.no_log_values.update(line.strip() for line in lines if len(lines) > 1 and len(line.strip()) > 8)

    def _masked(self, text: str) -> str:
        for secret in self.no_log_values:
            text = text.replace(repr(str(secret))[1:-1], "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")
        return text


class Files:
    """Files on this machine, as Ansible takes them. Only for modules with ``add_file_common_args``."""

    def __init__(self, module: AnsibleModule) -> None:
        self._module = module

    @property
    def folder(self) -> str:
        """Where temporary files go."""
        return str(self._module.tmpdir)

    def place(self, source: str, path: str) -> None:
        """Move the file at ``source`` to ``path``, where it is at once and as a whole."""
        self._module.atomic_move(source, path, unsafe_writes=self._module.params["unsafe_writes"])

    def set_attributes(self, path: str, diff: dict[str, Any]) -> bool:
        """Give the file the owner, group, mode and so on of the task; whether it had others. ``diff`` is added to."""
        wanted = self._module.load_file_common_arguments(self._module.params, path=path)
        return bool(self._module.set_fs_attributes_if_different(wanted, False, diff))


@dataclass(frozen=True)
class Job:
    """What the work of a module gets: a client with the task's deadline, and how the task runs."""

    client: Client
    params: Mapping[str, Any]
    check_mode: bool
    warn: Callable[[str], None]
    files: Files


def execute(spec: Mapping[str, Any], work: Callable[[Job], dict[str, Any]]) -> NoReturn:
    """Run a module with these arguments: ``work`` returns the result of the task, or raises ScwError."""
    module = _Module(supports_check_mode=True, **spec)
    module.hide_lines()
    seconds, advice = INFO_SECONDS, "Run the task again."
    try:
        refuse_null_elements(spec["argument_spec"], module.given)
        if "wait_timeout" in module.params:
            seconds, advice = _positive(module, "wait_timeout"), "Run the task again, or raise wait_timeout."
        with _client(module, seconds, advice) as client:
            result = work(Job(client, module.params, module.check_mode, module.warn, Files(module)))
    except ScwError as error:
        _fail(module, error)
    module.exit_json(**result)


def _client(module: AnsibleModule, seconds: float, advice: str) -> Client:
    if REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_ERROR)
    settings = load_settings(module.params, os.environ)
    # A key from the environment or a profile is unknown to Ansible; this makes it scrub every result.
    module.no_log_values.add(settings.secret_key)
    clock = Clock()
    return Client(
        settings,
        timeout=_positive(module, "api_timeout"),
        deadline=Deadline(clock, seconds, advice),
        clock=clock,
        secrets=[str(secret) for secret in module.no_log_values if str(secret)],
    )


def _positive(module: AnsibleModule, option: str) -> int:
    seconds = int(module.params[option])
    if seconds < 1:
        raise InvalidOption(option, f"{seconds} is not a number of seconds of at least 1.")
    return seconds


def _fail(module: AnsibleModule, error: ScwError) -> NoReturn:
    # After a write whose answer is lost nobody knows; saying "changed" is the safe side.
    changed = bool(error.data.get("done") or error.data.get("may_have_changed"))
    result: dict[str, Any] = {"changed": changed, "error": error.data}
    module.fail_json(msg=str(error), **result)
