# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks about a whole pipeline that cannot be meant, and what they are told: in the words and places of the task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.pipelines import Site, bucket, rule

NOBODY = "33333333-3333-4333-8333-333333333333"
TWO = [bucket("site", name="site"), bucket("api", name="api")]
WAF = {"mode": "enable", "paranoia_level": 1}

# By what is wrong: the stages, and words of the message.
WRONG: Mapping[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "two backends, and none is meant": (
        {"cache": {}, "backends": TWO},
        ("stages.cache.backend_stage", "say which of the backends", "by its name"),
    ),
    "two backends without names": (
        {"waf": WAF, "backends": [bucket("site"), bucket("api")]},
        ("stages.waf.backend_stage", "by its name"),
    ),
    "one origin twice": (
        {"backends": [bucket("site", name="a"), bucket("site", name="b")]},
        ("stages.backends[1]", "again, like stages.backends[0]"),
    ),
    "one name twice": (
        {"backends": [bucket("site", name="a"), bucket("api", name="a")]},
        ("stages.backends[1].name", "'a' is taken already"),
    ),
    "a name that looks like an ID": (
        {"backends": [bucket("site", name=NOBODY)]},
        ("stages.backends[0].name", "Choose another name"),
    ),
    "the name only": ({"backends": [bucket("site", name="only")]}, ("stages.backends[0].name", "'only'")),
    "a firewall behind the domains": (
        {"dns": {}, "waf": WAF, "backends": TWO[:1]},
        ("stages.dns", "cannot lead to waf", "tls or cache between them"),
    ),
    "a route behind the domains": (
        {"dns": {}, "route": {}, "backends": TWO[:1]},
        ("stages.dns", "cannot lead to route", "tls or cache between them"),
    ),
    "a backend that is not given": (
        {"cache": {"backend_stage": "app"}, "backends": TWO},
        ("stages.cache.backend_stage", "'app'", "'site', 'api'"),
    ),
    "a backend that is not given, in a rule": (
        {"route": {"backend_stage": "site", "route_rules": [rule("/", backend_stage="app")]}, "backends": TWO},
        ("stages.route.route_rules[0].backend_stage", "'app'", "'site', 'api'"),
    ),
    "a name where there are none": (
        {"cache": {"backend_stage": "app"}, "backends": [bucket("site")]},
        ("stages.cache.backend_stage", "'app'", "none has a name"),
    ),
    "a rule that leads nowhere": (
        {"route": {"route_rules": [rule("/a", backend_stage="only"), rule("/b")]}, "backends": TWO[:1]},
        ("stages.route.route_rules[1]", "leads nowhere"),
    ),
    "a pattern that is none": (
        {"route": {"route_rules": [rule("(", backend_stage="only")]}, "backends": TWO[:1]},
        ("stages.route.route_rules[0].rule_http_match.path_filter.value", "not a regular expression"),
    ),
    "a domain that is none": (
        {"dns": {"fqdns": ["www.example.com", "www example"]}, "backends": TWO[:1]},
        ("stages.dns.fqdns", "'www example'"),
    ),
    "a duration that is none": ({"cache": {"fallback_ttl": "soon"}}, ("stages.cache.fallback_ttl", "'soon'")),
    "a level that is none": (
        {"waf": {"mode": "enable", "paranoia_level": 5}},
        ("stages.waf.paranoia_level", "from 1 to 4"),
    ),
    "a stage of another pipeline": (
        {"cache": {"backend_stage": NOBODY}},
        ("stages.cache: backend_stage", NOBODY),
    ),
    "a firewall that is not there": ({"cache": {"waf_stage": "only"}}, ("stages.cache", "No WAF stage exists")),
    "a container that is not there": (
        {"backends": [{"scaleway_serverless_container": {"region": "fr-par", "container": "shop/api"}}]},
        ("stages.backends[0]", "'shop'"),
    ),
    "a container without its namespace": (
        {"backends": [{"scaleway_serverless_container": {"region": "fr-par", "container": "api"}}]},
        ("stages.backends[0].scaleway_serverless_container.container", "'api'", "shop/api"),
    ),
    "no level for a new firewall": ({"waf": {"mode": "enable"}}, ("stages.waf", "paranoia_level")),
    "a backend without an origin": ({"backends": [{"name": "a"}]}, ("backends", "scaleway_s3")),
    "a stage by an ID that is nobody's": ({"cache": {"id": NOBODY}}, ("stages.cache", NOBODY)),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=[name.replace(" ", "-") for name in WRONG])
@pytest.mark.parametrize("exists", [False, True], ids=["new", "exists"])
def test_what_cannot_be_meant_is_refused_where_it_stands(site: Site, wrong: Any, exists: bool) -> None:
    stages, words = wrong
    if exists:
        site.make({"name": "shop"})
    assert_refused(site.stages(**stages), *words)
    assert len(site.pipelines()) == exists


def test_what_a_check_cannot_know_it_assumes_and_says(site: Site) -> None:
    container = {"scaleway_serverless_container": {"region": "fr-par", "container": "shop/api"}}
    predicted = site.stages(cache={}, backends=[container], check=True)
    assert_predicts(predicted)
    assert [warning for warning in predicted.warnings if "'shop'" in warning]


# Links that would pass by what is there


def test_a_firewall_that_is_not_given_is_never_passed_by(site: Site) -> None:
    site.make(site.small)
    before = site.lasting()
    assert_quiet(site.stages(tls={}, backends=[bucket("site")]))
    run = site.stages(tls={}, cache={"fallback_ttl": "1h"}, backends=[bucket("site")])
    assert_refused(run, "stages.tls", "waf", "cache between them", "{}")
    assert_refused(site.stages(tls={}, cache={}), "stages.tls", "give waf too")
    assert site.lasting() == before


def test_a_firewall_is_passed_by_where_the_task_says_so(site: Site) -> None:
    site.make(site.small)
    run = site.stages(tls={"backend_stage": "only"}, backends=[bucket("site")])
    assert_changed(run, "UpdateTLSStage")
    assert site.only("tls")["link"] == {"backend_stage_id": site.only("backend")["id"]}
    # And it stays so, although it is there: with waf given, requests pass it again.
    assert_quiet(site.stages(tls={}, backends=[bucket("site")]))
    assert_changed(site.stages(tls={}, waf={}, backends=[bucket("site")]), "UpdateTLSStage")


def test_a_stage_between_may_say_itself_where_it_leads(site: Site) -> None:
    site.make(site.small)
    run = site.stages(tls={}, cache={"waf_stage": "only"})
    assert_changed(run, "CreateCacheStage", "UpdateTLSStage")
    assert site.only("cache")["link"] == {"waf_stage_id": site.only("waf")["id"]}


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ({"dns": {}, "cache": {}, "backends": [bucket("site")]}, ("stages.dns", "tls stage", "cache stage")),
        ({"tls": {}, "backends": [bucket("new")]}, ("stages.tls", "waf stage", "backend stage", "Give waf too")),
        ({"dns": {}, "backends": [bucket("new")]}, ("stages.dns", "tls stage", "backend stage")),
    ],
    ids=["a-cache-beside-the-way", "another-backend-behind-a-firewall", "another-backend-behind-two"],
)
def test_what_is_given_is_never_left_beside_the_way(site: Site, stages: Any, words: tuple[str, ...]) -> None:
    site.make(site.small)
    before = site.lasting()
    for check in (True, False):
        assert_refused(site.stages(**stages, check=check), *words, "{}")
    assert site.lasting() == before


def test_the_way_may_lead_through_what_is_not_given_and_through_rules(site: Site) -> None:
    site.make()
    assert_quiet(site.stages(dns={}, backends=[bucket("site")]))
    assert_quiet(site.stages(tls={}, backends=[bucket("api")]))
    assert_quiet(site.stages(tls={}, waf={}))


# What purge would break


def test_purge_does_not_remove_what_a_rule_leads_to(site: Site) -> None:
    site.make()
    run = site.stages(
        purge=True, dns={}, tls={}, cache={}, route={"backend_stage": "site"}, backends=[bucket("site", name="site")]
    )
    assert_refused(run, "purge would delete", "route stage", "stages.")


def test_a_link_to_nothing_is_ended_by_an_empty_one(site: Site) -> None:
    site.make(site.small)
    run = site.run({"name": "shop", "pipeline_errors": "ignore", "stages": {"waf": {"backend_stage": ""}}})
    assert_changed(run, "UpdateWafStage")
    assert site.only("waf")["link"] == {}


# What the API refuses


def test_without_a_plan_the_refusal_says_what_to_do(site: Site) -> None:
    site.emulator.reset()
    run = site.run(site.whole)
    assert run.failed
    assert_clear(run, "403", "scw_edge_plan")
    assert run.result["changed"] is False
    assert run.result["error"]["done"] == []
    assert len(run.result["error"]["not_done"]) == 10


def test_a_refusal_of_the_api_says_which_stage_is_meant(site: Site) -> None:
    site.emulator.faults([{"kind": "status", "status": 400, "operation": "SetRouteRules", "count": None}])
    run = site.run(site.whole)
    assert run.failed
    assert_clear(run, "stages.route: Could not", "400")
    error = run.result["error"]
    assert error["place"] == "stages.route"
    assert [done for done in error["done"] if "route stage" in done] == ["stages.route: create route stage"]
    assert any("stages.dns" in left for left in error["not_done"])
    site.emulator.faults([])
    assert site.run(site.whole).changed


def test_a_refused_deletion_says_which_stage_is_meant(site: Site) -> None:
    site.make()
    site.emulator.faults([{"kind": "status", "status": 412, "operation": "DeleteWafStage", "count": None}])
    run = site.run({"name": "shop", "state": "absent"})
    assert run.failed
    assert_clear(run, "stages.waf", "412")
    assert [does for does in run.result["error"]["not_done"] if does.startswith("stages.waf: delete")]


def test_more_backends_than_the_plan_includes(site: Site) -> None:
    run = site.stages(backends=[bucket(f"b{number}") for number in range(6)])
    assert run.failed
    assert_clear(run, "stages.backends[5]", "403")
