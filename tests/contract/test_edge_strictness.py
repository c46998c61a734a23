# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator's Edge Services refuse, with the answer's exact form."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cloud import PROJECT_ID, UNKNOWN_ID, complaints
from contract.edge_cloud import BODIES, BUCKET, NETWORK_ID, SECRET, EdgeCloud, pipeline_body
from emulator.edge.facts import NEXT_KINDS

Request = tuple[str, str, Any]
ENDPOINT = {"project_id": PROJECT_ID, "region": "fr-par", "private_network_id": NETWORK_ID}
LB = {"id": UNKNOWN_ID, "zone": "fr-par-1", "frontend_id": UNKNOWN_ID}


def stage(kind: str, **changes: Any) -> Request:
    return "POST", f"/pipelines/{UNKNOWN_ID}/{kind}-stages", {**BODIES[kind], **changes}


def change(kind: str, **changes: Any) -> Request:
    return "PATCH", f"/{kind}-stages/{UNKNOWN_ID}", changes


def backend(**origin: Any) -> Request:
    return "POST", f"/pipelines/{UNKNOWN_ID}/backend-stages", origin


def lb_origin(**changes: Any) -> Request:
    return backend(scaleway_lb={"lbs": [{**LB, **changes}]})


def rule(**changes: Any) -> Request:
    match = {"method_filters": ["get"], **changes}
    body = {"route_rules": [{"rule_http_match": match, "backend_stage_id": UNKNOWN_ID}]}
    return "PUT", f"/route-stages/{UNKNOWN_ID}/route-rules", body


def check(what: str, **body: Any) -> Request:
    return "POST", f"/check-{what}", body


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


REGEX = {"path_filter_type": "regex", "value": ".*"}
MATCH = "route_rules.0.rule_http_match"
LBS = "scaleway_lb.lbs.0"
WRONG_REQUESTS: dict[str, tuple[Request, dict[str, str]]] = {
    "unknown field": (("POST", "/pipelines", pipeline_body(tags=[])), {"tags": "unknown"}),
    "no name": (("POST", "/pipelines", without(pipeline_body(), "name")), {"name": "required"}),
    "no description": (("POST", "/pipelines", without(pipeline_body(), "description")), {"description": "required"}),
    "no project": (("POST", "/pipelines", without(pipeline_body(), "project_id")), {"project_id": "required"}),
    "empty name": (("PATCH", f"/pipelines/{UNKNOWN_ID}", {"name": ""}), {"name": "constraint"}),
    "computed field": (("PATCH", f"/pipelines/{UNKNOWN_ID}", {"status": "ready"}), {"status": "unknown"}),
    "moved pipeline": (("PATCH", f"/pipelines/{UNKNOWN_ID}", {"project_id": UNKNOWN_ID}), {"project_id": "unknown"}),
    "malformed identifier": (("GET", "/pipelines/shop", None), {"pipeline_id": "format"}),
    "pipeline in the body": (stage("dns", pipeline_id=UNKNOWN_ID), {"pipeline_id": "unknown"}),
    "names as text": (stage("dns", fqdns="a.example.com"), {"fqdns": "format"}),
    "empty host name": (stage("dns", fqdns=[""]), {"fqdns.0": "constraint"}),
    "type of the names": (stage("dns", type="custom"), {"type": "unknown"}),
    "wildcard as text": (change("dns", wildcard_domain="true"), {"wildcard_domain": "format"}),
    "firewall after DNS": (stage("dns", waf_stage_id=UNKNOWN_ID), {"waf_stage_id": "unknown"}),
    "cache after firewall": (stage("waf", cache_stage_id=UNKNOWN_ID), {"cache_stage_id": "unknown"}),
    "malformed link": (change("dns", tls_stage_id="tls"), {"tls_stage_id": "format"}),
    "secrets in the words of a creation": (change("tls", secrets=[]), {"secrets": "unknown"}),
    "secrets in the words of an update": (
        stage("tls", tls_secrets_config={"tls_secrets": []}),
        {"tls_secrets_config": "unknown"},
    ),
    "secret without region": (stage("tls", secrets=[without(SECRET, "region")]), {"secrets.0.region": "required"}),
    "secret elsewhere": (stage("tls", secrets=[{**SECRET, "region": "fr-par-1"}]), {"secrets.0.region": "constraint"}),
    "time to live as number": (stage("cache", fallback_ttl=3600), {"fallback_ttl": "format"}),
    "cookies as text": (change("cache", include_cookies="no"), {"include_cookies": "format"}),
    "no mode": (("POST", stage("waf")[1], {"paranoia_level": 1}), {"mode": "required"}),
    "no level": (("POST", stage("waf")[1], {"mode": "enable"}), {"paranoia_level": "required"}),
    "other mode": (change("waf", mode="on"), {"mode": "constraint"}),
    "level zero": (change("waf", paranoia_level=0), {"paranoia_level": "constraint"}),
    "level five": (stage("waf", paranoia_level=5), {"paranoia_level": "constraint"}),
    "bucket without name": (
        backend(scaleway_s3=without(BUCKET, "bucket_name")),
        {"scaleway_s3.bucket_name": "required"},
    ),
    "bucket without region": (
        backend(scaleway_s3=without(BUCKET, "bucket_region")),
        {"scaleway_s3.bucket_region": "required"},
    ),
    "bucket elsewhere": (
        backend(scaleway_s3={**BUCKET, "bucket_region": "us-nyc"}),
        {"scaleway_s3.bucket_region": "constraint"},
    ),
    "two origins": (
        backend(scaleway_s3=BUCKET, scaleway_lb={"lbs": [LB]}),
        {"scaleway_s3": "constraint"},
    ),
    "region for a zone": (lb_origin(zone="fr-par"), {f"{LBS}.zone": "constraint"}),
    "no frontend": (lb_origin(frontend_id=None), {f"{LBS}.frontend_id": "required"}),
    "container without region": (
        backend(scaleway_serverless_container={"container_id": UNKNOWN_ID}),
        {"scaleway_serverless_container.region": "required"},
    ),
    "function without identifier": (
        backend(scaleway_serverless_function={"region": "fr-par"}),
        {"scaleway_serverless_function.function_id": "required"},
    ),
    "no rules": (("PUT", f"/route-stages/{UNKNOWN_ID}/route-rules", {}), {"route_rules": "required"}),
    "position of a rule": (
        ("PUT", f"/route-stages/{UNKNOWN_ID}/route-rules", {"route_rules": [{"position": 1}]}),
        {"route_rules.0.position": "unknown"},
    ),
    "method in capitals": (rule(method_filters=["GET"]), {f"{MATCH}.method_filters.0": "constraint"}),
    "unknown method": (rule(method_filters=["unknown_method_filter"]), {f"{MATCH}.method_filters.0": "constraint"}),
    "kind of filter": (
        rule(path_filter={**REGEX, "path_filter_type": "prefix"}),
        {f"{MATCH}.path_filter.path_filter_type": "constraint"},
    ),
    "filter without value": (rule(path_filter=without(REGEX, "value")), {f"{MATCH}.path_filter.value": "required"}),
    "two targets of a rule": (
        (
            "PUT",
            f"/route-stages/{UNKNOWN_ID}/route-rules",
            {"route_rules": [{"backend_stage_id": UNKNOWN_ID, "waf_stage_id": UNKNOWN_ID}]},
        ),
        {"route_rules.0.waf_stage_id": "constraint"},
    ),
    "two positions": (
        (
            "POST",
            f"/route-stages/{UNKNOWN_ID}/route-rules",
            {"route_rules": [], "after_position": 1, "before_position": 1},
        ),
        {"before_position": "constraint"},
    ),
    "two actions": (
        (
            "POST",
            f"/pipelines/{UNKNOWN_ID}/set-head-stage",
            {
                "add_new_head_stage": {"new_stage_id": UNKNOWN_ID},
                "remove_head_stage": {"remove_stage_id": UNKNOWN_ID},
            },
        ),
        {"remove_head_stage": "constraint"},
    ),
    "swap without the one before": (
        ("POST", f"/pipelines/{UNKNOWN_ID}/set-head-stage", {"swap_head_stage": {"new_stage_id": UNKNOWN_ID}}),
        {"swap_head_stage.current_stage_id": "required"},
    ),
    "endpoint without region": (("POST", "/vpc-endpoints", without(ENDPOINT, "region")), {"region": "required"}),
    "endpoint without network": (
        ("POST", "/vpc-endpoints", without(ENDPOINT, "private_network_id")),
        {"private_network_id": "required"},
    ),
    "endpoints missing": (("PUT", f"/pipelines/{UNKNOWN_ID}/vpc-endpoints", {}), {"vpc_endpoint_ids": "required"}),
    "purge without pipeline": (("POST", "/purge-requests", {"all": True}), {"pipeline_id": "required"}),
    "empty asset": (
        ("POST", "/purge-requests", {"pipeline_id": UNKNOWN_ID, "assets": [""]}),
        {"assets.0": "constraint"},
    ),
    "unknown plan": (
        ("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "unknown_name"}),
        {"plan_name": "constraint"},
    ),
    "no plan": (("PATCH", "/current-plan", {"project_id": PROJECT_ID}), {"plan_name": "required"}),
    "check without target": (check("domain", project_id=PROJECT_ID, fqdn="a.example.com"), {"cname": "required"}),
    "two chains": (
        check(
            "pem-chain",
            project_id=PROJECT_ID,
            fqdn="a.example.com",
            raw="x",
            secret={"secret_id": UNKNOWN_ID, "secret_region": "fr-par"},
        ),
        {"secret": "constraint"},
    ),
    "no Load Balancer": (check("lb-origin"), {"lb": "required"}),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_a_wrong_request_is_refused_naming_the_argument(edge: EdgeCloud, name: str) -> None:
    (method, path, body), expected = WRONG_REQUESTS[name]
    assert complaints(edge.send(method, path, body)) == expected
    assert [kept for kind, kept in edge.emulator.state().items() if kept and kind != "edge_plans"] == []


WRONG_QUERIES = {
    "page zero": ("/pipelines", {"page": 0}, {"page": "constraint"}),
    "order by name": (f"/pipelines/{UNKNOWN_ID}/dns-stages", {"order_by": "name_asc"}, {"order_by": "constraint"}),
    "malformed project": ("/purge-requests", {"project_id": "shop"}, {"project_id": "format"}),
    "unknown region": ("/search-backend-stages", {"bucket_region": "us-nyc"}, {"bucket_region": "constraint"}),
}


@pytest.mark.parametrize("name", WRONG_QUERIES)
def test_a_wrong_query_is_refused(edge: EdgeCloud, name: str) -> None:
    path, query, expected = WRONG_QUERIES[name]
    assert complaints(edge.send("GET", path, **query)) == expected


PATHS_OF_NOTHING: dict[str, Request] = {
    **{f"read {kind}": ("GET", f"/{kind}-stages/{UNKNOWN_ID}", None) for kind in NEXT_KINDS},
    **{f"change {kind}": ("PATCH", f"/{kind}-stages/{UNKNOWN_ID}", {}) for kind in NEXT_KINDS},
    **{f"delete {kind}": ("DELETE", f"/{kind}-stages/{UNKNOWN_ID}", None) for kind in NEXT_KINDS},
    **{f"list {kind}": ("GET", f"/pipelines/{UNKNOWN_ID}/{kind}-stages", None) for kind in NEXT_KINDS},
    **{f"create {kind}": stage(kind) for kind in NEXT_KINDS},
    "pipeline": ("GET", f"/pipelines/{UNKNOWN_ID}", None),
    "pipeline to change": ("PATCH", f"/pipelines/{UNKNOWN_ID}", {}),
    "pipeline to delete": ("DELETE", f"/pipelines/{UNKNOWN_ID}", None),
    "heads": ("GET", f"/pipelines/{UNKNOWN_ID}/head-stages", None),
    "head to set": ("POST", f"/pipelines/{UNKNOWN_ID}/set-head-stage", {}),
    "rules": ("GET", f"/route-stages/{UNKNOWN_ID}/route-rules", None),
    "rules to set": ("PUT", f"/route-stages/{UNKNOWN_ID}/route-rules", {"route_rules": []}),
    "endpoint": ("GET", f"/vpc-endpoints/{UNKNOWN_ID}", None),
    "endpoint to delete": ("DELETE", f"/vpc-endpoints/{UNKNOWN_ID}", None),
    "endpoints to set": ("PUT", f"/pipelines/{UNKNOWN_ID}/vpc-endpoints", {"vpc_endpoint_ids": []}),
    "purge": ("GET", f"/purge-requests/{UNKNOWN_ID}", None),
    "pipeline to purge": ("POST", "/purge-requests", {"pipeline_id": UNKNOWN_ID, "all": True}),
    "plan": ("GET", f"/current-plan/{UNKNOWN_ID}", None),
    "plan to end": ("DELETE", f"/current-plan/{UNKNOWN_ID}", None),
}


@pytest.mark.parametrize("name", PATHS_OF_NOTHING)
def test_what_is_not_there_is_answered_in_the_recorded_words_of_either_year(edge: EdgeCloud, name: str) -> None:
    answer = edge.send(*PATHS_OF_NOTHING[name])
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found"})
    edge.emulator.settings(forbid_absent=True)
    answer = edge.send(*PATHS_OF_NOTHING[name])
    assert (answer.status_code, answer.json()) == (403, {"message": "Permission denied"})


def test_a_stage_is_not_found_as_one_of_another_kind(edge: EdgeCloud) -> None:
    made = edge.make_stage("cache", edge.make_pipeline()["id"])
    assert edge.send("GET", f"/waf-stages/{made['id']}").status_code == 404


def test_a_project_without_a_plan_has_no_pipelines(edge: EdgeCloud) -> None:
    answer = edge.send("POST", "/pipelines", pipeline_body(project_id=UNKNOWN_ID))
    assert (answer.status_code, answer.json()) == (403, {"message": "Permission denied"})
    edge.subscribe("starter", UNKNOWN_ID)
    made = edge.make_pipeline(project_id=UNKNOWN_ID)
    refused = edge.send("DELETE", f"/current-plan/{UNKNOWN_ID}")
    assert (refused.status_code, refused.json()["precondition"]) == (412, "resource_still_in_use")
    edge.make("DELETE", f"/pipelines/{made['id']}")
    edge.make("DELETE", f"/current-plan/{UNKNOWN_ID}")
    assert edge.send("POST", "/pipelines", pipeline_body(project_id=UNKNOWN_ID)).status_code == 403


@pytest.mark.parametrize(("plan", "most"), [("starter", 3), ("professional", 5), ("advanced", 10)])
def test_a_plan_includes_so_many_backends_of_a_pipeline(edge: EdgeCloud, plan: str, most: int) -> None:
    edge.subscribe(plan)
    pipeline = edge.make_pipeline()["id"]
    made = [edge.make_stage("backend", pipeline) for _number in range(most)]
    answer = edge.send("POST", f"/pipelines/{pipeline}/backend-stages", BODIES["backend"])
    assert (answer.status_code, answer.json()["type"]) == (403, "quotas_exceeded")
    assert answer.json()["details"] == [{"resource": "backend_stage", "quota": most, "current": most}]
    edge.make("PATCH", f"/backend-stages/{made[0]['id']}", BODIES["backend"])
    edge.make_stage("backend", edge.make_pipeline()["id"])


def test_the_smallest_plan_has_no_wildcard_domains(edge: EdgeCloud) -> None:
    edge.subscribe("starter")
    pipeline = edge.make_pipeline()["id"]
    answer = edge.send("POST", f"/pipelines/{pipeline}/dns-stages", {"wildcard_domain": True})
    assert (answer.status_code, answer.json()) == (403, {"message": "Permission denied"})
    made = edge.make_stage("dns", pipeline)
    assert edge.send("PATCH", f"/dns-stages/{made['id']}", {"wildcard_domain": True}).status_code == 403
    edge.subscribe("advanced")
    assert edge.make("PATCH", f"/dns-stages/{made['id']}", {"wildcard_domain": True})["wildcard_domain"]


LINKS = [(kind, next_kind) for kind, following in NEXT_KINDS.items() for next_kind in following]


@pytest.mark.parametrize(("kind", "next_kind"), LINKS)
def test_a_link_leads_to_a_stage_of_the_kind_in_the_same_pipeline(edge: EdgeCloud, kind: str, next_kind: str) -> None:
    pipeline = edge.make_pipeline()["id"]
    made = edge.make_stage(kind, pipeline)
    elsewhere = edge.make_stage(next_kind, edge.make_pipeline()["id"])
    key = f"{next_kind}_stage_id"
    for wrong in (UNKNOWN_ID, elsewhere["id"], made["id"]):
        assert complaints(edge.send("PATCH", f"/{kind}-stages/{made['id']}", {key: wrong})) == {key: "constraint"}
        body = {**BODIES[kind], key: wrong}
        assert complaints(edge.send("POST", f"/pipelines/{pipeline}/{kind}-stages", body)) == {key: "constraint"}
    assert edge.get(f"/{kind}-stages/{made['id']}").keys() == made.keys()
    assert edge.get(f"/pipelines/{pipeline}/{kind}-stages")["total_count"] == 1


@pytest.mark.parametrize("kind", ["dns", "tls", "cache", "route"])
def test_a_stage_has_one_next_stage(edge: EdgeCloud, kind: str) -> None:
    pipeline = edge.make_pipeline()["id"]
    made = edge.make_stage(kind, pipeline)
    chosen = {f"{next_kind}_stage_id": edge.make_stage(next_kind, pipeline)["id"] for next_kind in NEXT_KINDS[kind]}
    for path in (f"/pipelines/{pipeline}/{kind}-stages", f"/{kind}-stages/{made['id']}"):
        answer = edge.send("PATCH" if path.startswith(f"/{kind}") else "POST", path, chosen)
        assert complaints(answer) == {sorted(chosen)[1]: "constraint"}


@pytest.mark.parametrize(("kind", "next_kind"), LINKS)
def test_a_stage_that_another_leads_to_is_not_deleted(edge: EdgeCloud, kind: str, next_kind: str) -> None:
    made = edge.make_chain(kind, next_kind)
    path = f"/{next_kind}-stages/{made[next_kind]['id']}"
    answer = edge.send("DELETE", path)
    assert (answer.status_code, answer.json()["precondition"]) == (412, "resource_still_in_use")
    edge.make("PATCH", f"/{kind}-stages/{made[kind]['id']}", {f"{next_kind}_stage_id": ""})
    edge.make("DELETE", path)
    assert edge.send("GET", path).status_code == 404


def test_a_stage_that_a_rule_leads_to_is_not_deleted(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "backend")
    other = edge.make_stage("backend", made["pipeline"]["id"])["id"]
    rules = f"/route-stages/{made['route']['id']}/route-rules"
    edge.make("PUT", rules, {"route_rules": [{"backend_stage_id": other}]})
    assert edge.send("DELETE", f"/backend-stages/{other}").status_code == 412
    edge.make("PUT", rules, {"route_rules": []})
    edge.make("DELETE", f"/backend-stages/{other}")


def test_a_pipeline_goes_with_everything_in_it(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "cache", "backend")
    edge.make_head(made)
    edge.make("DELETE", f"/pipelines/{made['pipeline']['id']}")
    for kind in ("dns", "cache", "backend"):
        assert edge.send("GET", f"/{kind}-stages/{made[kind]['id']}").status_code == 404
        assert edge.emulator.state()[f"edge_{kind}_stages"] == []


UNSUITABLE: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "one name twice": ("dns", {"fqdns": ["a.example.com", "A.example.com"]}, {"fqdns": "constraint"}),
    "unknown mode": ("waf", {"mode": "unknown_mode"}, {"mode": "required"}),
    "managed with secrets": (
        "tls",
        {"managed_certificate": True, "secrets": [SECRET]},
        {"managed_certificate": "constraint"},
    ),
    "no origin": ("backend", {"scaleway_s3": None}, {"scaleway_s3": "required"}),
    "no Load Balancers": (
        "backend",
        {"scaleway_s3": None, "scaleway_lb": {"lbs": []}},
        {"scaleway_lb.lbs": "constraint"},
    ),
}


@pytest.mark.parametrize("name", UNSUITABLE)
def test_what_does_not_suit_is_refused_and_makes_nothing(edge: EdgeCloud, name: str) -> None:
    kind, changes, expected = UNSUITABLE[name]
    path = f"/pipelines/{edge.make_pipeline()['id']}/{kind}-stages"
    assert complaints(edge.send("POST", path, {**BODIES[kind], **changes})) == expected
    assert edge.get(path)["total_count"] == 0


def test_an_update_of_secrets_is_no_update_to_a_managed_certificate(edge: EdgeCloud) -> None:
    made = edge.make_stage("tls", edge.make_pipeline()["id"])
    body = {"managed_certificate": True, "tls_secrets_config": {"tls_secrets": [SECRET]}}
    answer = edge.send("PATCH", f"/tls-stages/{made['id']}", body)
    assert complaints(answer) == {"managed_certificate": "constraint"}


def test_a_backend_stays_in_its_pipeline(edge: EdgeCloud) -> None:
    made = edge.make_stage("backend", edge.make_pipeline()["id"])
    path = f"/backend-stages/{made['id']}"
    assert edge.make("PATCH", path, {"pipeline_id": made["pipeline_id"]})["scaleway_s3"] == made["scaleway_s3"]
    assert complaints(edge.send("PATCH", path, {"pipeline_id": UNKNOWN_ID})) == {"pipeline_id": "constraint"}
