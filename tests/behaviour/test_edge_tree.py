# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole pipeline in one task: predicted, built, found again, changed in each stage, shortened, and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_unknown
from behaviour.expectations import EXTRA, RESTLESS, assert_changed, assert_predicts, assert_quiet
from behaviour.pipelines import BUILT, DELETED, OWN_HOST, Site, bucket, differing, rule
from behaviour.whole import put

# One list of pipelines, one for each kind of stage, one of heads, and the rules of the route.
NO_OP_REQUESTS = 1 + 6 + 1 + 1


# What follows from a deployment, and what only the platform knows.
DEPLOYED = frozenset(
    {"status", "default_fqdn", "type", "fqdns", "position", "route_stage_id", "certificate_expires_at"}
)


def assert_foretold(predicted: Any, actual: Any, where: str) -> None:
    """The prediction has the shape of what is there, and is right wherever it is sure."""
    if isinstance(predicted, Mapping) and isinstance(actual, Mapping):
        assert set(predicted) <= set(actual), where
        assert {key for key, value in actual.items() if value} - set(predicted) <= DEPLOYED | {EXTRA}, where
        for key in set(predicted) - RESTLESS - DEPLOYED:
            assert_foretold(predicted[key], actual[key], f"{where}.{key}")
    elif isinstance(predicted, list) and isinstance(actual, list):
        assert len(predicted) == len(actual), where
        for number, (one, other) in enumerate(zip(predicted, actual, strict=True)):
            assert_foretold(one, other, f"{where}[{number}]")
    elif not is_unknown(predicted):
        assert predicted == actual, where


def test_a_check_run_predicts_what_the_run_then_builds_in_order(site: Site) -> None:
    predicted = site.run(site.whole, check=True)
    assert_predicts(predicted)
    assert predicted.warnings == ()
    assert [entry.operation for entry in predicted.requests] == ["ListPipelines"]

    created = site.run(site.whole)
    assert_changed(created, *BUILT)
    assert created.done == BUILT
    assert created.diff == predicted.diff
    assert created.diff["before"] == {}
    assert_foretold(predicted.result["pipeline"]["stages"], created.result["pipeline"]["stages"], "stages")
    assert created.result["pipeline"]["status"] == "ready"


def test_the_stages_are_linked_in_the_order_in_which_requests_pass_them(site: Site) -> None:
    made = site.make()["stages"]
    assert made["dns"]["tls_stage_id"] == made["tls"]["id"]
    assert made["tls"]["cache_stage_id"] == made["cache"]["id"]
    assert made["cache"]["route_stage_id"] == made["route"]["id"]
    front, api = (backend["id"] for backend in made["backends"])
    assert made["route"]["backend_stage_id"] == made["waf"]["backend_stage_id"] == front
    assert [one.get("backend_stage_id") for one in made["route"]["route_rules"]] == [api, None]
    assert [one.get("waf_stage_id") for one in made["route"]["route_rules"]] == [None, made["waf"]["id"]]
    assert site.pipelines()[0]["head_ids"] == [made["dns"]["id"]]


def test_the_result_has_what_was_given_under_the_names_of_its_options(site: Site) -> None:
    made = site.make()
    assert list(made["stages"]) == ["dns", "tls", "cache", "route", "waf", "backends"]
    assert made["head_stage"]["dns_stage_id"] == made["stages"]["dns"]["id"]
    assert [one["scaleway_s3"]["bucket_name"] for one in made["stages"]["backends"]] == ["site", "api"]
    less = site.stages(cache={}, backends=[bucket("api")])
    assert_quiet(less)
    assert less.result["pipeline"]["stages"]["backends"][0]["id"] == made["stages"]["backends"][1]["id"]
    assert list(less.result["pipeline"]["stages"]) == ["cache", "backends"]
    assert "head_stage" not in less.result["pipeline"]


def test_a_second_run_reads_every_list_once_and_writes_nothing(site: Site) -> None:
    made = site.make()
    for check in (True, False):
        again = site.run(site.whole, check=check)
        assert_quiet(again, NO_OP_REQUESTS)
        assert len({entry.path for entry in again.requests}) == NO_OP_REQUESTS
        assert again.result["pipeline"]["stages"]["tls"]["id"] == made["stages"]["tls"]["id"]
        assert f"{made['id']}{OWN_HOST}" in again.result["pipeline"]["stages"]["dns"]["fqdns"]


CHANGES: Mapping[str, tuple[tuple[str | int, ...], Any, str, str]] = {
    "the description": (("description",), "new", "UpdatePipeline", "pipelines"),
    "the domains": (("stages", "dns", "fqdns"), ["new.example.com"], "UpdateDNSStage", "dns"),
    "the certificate": (("stages", "tls", "managed_certificate"), False, "UpdateTLSStage", "tls"),
    "the cache": (("stages", "cache", "fallback_ttl"), "2h", "UpdateCacheStage", "cache"),
    "cookies": (("stages", "cache", "include_cookies"), True, "UpdateCacheStage", "cache"),
    "the default of the route": (("stages", "route", "backend_stage"), "api", "UpdateRouteStage", "route"),
    "a rule": (
        ("stages", "route", "route_rules", 1),
        rule("/admin/.*", backend_stage="api"),
        "SetRouteRules",
        "route",
    ),
    "one rule more": (("stages", "route", "route_rules", 2), rule("/x", waf_stage="only"), "SetRouteRules", "route"),
    "the firewall": (("stages", "waf", "mode"), "log_only", "UpdateWafStage", "waf"),
    "the backend of the firewall": (("stages", "waf", "backend_stage"), "api", "UpdateWafStage", "waf"),
    "a bucket": (("stages", "backends", 0, "scaleway_s3", "is_website"), True, "UpdateBackendStage", "backend"),
}


@pytest.mark.parametrize("purge", [False, True], ids=["", "purge"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=[name.replace(" ", "-") for name in CHANGES])
def test_one_changed_value_is_one_write(site: Site, change: Any, purge: bool) -> None:
    path, value, operation, kind = change
    site.make()
    before = site.lasting()
    task = {**put(site.whole, path, value), "purge": purge, "pipeline_errors": "ignore"}
    predicted = site.run(task, check=True)
    assert_predicts(predicted)
    changed = site.run(task)
    assert_changed(changed, operation)
    assert changed.diff == predicted.diff
    assert_foretold(predicted.result["pipeline"]["stages"], changed.result["pipeline"]["stages"], "stages")
    assert differing(before, site.lasting()) == [kind]
    assert_quiet(site.run(task), NO_OP_REQUESTS)


def test_after_a_change_of_a_value_only_its_own_list_is_read_again(site: Site) -> None:
    site.make()
    site.emulator.settings(settle_reads=0)
    run = site.run(put(site.whole, ("stages", "cache", "fallback_ttl"), "2h"))
    assert_changed(run, "UpdateCacheStage")
    after = [str(entry.operation) for entry in run.requests[NO_OP_REQUESTS:]]
    assert [name for name in after if name.startswith("List")] == ["ListCacheStages"] * 2
    assert len(after) <= 6


def test_after_a_change_of_a_link_what_it_leads_to_is_told_as_it_is_now(site: Site) -> None:
    site.make({"name": "shop", "stages": {"tls": {"managed_certificate": True}, "backends": [bucket("site")]}})
    run = site.stages(dns={"fqdns": ["www.example.com"]}, tls={}, backends=[bucket("site")])
    assert_changed(run, "CreateDNSStage", "SetHeadStage")
    stages = run.result["pipeline"]["stages"]
    assert {stages["tls"]["status"], stages["backends"][0]["status"]} == {"active"}


def test_an_inserted_cache_is_one_creation_and_one_new_link(site: Site) -> None:
    made = site.make(site.small)["stages"]
    predicted = site.stages(tls={}, cache={"fallback_ttl": "30m"}, waf={}, check=True)
    assert_predicts(predicted)
    run = site.stages(tls={}, cache={"fallback_ttl": "30m"}, waf={})
    assert_changed(run, "CreateCacheStage", "UpdateTLSStage")
    assert run.done == ["CreateCacheStage", "UpdateTLSStage"]
    assert run.diff == predicted.diff
    cache = site.only("cache")
    assert cache["link"] == {"waf_stage_id": made["waf"]["id"]}
    assert site.only("tls")["link"] == {"cache_stage_id": cache["id"]}
    assert run.diff["before"] == {"stages": {"tls": {"cache_stage": None, "waf_stage": made["waf"]["id"]}}}
    assert run.diff["after"]["stages"]["tls"] == {"cache_stage": UNKNOWN}
    assert run.diff["after"]["stages"]["cache"]["fallback_ttl"] == "1800s"
    assert_quiet(site.stages(tls={}, cache={"fallback_ttl": "30m"}, waf={}))


def test_purge_removes_from_the_head_down_what_is_not_given(site: Site) -> None:
    site.make()
    task = {"dns": {}, "backends": [bucket("site")], "purge": True}
    predicted = site.stages(**task, check=True)
    assert_predicts(predicted)
    run = site.stages(**task)
    assert run.done == ["UpdateDNSStage", *DELETED[2:6], "DeleteBackendStage"]
    assert run.diff == predicted.diff
    assert set(run.diff["before"]["stages"]) == {"dns", "tls", "cache", "route", "waf", "backends"}
    assert [kind for kind in ("tls", "cache", "route", "waf") if site.held(kind)] == []
    assert site.only("dns")["link"] == {"backend_stage_id": site.only("backend")["id"]}
    assert_quiet(site.stages(**task))


def test_without_purge_what_is_not_given_is_left_alone(site: Site) -> None:
    site.make()
    before = site.lasting()
    assert_quiet(site.stages(waf={"mode": "enable"}))
    assert_quiet(site.run({"name": "shop", "purge": True}))
    assert_quiet(site.stages())
    assert site.lasting() == before


def test_a_pipeline_is_deleted_from_the_head_down_and_only_once(site: Site) -> None:
    site.make()
    task = {"name": "shop", "state": "absent"}
    predicted = site.run(task, check=True)
    assert_predicts(predicted)
    assert set(predicted.diff["before"]["stages"]) == {"dns", "tls", "cache", "route", "waf", "backends"}
    run = site.run(task)
    assert run.done == DELETED
    assert run.diff == predicted.diff
    assert run.result["pipeline"] == {}
    assert not site.pipelines()
    assert_quiet(site.run(task), 1)


def test_a_pipeline_and_what_is_in_it_keep_their_ids_under_new_names(site: Site) -> None:
    made = site.make(site.small)
    backend = made["stages"]["backends"][0]["id"]
    task = {
        "id": made["id"],
        "name": "store",
        "stages": {
            "dns": {"id": made["stages"]["dns"]["id"], "fqdns": ["store.example.com"]},
            "tls": {},
            "backends": [{"id": backend, **bucket("store")}],
        },
    }
    task["stages"]["waf"] = {"id": made["stages"]["waf"]["id"]}
    run = site.run(task)
    assert_changed(run, "UpdatePipeline", "UpdateBackendStage", "UpdateDNSStage")
    assert run.result["pipeline"]["id"] == made["id"]
    assert site.only("backend")["id"] == backend
    assert site.only("backend")["settings"]["scaleway_s3"]["bucket_name"] == "store"
    assert [one["name"] for one in site.pipelines()] == ["store"]
    assert_quiet(site.run(task))


def test_a_stage_given_by_its_id_is_meant_where_there_are_several(site: Site) -> None:
    made = site.make(site.small)
    other = site.account.post(f"/pipelines/{made['id']}/tls-stages", managed_certificate=True)["id"]
    task = {"dns": {}, "tls": {"id": other}, "waf": {}}
    run = site.stages(**task)
    assert_changed(run, "UpdateTLSStage", "UpdateDNSStage")
    assert site.only("dns")["link"] == {"tls_stage_id": other}
    assert_quiet(site.stages(**task))


def test_another_dns_stage_becomes_the_head_in_one_call(site: Site) -> None:
    made = site.make(site.small)
    other = site.account.post(f"/pipelines/{made['id']}/dns-stages", fqdns=["new.example.com"])["id"]
    task = {"dns": {"id": other}, "tls": {}, "waf": {}, "backends": [bucket("site")], "purge": True}
    predicted, run = site.stages(**task, check=True), site.stages(**task)
    assert run.done == ["UpdateDNSStage", "SetHeadStage", "DeleteDNSStage"]
    assert run.diff == predicted.diff
    swap = next(entry.body for entry in run.writes if entry.operation == "SetHeadStage")
    assert swap == {"swap_head_stage": {"current_stage_id": made["stages"]["dns"]["id"], "new_stage_id": other}}
    assert site.pipelines()[0]["head_ids"] == [site.only("dns")["id"]] == [other]
    assert_quiet(site.stages(**task))
