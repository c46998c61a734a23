# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules run inside the test process: what a task gives, what it returns, and which requests it made."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unittest import mock

from ansible.module_utils import basic

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


def run_module(emulator: Emulator, name: str, options: Mapping[str, Any], *, check: bool = False) -> Run:
    """Run the module ``name`` with ``options``; a traceback in the module is one in the test."""
    seen = len(emulator.journal())
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
    output = "\n".join([printed.getvalue(), *warnings])
    return Run(json.loads(printed.getvalue()), tuple(emulator.journal()[seen:]), tuple(warnings), output)


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
