# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays that are measured: how long they and their tasks take, and which requests they make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from emulator.testing import Emulator

Tasks = Sequence[Mapping[str, Any]]
READS = ("GET", "HEAD")
HERE = Path(__file__).parent
OWN_PROCESS = {"scw_run_in_controller": False}
"""Variables of a task whose module is to run in a process of its own."""


@dataclass(frozen=True)
class Measured:
    """One run of a play: seconds of wall time, requests, and how many of them were writes."""

    seconds: float
    requests: int
    writes: int


@dataclass(frozen=True)
class Watched:
    """A play task by task: seconds of each, and peaks of memory in KiB, of Ansible and of its largest process."""

    seconds: list[float]
    controller: int
    workers: int


class Bench:
    """An emulator and a folder for plays. It takes several writes in a row, as the real load balancer does."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.folder = folder

    def run(self, tasks: Tasks, *, changes: bool, variables: Mapping[str, Any] | None = None) -> Measured:
        """Run a play of these tasks, which must change something, or nothing."""
        self.emulator.clear_journal()
        started = time.monotonic()
        done = self._play(tasks, variables or {}, {})
        seconds = time.monotonic() - started
        if ("changed=0" in done) == changes:
            raise SystemExit(f"The play did not do what it should:\n{done[-4000:]}")
        journal = self.emulator.journal()
        return Measured(seconds, len(journal), sum(entry.method not in READS for entry in journal))

    def watched(self, tasks: Tasks, **environment: str) -> Watched:
        """Run one play of tasks that change nothing, and watch each of them."""
        told = self.folder / "durations.json"
        more = {
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "durations",
            "ANSIBLE_LIBRARY": str(HERE / "library"),
            "DURATIONS": str(told),
            **environment,
        }
        done = self._play(tasks, {}, more)
        if "changed=0" not in done:
            raise SystemExit(f"A task changed something:\n{done[-4000:]}")
        return Watched(**json.loads(told.read_text()))

    def environment(self) -> dict[str, str]:
        """What a program needs to use the account."""
        return {
            "SCW_API_URL": self.emulator.url,
            "SCW_SECRET_KEY": "11111111-1111-4111-8111-111111111111",
            "SCW_DEFAULT_PROJECT_ID": "22222222-2222-4222-8222-222222222222",
            "SCW_DEFAULT_ZONE": "fr-par-1",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        }

    def _play(self, tasks: Tasks, variables: Mapping[str, Any], environment: Mapping[str, str]) -> str:
        """What a play prints, which must succeed."""
        playbook = self.folder / "play.yml"
        play = {"name": "Measured", "hosts": "localhost", "gather_facts": False, "vars": dict(variables)}
        playbook.write_text(yaml.safe_dump([{**play, "tasks": list(tasks)}], sort_keys=False))
        done = subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), playbook],
            env={**os.environ, **self.environment(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"The play failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done.stdout


@contextmanager
def bench(**settings: Any) -> Iterator[Bench]:
    """A fresh emulator and folder; ``settings`` of the emulator."""
    usual = {"settle_reads": 1, "busy_conflict": False}
    with Emulator(**{**usual, **settings}) as emulator, tempfile.TemporaryDirectory() as folder:
        yield Bench(emulator, Path(folder))


def table(title: str, ways: Mapping[str, Mapping[str, Measured]]) -> str:
    """A table in Markdown: one row for each run, and for each way of doing it requests, writes and seconds."""
    heads = "".join(f" {way}: requests | writes | seconds |" for way in ways)
    lines = [f"## {title}", "", f"| run |{heads}", f"|---|{'---|' * 3 * len(ways)}"]
    for run in next(iter(ways.values())):
        cells = [f"{way[run].requests} | {way[run].writes} | {way[run].seconds:.1f}" for way in ways.values()]
        lines.append(f"| {run} | {' | '.join(cells)} |")
    return "\n".join(lines)
