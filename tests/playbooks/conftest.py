# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal in an empty directory, in which the playbooks of the collection are run against the emulator."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from behaviour.account import Account
from emulator.testing import Emulator
from programs import run, typed_in

_RECAP = re.compile(r"^(\S+) +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Played:
    """How a run of ``ansible-playbook`` ended, what it wrote, and the requests that were not reads."""

    code: int
    output: str
    complaints: str
    writes: list[str]
    """Names of the operations, in their order."""

    @property
    def text(self) -> str:
        """Everything it wrote, in one line."""
        return " ".join(f"{self.output}\n{self.complaints}".split())

    def says(self, words: str) -> bool:
        """Whether it wrote these words, wherever lines break; quotes and escapes of JSON do not count."""
        return _letters(words) in _letters(self.text)

    @property
    def tasks(self) -> list[str]:
        """Names of the tasks and handlers that were announced, without those of roles before them."""
        return re.findall(r"^(?:TASK|RUNNING HANDLER) \[(?:[\w.]+ : )?(.*?)\] \*+$", self.output, re.MULTILINE)

    @property
    def changed(self) -> int:
        """How many tasks changed something, on all hosts together."""
        return sum(int(row[2]) for row in _RECAP.findall(self.output))

    @property
    def failed(self) -> int:
        """How many hosts failed."""
        return sum(row[4] != "0" for row in _RECAP.findall(self.output))

    def succeeded(self) -> Played:
        """Itself; the run must have succeeded."""
        assert self.code == 0, f"{self.output}\n{self.complaints}"
        return self

    def refused(self) -> Played:
        """Itself; the run must have failed."""
        assert self.code != 0, self.output
        return self


def _letters(text: str) -> str:
    return re.sub(r"[\s\"'\\]+", "", text)


@dataclass
class Terminal:
    """An empty directory, and an environment with the credentials of an account on the emulator."""

    emulator: Emulator
    folder: Path
    account: Account
    environment: dict[str, str]

    def play(self, playbook: str, *arguments: str, **variables: Any) -> Played:
        """Run a playbook of the collection, or a file in this directory, with these extra variables."""
        self.emulator.clear_journal()
        words = [self._name(playbook), *self._extra(variables), *arguments]
        done = run("ansible-playbook", words, self.environment, self.folder)
        writes = [str(entry.operation) for entry in self.emulator.writes()]
        return Played(done.returncode, done.stdout, done.stderr, writes)

    def check(self, playbook: str, *arguments: str, **variables: Any) -> Played:
        """Run it in check mode with differences; nothing may be written."""
        played = self.play(playbook, "--check", "--diff", *arguments, **variables)
        assert played.writes == [], played.output
        return played

    def again(self, playbook: str, *arguments: str, **variables: Any) -> Played:
        """Run it where it has nothing to do: it succeeds, changes nothing and writes nothing."""
        played = self.play(playbook, *arguments, **variables).succeeded()
        assert (played.changed, played.writes) == (0, []), played.output
        return played

    def _name(self, playbook: str) -> str:
        return playbook if playbook.endswith(".yml") else f"scw.cloud.{playbook}"

    def _extra(self, variables: dict[str, Any]) -> list[str]:
        return ["-e", json.dumps(variables)] if variables else []

    def write(self, name: str, text: str) -> Path:
        """Write a file in this directory."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def objects(self, kind: str) -> list[dict[str, Any]]:
        """What the emulator holds of a kind, such as ``lbs`` or ``containers``."""
        return self.emulator.state()[kind]

    def object(self, kind: str, **values: Any) -> dict[str, Any]:
        """The only one of a kind that has these values."""
        (found,) = [one for one in self.objects(kind) if values.items() <= one.items()]
        return found


@pytest.fixture
def terminal(running_emulator: Emulator, session: requests.Session, tmp_path: Path) -> Terminal:
    running_emulator.reset()
    folder = tmp_path / "project"
    folder.mkdir()
    account = Account(running_emulator, "zones/fr-par-1", session)
    return Terminal(running_emulator, folder, account, typed_in(running_emulator, tmp_path, folder))
