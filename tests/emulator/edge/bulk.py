# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating pipelines by the thousand, ready from the start, each with a whole chain of stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from emulator.edge import settling
from emulator.edge.facts import link_key
from emulator.edge.records import Pipeline, Stage
from emulator.edge.state import EdgeState
from emulator.identities import SEEDED_PROJECT_ID
from emulator.world import StatusRule

SEED_KINDS = frozenset({"edge_pipelines", "backend_stages_per_pipeline", "route_rules_per_pipeline"})


def create(state: EdgeState, counts: Mapping[str, int]) -> dict[str, int]:
    """Create what is asked and return how many objects of each kind were made.

    A pipeline is dns, tls, cache, waf and backend; with rules, there is a route stage before the waf stage. The plan
    of the project they are in does not limit them.
    """
    before = _sizes(state)
    if counts.get("edge_pipelines", 0):
        state.plans.setdefault(SEEDED_PROJECT_ID, "advanced")
    for _each in range(counts.get("edge_pipelines", 0)):
        backends = counts.get("backend_stages_per_pipeline", 1)
        _add_pipeline(state, max(backends, 1), counts.get("route_rules_per_pipeline", 0))
    return dict(_sizes(state) - before)


def _sizes(state: EdgeState) -> Counter[str]:
    return Counter({kind: len(kept) for kind, kept in state.records().items() if kind != "edge_plans"})


def _made(state: EdgeState) -> dict[str, Any]:
    now = state.world.clock.tick()
    return {"id": state.world.identities.uuid(), "created_at": now, "updated_at": now}


def _add_pipeline(state: EdgeState, backends: int, rules: int) -> None:
    name = f"pipeline-{len(state.pipelines):05d}"
    pipeline = Pipeline(
        **_made(state),
        name=name,
        description="",
        project_id=SEEDED_PROJECT_ID,
        organization_id=state.world.identities.organization_id,
    )
    state.pipelines.add(pipeline)
    buckets = [_bucket(f"{name}-{number}") for number in range(backends)]
    origins = [_add_stage(state, pipeline, "backend", bucket, None) for bucket in buckets]
    last = _add_stage(state, pipeline, "waf", {"mode": "enable", "paranoia_level": 1}, origins[0])
    if rules:
        last = _add_stage(state, pipeline, "route", {}, last)
        last.rules = [_rule(number, origins[number % backends]) for number in range(rules)]
    last = _add_stage(state, pipeline, "cache", {"fallback_ttl": "3600s", "include_cookies": False}, last)
    last = _add_stage(state, pipeline, "tls", {"secrets": [], "managed_certificate": True}, last)
    names = {"fqdns": [f"{name}.cdn.example.com"], "wildcard_domain": False, "full_private": False}
    pipeline.head_ids = [_add_stage(state, pipeline, "dns", names, last).id]
    # What is made here is in order; to look for what is wrong would take long.
    settling.conclude(state, pipeline, StatusRule(settling.PIPELINE, status="ready"))


def _add_stage(
    state: EdgeState, pipeline: Pipeline, kind: str, settings: dict[str, Any], following: Stage | None
) -> Stage:
    link = {} if following is None else {link_key(following.kind): following.id}
    return state.stages.add(
        Stage(**_made(state), kind=kind, pipeline_id=pipeline.id, settings=settings, link=link),
    )


def _bucket(name: str) -> dict[str, Any]:
    return {"scaleway_s3": {"bucket_name": name, "bucket_region": "fr-par", "is_website": False}}


def _rule(number: int, backend: Stage) -> dict[str, Any]:
    path = {"path_filter_type": "regex", "value": f"^/part-{number}/"}
    return {"rule_http_match": {"method_filters": [], "path_filter": path}, link_key("backend"): backend.id}
