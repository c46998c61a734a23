# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader: does in an empty directory what a page tells, with the emulator in the place of the API."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from behaviour.account import Account
from emulator.testing import Emulator
from programs import SINCE_2_19, typed_in

from .pages import RUN, Change, Command, File, Plays, Step, as_newer_versions_show


@dataclass
class Reader:
    """An empty home directory, an account on the emulator, and credentials in the environment."""

    emulator: Emulator
    folder: Path
    account: Account
    environment: dict[str, str]
    variables: dict[str, Any] = field(default_factory=dict)
    """What plays of the page use and the reader brings along."""
    waiting: list[Path] = field(default_factory=list)

    def follow(self, steps: list[Step]) -> None:
        """Do all steps. Plays that stand in the page are run together, before the next command."""
        for step in steps:
            if isinstance(step, File):
                self.save(step.name, step.text)
            elif isinstance(step, Change):
                self.change(step)
            elif isinstance(step, Plays):
                path = self.save(f"line-{step.line}.yml", yaml.safe_dump(step.plays, sort_keys=False))
                self.waiting.append(path)
            elif isinstance(step, Command) and shlex.split(step.line)[0] in RUN:
                self.run_plays()
                self.type(step)
        self.run_plays()

    def save(self, name: str, text: str) -> Path:
        """Write a file in the directory."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def change(self, step: Change) -> None:
        """Replace words in a file that was saved before."""
        path = self.folder / step.name
        text = path.read_text()
        assert step.old in text, f"{step.name} does not say {step.old}"
        path.write_text(text.replace(step.old, step.new))

    def run_plays(self) -> None:
        """Run the plays of the page that were not run yet; all of them must succeed."""
        if self.waiting:
            done = self._run(["ansible-playbook", *map(str, self.waiting), "-e", json.dumps(self.variables)])
            assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
            self.waiting.clear()

    def type(self, command: Command) -> None:
        """Run a command; it must answer what the page shows, or just succeed if the page shows nothing."""
        program, *words = shlex.split(command.line)
        if program in ("export", "unset"):
            self.set_variables(words)
            return
        done = self._run([program, *words])
        output = f"{done.stdout}{done.stderr}"
        output = output if SINCE_2_19 else as_newer_versions_show(output)
        if command.answer:
            assert command.is_answered_by(output), (
                f"$ {command.line}\n{output}\n--- but the page says\n{command.answer}"
            )
        else:
            assert done.returncode == 0, f"$ {command.line}\n{output}"

    def set_variables(self, words: list[str]) -> None:
        """Set variables of the environment, or remove those without a value; … stands for the reader's own value."""
        for name, equals, value in (word.partition("=") for word in words):
            if not equals:
                self.environment.pop(name, None)
            elif value != "…":
                self.environment[name] = value

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture
def reader(running_emulator: Emulator, session: requests.Session, tmp_path: Path) -> Reader:
    running_emulator.reset()
    account = Account(running_emulator, "zones/fr-par-1", session)
    return Reader(running_emulator, tmp_path, account, typed_in(running_emulator, tmp_path, tmp_path))
