# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How pipelines and purges settle, what is found wrong with them, and what is refused meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cloud import PROJECT_ID
from contract.edge_cloud import NETWORK_ID, SECRET, EdgeCloud, codes, path_of, statuses

WHOLE = ("dns", "tls", "cache", "route", "waf", "backend")
MANAGED: dict[str, Any] = {"tls": {"managed_certificate": True}, "dns": {"fqdns": ["www.example.com"]}}


def set_head(edge: EdgeCloud, made: dict[str, Any]) -> None:
    body = {"add_new_head_stage": {"new_stage_id": made["dns"]["id"]}}
    edge.make("POST", f"{path_of(made)}/set-head-stage", body)


def test_a_pipeline_with_a_head_is_pending_and_then_ready(slow_edge: EdgeCloud) -> None:
    slow_edge.emulator.settings(settle_reads=2)
    made = slow_edge.make_chain(*WHOLE, **MANAGED)
    set_head(slow_edge, made)
    assert statuses(slow_edge, path_of(made), 3) == ["pending", "pending", "ready"]
    assert slow_edge.get(path_of(made))["errors"] == []
    assert {kind: slow_edge.get(path_of(made, kind))["status"] for kind in WHOLE} == dict.fromkeys(WHOLE, "active")


@pytest.mark.parametrize("listing", ["/pipelines", "/pipelines-stages"])
def test_lists_are_sightings_too(slow_edge: EdgeCloud, listing: str) -> None:
    set_head(slow_edge, slow_edge.make_chain("dns", "backend"))
    seen = [slow_edge.get(listing)["pipelines"][0] for _attempt in range(2)]
    assert [found.get("pipeline", found)["status"] for found in seen] == ["pending", "ready"]


def test_nothing_of_a_pending_pipeline_is_written(slow_edge: EdgeCloud) -> None:
    slow_edge.emulator.settings(settle_reads=100)
    made = slow_edge.make_chain("dns", "backend")
    route = slow_edge.make_stage("route", made["pipeline"]["id"])["id"]
    set_head(slow_edge, made)
    pipeline = path_of(made)
    writes: list[tuple[str, str, Any]] = [
        ("PATCH", pipeline, {"name": "web"}),
        ("DELETE", pipeline, None),
        ("POST", f"{pipeline}/set-head-stage", {"remove_head_stage": {"remove_stage_id": made["dns"]["id"]}}),
        ("POST", f"{pipeline}/cache-stages", {}),
        ("PUT", f"{pipeline}/vpc-endpoints", {"vpc_endpoint_ids": []}),
        ("PATCH", path_of(made, "dns"), {"fqdns": []}),
        ("DELETE", path_of(made, "backend"), None),
        ("PUT", f"/route-stages/{route}/route-rules", {"route_rules": []}),
        ("POST", f"/route-stages/{route}/route-rules", {"route_rules": [{"backend_stage_id": made["backend"]["id"]}]}),
    ]
    for method, path, body in writes:
        answer = slow_edge.send(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (409, "transient_state"), path
        assert (answer.json()["resource"], answer.json()["current_state"]) == ("pipeline", "pending")
    slow_edge.emulator.settings(busy_conflict=False)
    assert slow_edge.send("PATCH", pipeline, {"name": "web"}).status_code == 200


def test_a_refusal_is_a_sighting(slow_edge: EdgeCloud) -> None:
    made = slow_edge.make_chain("dns", "backend")
    set_head(slow_edge, made)
    answers = [slow_edge.send("PATCH", path_of(made), {"name": "web"}).status_code for _attempt in range(2)]
    assert answers == [409, 200]


def test_a_pipeline_without_a_head_never_waits(slow_edge: EdgeCloud) -> None:
    made = slow_edge.make_chain(*WHOLE)
    slow_edge.make("PATCH", path_of(made, "cache"), {"include_cookies": True})
    assert statuses(slow_edge, path_of(made), 1) == ["warning"]


CHANGES: dict[str, tuple[str, str, Any]] = {
    "stage": ("PATCH", "cache", {"include_cookies": True}),
    "name of the host": ("PATCH", "dns", {"fqdns": ["www.example.org"]}),
    "origin": ("PATCH", "backend", {"scaleway_s3": {"bucket_name": "b", "bucket_region": "nl-ams"}}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_what_requests_pass_is_deployed(slow_edge: EdgeCloud, name: str) -> None:
    method, kind, body = CHANGES[name]
    made = slow_edge.make_chain(*WHOLE, **MANAGED)
    slow_edge.make_head(made)
    slow_edge.make(method, path_of(made, kind), body)
    assert statuses(slow_edge, path_of(made), 2) == ["pending", "ready"]
    slow_edge.make("PUT", f"{path_of(made, 'route')}/route-rules", {"route_rules": []})
    assert statuses(slow_edge, path_of(made), 2) == ["pending", "ready"]
    slow_edge.make("PUT", f"{path_of(made)}/vpc-endpoints", {"vpc_endpoint_ids": []})
    assert statuses(slow_edge, path_of(made), 2) == ["pending", "ready"]


def test_a_change_of_anything_else_is_not(slow_edge: EdgeCloud) -> None:
    made = slow_edge.make_chain("dns", "backend")
    slow_edge.make_head(made)
    spare = slow_edge.make_stage("cache", made["pipeline"]["id"])["id"]
    slow_edge.make("PATCH", f"/cache-stages/{spare}", {"include_cookies": True})
    slow_edge.make("DELETE", f"/cache-stages/{spare}")
    slow_edge.make("PATCH", path_of(made), {"name": "web"})
    assert statuses(slow_edge, path_of(made), 1) == ["ready"]


def test_stages_are_active_where_requests_pass_since_the_deployment(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "cache", "backend")
    edge.make_head(made)
    other = edge.make_stage("backend", made["pipeline"]["id"])["id"]
    path = f"/backend-stages/{other}"
    assert edge.get(path)["status"] == "inactive"
    changed = edge.make("PATCH", path_of(made, "cache"), {"backend_stage_id": other})
    assert (changed["status"], edge.get(path)["status"]) == ("active", "inactive")
    edge.settled(path_of(made))
    assert (edge.get(path)["status"], edge.get(path_of(made, "backend"))["status"]) == ("active", "inactive")


def test_rules_lead_requests_to_stages_too(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "cache", "route", "backend")
    other = edge.make_stage("backend", made["pipeline"]["id"])["id"]
    edge.make("PUT", f"{path_of(made, 'route')}/route-rules", {"route_rules": [{"backend_stage_id": other}]})
    edge.make_head(made)
    assert edge.get(f"/backend-stages/{other}")["status"] == "active"


def test_the_default_names_come_with_the_deployment(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "backend", dns={"fqdns": ["www.example.com"]})
    endpoint = {"project_id": PROJECT_ID, "region": "fr-par", "private_network_id": NETWORK_ID}
    endpoint_id = edge.make("POST", "/vpc-endpoints", endpoint)["id"]
    edge.make_head(made)
    default = f"{made['pipeline']['id']}.svc.edge.scw.cloud"
    path = path_of(made, "dns")
    shown = edge.get(path)
    assert (shown["default_fqdn"], shown["default_private_fqdn"], shown["type"]) == (default, "", "custom")
    assert shown["fqdns"] == ["www.example.com", default]
    edge.make("PATCH", path, {"fqdns": [default, "cdn.example.com"]})
    edge.settled(path_of(made))
    assert edge.get(path)["fqdns"] == ["cdn.example.com", default]
    edge.emulator.settings(list_default_fqdn=False)
    assert edge.get(path)["fqdns"] == ["cdn.example.com"]
    edge.make("PUT", f"{path_of(made)}/vpc-endpoints", {"vpc_endpoint_ids": [endpoint_id]})
    edge.settled(path_of(made))
    assert edge.get(path)["default_private_fqdn"].startswith(made["pipeline"]["id"])


def test_a_managed_certificate_is_issued_with_the_deployment(slow_edge: EdgeCloud) -> None:
    made = slow_edge.make_chain(*WHOLE, **MANAGED)
    path = path_of(made, "tls")
    set_head(slow_edge, made)
    assert slow_edge.get(path)["certificate_expires_at"] is None
    slow_edge.settled(path_of(made))
    assert slow_edge.get(path)["certificate_expires_at"].startswith("2026-04-")
    slow_edge.make("PATCH", path, {"tls_secrets_config": {"tls_secrets": [SECRET]}})
    slow_edge.settled(path_of(made))
    assert slow_edge.get(path)["certificate_expires_at"] is None


def test_a_removed_head_leaves_the_pipeline_as_at_the_beginning(slow_edge: EdgeCloud) -> None:
    made = slow_edge.make_chain("dns", "backend")
    slow_edge.make_head(made)
    removal = {"remove_head_stage": {"remove_stage_id": made["dns"]["id"]}}
    slow_edge.make("POST", f"{path_of(made)}/set-head-stage", removal)
    seen = slow_edge.get(path_of(made))
    assert (seen["status"], codes(seen)) == ("warning", [("unknown_stage", "pipeline_missing_head_stage")])
    assert slow_edge.get(path_of(made, "dns"))["status"] == "inactive"


MISTAKES: dict[str, tuple[tuple[str, ...], dict[str, Any], str, list[tuple[str, str]]]] = {
    "leads nowhere": (("dns", "cache"), {}, "warning", [("cache", "pipeline_invalid_workflow")]),
    "route leads nowhere": (("dns", "tls", "route"), {}, "warning", [("unknown_stage", "pipeline_invalid_workflow")]),
    "no host name": (("dns", "backend"), {"dns": {"fqdns": ["a b"]}}, "warning", [("dns", "dns_invalid_format")]),
    "a domain itself": (
        ("dns", "backend"),
        {"dns": {"fqdns": ["example.com"]}},
        "warning",
        [("dns", "dns_forbidden_root_domain")],
    ),
    "a name of the vendor": (
        ("dns", "backend"),
        {"dns": {"fqdns": ["a.b.scw.cloud"]}},
        "warning",
        [("dns", "dns_forbidden_scw_cloud")],
    ),
    "no record": (
        ("dns", "backend"),
        {"dns": {"fqdns": ["www.example.com", "unresolved.example.com"]}},
        "warning",
        [("dns", "dns_cname_dont_exist")],
    ),
    "no certificate": (
        ("dns", "tls", "backend"),
        {"dns": {"fqdns": ["www.example.com"]}},
        "warning",
        [("tls", "tls_cert_missing")],
    ),
    "certificate refused": (
        ("dns", "tls", "backend"),
        {**MANAGED, "dns": {"fqdns": ["fail.example.com"]}},
        "error",
        [("tls", "tls_managed_internal")],
    ),
    "managed wildcard": (
        ("dns", "tls", "backend"),
        {**MANAGED, "dns": {"fqdns": ["www.example.com"], "wildcard_domain": True}},
        "warning",
        [("tls", "tls_managed_unsupported")],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_wrong_is_said_by_the_pipeline_after_the_deployment(edge: EdgeCloud, name: str) -> None:
    kinds, changes, status, expected = MISTAKES[name]
    made = edge.make_chain(*kinds, **changes)
    assert codes(edge.get(path_of(made))) == [("unknown_stage", "pipeline_missing_head_stage")]
    seen = edge.make_head(made)
    assert (seen["status"], codes(seen)) == (status, expected)
    assert {error["type"] for error in seen["errors"]} == {"runtime" if status == "error" else "config"}
    if "tls" in made:
        assert edge.get(path_of(made, "tls"))["certificate_expires_at"] is None


def test_a_host_name_is_used_once(edge: EdgeCloud) -> None:
    edge.make_stage("dns", edge.make_pipeline()["id"], fqdns=["WWW.example.com"])
    made = edge.make_chain("dns", "backend", dns={"fqdns": ["www.example.com"]})
    assert codes(edge.make_head(made)) == [("dns", "dns_fqdn_already_in_use")]


def test_a_purge_is_pending_and_then_done_or_failed(slow_edge: EdgeCloud) -> None:
    pipeline = slow_edge.make_pipeline()["id"]
    for assets, end in ((["/a.png"], "done"), (["/a.png", "/img/fail"], "error")):
        made = slow_edge.make("POST", "/purge-requests", {"pipeline_id": pipeline, "assets": assets})
        assert made["status"] == "pending"
        assert statuses(slow_edge, f"/purge-requests/{made['id']}", 2) == ["pending", end]
    slow_edge.make("POST", "/purge-requests", {"pipeline_id": pipeline, "all": True})
    seen = [slow_edge.get("/purge-requests")["purge_requests"][-1]["status"] for _attempt in range(2)]
    assert seen == ["pending", "done"]


def test_everything_settles_by_the_clock_when_asked(slow_edge: EdgeCloud) -> None:
    slow_edge.emulator.settings(settle_seconds=3600)
    made = slow_edge.make_chain("dns", "backend")
    purge = {"pipeline_id": made["pipeline"]["id"], "all": True}
    purge_path = f"/purge-requests/{slow_edge.make('POST', '/purge-requests', purge)['id']}"
    set_head(slow_edge, made)
    assert set(statuses(slow_edge, path_of(made), 5) + statuses(slow_edge, purge_path, 5)) == {"pending"}
    slow_edge.emulator.settings(settle_seconds=0)
    assert slow_edge.get(path_of(made, "dns"))["status"] == "active"
    assert slow_edge.emulator.state()["edge_purge_requests"][0]["status"] == "done"
    assert statuses(slow_edge, path_of(made), 1) + statuses(slow_edge, purge_path, 1) == ["ready", "done"]
