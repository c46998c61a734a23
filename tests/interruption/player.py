# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of ``ansible-playbook`` in processes of their own, forked from one that is warm, and how they are killed."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from behaviour.runner import Way
from programs import Warm

_CHANGED = re.compile(r"^localhost +: .*changed=(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, negative for the signal that ended it, and what it wrote."""

    code: int
    output: str

    @property
    def changed(self) -> int:
        """How many tasks changed something."""
        return sum(map(int, _CHANGED.findall(self.output)))

    @property
    def text(self) -> str:
        """Everything it wrote, in one line."""
        return " ".join(self.output.split())


class Running:
    """A run that may not have ended."""

    def __init__(self, player: Player, pid: int, output: Path) -> None:
        self.pid = pid
        self._player = player
        self._output = output

    def wait(self) -> Ended:
        """Return once it has ended."""
        return Ended(self._player.warm.wait(self.pid), self._output.read_text())

    @property
    def is_over(self) -> bool:
        """Whether it has ended; wait() still tells how."""
        return _is_over(self.pid)

    def kill(self) -> None:
        """Kill it with everything that it has started: each worker of Ansible leads a group of its own."""
        processes = [self.pid]
        for pid in processes:
            # One that is stopped starts no more, so this list gets complete.
            _send(pid, signal.SIGSTOP)
            processes += _children(pid)
        for pid in processes:
            _send(pid, signal.SIGKILL)
        while not all(map(_is_over, processes)):
            time.sleep(0.001)


class Player:
    """A directory with playbooks, and a warm process that runs them; a context manager."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        self._warm: Warm | None = None
        self._runs = 0

    def __enter__(self) -> Player:
        self._warm = Warm(self._environment)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.warm.stop()

    @property
    def warm(self) -> Warm:
        """The warm process."""
        assert self._warm is not None
        return self._warm

    def write(self, name: str, tasks: list[dict[str, Any]]) -> None:
        """Write a playbook of these tasks."""
        play = {"name": name, "hosts": "localhost", "gather_facts": False, "tasks": tasks}
        (self.folder / f"{name}.yml").write_text(json.dumps([play]))

    def start(self, name: str, way: Way = Way.CONTROLLER, tags: str = "all") -> Running:
        """Start a run of a playbook."""
        self._runs += 1
        output = self.folder / f"{self._runs}.log"
        variables = json.dumps({"scw_run_in_controller": way is Way.CONTROLLER})
        arguments = [f"{name}.yml", "--extra-vars", variables, "--tags", tags]
        pid = self.warm.start("ansible-playbook", arguments, self._environment, self.folder, output, output)
        return Running(self, pid, output)

    def play(self, name: str, way: Way = Way.CONTROLLER, tags: str = "all") -> Ended:
        """Run a playbook to its end."""
        return self.start(name, way, tags).wait()


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _children(parent: int) -> list[int]:
    """Processes that this one has started."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _status(pid)[1:2] == [str(parent)]]


def _is_over(pid: int) -> bool:
    """Whether a process has ended, be it that nobody waited for it yet."""
    return _status(pid)[:1] in ([], ["Z"])


def _status(pid: int) -> list[str]:
    """One letter for the state of a process, its parent, and more, as in the manual of proc; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
