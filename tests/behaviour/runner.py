# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules run inside the test process: what a task gives, what it returns, and which requests it made.

A module has two ways to run: in a process of its own, and in that of the controller. A test takes one or the other.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Any
from unittest import mock

from ansible.errors import AnsibleActionFail
from ansible.module_utils import basic
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.loader import action_loader, connection_loader
from ansible.template import Templar

from emulator.journal import Entry
from emulator.testing import Emulator

MODULES = "ansible_collections.scw.cloud.plugins.modules"
READS = ("GET", "HEAD")


@dataclass(frozen=True)
class Run:
    """One finished task. ``output`` is everything it printed, ``requests`` what the emulator saw of it."""

    result: dict[str, Any]
    requests: tuple[Entry, ...]
    warnings: tuple[str, ...]
    output: str

    @property
    def failed(self) -> bool:
        """Whether the task failed."""
        return bool(self.result.get("failed"))

    @property
    def changed(self) -> bool:
        """What the task says about itself."""
        return bool(self.result["changed"])

    @property
    def message(self) -> str:
        """Why it failed."""
        return str(self.result.get("msg", ""))

    @property
    def diff(self) -> dict[str, Any]:
        """What differs, before and after."""
        return dict(self.result["diff"])

    @property
    def writes(self) -> tuple[Entry, ...]:
        """The requests that were not reads."""
        return tuple(entry for entry in self.requests if entry.method not in READS)

    @property
    def operations(self) -> list[str | None]:
        """Names of the operations that wrote, or tried to."""
        return [entry.operation for entry in self.writes]

    @property
    def done(self) -> list[str]:
        """Names of the operations that wrote; without those refused because something was busy, which are repeated."""
        return [str(entry.operation) for entry in self.writes if entry.status != 409]


class Way(Enum):
    """Where a program runs."""

    MODULE = "module"
    CONTROLLER = "controller"


way: ContextVar[Way] = ContextVar("way", default=Way.MODULE)
"""The way that the present test takes."""


def run_module(emulator: Emulator, name: str, options: Mapping[str, Any], *, check: bool = False) -> Run:
    """Run the module ``name`` with ``options``; a traceback in the module is one in the test."""
    seen = len(emulator.journal())
    program = importlib.import_module(f"{MODULES}.{name}").PROGRAM
    run = _in_controller if way.get() is Way.CONTROLLER and not program.on_target else _as_module
    result, warnings, output = run(name, options, check=check)
    return Run(result, tuple(emulator.journal()[seen:]), tuple(warnings), output)


def assert_invocation_is_logged(lines: list[str]) -> None:
    """A module says in the log of its host what it was given; the controller leaves that log alone."""
    assert any("Invoked with" in line for line in lines) == (way.get() is Way.MODULE)


Ended = tuple[dict[str, Any], list[str], str]
"""The result, the warnings, and everything that is written."""


def _in_controller(name: str, options: Mapping[str, Any], *, check: bool) -> Ended:
    loader = DataLoader()
    task = Task()
    task.action, task.args, task.check_mode, task.diff = f"scw.cloud.{name}", dict(options), check, True
    connection = connection_loader.get("ansible.builtin.local", PlayContext())
    action = action_loader.get(
        task.action,
        task=task,
        connection=connection,
        play_context=PlayContext(),
        loader=loader,
        templar=Templar(loader, variables={}),
        shared_loader_obj=None,
    )
    try:
        result = json.loads(json.dumps(action.run(task_vars={})))
    except AnsibleActionFail as error:
        result = {**error.result, "changed": False, "failed": True, "msg": str(error)}
    return result, result.get("warnings", []), json.dumps(result)


def _as_module(name: str, options: Mapping[str, Any], *, check: bool) -> Ended:
    entry_point = importlib.import_module(f"{MODULES}.{name}").main
    printed = io.StringIO()
    warnings: list[str] = []
    internal = {"_ansible_check_mode": check, "_ansible_diff": True, "_ansible_verbosity": 3}
    with contextlib.ExitStack() as around:
        around.enter_context(_module_arguments({**options, **internal}))
        # In a process of its own a module returns its warnings; beside a controller it would print them.
        around.enter_context(mock.patch.object(basic, "warn", lambda warning, **_more: warnings.append(str(warning))))
        around.enter_context(contextlib.redirect_stdout(printed))
        around.enter_context(contextlib.redirect_stderr(printed))
        around.enter_context(contextlib.suppress(SystemExit))
        entry_point()
    return json.loads(printed.getvalue()), warnings, "\n".join([printed.getvalue(), *warnings])


@contextlib.contextmanager
def _module_arguments(arguments: dict[str, Any]) -> Iterator[None]:
    try:
        from ansible.module_utils.testing import patch_module_args
    except ImportError:  # ansible-core 2.18
        with _preset_arguments(arguments):
            yield
    else:
        with patch_module_args(arguments):
            yield


@contextlib.contextmanager
def _preset_arguments(arguments: dict[str, Any]) -> Iterator[None]:
    before = basic._ANSIBLE_ARGS
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
    try:
        yield
    finally:
        basic._ANSIBLE_ARGS = before
