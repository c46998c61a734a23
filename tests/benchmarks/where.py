# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the time of a module goes: the file that Ansible would run, with a clock around each of its parts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.plays import OWN_PROCESS, Bench, bench

RUNS = 15
WITH_WAITS = 3
"""Runs of what waits."""
PARTS = ("Python", "Ansible", "requests", "own code", "arguments", "connect", "request", "wait", "rest")

# Runs in a process of its own, with the archive of the module, as Ansible makes it, first on the path: nothing in it
# is compiled beforehand. It tells the seconds of each part as JSON on its last line.
CLOCKED = """
import time
began = time.monotonic()
import sys
archive, module, arguments, started = sys.argv[1:]
parts = {"Python": began - float(started)}
def add(part, since):
    parts[part] = parts.get(part, 0) + time.monotonic() - since
def clocked(owner, name, part, minus=()):
    inner = getattr(owner, name)
    def outer(*args, **options):
        before, since = sum(parts.get(other, 0) for other in minus), time.monotonic()
        try:
            return inner(*args, **options)
        finally:
            add(part, since + sum(parts.get(other, 0) for other in minus) - before)
    setattr(owner, name, outer)
sys.path.insert(0, archive)
since = time.monotonic()
from ansible.module_utils import basic
add("Ansible", since)
since = time.monotonic()
import requests
add("requests", since)
since = time.monotonic()
import importlib
loaded = importlib.import_module("ansible_collections.scw.cloud.plugins.modules." + module)
add("own code", since)
import urllib3.connection
clocked(basic.AnsibleModule, "__init__", "arguments")
clocked(urllib3.connection.HTTPConnection, "connect", "connect")
clocked(requests.Session, "request", "request", ("connect",))
inner_sleep = time.sleep
def sleep(seconds):
    since = time.monotonic()
    inner_sleep(seconds)
    add("wait", since)
import ansible_collections.scw.cloud.plugins.module_utils.program as program
clock = program.Clock
program.Clock = lambda: clock(sleep=sleep)
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = arguments.encode(), "legacy"
try:
    loaded.main()
except SystemExit:
    pass
import json
total = time.monotonic() - float(started)
parts["rest"] = total - sum(parts.values())
with open("/proc/self/status") as status:
    parts["peak"] = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1000
print()
print(json.dumps(parts))
"""


def archive_of(run: Bench, module: str, options: Mapping[str, Any]) -> Path:
    """The archive that Ansible sends for a module, with everything that it imports."""
    folder = run.folder / module
    folder.mkdir()
    place = {"ansible_remote_tmp": str(folder)}
    task = {"name": "Kept", f"scw.cloud.{module}": dict(options), "check_mode": True, "vars": OWN_PROCESS}
    os.environ["ANSIBLE_KEEP_REMOTE_FILES"] = "true"
    try:
        run.run([task], changes=True, variables=place)
    finally:
        del os.environ["ANSIBLE_KEEP_REMOTE_FILES"]
    program = next(folder.rglob("AnsiballZ_*.py"))
    subprocess.run([sys.executable, program, "explode"], check=True, capture_output=True)
    (program.parent / "debug_dir" / "args").unlink()
    return Path(shutil.make_archive(str(folder / "module"), "zip", program.parent / "debug_dir"))


def clocked(run: Bench, archive: Path, module: str, options: Mapping[str, Any]) -> dict[str, float]:
    """Milliseconds of each part of one run, and as ``peak`` the KiB of memory that the process took at most."""
    arguments = json.dumps({"ANSIBLE_MODULE_ARGS": dict(options)})
    done = subprocess.run(
        [sys.executable, "-c", CLOCKED, archive, module, arguments, str(time.monotonic())],
        env={**os.environ, **run.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    result, parts = [line for line in done.stdout.splitlines() if line]
    if json.loads(result).get("failed"):
        raise SystemExit(f"The task failed:\n{done.stdout}\n{done.stderr}")
    return {part: seconds * 1000 for part, seconds in json.loads(parts).items()}


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """The median of each part."""
    return {part: median(run.get(part, 0.0) for run in runs) for part in (*PARTS, "peak")}


def compare_parts() -> str:
    """The table: a task with nothing to do, and one that creates and waits."""
    found: dict[str, dict[str, float]] = {}
    with bench(settle_reads=0) as run:
        kept = {
            "scw_lb": {"name": "shop", "type": "lb-s"},
            "scw_container_namespace": {"name": "shop"},
        }
        archives = {module: archive_of(run, module, options) for module, options in kept.items()}
        for module, options in kept.items():
            clocked(run, archives[module], module, options)
        for module, options in kept.items():
            runs = [clocked(run, archives[module], module, options) for _run in range(RUNS)]
            found[f"`{module}`, nothing to do"] = medians(runs)
        run.emulator.settings(settle_reads=3)
        waiting = [
            clocked(run, archives["scw_lb"], "scw_lb", {"name": f"new-{number}", "type": "lb-s"})
            for number in range(WITH_WAITS)
        ]
        found["`scw_lb`, created, ready at the fourth look"] = medians(waiting)
    return written(found)


def written(found: Mapping[str, Mapping[str, float]]) -> str:
    """The table."""
    lines = [
        "## Where the time of a module goes",
        "",
        f"Milliseconds, medians of {RUNS} runs. *Python*: until the first line. *Ansible*, *requests*, *own code*: "
        "importing them. The first and the last come from the archive that Ansible sends, and are compiled each time.",
        "",
        f"| task | {' | '.join(PARTS)} | total | peak memory, MiB |",
        f"|---|{'---|' * (len(PARTS) + 2)}",
    ]
    for task, parts in found.items():
        cells = [f"{parts[part]:.0f}" for part in PARTS]
        total = sum(parts[part] for part in PARTS)
        lines.append(f"| {task} | {' | '.join(cells)} | {total:.0f} | {parts['peak'] / 1024:.0f} |")
    return "\n".join(lines)
