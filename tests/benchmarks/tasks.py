# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs that has nothing to do, beside tasks of Ansible and the same task with the vendor's SDK."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.plays import OWN_PROCESS, Bench, bench

ROUNDS = 15
REGION = "fr-par"
PROJECT = "22222222-2222-4222-8222-222222222222"
PLACE = {"lb": "shop", "frontend": "http", "acl": "office"}
SERVED = {"pipeline": "shop"}
RUN = {"namespace": "shop", "container": "web", "trigger": "nightly"}
CALLED = {"namespace": "shop", "function": "resize"}
BUCKET = {"bucket_name": "pictures", "bucket_region": REGION}

SURROUNDINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("scw_lb", {"name": "shop", "type": "lb-s"}),
    (
        "scw_lb_backend",
        {"lb": "shop", "name": "app", "forward_protocol": "http", "forward_port": 80, "server_ip": ["10.0.0.1"]},
    ),
    ("scw_lb_frontend", {"lb": "shop", "name": "http", "inbound_port": 80, "backend": "app"}),
    ("scw_edge_plan", {"plan_name": "professional"}),
    ("scw_edge_pipeline", {"name": "shop"}),
    ("scw_container_namespace", {"name": "shop"}),
    ("scw_container", {"namespace": "shop", "name": "web", "image": "nginx:1", "port": 80}),
    ("scw_function_namespace", {"name": "shop"}),
)


@dataclass(frozen=True)
class Subject:
    """A task of ours; what the SDK is to look for, and must find; another collection's module for the same."""

    module: str
    options: Mapping[str, Any]
    kind: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    wanted: tuple[Any, ...] = ()
    peer: str = ""
    peer_options: Mapping[str, Any] = field(default_factory=dict)

    def ways(self, peers: str = "") -> dict[str, dict[str, Any]]:
        """The task in every way that it can be run."""
        ours = {f"scw.cloud.{self.module}": dict(self.options)}
        ways = {"controller": ours, "module": {**ours, "vars": OWN_PROCESS}}
        if self.kind:
            ways["SDK"] = {"sdk_task": {"kind": self.kind, "names": dict(self.names), "wanted": list(self.wanted)}}
        if self.peer and peers:
            libraries = {"PYTHONPATH": str(Path(peers, "lib"))}
            options = dict(self.peer_options)
            ways["community.general"] = {f"community.general.{self.peer}": options, "environment": libraries}
        return ways


SUBJECTS = (
    Subject("scw_lb", {"name": "shop", "type": "lb-s"}, "lb", PLACE, ("lb-s",)),
    Subject(
        "scw_lb_acl",
        {
            **{key: PLACE[key] for key in ("lb", "frontend")},
            **{"name": "office", "index": 1, "action": {"type": "allow"}, "match": {"ip_subnet": ["192.0.2.0/24"]}},
        },
        "acl",
        PLACE,
        (1, "allow"),
    ),
    Subject(
        "scw_edge_backend_stage", {"pipeline": "shop", "scaleway_s3": BUCKET}, "backend_stage", SERVED, ("pictures",)
    ),
    Subject(
        "scw_container_trigger",
        {
            **{"namespace": "shop", "container": "web", "name": "nightly"},
            "cron_config": {"schedule": "0 6 * * *", "timezone": "UTC"},
            "destination_config": {"http_path": "/"},
        },
        "trigger",
        RUN,
        ("0 6 * * *",),
    ),
    Subject(
        "scw_function",
        {"namespace": "shop", "name": "resize", "runtime": "python313", "handler": "handler.handle"},
        "function",
        CALLED,
        ("python313",),
    ),
    Subject(
        "scw_function_namespace",
        {"name": "shop"},
        peer="scaleway_function_namespace",
        peer_options={
            "name": "shop",
            "region": REGION,
            "project_id": PROJECT,
            "api_token": "{{ lookup('env', 'SCW_SECRET_KEY') }}",
        },
    ),
)
ANSIBLE: Mapping[str, dict[str, Any]] = {
    "ansible.builtin.debug": {"ansible.builtin.debug": {"msg": "hello"}},
    "ansible.builtin.ping": {"ansible.builtin.ping": {}},
}


def compare_tasks() -> str:
    """The table for single tasks; each round runs every task once, so that all share what else the machine does."""
    peers = os.environ.get("PEERS", "")
    with bench(settle_reads=0) as run:
        run.run([{"name": "Around", f"scw.cloud.{name}": options} for name, options in SURROUNDINGS], changes=True)
        run.run([{"name": "Subject", **one.ways()["controller"]} for one in SUBJECTS], changes=True)
        tasks = {(name, ""): task for name, task in ANSIBLE.items()}
        for one in SUBJECTS:
            tasks.update({(one.module, way): task for way, task in one.ways(peers).items()})
        needed = {key: requests(run, task) for key, task in tasks.items() if key[1] == "controller"}
        taken = durations(run, tasks, peers)
    return written(taken, {key[0]: number for key, number in needed.items()})


def requests(run: Bench, task: Mapping[str, Any]) -> int:
    """How many requests the task makes."""
    return run.run([{"name": "Counted", **task}], changes=False).requests


def durations(
    run: Bench, tasks: Mapping[tuple[str, str], Mapping[str, Any]], peers: str
) -> dict[tuple[str, str], float]:
    """Median of the milliseconds that each task takes; without the first round, which builds what is cached."""
    one_round = [{"name": f"{name} {way}", **task} for (name, way), task in tasks.items()]
    path = os.pathsep.join(filter(None, [os.environ.get("ANSIBLE_COLLECTIONS_PATH"), peers]))
    seconds = run.watched(one_round * (1 + ROUNDS), ANSIBLE_COLLECTIONS_PATH=path).seconds
    columns = [seconds[index + len(tasks) :: len(tasks)] for index in range(len(tasks))]
    return {key: median(column) * 1000 for key, column in zip(tasks, columns, strict=True)}


def written(taken: Mapping[tuple[str, str], float], needed: Mapping[str, int]) -> str:
    """The table."""
    ping, debug = (taken[f"ansible.builtin.{name}", ""] for name in ("ping", "debug"))
    lines = [
        "## A task with nothing to do",
        "",
        f"Milliseconds, and how often `ansible.builtin.ping` fits in; medians of {ROUNDS} rounds in one play.",
        "",
        "| task | requests | in the controller | module | more than `ping` | with the SDK | `community.general` |",
        "|---|---|---|---|---|---|---|",
        f"| `ansible.builtin.debug` | 0 | {_cell(debug, ping)} | | | | |",
        f"| `ansible.builtin.ping` | 0 | | {_cell(ping, ping)} | 0 | | |",
    ]
    for one in SUBJECTS:
        ways = {way: taken.get((one.module, way)) for way in ("controller", "module", "SDK", "community.general")}
        cells = [_cell(milliseconds, ping) for milliseconds in ways.values()]
        more = f"{(ways['module'] or 0) - ping:.0f}"
        lines.append(f"| `{one.module}` | {needed[one.module]} | {' | '.join([*cells[:2], more, *cells[2:]])} |")
    return "\n".join([*lines, "", *_verdicts(taken, ping, debug)])


def _cell(milliseconds: float | None, ping: float) -> str:
    return "" if milliseconds is None else f"{milliseconds:.0f} ({milliseconds / ping:.2f})"


def _verdicts(taken: Mapping[tuple[str, str], float], ping: float, debug: float) -> list[str]:
    """The goals for these figures, and what they are."""
    names = [one.module for one in SUBJECTS]
    more = max(taken[name, "module"] - ping for name in names)
    slowest = max(taken[name, "controller"] for name in names)
    sdk = min(taken[one.module, "SDK"] / taken[one.module, "module"] for one in SUBJECTS if one.kind)
    return [
        f"- A module costs at most {more:.0f} ms more than `ping` (goal: 110), "
        f"and the SDK takes at least {sdk:.2f} times as long (goal: more than 1).",
        f"- In the controller a task takes at most {slowest:.0f} ms, {slowest - debug:.0f} more than `debug` "
        f"(goal: 40 and its requests), and `ping` {ping / slowest:.1f} times as long (goal: 5).",
    ]
