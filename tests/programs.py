# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of Ansible as somebody runs them who has an account on the emulator, and nothing else set."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ansible.release import __version__ as ansible_version

from behaviour.account import PROJECT_ID, TOKEN
from emulator.testing import Emulator

TESTS = Path(__file__).parent
PROGRAMS = Path(sys.executable).parent
SEARCH_PATH = f"{PROGRAMS}:/usr/bin:/bin"
SINCE_2_19 = not ansible_version.startswith("2.18.")
"""Whether this Ansible is newer than 2.18, which shows errors, types and marked values in another way."""


def environment(emulator: Emulator, home: Path, **more: str) -> dict[str, str]:
    """All variables that a program is to have; ``more``: what is special."""
    variables = {
        "HOME": str(home),
        "PATH": SEARCH_PATH,
        "SCW_API_URL": emulator.url,
        "SCW_SECRET_KEY": TOKEN,
        "ANSIBLE_NOCOLOR": "true",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        **more,
    }
    if "ANSIBLE_COLLECTIONS_PATH" in os.environ:
        variables["ANSIBLE_COLLECTIONS_PATH"] = os.environ["ANSIBLE_COLLECTIONS_PATH"]
    return variables


def typed_in(emulator: Emulator, home: Path, folder: Path) -> dict[str, str]:
    """The environment of a terminal in this directory, for plays without an inventory."""
    return environment(
        emulator,
        home,
        PWD=str(folder),
        SCW_DEFAULT_PROJECT_ID=PROJECT_ID,
        ANSIBLE_LOCALHOST_WARNING="false",
        ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
    )


class Warm:
    """A process that has imported Ansible with these settings, and runs its programs; see ``warm``."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**settings, "PYTHONPATH": str(TESTS)},
            cwd=tempfile.gettempdir(),
        )

    def start(
        self,
        program: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        output: Path,
        complaints: Path,
    ) -> int:
        """Start a run of a program; its process."""
        command = {
            **{"program": program, "arguments": list(arguments), "environment": dict(environment)},
            **{"folder": str(folder), "output": str(output), "complaints": str(complaints)},
        }
        return self._ask(command)["pid"]

    def wait(self, pid: int) -> int:
        """Return the exit code of a run once it has ended, or as a negative number the signal that ended it."""
        return self._ask({"wait": pid})["code"]

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, command: dict[str, Any]) -> dict[str, int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer


_warm: dict[frozenset[tuple[str, str]], Warm] = {}


def run(
    program: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run ``ansible``, ``ansible-inventory`` or ``ansible-playbook`` to its end, in a folder without ``ansible.cfg``.

    Ansible reads its settings while it is imported, so there is one warm process for each set of them.
    """
    assert not (folder / "ansible.cfg").exists()
    settings = {name: value for name, value in environment.items() if not name.startswith("SCW_")}
    key = frozenset((name, value) for name, value in settings.items() if name not in ("HOME", "PWD"))
    if key not in _warm:
        _warm[key] = Warm({**settings, "HOME": os.environ["HOME"]})
        atexit.register(_warm[key].stop)
    with tempfile.TemporaryDirectory() as written:
        output, complaints = Path(written, "output"), Path(written, "complaints")
        pid = _warm[key].start(program, arguments, environment, folder, output, complaints)
        code = _warm[key].wait(pid)
        return subprocess.CompletedProcess([program, *arguments], code, output.read_text(), complaints.read_text())
