# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services under control: programmed errors, statuses and checks, seeded pipelines, keys and projects."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.edge_cloud import EdgeCloud, codes, path_of, statuses
from emulator.settings import BadControlInputError


@pytest.mark.parametrize("name", ["id", "name", "*"])
def test_errors_are_programmed_and_end_with_their_rules(edge: EdgeCloud, name: str) -> None:
    made = edge.make_chain("dns", "backend")
    edge.make_head(made)
    rule = {"code": "tls_cert_expired", "stage": "tls", "pipeline": made["pipeline"].get(name, "*"), "message": "x"}
    edge.emulator.edge_errors([rule])
    seen = edge.get(path_of(made))
    error = {"stage": "tls", "code": "tls_cert_expired", "severity": "critical", "type": "runtime", "message": "x"}
    assert (seen["status"], seen["errors"]) == ("error", [error])
    edge.emulator.edge_errors([{**rule, "type": "config", "severity": "warning"}])
    assert edge.get(path_of(made))["status"] == "warning"
    edge.emulator.edge_errors([{**rule, "pipeline": UNKNOWN_ID}])
    assert edge.get(path_of(made))["status"] == "ready"
    edge.emulator.edge_errors([])


def test_an_error_is_shown_beside_those_of_the_configuration(edge: EdgeCloud) -> None:
    edge.emulator.edge_errors([{"code": "pipeline_websocket_limit", "type": "runtime"}])
    seen = edge.make_pipeline()
    assert seen["status"] == "error"
    assert [code for _stage, code in codes(seen)] == ["pipeline_missing_head_stage", "pipeline_websocket_limit"]


def test_a_rule_decides_where_a_pipeline_settles(edge: EdgeCloud) -> None:
    edge.emulator.status([{"kind": "edge_pipeline", "match": "shop", "details": "out of luck"}])
    made = edge.make_chain("dns", "backend")
    seen = edge.make_head(made)
    assert (seen["status"], codes(seen)) == ("error", [("unknown_stage", "pipeline_configuration_failed")])
    assert seen["errors"][0]["message"] == "out of luck"
    edge.emulator.status([{"kind": "edge_pipeline", "status": "ready", "now": True}])
    assert (edge.get(path_of(made))["status"], edge.get(path_of(made))["errors"]) == ("ready", [])
    edge.emulator.status([{"kind": "edge_pipeline", "status": "locked", "now": True}])
    refused = edge.send("PATCH", path_of(made), {"name": "web"})
    assert (refused.status_code, refused.json()["type"]) == (423, "locked")


def test_a_pipeline_stays_pending_as_those_of_2025_did(edge: EdgeCloud) -> None:
    edge.emulator.status([{"kind": "edge_pipeline", "status": "never"}])
    made = edge.make_pipeline()
    assert (made["status"], made["errors"]) == ("pending", [])
    assert statuses(edge, f"/pipelines/{made['id']}", 3) == ["pending"] * 3


def test_a_rule_decides_the_status_of_stages(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "backend")
    edge.make_head(made)
    edge.emulator.status([{"kind": "edge_stage", "match": "dns", "status": "never"}])
    assert [edge.get(path_of(made, kind))["status"] for kind in ("dns", "backend")] == ["inactive", "active"]
    edge.emulator.status([{"kind": "edge_stage", "match": made["backend"]["id"], "status": "unknown_status"}])
    assert [edge.get(path_of(made, kind))["status"] for kind in ("dns", "backend")] == ["active", "unknown_status"]


def test_a_rule_decides_where_a_purge_settles(edge: EdgeCloud) -> None:
    body = {"pipeline_id": edge.make_pipeline()["id"], "all": True}
    edge.emulator.status([{"kind": "edge_purge_request", "match": body["pipeline_id"], "status": "never"}])
    path = f"/purge-requests/{edge.make('POST', '/purge-requests', body)['id']}"
    assert statuses(edge, path, 3) == ["pending"] * 3
    edge.emulator.status([{"kind": "edge_purge_request", "status": "error"}])
    assert statuses(edge, path, 1) == ["error"]
    edge.emulator.status([{"kind": "edge_purge_request", "status": "done", "now": True}])
    assert statuses(edge, path, 1) == ["done"]


CHECKS = {
    "domain": ("/check-domain", {"project_id": PROJECT_ID, "fqdn": "www.example.com", "cname": "x"}, "www.example.com"),
    "pem_chain": (
        "/check-pem-chain",
        {"project_id": PROJECT_ID, "fqdn": "www.example.com", "raw": "x"},
        "www.example.com",
    ),
    "lb_origin": (
        "/check-lb-origin",
        {"lb": {"id": UNKNOWN_ID, "zone": "fr-par-1", "frontend_id": UNKNOWN_ID}},
        UNKNOWN_ID,
    ),
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_answers_of_checks_are_programmed(edge: EdgeCloud, check: str) -> None:
    path, body, match = CHECKS[check]
    assert not edge.make("POST", path, body)["is_valid"]
    edge.emulator.edge_checks([{"check": check, "match": match, "is_valid": True}])
    assert edge.make("POST", path, body)["is_valid"]
    edge.emulator.edge_checks([{"check": check, "is_valid": True}, {"check": check, "error_type": "tls_error"}])
    answer = edge.make("POST", path, body)
    assert (answer["is_valid"], answer.get("error_type", "tls_error")) == (False, "tls_error")
    edge.emulator.edge_checks([{"check": check, "match": "other", "is_valid": True}])
    assert not edge.make("POST", path, body)["is_valid"]


def test_rules_are_read_as_they_were_written(edge: EdgeCloud) -> None:
    for name, rule in (("edge_errors", {"code": "tls_cert_expired"}), ("edge_checks", {"check": "domain"})):
        url = f"{edge.emulator.url}/_emulator/{name}"
        written = requests.put(url, json=[rule], timeout=10).json()
        assert requests.get(url, timeout=10).json() == written
        assert written[name][0].items() >= rule.items()


WRONG_RULES: dict[str, tuple[str, Any, str]] = {
    "error as text": ("edge_errors", "tls", "an error rule must be an object"),
    "error without code": ("edge_errors", {"stage": "tls"}, "an error rule needs the key 'code'"),
    "unknown code": ("edge_errors", {"code": "x"}, "key 'code' of an error rule must be one of unknown_code, dns_"),
    "unknown stage": ("edge_errors", {"code": "unknown_code", "stage": "waf"}, "must be one of unknown_stage, dns"),
    "unknown key": ("edge_errors", {"x": 1}, "unknown key 'x' in an error rule, allowed: code, pipeline"),
    "message as number": ("edge_errors", {"message": 1}, "key 'message' of an error rule must be a str, got 1"),
    "check as text": ("edge_checks", "domain", "a check rule must be an object"),
    "check without name": ("edge_checks", {}, "a check rule needs the key 'check'"),
    "unknown check": ("edge_checks", {"check": "x"}, "must be one of domain, pem_chain, lb_origin"),
    "validity as text": ("edge_checks", {"is_valid": "no"}, "key 'is_valid' of a check rule must be a bool, got 'no'"),
}


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_wrong_rule_is_refused_with_a_reason(edge: EdgeCloud, name: str) -> None:
    control, rule, complaint = WRONG_RULES[name]
    with pytest.raises(BadControlInputError, match=complaint):
        getattr(edge.emulator, control)([rule])


def test_pipelines_are_seeded_whole_and_ready(edge: EdgeCloud) -> None:
    kinds = {f"edge_{kind}_stages": 3 for kind in ("dns", "tls", "cache", "route", "waf")}
    counts = {"edge_pipelines": 3, "backend_stages_per_pipeline": 12, "route_rules_per_pipeline": 4}
    assert edge.emulator.seed(**counts) == {"edge_pipelines": 3, **kinds, "edge_backend_stages": 36}
    listed = edge.get("/pipelines-stages")
    assert [found["pipeline"]["status"] for found in listed["pipelines"]] == ["ready"] * 3
    assert {stage["status"] for found in listed["pipelines"] for stage in found["tls_stages"]} == {"active"}
    assert edge.get("/search-route-rules")["total_count"] == 12
    assert edge.emulator.seed(edge_pipelines=1)["edge_backend_stages"] == 1


def test_a_key_that_may_not_write_to_a_project_is_refused(edge: EdgeCloud) -> None:
    made = edge.make_pipeline()["id"]
    edge.emulator.settings(projects=[UNKNOWN_ID])
    writes: list[tuple[str, str, Any]] = [
        ("POST", "/pipelines", {"name": "x", "description": "", "project_id": PROJECT_ID}),
        ("PATCH", f"/pipelines/{made}", {"name": "x"}),
        ("POST", f"/pipelines/{made}/cache-stages", {}),
        ("POST", "/purge-requests", {"pipeline_id": made, "all": True}),
        ("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "starter"}),
        ("DELETE", f"/current-plan/{PROJECT_ID}", None),
    ]
    for method, path, body in writes:
        answer = edge.send(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (403, "permissions_denied"), path
    assert edge.get(f"/pipelines/{made}")["name"] == "shop"


def test_objects_carry_a_field_that_no_client_knows(edge: EdgeCloud) -> None:
    edge.emulator.settings(extra_field=True)
    made = edge.make_pipeline()
    assert "emulator_extra_field" in made
    assert "emulator_extra_field" in edge.get("/pipelines")["pipelines"][0]
