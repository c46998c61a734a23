# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator answers about Edge Services: keys, defaults, partial updates, links, lists."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.edge_cloud import BODIES, BUCKET, NETWORK_ID, SECRET, EdgeCloud
from emulator.edge.facts import NEXT_KINDS

LIFE = {"id", "created_at", "updated_at"}
PIPELINE_KEYS = LIFE | {"name", "description", "status", "errors", "project_id", "organization_id", "vpc_endpoint_ids"}
STAGE_KEYS = LIFE | {"pipeline_id", "status"}
OWN_KEYS: dict[str, set[str]] = {
    "dns": {"type", "default_fqdn", "default_private_fqdn", "fqdns", "wildcard_domain", "full_private"},
    "tls": {"managed_certificate", "secrets", "certificate_expires_at"},
    "cache": {"fallback_ttl", "include_cookies"},
    "route": set(),
    "waf": {"mode", "paranoia_level"},
    "backend": {"scaleway_s3"},
}
STARTED: dict[str, dict[str, Any]] = {
    "dns": {
        "type": "auto",
        "default_fqdn": "",
        "default_private_fqdn": "",
        "fqdns": [],
        "wildcard_domain": False,
        "full_private": False,
    },
    "tls": {"managed_certificate": False, "secrets": [], "certificate_expires_at": None},
    "cache": {"fallback_ttl": "3600s", "include_cookies": False},
    "route": {},
    "waf": {"mode": "enable", "paranoia_level": 2},
    "backend": {"scaleway_s3": {**BUCKET, "is_website": False}},
}
MISSING_HEAD = {
    "stage": "unknown_stage",
    "code": "pipeline_missing_head_stage",
    "severity": "critical",
    "type": "config",
    "message": "first (head) stage missing",
}
every_kind = pytest.mark.parametrize("kind", NEXT_KINDS)


def test_a_pipeline_starts_as_recorded(edge: EdgeCloud) -> None:
    made = edge.make_pipeline(description="all of it")
    assert set(made) == PIPELINE_KEYS
    assert (made["status"], made["errors"], made["vpc_endpoint_ids"]) == ("warning", [MISSING_HEAD], [])
    assert (made["name"], made["description"], made["project_id"]) == ("shop", "all of it", PROJECT_ID)


@every_kind
def test_a_stage_starts_with_exactly_the_recorded_keys(edge: EdgeCloud, kind: str) -> None:
    pipeline = edge.make_pipeline()
    made = edge.make_stage(kind, pipeline["id"])
    assert set(made) == STAGE_KEYS | OWN_KEYS[kind]
    assert {key: made[key] for key in OWN_KEYS[kind]} == STARTED[kind]
    assert (made["pipeline_id"], made["status"]) == (pipeline["id"], "inactive")
    assert set(edge.get(f"/{kind}-stages/{made['id']}")) == set(made)
    assert edge.get(f"/pipelines/{pipeline['id']}")["updated_at"][:26] == pipeline["updated_at"][:26]


@every_kind
def test_every_key_of_the_next_stage_is_shown_alone(edge: EdgeCloud, kind: str) -> None:
    pipeline = edge.make_pipeline()["id"]
    stage = edge.make_stage(kind, pipeline)
    for next_kind in NEXT_KINDS[kind]:
        following = edge.make_stage(next_kind, pipeline)["id"]
        changed = edge.make("PATCH", f"/{kind}-stages/{stage['id']}", {f"{next_kind}_stage_id": following.upper()})
        assert changed.pop(f"{next_kind}_stage_id") == following
        assert set(changed) == set(stage)
        made = edge.make_stage(kind, pipeline, **{f"{next_kind}_stage_id": following})
        assert made[f"{next_kind}_stage_id"] == following


def test_an_empty_link_ends_the_one_before_and_no_other(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "backend")
    path = f"/route-stages/{made['route']['id']}"
    assert edge.make("PATCH", path, {"waf_stage_id": ""})["backend_stage_id"] == made["backend"]["id"]
    both = {"waf_stage_id": "", "backend_stage_id": made["backend"]["id"]}
    assert edge.make("PATCH", path, both)["backend_stage_id"] == made["backend"]["id"]
    assert "backend_stage_id" not in edge.make("PATCH", path, {"backend_stage_id": ""})


def test_dates_have_nine_digits_and_are_cut_to_six_when_read(edge: EdgeCloud) -> None:
    pipeline = edge.make_pipeline()
    cut = 0
    for _number in range(20):
        made = edge.make_stage("cache", pipeline["id"])
        assert re.fullmatch(r".*\.\d{9}Z", made["created_at"])
        read = edge.get(f"/cache-stages/{made['id']}")["created_at"]
        assert read == made["created_at"][:26] + "Z"
        cut += made["created_at"][26] in "56789"
    assert cut > 0


# Kind, what is sent, the key and what is shown for it; unset means what was before.
UPDATES: dict[str, tuple[str, dict[str, Any], str, Any]] = {
    "names": ("dns", {"fqdns": ["b.example.com"]}, "fqdns", ["b.example.com"]),
    "no names": ("dns", {"fqdns": []}, "fqdns", []),
    "null names": ("dns", {"fqdns": None, "full_private": True}, "fqdns", ["a.example.com"]),
    "missing names": ("dns", {"full_private": True}, "fqdns", ["a.example.com"]),
    "private": ("dns", {"full_private": True}, "full_private", True),
    "wildcard": ("dns", {"wildcard_domain": True}, "wildcard_domain", True),
    "type without names": ("dns", {"fqdns": []}, "type", "auto"),
    "type with names": ("dns", {}, "type", "custom"),
    "secrets": ("tls", {"tls_secrets_config": {"tls_secrets": [SECRET]}}, "secrets", [SECRET]),
    "no secrets": ("tls", {"tls_secrets_config": {"tls_secrets": []}}, "secrets", []),
    "managed instead of secrets": ("tls", {"managed_certificate": True}, "secrets", []),
    "managed": ("tls", {"managed_certificate": True}, "managed_certificate", True),
    "not managed": ("tls", {"managed_certificate": False}, "secrets", [SECRET]),
    "time to live": ("cache", {"fallback_ttl": "7200.000000000s"}, "fallback_ttl", "7200s"),
    "no time to live": ("cache", {"fallback_ttl": "0.000000000s"}, "fallback_ttl", "0s"),
    "cookies": ("cache", {"include_cookies": True}, "include_cookies", True),
    "cookies alone": ("cache", {"include_cookies": True}, "fallback_ttl", "60s"),
    "mode": ("waf", {"mode": "log_only"}, "mode", "log_only"),
    "unknown mode": ("waf", {"mode": "unknown_mode"}, "mode", "enable"),
    "level": ("waf", {"paranoia_level": 4}, "paranoia_level", 4),
    "bucket": (
        "backend",
        {"scaleway_s3": {**BUCKET, "is_website": True}},
        "scaleway_s3",
        {**BUCKET, "is_website": True},
    ),
    "same pipeline": ("backend", {"pipeline_id": ""}, "scaleway_s3", {**BUCKET, "is_website": False}),
}
BEFORE: dict[str, dict[str, Any]] = {
    **BODIES,
    "dns": {"fqdns": ["a.example.com"]},
    "tls": {"secrets": [SECRET]},
    "cache": {"fallback_ttl": "60s"},
}


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_changes_what_is_given_and_nothing_else(edge: EdgeCloud, name: str) -> None:
    kind, body, key, shown = UPDATES[name]
    made = edge.make_stage(kind, edge.make_pipeline()["id"], **BEFORE[kind])
    changed = edge.make("PATCH", f"/{kind}-stages/{made['id']}", body)
    assert changed[key] == shown
    assert changed["updated_at"] > made["updated_at"]
    others = {key, "type", "updated_at", "created_at", "tls_secrets_config", "secrets", *body}
    assert {k: v for k, v in changed.items() if k not in others} == {k: v for k, v in made.items() if k not in others}


def test_an_update_from_secrets_to_nothing_keeps_managed_certificates(edge: EdgeCloud) -> None:
    made = edge.make_stage("tls", edge.make_pipeline()["id"], managed_certificate=True, secrets=None)
    assert (made["managed_certificate"], made["secrets"]) == (True, [])
    changed = edge.make("PATCH", f"/tls-stages/{made['id']}", {"tls_secrets_config": {"tls_secrets": [SECRET]}})
    assert (changed["managed_certificate"], changed["secrets"]) == (False, [SECRET])


def test_a_pipeline_is_renamed_and_keeps_the_rest(edge: EdgeCloud) -> None:
    made = edge.make_pipeline(description="x")
    changed = edge.make("PATCH", f"/pipelines/{made['id']}", {"name": "web"})
    assert (changed["name"], changed["description"], changed["status"]) == ("web", "x", "warning")
    assert edge.make("PATCH", f"/pipelines/{made['id']}", {"description": ""})["description"] == ""


RULE = {"method_filters": ["get"], "path_filter": {"path_filter_type": "regex", "value": "/api/.*"}}


def test_rules_are_replaced_inserted_and_numbered(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "waf", "backend")
    path = f"/route-stages/{made['route']['id']}/route-rules"
    to_waf = {"waf_stage_id": made["waf"]["id"]}
    to_backend = {"rule_http_match": RULE, "backend_stage_id": made["backend"]["id"]}
    position = {"route_stage_id": made["route"]["id"], "position": 1}
    answer = edge.make("PUT", path, {"route_rules": [to_backend]})
    assert answer == {"route_rules": [{**to_backend, **position}]}
    assert edge.get(path) == {**answer, "total_count": 1}
    for place, order in (({}, "bw"), ({"after_position": 1}, "bww"), ({"before_position": 1}, "wbww")):
        rules = edge.make("POST", path, {"route_rules": [to_waf], **place})["route_rules"]
        assert "".join("w" if "waf_stage_id" in rule else "b" for rule in rules) == order
        assert [rule["position"] for rule in rules] == list(range(1, len(order) + 1))
    assert edge.make("PUT", path, {"route_rules": []}) == {"route_rules": []}
    assert edge.get(path) == {"route_rules": [], "total_count": 0}


def test_a_filter_that_is_not_given_is_missing(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "backend")
    target = {"backend_stage_id": made["backend"]["id"]}
    body = {"route_rules": [{**target, "rule_http_match": {"method_filters": None, "path_filter": None}}, target]}
    rules = edge.make("PUT", f"/route-stages/{made['route']['id']}/route-rules", body)["route_rules"]
    assert rules[0]["rule_http_match"] == {"method_filters": []}
    assert "rule_http_match" not in rules[1]


def test_rules_date_the_stage_and_are_not_in_it(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "backend")
    path = f"/route-stages/{made['route']['id']}"
    before = edge.get(path)
    edge.make("PUT", f"{path}/route-rules", {"route_rules": []})
    after = edge.get(path)
    assert after.pop("updated_at") > before.pop("updated_at")
    assert after == before


@every_kind
def test_stages_are_listed_by_pipeline_in_the_order_asked_for(edge: EdgeCloud, kind: str) -> None:
    pipeline, other = edge.make_pipeline()["id"], edge.make_pipeline()["id"]
    made = [edge.make_stage(kind, pipeline)["id"] for _number in range(3)]
    edge.make_stage(kind, other)
    path = f"/pipelines/{pipeline}/{kind}-stages"
    listed = edge.get(path)
    assert (set(listed), listed["total_count"]) == ({"stages", "total_count"}, 3)
    assert [stage["id"] for stage in listed["stages"]] == made
    backwards = edge.get(path, order_by="created_at_desc", page=2, page_size=2)
    assert ([stage["id"] for stage in backwards["stages"]], backwards["total_count"]) == ([made[0]], 3)
    assert edge.get(path, page=4, page_size=1) == {"stages": [], "total_count": 3}


FILTERS: dict[str, tuple[str, dict[str, str], dict[str, Any], int]] = {
    "host name": ("dns", {"fqdn": "A.example.com"}, {"fqdns": ["a.example.com", "b.example.com"]}, 1),
    "other host name": ("dns", {"fqdn": "example.com"}, {"fqdns": ["a.example.com"]}, 0),
    "secret": ("tls", {"secret_id": SECRET["secret_id"]}, {"secrets": [SECRET]}, 1),
    "other secret": ("tls", {"secret_id": UNKNOWN_ID}, {"secrets": [SECRET]}, 0),
    "region of the secret": ("tls", {"secret_region": "fr-par"}, {"secrets": [SECRET]}, 1),
    "other region of the secret": ("tls", {"secret_region": "nl-ams"}, {"secrets": [SECRET]}, 0),
    "bucket": ("backend", {"bucket_name": "shop", "bucket_region": "fr-par"}, {}, 2),
    "other bucket": ("backend", {"bucket_name": "sho"}, {}, 0),
    "region of the bucket": ("backend", {"bucket_region": "nl-ams"}, {}, 0),
    "Load Balancer": ("backend", {"lb_id": UNKNOWN_ID}, {}, 0),
}


@pytest.mark.parametrize("name", FILTERS)
def test_stages_are_filtered(edge: EdgeCloud, name: str) -> None:
    kind, query, body, count = FILTERS[name]
    pipeline = edge.make_pipeline()["id"]
    edge.make_stage(kind, pipeline)
    edge.make_stage(kind, pipeline, **body)
    assert edge.get(f"/pipelines/{pipeline}/{kind}-stages", **query)["total_count"] == count


def test_pipelines_are_found_by_a_part_of_their_name_and_by_project(edge: EdgeCloud) -> None:
    edge.subscribe(project_id=UNKNOWN_ID)
    names = ["web-a", "web-b", "api"]
    for name in names:
        edge.make_pipeline(name=name)
    edge.make_pipeline(name="web-c", project_id=UNKNOWN_ID)
    for path in ("/pipelines", "/pipelines-stages"):
        assert edge.get(path, name="web")["total_count"] == 3
        assert edge.get(path, name="web", project_id=PROJECT_ID)["total_count"] == 2
        assert edge.get(path, organization_id=UNKNOWN_ID)["total_count"] == 0
        assert edge.get(path, has_backend_stage_lb=False)["total_count"] == 4
    ordered = edge.get("/pipelines", order_by="name_desc", project_id=PROJECT_ID)["pipelines"]
    assert [pipeline["name"] for pipeline in ordered] == sorted(names, reverse=True)
    assert edge.get("/pipelines", has_backend_stage_lb=True)["total_count"] == 0


def test_pipelines_are_listed_beside_their_stages(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "cache", "backend")
    (found,) = edge.get("/pipelines-stages")["pipelines"]
    assert set(found) == {"pipeline", *(f"{kind}_stages" for kind in NEXT_KINDS)}
    assert found["pipeline"] == edge.get(f"/pipelines/{made['pipeline']['id']}")
    assert found["cache_stages"] == [edge.get(f"/cache-stages/{made['cache']['id']}")]
    assert (len(found["backend_stages"]), found["tls_stages"]) == (1, [])


def test_searches_look_into_every_pipeline_of_a_project(edge: EdgeCloud) -> None:
    edge.subscribe(project_id=UNKNOWN_ID)
    pipelines = [edge.make_pipeline(project_id=project)["id"] for project in (PROJECT_ID, PROJECT_ID, UNKNOWN_ID)]
    for pipeline in pipelines:
        backend = edge.make_stage("backend", pipeline)["id"]
        edge.make_stage("waf", pipeline)
        route = edge.make_stage("route", pipeline)["id"]
        rules = [{"backend_stage_id": backend}] * 2
        edge.make("PUT", f"/route-stages/{route}/route-rules", {"route_rules": rules})
    for path, each in (("/search-backend-stages", 1), ("/search-waf-stages", 1), ("/search-route-rules", 2)):
        assert edge.get(path)["total_count"] == 3 * each
        assert edge.get(path, project_id=PROJECT_ID)["total_count"] == 2 * each
    assert edge.get("/search-backend-stages", bucket_name="other")["total_count"] == 0
    rules = edge.get("/search-route-rules", project_id=PROJECT_ID)["route_rules"]
    assert [rule["position"] for rule in rules] == [1, 2, 1, 2]


def test_vpc_endpoints_show_their_network(edge: EdgeCloud) -> None:
    body = {"project_id": PROJECT_ID, "region": "nl-ams", "private_network_id": NETWORK_ID}
    made = edge.make("POST", "/vpc-endpoints", body)
    assert set(made) == LIFE | set(body)
    assert {key: made[key] for key in body} == body
    assert edge.get("/vpc-endpoints", order_by="name_asc", project_id=PROJECT_ID)["total_count"] == 1
    assert edge.get("/vpc-endpoints", project_id=UNKNOWN_ID)["total_count"] == 0


def test_a_purge_request_shows_its_target_alone(edge: EdgeCloud) -> None:
    pipeline = edge.make_pipeline()["id"]
    keys = LIFE | {"pipeline_id", "status"}
    for target in ({"all": True}, {"assets": ["/a", "/b"]}):
        made = edge.make("POST", "/purge-requests", {"pipeline_id": pipeline, **target})
        assert set(made) == keys | set(target)
        assert made["status"] == "pending"
    other = edge.make_pipeline()["id"]
    assert edge.get("/purge-requests", pipeline_id=other)["total_count"] == 0
    assert edge.get("/purge-requests", pipeline_id=pipeline, project_id=PROJECT_ID)["total_count"] == 2
    edge.make("DELETE", f"/pipelines/{pipeline}")
    assert edge.get("/purge-requests")["total_count"] == 0


def test_a_plan_is_chosen_changed_and_ended(edge: EdgeCloud) -> None:
    path = f"/current-plan/{PROJECT_ID}"
    assert edge.subscribe("advanced") == edge.get(path) == {"plan_name": "advanced"}
    assert edge.subscribe("starter") == edge.get(path) == {"plan_name": "starter"}
    assert edge.make("DELETE", path) is None
    assert edge.send("GET", path).status_code == 404
    assert edge.send("DELETE", path).status_code == 404
    plans = edge.get("/plans")
    keys = {"plan_name", "package_gb", "pipeline_limit", "waf_requests", "backend_limit", "wildcard_domain"}
    assert (plans["total_count"], set(plans["plans"][0])) == (3, keys)


def test_more_pipelines_and_a_firewall_cost_more_than_the_plan(edge: EdgeCloud) -> None:
    edge.subscribe("starter")
    first = edge.make_pipeline()["id"]
    path = f"/billing/{PROJECT_ID}"
    before = edge.get(path)
    assert before["total_cost"] == before["plan_cost"] == before["plans_usage_details"]["starter"]["plan_cost"]
    edge.make_pipeline()
    edge.make_stage("waf", first)
    after = edge.get(path)
    assert (after["pipeline_number"], after["current_plan"]["plan_name"]) == (2, "starter")
    parts = [after[name]["units"] for name in ("plan_cost", "extra_pipelines_cost", "waf_add_on")]
    assert after["total_cost"] == {"currency_code": "EUR", "units": sum(parts), "nanos": 0}
    assert 0 not in parts
    nobody = edge.get(f"/billing/{UNKNOWN_ID}")
    assert (nobody["current_plan"], nobody["total_cost"]["units"]) == (None, 0)
