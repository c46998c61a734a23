# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays that are measured: how long they take, and which requests they make."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Measured:
    """One run of a play: seconds of wall time, requests, and how many of them were writes."""

    seconds: float
    requests: int
    writes: int


class Bench:
    """An emulator and a folder for plays. It takes several writes in a row, as the real load balancer does."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self._folder = folder

    def run(self, tasks: Tasks, *, changes: bool) -> Measured:
        """Run a play of these tasks, which must change something, or nothing."""
        playbook = self._folder / "play.yml"
        play = {"name": "Measured", "hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}
        playbook.write_text(yaml.safe_dump([play], sort_keys=False))
        self.emulator.clear_journal()
        started = time.monotonic()
        done = subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), playbook],
            env={**os.environ, **self._environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - started
        if done.returncode or ("changed=0" in done.stdout) == changes:
            raise SystemExit(f"The play did not do what it should:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        journal = self.emulator.journal()
        return Measured(seconds, len(journal), sum(entry.method not in READS for entry in journal))

    def _environment(self) -> dict[str, str]:
        return {
            "SCW_API_URL": self.emulator.url,
            "SCW_SECRET_KEY": "11111111-1111-4111-8111-111111111111",
            "SCW_DEFAULT_PROJECT_ID": "22222222-2222-4222-8222-222222222222",
            "SCW_DEFAULT_ZONE": "fr-par-1",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        }


@contextmanager
def bench() -> Iterator[Bench]:
    """A fresh emulator and folder."""
    with Emulator(settle_reads=1, busy_conflict=False) as emulator, tempfile.TemporaryDirectory() as folder:
        yield Bench(emulator, Path(folder))


def table(title: str, ways: Mapping[str, Mapping[str, Measured]]) -> str:
    """A table in Markdown: one row for each run, and for each way of doing it requests, writes and seconds."""
    heads = "".join(f" {way}: requests | writes | seconds |" for way in ways)
    lines = [f"### {title}", "", f"| run |{heads}", f"|---|{'---|' * 3 * len(ways)}"]
    for run in next(iter(ways.values())):
        cells = [f"{way[run].requests} | {way[run].writes} | {way[run].seconds:.1f}" for way in ways.values()]
        lines.append(f"| {run} | {' | '.join(cells)} |")
    return "\n".join(lines)
