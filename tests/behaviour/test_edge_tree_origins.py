# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole pipelines before each kind of origin, what the platform says of them, and how what differs is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from behaviour.account import BACKEND_BODY, PROJECT_ID
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet
from behaviour.pipelines import OWN_HOST, Site, bucket, rule
from behaviour.whole import put

ENDPOINT = {"region": "fr-par", "private_network_id": "a5555555-5555-4555-8555-555555555550"}


# Origins


def _lb(site: Site) -> dict[str, str]:
    account = site.account.at("/lb/v1", "zones/nl-ams-2")
    lb = account.post("/lbs", name="shop", type="LB-S", project_id=PROJECT_ID)["id"]
    account.call("GET", f"/lbs/{lb}")
    backend = account.post(f"/lbs/{lb}/backends", name="app", **BACKEND_BODY)["id"]
    frontend = account.post(f"/lbs/{lb}/frontends", name="https", inbound_port=443, backend_id=backend)["id"]
    return {"lb": lb, "frontend": frontend}


def _container(site: Site) -> dict[str, str]:
    account = site.account.at("/containers/v1", "regions/nl-ams")
    namespace = account.post("/namespaces", name="shop", project_id=PROJECT_ID)["id"]
    account.call("GET", f"/namespaces/{namespace}")
    image = "rg.nl-ams.scw.cloud/shop/api:1"
    return {"container": account.post("/containers", name="api", namespace_id=namespace, image=image)["id"]}


def _function(site: Site) -> dict[str, str]:
    account = site.account.at("/functions/v1beta1", "regions/pl-waw")
    namespace = account.post("/namespaces", name="shop", project_id=PROJECT_ID)["id"]
    account.call("GET", f"/namespaces/{namespace}")
    return {"function": account.post("/functions", name="api", namespace_id=namespace, runtime="python313")["id"]}


NAMED: Mapping[str, tuple[Callable[[Site], dict[str, str]], dict[str, str], str]] = {
    "scaleway_lb": (_lb, {"lb": "shop", "frontend": "https"}, "nl-ams-2"),
    "scaleway_serverless_container": (_container, {"container": "shop/api"}, "nl-ams"),
    "scaleway_serverless_function": (_function, {"function": "shop/api"}, "pl-waw"),
}


def before(origin: str, named: Mapping[str, str], place: str) -> dict[str, Any]:
    """A backend with this origin."""
    if origin == "scaleway_lb":
        return {origin: {"lbs": [{**named, "zone": place}]}}
    return {origin: {**named, "region": place}}


@pytest.mark.parametrize("origin", NAMED)
def test_an_origin_by_name_and_by_id_is_the_same(site: Site, origin: str) -> None:
    make, names, place = NAMED[origin]
    ids = make(site)
    stages = {"cache": {"fallback_ttl": "1h"}, "backends": [before(origin, names, place)]}
    predicted, run = site.stages(**stages, check=True), site.stages(**stages)
    assert_predicts(predicted)
    assert_changed(run, "CreatePipeline", "CreateBackendStage", "CreateCacheStage")
    assert run.diff == predicted.diff
    assert_quiet(site.stages(**stages))
    assert_quiet(site.stages(**{**stages, "backends": [before(origin, ids, place)]}))
    assert_quiet(site.stages(purge=True, **{**stages, "backends": [before(origin, ids, place)]}))


@pytest.mark.parametrize("origin", NAMED)
def test_another_origin_is_another_backend_and_a_new_link(site: Site, origin: str) -> None:
    make, names, place = NAMED[origin]
    make(site)
    site.make({"name": "shop", "stages": {"cache": {}, "backends": [bucket("site")]}})
    task = {"cache": {}, "backends": [before(origin, names, place)], "purge": True}
    run = site.stages(**task)
    assert run.done == ["CreateBackendStage", "UpdateCacheStage", "DeleteBackendStage"]
    assert origin in site.only("backend")["settings"]
    assert_quiet(site.stages(**task))


def test_names_of_all_origins_at_once_are_looked_up_once(site: Site) -> None:
    backends, rules = [], []
    for number, (origin, (make, names, place)) in enumerate(NAMED.items()):
        make(site)
        backends.append({"name": f"b{number}", **before(origin, names, place)})
        rules.append(rule(f"/{number}", backend_stage=f"b{number}"))
    site.emulator.clear_journal()
    stages = {"route": {"backend_stage": "b0", "route_rules": rules}, "backends": backends}
    run = site.stages(**stages)
    assert_changed(run, "CreatePipeline", *["CreateBackendStage"] * 3, "CreateRouteStage", "SetRouteRules")
    elsewhere = [entry.path for entry in run.requests if not entry.path.startswith("/edge-services")]
    assert len(elsewhere) == len(set(elsewhere)) == 6
    held = [one["backend_stage_id"] for one in site.only("route")["rules"]]
    assert held == [one["id"] for one in run.result["pipeline"]["stages"]["backends"]]
    assert_quiet(site.stages(**stages))


# What the platform says of a pipeline


def test_what_is_wrong_with_a_pipeline_is_told_once(site: Site) -> None:
    error = {"code": "tls_cert_expired", "stage": "tls", "severity": "critical", "message": "expired"}
    site.emulator.edge_errors([error])
    run = site.run(site.whole)
    assert not run.failed, run.message
    assert [warning for warning in run.warnings if "expired" in warning] == list(run.warnings)
    assert len(run.warnings) == 1
    assert "tls stage" in run.warnings[0]

    failed = site.run({**site.whole, "pipeline_errors": "fail"})
    assert failed.failed
    assert_clear(failed, "'shop'", "does not work as configured", "expired")
    assert failed.operations == []
    assert_quiet(site.run({**site.whole, "pipeline_errors": "ignore"}))


def test_a_change_after_which_something_is_wrong_is_told_as_done(site: Site) -> None:
    site.make()
    task = put(site.whole, ("stages", "dns", "fqdns"), ["unresolved.example.com"])
    run = site.run({**task, "pipeline_errors": "fail"})
    assert run.failed
    assert_clear(run, "unresolved.example.com")
    assert run.result["changed"] is True
    assert len(run.result["error"]["done"]) == 1
    assert run.result["error"]["not_done"] == []


def test_a_pipeline_that_stays_in_warning_is_not_waited_for(site: Site, virtual_time: Any) -> None:
    site.emulator.status([{"kind": "edge_pipeline", "status": "warning"}])
    site.make()
    assert virtual_time.seconds < 30
    started = virtual_time.seconds
    run = site.run({**put(site.whole, ("stages", "cache", "fallback_ttl"), "2h"), "pipeline_errors": "ignore"})
    assert_changed(run, "UpdateCacheStage")
    assert virtual_time.seconds - started < 10


def test_a_pipeline_without_a_head_is_not_complained_about(site: Site) -> None:
    run = site.stages(cache={}, backends=[bucket("site")])
    assert_changed(run, "CreatePipeline", "CreateBackendStage", "CreateCacheStage")
    assert run.result["pipeline"]["errors"][0]["code"] == "pipeline_missing_head_stage"
    assert_quiet(site.stages(cache={}, backends=[bucket("site")]))


def test_a_locked_pipeline_is_an_error_that_says_so(site: Site) -> None:
    site.make()
    site.emulator.status([{"kind": "edge_pipeline", "status": "locked", "now": True}])
    run = site.run({**site.whole, "description": "new"})
    assert run.failed
    assert_clear(run, "locked")


def test_the_domain_of_the_platform_makes_no_difference(site: Site) -> None:
    made = site.make()
    assert any(fqdn.endswith(OWN_HOST) for fqdn in made["stages"]["dns"]["fqdns"])
    assert_quiet(site.run(site.whole))
    turned = site.whole["stages"]["dns"]["fqdns"][::-1]
    assert_quiet(site.stages(dns={"fqdns": turned}))


def test_without_wait_the_next_task_finds_it_under_way(site: Site) -> None:
    site.emulator.settings(settle_reads=5)
    run = site.run({**site.whole, "wait": False})
    assert not run.failed, run.message
    assert run.result["pipeline"]["status"] == "pending"
    assert_quiet(site.run(site.whole))


def test_endpoints_of_private_networks_are_set_after_the_creation(site: Site) -> None:
    endpoint = site.account.post("/vpc-endpoints", project_id=PROJECT_ID, **ENDPOINT)["id"]
    site.emulator.clear_journal()
    task = {**site.small, "vpc_endpoints": [endpoint]}
    predicted, run = site.run(task, check=True), site.run(task)
    assert run.done[:2] == ["CreatePipeline", "SetPipelineVPCEndpoints"]
    assert run.diff == predicted.diff
    assert run.result["pipeline"]["vpc_endpoint_ids"] == [endpoint]
    assert_quiet(site.run(task))
    assert_changed(site.run({"name": "shop", "vpc_endpoints": []}), "SetPipelineVPCEndpoints")


# How it is shown


def test_a_difference_has_the_words_and_places_of_the_task(site: Site) -> None:
    site.make()
    task = put(site.whole, ("stages", "route", "route_rules", 0, "rule_http_match", "method_filters"), ["post"])
    task["stages"]["cache"]["fallback_ttl"] = "2h"
    diff = site.run(task, check=True).diff
    assert diff["before_header"].startswith("pipeline 'shop' (")
    assert diff["before"]["stages"]["cache"] == {"fallback_ttl": "3600s"}
    assert diff["after"]["stages"]["cache"] == {"fallback_ttl": "7200s"}
    old, new = (diff[side]["stages"]["route"]["route_rules"] for side in ("before", "after"))
    methods = [[one["rule_http_match"].pop("method_filters", None) or [] for one in rules] for rules in (old, new)]
    assert methods == [[[], []], [["post"], []]]
    assert new == old
    assert all(set(one) <= {"rule_http_match", "backend_stage_id", "waf_stage_id"} for one in old)
    assert old[0]["backend_stage_id"] == site.held("backend")[1]["id"]


def test_a_new_backend_is_called_by_its_origin(site: Site) -> None:
    site.make(site.small)
    task = {"name": "shop", "stages": {"backends": [bucket("site"), bucket("more")]}}
    predicted, run = site.run(task, check=True), site.run(task)
    assert_changed(run, "CreateBackendStage")
    assert run.diff == predicted.diff
    assert run.diff["after"]["stages"] == {
        "backends": {"more": {"scaleway_s3": {"bucket_name": "more", "bucket_region": "fr-par", "is_website": False}}}
    }
