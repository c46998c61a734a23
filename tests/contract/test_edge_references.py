# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Edge Services point at: origins in other products, rules, heads, endpoints; and what the checks say of them."""

from __future__ import annotations

from typing import Any

import pytest

from contract.certificates import certificate_pem, custom_chain, key_pem
from contract.cloud import PROJECT_ID, UNKNOWN_ID, Cloud, complaints
from contract.container_cloud import ContainerCloud
from contract.edge_cloud import NETWORK_ID, EdgeCloud
from contract.function_cloud import FunctionCloud
from emulator.settings import Settings
from emulator.world import Target, World

LBS = "scaleway_lb.lbs.0"
ENDPOINT = {"project_id": PROJECT_ID, "region": "fr-par", "private_network_id": NETWORK_ID}


@pytest.fixture
def lb(edge: EdgeCloud) -> dict[str, str]:
    """The reference to a frontend in fr-par-1."""
    cloud = Cloud(edge.emulator)
    made = cloud.make_lb()["id"]
    cloud.get(f"/lbs/{made}")
    frontend = cloud.make_frontend(made, cloud.make_backend(made)["id"])
    return {"id": made, "zone": "fr-par-1", "frontend_id": frontend["id"]}


def test_a_load_balancer_is_stored_in_full(edge: EdgeCloud, lb: dict[str, str]) -> None:
    pipeline = edge.make_pipeline()["id"]
    given = {**lb, "id": lb["id"].upper(), "is_ssl": True, "domain_name": None}
    made = edge.make_stage("backend", pipeline, scaleway_s3=None, scaleway_lb={"lbs": [given]})
    rest = {"domain_name": "", "has_websocket": False, "private_network_id": None}
    assert made["scaleway_lb"] == {"lbs": [{**lb, "is_ssl": True, **rest}]}
    assert "scaleway_s3" not in made
    for identifier, count in ((lb["id"], 1), (UNKNOWN_ID, 0)):
        assert edge.get("/search-backend-stages", lb_id=identifier)["total_count"] == count
        assert edge.get(f"/pipelines/{pipeline}/backend-stages", lb_id=identifier)["total_count"] == count
    assert edge.get("/pipelines", has_backend_stage_lb=True)["total_count"] == 1


WRONG_BALANCERS: dict[str, tuple[dict[str, str], str]] = {
    "unknown": ({"id": UNKNOWN_ID}, f"{LBS}.id"),
    "in another zone": ({"zone": "fr-par-2"}, f"{LBS}.id"),
    "unknown frontend": ({"frontend_id": UNKNOWN_ID}, f"{LBS}.frontend_id"),
}


@pytest.mark.parametrize("name", WRONG_BALANCERS)
def test_a_load_balancer_is_where_it_is_said_to_be(edge: EdgeCloud, lb: dict[str, str], name: str) -> None:
    changes, argument = WRONG_BALANCERS[name]
    path = f"/pipelines/{edge.make_pipeline()['id']}/backend-stages"
    origin = {"scaleway_lb": {"lbs": [{**lb, **changes}]}}
    assert complaints(edge.send("POST", path, origin)) == {argument: "constraint"}
    assert edge.get(path)["total_count"] == 0
    check = edge.make("POST", "/check-lb-origin", {"lb": {**lb, **changes}})
    assert check == {"is_valid": False, "error_type": "connection_refused"}
    assert edge.make("POST", "/check-lb-origin", {"lb": lb}) == {"is_valid": True, "error_type": "unknown"}


def test_a_frontend_belongs_to_the_load_balancer(edge: EdgeCloud, lb: dict[str, str]) -> None:
    cloud = Cloud(edge.emulator)
    other = cloud.make_lb()["id"]
    cloud.get(f"/lbs/{other}")
    origin = {"scaleway_lb": {"lbs": [{**lb, "id": other}]}}
    answer = edge.send("POST", f"/pipelines/{edge.make_pipeline()['id']}/backend-stages", origin)
    assert complaints(answer) == {f"{LBS}.frontend_id": "constraint"}


def test_a_container_is_in_its_region(edge: EdgeCloud) -> None:
    container = ContainerCloud(edge.emulator).ready_container()["id"]
    path = f"/pipelines/{edge.make_pipeline()['id']}/backend-stages"
    origin = {"region": "fr-par", "container_id": container}
    made = edge.make("POST", path, {"scaleway_serverless_container": origin})
    assert made["scaleway_serverless_container"] == origin
    for wrong in ({**origin, "region": "nl-ams"}, {**origin, "container_id": UNKNOWN_ID}):
        answer = edge.send("POST", path, {"scaleway_serverless_container": wrong})
        assert complaints(answer) == {"scaleway_serverless_container.container_id": "constraint"}


def test_a_function_is_in_its_region(edge: EdgeCloud) -> None:
    function = FunctionCloud(edge.emulator).make_function()["id"]
    path = f"/pipelines/{edge.make_pipeline()['id']}/backend-stages"
    origin = {"region": "fr-par", "function_id": function}
    made = edge.make("POST", path, {"scaleway_serverless_function": origin})
    assert made["scaleway_serverless_function"] == origin
    for wrong in ({**origin, "region": "nl-ams"}, {**origin, "function_id": UNKNOWN_ID}):
        answer = edge.send("POST", path, {"scaleway_serverless_function": wrong})
        assert complaints(answer) == {"scaleway_serverless_function.function_id": "constraint"}


def test_what_no_product_serves_is_not_looked_for() -> None:
    world = World(Settings())
    assert world.has_target("lb", UNKNOWN_ID, Target("fr-par-1"))
    world.targets["lb"] = lambda _identifier: None
    assert not world.has_target("lb", UNKNOWN_ID, Target("fr-par-1"))


def test_an_origin_takes_the_place_of_another_kind(edge: EdgeCloud, lb: dict[str, str]) -> None:
    made = edge.make_stage("backend", edge.make_pipeline()["id"])
    path = f"/backend-stages/{made['id']}"
    changed = edge.make("PATCH", path, {"scaleway_lb": {"lbs": [lb]}})
    assert ("scaleway_s3" in changed, changed["scaleway_lb"]["lbs"][0]["id"]) == (False, lb["id"])
    assert edge.make("PATCH", path, {"scaleway_lb": None})["scaleway_lb"] == changed["scaleway_lb"]


def test_what_is_forgotten_by_a_reset_is_nothing_to_point_at(edge: EdgeCloud, lb: dict[str, str]) -> None:
    edge.emulator.reset()
    assert not edge.make("POST", "/check-lb-origin", {"lb": lb})["is_valid"]


WRONG_RULES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no target": ({}, "backend_stage_id", "required"),
    "unknown target": ({"backend_stage_id": UNKNOWN_ID}, "backend_stage_id", "constraint"),
    "unknown firewall": ({"waf_stage_id": UNKNOWN_ID}, "waf_stage_id", "constraint"),
}


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_rule_leads_to_a_stage_of_the_pipeline(edge: EdgeCloud, name: str) -> None:
    rule, argument, reason = WRONG_RULES[name]
    made = edge.make_chain("route", "backend")
    path = f"/route-stages/{made['route']['id']}/route-rules"
    good = {"backend_stage_id": made["backend"]["id"]}
    for method in ("PUT", "POST"):
        answer = edge.send(method, path, {"route_rules": [good, rule]})
        assert complaints(answer) == {f"route_rules.1.{argument}": reason}
    assert edge.get(path)["total_count"] == 0


@pytest.mark.parametrize("name", ["path", "host"])
def test_a_filter_is_a_regular_expression(edge: EdgeCloud, name: str) -> None:
    made = edge.make_chain("route", "backend")
    match = {f"{name}_filter": {f"{name}_filter_type": "regex", "value": "("}}
    body = {"route_rules": [{"rule_http_match": match, "backend_stage_id": made["backend"]["id"]}]}
    answer = edge.send("PUT", f"/route-stages/{made['route']['id']}/route-rules", body)
    assert complaints(answer) == {f"route_rules.0.rule_http_match.{name}_filter.value": "constraint"}


def test_rules_are_inserted_where_there_are_rules(edge: EdgeCloud) -> None:
    made = edge.make_chain("route", "backend")
    path = f"/route-stages/{made['route']['id']}/route-rules"
    rules = [{"backend_stage_id": made["backend"]["id"]}]
    for name in ("after_position", "before_position"):
        assert complaints(edge.send("POST", path, {"route_rules": rules, name: 1})) == {name: "constraint"}
    assert complaints(edge.send("POST", path, {"route_rules": []})) == {"route_rules": "constraint"}


def test_a_head_is_a_dns_stage_of_the_pipeline_and_one_once(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "backend")
    path = f"/pipelines/{made['pipeline']['id']}/set-head-stage"
    elsewhere = edge.make_stage("dns", edge.make_pipeline()["id"])["id"]
    for wrong in (UNKNOWN_ID, elsewhere, made["backend"]["id"]):
        answer = edge.send("POST", path, {"add_new_head_stage": {"new_stage_id": wrong}})
        assert complaints(answer) == {"add_new_head_stage.new_stage_id": "constraint"}
    assert complaints(edge.send("POST", path, {})) == {"add_new_head_stage": "required"}
    edge.make_head(made)
    again = edge.send("POST", path, {"add_new_head_stage": {"new_stage_id": made["dns"]["id"]}})
    assert (again.status_code, again.json()["type"]) == (409, "already_exists")
    assert edge.send("DELETE", f"/dns-stages/{made['dns']['id']}").status_code == 412
    gone = edge.send("POST", path, {"remove_head_stage": {"remove_stage_id": elsewhere}})
    assert complaints(gone) == {"remove_head_stage.remove_stage_id": "constraint"}
    other = edge.make_stage("dns", made["pipeline"]["id"])["id"]
    swap = {"new_stage_id": other, "current_stage_id": elsewhere}
    assert complaints(edge.send("POST", path, {"swap_head_stage": swap})) == {
        "swap_head_stage.current_stage_id": "constraint"
    }


def test_heads_are_listed_swapped_and_removed(edge: EdgeCloud) -> None:
    made = edge.make_chain("dns", "backend")
    pipeline, first = made["pipeline"]["id"], made["dns"]["id"]
    path = f"/pipelines/{pipeline}/head-stages"
    assert edge.get(path) == {"head_stages": [], "total_count": 0}
    edge.make_head(made)
    assert edge.get(path) == {"head_stages": [{"dns_stage_id": first}], "total_count": 1}
    second = edge.make_stage("dns", pipeline, backend_stage_id=made["backend"]["id"])["id"]
    swap = {"swap_head_stage": {"new_stage_id": second, "current_stage_id": first}}
    setting = f"/pipelines/{pipeline}/set-head-stage"
    assert edge.make("POST", setting, swap) == {"head_stage": {"dns_stage_id": second}}
    edge.get(f"/pipelines/{pipeline}")
    assert edge.get(path)["head_stages"] == [{"dns_stage_id": second}]
    assert edge.make("POST", setting, {"remove_head_stage": {"remove_stage_id": second}}) == {"head_stage": None}
    assert edge.get(path)["total_count"] == 0


def test_a_network_has_one_endpoint_that_is_kept_while_it_is_used(edge: EdgeCloud) -> None:
    edge.subscribe(project_id=UNKNOWN_ID)
    made = edge.make("POST", "/vpc-endpoints", ENDPOINT)["id"]
    again = edge.send("POST", "/vpc-endpoints", ENDPOINT)
    assert (again.status_code, again.json()["resource_id"]) == (409, made)
    pipeline = edge.make_pipeline()["id"]
    path = f"/pipelines/{pipeline}/vpc-endpoints"
    assert edge.make("PUT", path, {"vpc_endpoint_ids": [made, made.upper()]})["total_count"] == 1
    assert edge.send("DELETE", f"/vpc-endpoints/{made}").status_code == 412
    foreign = edge.make_pipeline(project_id=UNKNOWN_ID)["id"]
    for place, wrong in ((path, UNKNOWN_ID), (f"/pipelines/{foreign}/vpc-endpoints", made)):
        assert complaints(edge.send("PUT", place, {"vpc_endpoint_ids": [wrong]})) == {
            "vpc_endpoint_ids.0": "constraint"
        }
    edge.make("PUT", path, {"vpc_endpoint_ids": []})
    edge.make("DELETE", f"/vpc-endpoints/{made}")


def test_a_purge_is_about_everything_or_about_something(edge: EdgeCloud) -> None:
    body = {"pipeline_id": edge.make_pipeline()["id"]}
    for nothing in ({}, {"all": False}, {"assets": []}):
        assert complaints(edge.send("POST", "/purge-requests", {**body, **nothing})) == {"assets": "required"}
    both = {**body, "all": True, "assets": ["/a"]}
    assert complaints(edge.send("POST", "/purge-requests", both)) == {"assets": "constraint"}
    assert edge.get("/purge-requests")["total_count"] == 0


@pytest.mark.parametrize(
    ("fqdn", "is_valid"),
    [("www.example.com", True), ("example.com", False), ("a.scw.cloud", False), ("unresolved.example.com", False)],
)
def test_a_domain_is_checked_against_the_name_of_a_pipeline(edge: EdgeCloud, fqdn: str, is_valid: bool) -> None:
    body = {"project_id": PROJECT_ID, "fqdn": fqdn, "cname": f"{edge.make_pipeline()['id']}.svc.edge.scw.cloud."}
    assert edge.make("POST", "/check-domain", body) == {"is_valid": is_valid}
    assert not edge.make("POST", "/check-domain", {**body, "cname": "www.example.org"})["is_valid"]


CHAINS = {
    "common name": (custom_chain("www.example.com", []), True),
    "alternative name": (custom_chain("a.example.com", ["www.example.com"]), True),
    "wildcard": (custom_chain("*.example.com", []), True),
    "other name": (custom_chain("example.com", []), False),
    "no certificate": ("x", False),
    "other key": (key_pem(1) + certificate_pem("www.example.com", []), False),
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_is_checked(edge: EdgeCloud, name: str) -> None:
    raw, is_valid = CHAINS[name]
    body = {"project_id": PROJECT_ID, "fqdn": "www.example.com"}
    assert edge.make("POST", "/check-pem-chain", {**body, "raw": raw}) == {"is_valid": is_valid}
    assert complaints(edge.send("POST", "/check-pem-chain", body)) == {"secret": "required"}
