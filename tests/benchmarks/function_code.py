# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of a function of 50 MB: how long it takes to pack, and how much memory the module takes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from emulator.testing import Emulator

FILES = 500
BYTES_PER_FILE = 100_000
MEGABYTE = 1_000_000
KEY, PROJECT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
# Runs a module as Ansible does, in a process of its own, and tells its peak of memory at the end. That is read from
# /proc, because the peak that getrusage tells is at least that of the process which started it.
MODULE = """
import atexit, sys
def tell():
    with open("/proc/self/status") as status:
        sys.stderr.write(next(line.split()[1] for line in status if line.startswith("VmHWM")))
atexit.register(tell)
from ansible.module_utils import basic
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = sys.stdin.buffer.read(), "legacy"
from ansible_collections.scw.cloud.plugins.modules import scw_function
scw_function.main()
"""


@dataclass(frozen=True)
class Run:
    """One run of the module: seconds of wall time, and bytes of memory at its peak."""

    seconds: float
    peak: int


def fill(folder: Path) -> None:
    """Write files of which about half can be compressed away."""
    numbers = random.Random(1)
    for number in range(FILES):
        half = numbers.randbytes(BYTES_PER_FILE // 2)
        path = folder / f"package_{number // 50}" / f"module_{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(half + b"print('hello')\n" * (BYTES_PER_FILE // 30))
    (folder / "handler.py").write_text("def handle(event, context):\n    return {}\n")


def pack(folder: Path, archive: Path) -> float:
    """Pack the folder; seconds."""
    from ansible_collections.scw.cloud.plugins.plugin_utils import code_folder

    started = time.monotonic()
    with open(archive, "w+b") as target:
        code_folder.pack(str(folder), target)
    return time.monotonic() - started


def run(emulator: Emulator, archive: Path, *, changes: bool) -> Run:
    """Run the module with the archive, which must change something, or nothing."""
    options = {"namespace": "bench", "name": "large", "runtime": "python313", "src": str(archive)}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MODULE],
        input=json.dumps({"ANSIBLE_MODULE_ARGS": options}),
        env={**os.environ, "SCW_API_URL": emulator.url, "SCW_SECRET_KEY": KEY, "SCW_DEFAULT_PROJECT_ID": PROJECT},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if done.returncode or json.loads(done.stdout)["changed"] != changes:
        raise SystemExit(f"The task did not do what it should:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return Run(seconds, int(done.stderr.split()[-1]) * 1024)


def compare_code() -> str:
    """The table for a folder of code."""
    with Emulator(settle_reads=0) as emulator, tempfile.TemporaryDirectory() as place:
        folder, archive = Path(place, "code"), Path(place, "code.zip")
        folder.mkdir()
        fill(folder)
        _create_namespace(emulator)
        packing = pack(folder, archive)
        size = archive.stat().st_size / MEGABYTE
        runs = {
            "first run": run(emulator, archive, changes=True),
            "nothing to do": run(emulator, archive, changes=False),
        }
        (folder / "handler.py").write_text("def handle(event, context):\n    return {'one': 1}\n")
        pack(folder, archive)
        runs["one file changed"] = run(emulator, archive, changes=True)
    return _table(f"Code of {FILES * BYTES_PER_FILE // MEGABYTE} MB: {packing:.1f} s to pack, to {size:.0f} MB", runs)


def _create_namespace(emulator: Emulator) -> None:
    answer = requests.post(
        f"{emulator.url}/functions/v1beta1/regions/fr-par/namespaces",
        json={"name": "bench", "project_id": PROJECT},
        headers={"X-Auth-Token": KEY},
        timeout=10,
    )
    answer.raise_for_status()


def _table(title: str, runs: Mapping[str, Run]) -> str:
    lines = [f"## {title}", "", "| run | seconds | peak of memory of the module |", "|---|---|---|"]
    lines += [f"| {name} | {one.seconds:.1f} | {one.peak / MEGABYTE:.0f} MB |" for name, one in runs.items()]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    sys.stdout.write(compare_code() + "\n")


if __name__ == "__main__":
    main()
