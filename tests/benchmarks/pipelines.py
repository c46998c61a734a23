# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole pipeline of Edge Services in one task against a task for each stage."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from benchmarks.plays import Bench, Measured, Tasks, bench, table

ORIGIN = {"scaleway_s3": {"bucket_name": "site", "bucket_region": "fr-par"}}
RULES = [{"rule_http_match": {"path_filter": {"value": "/admin/.*"}}, "backend_stage": "only"}]
ABSENT = {"state": "absent"}


def whole() -> dict[str, Any]:
    """A pipeline with a stage of every kind."""
    return {
        "dns": {"fqdns": ["www.example.com"]},
        "tls": {"managed_certificate": True},
        "cache": {"fallback_ttl": "1h"},
        "route": {"route_rules": RULES},
        "waf": {"mode": "enable", "paranoia_level": 2},
        "backend": ORIGIN,
    }


def together(stages: dict[str, Any]) -> Tasks:
    """All of it in one task."""
    given = {kind: stage for kind, stage in stages.items() if kind != "backend"}
    inline = {**given, "backends": [stages["backend"]]}
    return [{"name": "All", "scw.cloud.scw_edge_pipeline": {"name": "shop", "stages": inline}}]


def apart(stages: dict[str, Any]) -> Tasks:
    """A task for each stage, from the origin to the head."""
    kinds = list(stages)
    tasks = [{"name": "Pipeline", "scw.cloud.scw_edge_pipeline": {"name": "shop"}}]
    for index in reversed(range(len(kinds))):
        link = {f"{kinds[index + 1]}_stage": "only"} if index + 1 < len(kinds) else {}
        options = {"pipeline": "shop", **stages[kinds[index]], **link}
        tasks.append({"name": kinds[index], f"scw.cloud.scw_edge_{kinds[index]}_stage": options})
    head = {"pipeline": "shop", "dns_stage": "only"}
    return [*tasks, {"name": "Head", "scw.cloud.scw_edge_head_stage": head}]


def gone(way: str, stages: dict[str, Any]) -> Tasks:
    """What deletes it."""
    last = [{"name": "Pipeline", "scw.cloud.scw_edge_pipeline": {"name": "shop", **ABSENT}}]
    if way == "one task":
        return last
    named = {kind: stage if kind == "backend" else {} for kind, stage in stages.items()}
    first = {"head": {}, **named}
    return [
        *(
            {"name": kind, f"scw.cloud.scw_edge_{kind}_stage": {"pipeline": "shop", **options, **ABSENT}}
            for kind, options in first.items()
        ),
        *last,
    ]


def measured(run: Bench, way: str) -> dict[str, Measured]:
    """Every run of one way."""
    tasks = together if way == "one task" else apart
    stages = whole()
    run.run([{"name": "Plan", "scw.cloud.scw_edge_plan": {"plan_name": "professional"}}], changes=True)
    without = {kind: stage for kind, stage in stages.items() if kind != "cache"}
    run.run(tasks(without), changes=True)
    inserted = run.run(tasks(stages), changes=True)
    deleted = run.run(gone(way, stages), changes=True)
    first = {"first run": run.run(tasks(stages), changes=True), "nothing to do": run.run(tasks(stages), changes=False)}
    changed = deepcopy(stages)
    changed["waf"]["paranoia_level"] = 3
    one = run.run(tasks(changed), changes=True)
    return {**first, "one change": one, "a cache inserted": inserted, "deletion": deleted}


def compare_pipelines() -> str:
    """The table for the whole pipeline."""
    ways: dict[str, dict[str, Measured]] = {}
    for way in ("one task", "a task each"):
        with bench() as run:
            ways[way] = measured(run, way)
    return table("A pipeline with a stage of every kind", ways)
