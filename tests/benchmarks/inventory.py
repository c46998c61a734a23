# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large inventory: the whole command against a static file, and the fetching against the vendor's SDK."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.testing import Emulator

LBS = 2000
CONTAINERS = 5000
LATENCY_MS = 50

FETCH = """
import os, sys, time
from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_container, inventory_lb
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Order, fetch, locations
started = time.monotonic()
count = 0
for product in (inventory_lb.PRODUCT, inventory_container.PRODUCT):
    order = Order(locations(product.location, (), ()), (), ())
    count += len(fetch(product, order, {"api_timeout": 60, "fetch_timeout": 300}, strict_permissions=True).items)
print(count, time.monotonic() - started)
"""

FETCH_WITH_SDK = """
import os, time
from scaleway import Client
from scaleway.container.v1.api import ContainerV1API
from scaleway.lb.v1.api import LbV1ZonedAPI
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LOCATION
client = Client(
    access_key="SCWXXXXXXXXXXXXXXXXX", secret_key=os.environ["SCW_SECRET_KEY"], api_url=os.environ["SCW_API_URL"]
)
started = time.monotonic()
count = sum(len(LbV1ZonedAPI(client).list_lbs_all(zone=zone)) for zone in LOCATION.zones)
count += sum(len(ContainerV1API(client).list_containers_all(region=region)) for region in LOCATION.regions)
print(count, time.monotonic() - started)
"""


@dataclass(frozen=True)
class Command:
    """One run of a program: what it wrote, seconds of wall time, and the most memory it had, in MiB."""

    output: str
    seconds: float
    memory: float


def run(arguments: Sequence[object], environment: Mapping[str, str]) -> Command:
    """Run a program, which must succeed without a word of complaint."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as complaints:
        started = time.monotonic()
        process = subprocess.Popen(
            [str(argument) for argument in arguments],
            env={**os.environ, **environment},
            stdout=output,
            stderr=complaints,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        output.seek(0)
        complaints.seek(0)
        said = complaints.read()
        if process.returncode or said:
            raise SystemExit(f"{arguments} ended with {process.returncode}:\n{said[-4000:]}")
        return Command(output.read(), seconds, usage.ru_maxrss / 1024)


def unwrapped(value: Any) -> Any:
    """A value as it was before ansible-inventory marked its texts as unsafe."""
    if isinstance(value, dict):
        marked = value.get("__ansible_unsafe")
        return marked if marked is not None else {key: unwrapped(nested) for key, nested in value.items()}
    return [unwrapped(nested) for nested in value] if isinstance(value, list) else value


def static(listed: Mapping[str, Any]) -> dict[str, Any]:
    """What ``ansible-inventory --list`` told, as a static inventory."""
    groups: dict[str, Any] = {"all": {"hosts": listed["_meta"]["hostvars"], "children": {}}}
    for name, group in listed.items():
        if name not in ("_meta", "all") and group.get("hosts"):
            groups["all"]["children"][name] = {"hosts": dict.fromkeys(group["hosts"])}
    return groups


def compare_inventories() -> str:
    """The tables; two commands that must list the same hosts with the same variables and groups."""
    with Emulator(latency_ms=LATENCY_MS) as emulator, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        emulator.seed(lbs=LBS, container_namespaces=3, containers=CONTAINERS)
        environment = {
            "SCW_API_URL": emulator.url,
            "SCW_SECRET_KEY": "11111111-1111-4111-8111-111111111111",
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
        }
        sources = [folder / "bench.scw_lb.yml", folder / "bench.scw_container.yml"]
        for source in sources:
            source.write_text(f"plugin: scw.cloud.{source.name.split('.')[1]}\n")
        ours = listing(sources, folder / "ours.json", environment)
        listed = unwrapped(json.loads((folder / "ours.json").read_text()))
        # As JSON, which Ansible reads several times as fast as the same in YAML.
        (folder / "static.json").write_text(json.dumps(static(listed)))
        theirs = listing([folder / "static.json"], folder / "theirs.json", environment)
        if static(unwrapped(json.loads((folder / "theirs.json").read_text()))) != static(listed):
            raise SystemExit("The static inventory does not list the same hosts and variables.")
        fetched, sdk = (fetching(script, environment) for script in (FETCH, FETCH_WITH_SDK))
    return tables(ours, theirs, fetched, sdk)


def listing(sources: Sequence[Path], target: Path, environment: Mapping[str, str]) -> Command:
    """Run ``ansible-inventory --list``."""
    inventories = [part for source in sources for part in ("-i", source)]
    program = Path(sys.executable).with_name("ansible-inventory")
    return run([program, *inventories, "--list", "--output", target], environment)


def fetching(script: str, environment: Mapping[str, str]) -> float:
    """Seconds that a script takes to fetch everything, without the start of Python."""
    count, seconds = run([sys.executable, "-c", script], environment).output.split()
    if int(count) != LBS + CONTAINERS:
        raise SystemExit(f"{count} hosts were fetched instead of {LBS + CONTAINERS}.")
    return float(seconds)


def tables(ours: Command, theirs: Command, fetched: float, sdk: float) -> str:
    """What was measured, as text."""
    what = (
        f"{LBS} load balancers in 8 zones and {CONTAINERS} containers in 3 regions, {LATENCY_MS} ms before each answer"
    )
    lines = [
        f"## Inventory: {what}",
        "",
        "| `ansible-inventory --list` of | seconds | ratio | peak memory, MiB |",
        "|---|---|---|---|",
        f"| the plugins | {ours.seconds:.1f} | {ours.seconds / theirs.seconds:.2f} | {ours.memory:.0f} |",
        f"| a static JSON file with the same | {theirs.seconds:.1f} | 1.00 | {theirs.memory:.0f} |",
        "",
        "| fetching alone, by | seconds | times as fast |",
        "|---|---|---|",
        f"| the plugins | {fetched:.1f} | {sdk / fetched:.1f} |",
        f"| the vendor's SDK, one page after the other | {sdk:.1f} | 1.0 |",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{compare_inventories()}\n")
