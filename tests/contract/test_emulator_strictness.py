# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator refuses what is wrong, naming the argument, and replaces where the API replaces."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from contract.certificates import certificate_pem, custom_chain, key_pem
from contract.cloud import HEALTH_CHECK, PROJECT_ID, UNKNOWN_ID, Cloud, acl_body, backend_body, complaints
from emulator.testing import Emulator

LB = {"name": "web", "type": "lb-s", "project_id": PROJECT_ID}
FRONTEND = {"name": "https", "inbound_port": 443, "backend_id": UNKNOWN_ID}
LB_PATH = f"/lbs/{UNKNOWN_ID}"
ACLS_PATH = f"/frontends/{UNKNOWN_ID}/acls"
BACKEND_PATH = f"/backends/{UNKNOWN_ID}"


def with_check(**changes: Any) -> dict[str, Any]:
    return backend_body(health_check={**HEALTH_CHECK, **changes})


WRONG_REQUESTS: dict[str, tuple[str, str, Any, dict[str, str]]] = {
    "unknown field": ("POST", "/lbs", {**LB, "colour": "red"}, {"colour": "unknown"}),
    "computed field": ("POST", "/lbs", {**LB, "status": "ready"}, {"status": "unknown"}),
    "missing field": ("POST", "/lbs", {"name": "web", "project_id": PROJECT_ID}, {"type": "required"}),
    "null field": ("POST", "/lbs", {**LB, "type": None}, {"type": "required"}),
    "no project": ("POST", "/lbs", {"name": "web", "type": "lb-s"}, {"project_id": "required"}),
    "two owners": ("POST", "/lbs", {**LB, "organization_id": PROJECT_ID}, {"project_id": "constraint"}),
    "malformed project": ("POST", "/lbs", {**LB, "project_id": "default"}, {"project_id": "format"}),
    "empty name": ("POST", "/lbs", {**LB, "name": ""}, {"name": "constraint"}),
    "unknown type": ("POST", "/lbs", {**LB, "type": "lb-xxl"}, {"type": "constraint"}),
    "text for a list": ("POST", "/lbs", {**LB, "tags": "blue"}, {"tags": "format"}),
    "number in a list": ("POST", "/lbs", {**LB, "tags": ["a", 1]}, {"tags.1": "format"}),
    "text for a boolean": ("POST", "/lbs", {**LB, "assign_flexible_ip": "no"}, {"assign_flexible_ip": "format"}),
    "unknown level": (
        "POST",
        "/lbs",
        {**LB, "ssl_compatibility_level": "x"},
        {"ssl_compatibility_level": "constraint"},
    ),
    "several faults": ("POST", "/lbs", {**LB, "name": 1, "x": 1}, {"name": "format", "x": "unknown"}),
    "a list for a body": ("POST", "/lbs", [LB], {"body": "format"}),
    "malformed id": ("PUT", "/lbs/web", {"name": "a", "description": ""}, {"lb_id": "format"}),
    "update without description": ("PUT", LB_PATH, {"name": "web"}, {"description": "required"}),
    "port zero": ("POST", f"{LB_PATH}/backends", backend_body(forward_port=0), {"forward_port": "constraint"}),
    "port too large": (
        "POST",
        f"{LB_PATH}/frontends",
        {**FRONTEND, "inbound_port": 65536},
        {"inbound_port": "constraint"},
    ),
    "port as text": ("POST", f"{LB_PATH}/backends", backend_body(forward_port="80"), {"forward_port": "format"}),
    "true for a port": ("POST", f"{LB_PATH}/backends", backend_body(forward_port=True), {"forward_port": "format"}),
    "milliseconds as text": (
        "POST",
        f"{LB_PATH}/backends",
        backend_body(timeout_server="5s"),
        {"timeout_server": "format"},
    ),
    "number for a duration": (
        "POST",
        f"{LB_PATH}/backends",
        backend_body(timeout_queue=5),
        {"timeout_queue": "format"},
    ),
    "duration without unit": (
        "POST",
        f"{LB_PATH}/backends",
        backend_body(timeout_queue="5"),
        {"timeout_queue": "format"},
    ),
    "unknown protocol": (
        "POST",
        f"{LB_PATH}/backends",
        backend_body(forward_protocol="udp"),
        {"forward_protocol": "constraint"},
    ),
    "server that is no address": (
        "POST",
        f"{LB_PATH}/backends",
        backend_body(server_ip=["web-1"]),
        {"server_ip.0": "format"},
    ),
    "no servers": (
        "POST",
        f"{LB_PATH}/backends",
        {k: v for k, v in backend_body().items() if k != "server_ip"},
        {"server_ip": "required"},
    ),
    "no health check": ("POST", f"{LB_PATH}/backends", backend_body(health_check=None), {"health_check": "required"}),
    "pool in an update": (
        "PUT",
        BACKEND_PATH,
        {**backend_body(), "pool": []},
        {"pool": "unknown", "health_check": "unknown", "server_ip": "unknown"},
    ),
    "health check as text": (
        "POST",
        f"{LB_PATH}/backends",
        with_check(check_delay="3s"),
        {"health_check.check_delay": "format"},
    ),
    "two health checks": (
        "POST",
        f"{LB_PATH}/backends",
        with_check(tcp_config={}, ldap_config={}),
        {"health_check.tcp_config": "constraint"},
    ),
    "unknown health check field": (
        "POST",
        f"{LB_PATH}/backends",
        with_check(http_config={"uri": "/", "x": 1}),
        {"health_check.http_config.x": "unknown"},
    ),
    "health check without port": (
        "PUT",
        f"{BACKEND_PATH}/healthcheck",
        {k: v for k, v in HEALTH_CHECK.items() if k != "port"},
        {"port": "required"},
    ),
    "frontend without backend": (
        "POST",
        f"{LB_PATH}/frontends",
        {"name": "a", "inbound_port": 80},
        {"backend_id": "required"},
    ),
    "malformed certificate id": (
        "POST",
        f"{LB_PATH}/frontends",
        {**FRONTEND, "certificate_ids": ["x"]},
        {"certificate_ids.0": "format"},
    ),
    "malformed network": (
        "POST",
        ACLS_PATH,
        {**acl_body(), "match": {"ip_subnet": ["10.0.0.0/33"]}},
        {"match.ip_subnet.0": "format"},
    ),
    "unknown action": ("POST", ACLS_PATH, {**acl_body(), "action": {"type": "drop"}}, {"action.type": "constraint"}),
    "unknown redirect code": (
        "POST",
        ACLS_PATH,
        {
            **acl_body(),
            "action": {"type": "redirect", "redirect": {"type": "location", "target": "https://a", "code": 300}},
        },
        {"action.redirect.code": "constraint"},
    ),
    "redirect without target": (
        "POST",
        ACLS_PATH,
        {**acl_body(), "action": {"type": "redirect", "redirect": {"type": "location"}}},
        {"action.redirect.target": "required"},
    ),
    "nameless ACL of a set": (
        "PUT",
        ACLS_PATH,
        {"acls": [{"action": {"type": "allow"}, "index": 0}]},
        {"acls.0.name": "required"},
    ),
    "route with two matches": (
        "POST",
        "/routes",
        {"frontend_id": UNKNOWN_ID, "backend_id": UNKNOWN_ID, "match": {"sni": "a", "path_begin": "/"}},
        {"match.sni": "constraint"},
    ),
    "two kinds of certificate": (
        "POST",
        f"{LB_PATH}/certificates",
        {"name": "a", "letsencrypt": {"common_name": "a"}, "custom_certificate": {"certificate_chain": "x"}},
        {"letsencrypt": "constraint"},
    ),
    "subscriber with two channels": (
        "POST",
        "/subscribers",
        {"name": "a", "project_id": PROJECT_ID, "email_config": {"email": "a@b"}, "webhook_config": {"uri": "x"}},
        {"webhook_config": "constraint"},
    ),
    "attach without network": ("POST", f"{LB_PATH}/attach-private-network", {}, {"private_network_id": "required"}),
    "IP with an unknown field": ("PATCH", f"/ips/{UNKNOWN_ID}", {"zone": "fr-par-2"}, {"zone": "unknown"}),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_a_wrong_request_is_refused_naming_the_argument(cloud: Cloud, name: str) -> None:
    method, path, body, expected = WRONG_REQUESTS[name]
    assert complaints(cloud.send(method, path, body)) == expected
    assert all(kept == [] for kept in cloud.emulator.state().values())


WRONG_QUERIES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "page zero": ({"page": 0}, {"page": "constraint"}),
    "page as text": ({"page": "two"}, {"page": "format"}),
    "unknown order": ({"order_by": "size_asc"}, {"order_by": "constraint"}),
    "malformed project": ({"project_id": "x"}, {"project_id": "format"}),
}


@pytest.mark.parametrize("name", WRONG_QUERIES)
def test_a_wrong_query_is_refused(cloud: Cloud, name: str) -> None:
    query, expected = WRONG_QUERIES[name]
    assert complaints(cloud.send("GET", "/lbs", **query)) == expected


def test_unknown_query_keys_are_ignored(cloud: Cloud) -> None:
    assert cloud.get("/lbs", colour="red", per_page="x")["total_count"] == 0


@pytest.mark.parametrize("locality", ["zones/fr-par-3", "zones/fr-par", "regions/fr-par-1", "regions/us-nyc"])
def test_an_unknown_locality_is_refused(emulator: Emulator, locality: str) -> None:
    argument = "zone" if locality.startswith("zones") else "region"
    assert complaints(Cloud(emulator, locality).send("GET", "/lbs")) == {argument: "constraint"}


@pytest.mark.parametrize("content", [b"{", b"name=web", b"\xff"])
def test_a_body_that_is_not_json_is_refused(cloud: Cloud, content: bytes) -> None:
    headers = {"X-Auth-Token": cloud.token or ""}
    url = f"{cloud.emulator.url}/lb/v1/zones/fr-par-1/lbs"
    assert complaints(requests.post(url, data=content, headers=headers, timeout=10)) == {"body": "format"}


MISSING = {
    "lbs": ("GET", "/lbs/{id}", "lbs"),
    "delete lb": ("DELETE", "/lbs/{id}", "lbs"),
    "backends of no lb": ("GET", "/lbs/{id}/backends", "lbs"),
    "certificates of no lb": ("GET", "/lbs/{id}/certificates", "lbs"),
    "networks of no lb": ("GET", "/lbs/{id}/private-networks", "lbs"),
    "statistics of no lb": ("GET", "/lbs/{id}/stats", "lbs"),
    "ip": ("GET", "/ips/{id}", "ips"),
    "release ip": ("DELETE", "/ips/{id}", "ips"),
    "backend": ("GET", "/backends/{id}", "backend"),
    "frontend": ("GET", "/frontends/{id}", "frontend"),
    "acls of no frontend": ("GET", "/frontends/{id}/acls", "frontend"),
    "acl": ("DELETE", "/acls/{id}", "acl"),
    "certificate": ("GET", "/certificates/{id}", "certificate"),
    "route": ("GET", "/routes/{id}", "privateNetwork"),
    "routes of no frontend": ("GET", "/routes?frontend_id={id}", "frontend"),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_not_there_is_answered_in_the_recorded_words(cloud: Cloud, name: str) -> None:
    method, path, what = MISSING[name]
    answer = cloud.send(method, path.format(id=UNKNOWN_ID))
    assert (answer.status_code, answer.json()) == (404, {"message": f"{what} not Found"})


def test_an_object_of_another_zone_is_not_there(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    answer = Cloud(cloud.emulator, "zones/fr-par-2").send("GET", f"/lbs/{lb['id']}")
    assert (answer.status_code, answer.json()) == (404, {"message": "lbs not Found"})


def test_a_region_serves_the_objects_of_its_zones_and_creates_in_the_first(cloud: Cloud) -> None:
    second = Cloud(cloud.emulator, "zones/fr-par-2").make_lb(name="second")
    elsewhere = Cloud(cloud.emulator, "zones/nl-ams-1").make_lb(name="elsewhere")
    region = Cloud(cloud.emulator, "regions/fr-par")
    first = region.make_lb(name="first")
    assert (first["zone"], first["region"]) == ("fr-par-1", "fr-par")
    assert {lb["id"] for lb in region.get("/lbs")["lbs"]} == {first["id"], second["id"]}
    assert region.send("GET", f"/lbs/{elsewhere['id']}").status_code == 404


def test_a_route_to_unknown_things_is_forbidden(cloud: Cloud) -> None:
    body = {"frontend_id": UNKNOWN_ID, "backend_id": UNKNOWN_ID, "match": {"host_header": "a"}}
    answer = cloud.send("POST", "/routes", body)
    assert (answer.status_code, answer.json()) == (403, {"message": "Permission denied"})


def test_children_of_another_load_balancer_are_refused(cloud: Cloud) -> None:
    lb, other = cloud.make_lb(), cloud.make_lb()
    own, foreign = cloud.make_backend(lb["id"]), cloud.make_backend(other["id"])
    body = {"name": "a", "inbound_port": 80, "backend_id": foreign["id"]}
    assert complaints(cloud.send("POST", f"/lbs/{lb['id']}/frontends", body)) == {"backend_id": "constraint"}
    frontend = cloud.make_frontend(lb["id"], own["id"])
    route = {"frontend_id": frontend["id"], "backend_id": foreign["id"], "match": {"path_begin": "/"}}
    assert cloud.send("POST", "/routes", route).status_code == 403
    chain = {"name": "a", "custom_certificate": {"certificate_chain": custom_chain("a", [])}}
    certificate = cloud.make("POST", f"/lbs/{other['id']}/certificates", chain)
    body = {**body, "backend_id": own["id"], "certificate_ids": [certificate["id"]]}
    assert complaints(cloud.send("POST", f"/lbs/{lb['id']}/frontends", body)) == {"certificate_ids": "constraint"}


@pytest.mark.parametrize(("protocol", "match"), [("http", "sni"), ("tcp", "host_header"), ("tcp", "path_begin")])
def test_a_route_that_its_backend_cannot_serve_is_refused(cloud: Cloud, protocol: str, match: str) -> None:
    lb = cloud.make_lb()
    backend = cloud.make_backend(lb["id"], forward_protocol=protocol)
    frontend = cloud.make_frontend(lb["id"], backend["id"])
    body = {"frontend_id": frontend["id"], "backend_id": backend["id"], "match": {match: "a"}}
    assert complaints(cloud.send("POST", "/routes", body)) == {f"match.{match}": "constraint"}


WRONG_CHAINS = {
    "text": "not a certificate",
    "key alone": key_pem(),
    "certificate alone": certificate_pem("a", []),
    "foreign key": key_pem(1) + certificate_pem("a", []),
}


@pytest.mark.parametrize("name", WRONG_CHAINS)
def test_a_wrong_chain_is_refused(cloud: Cloud, name: str) -> None:
    lb = cloud.make_lb()
    body = {"name": "a", "custom_certificate": {"certificate_chain": WRONG_CHAINS[name]}}
    answer = cloud.send("POST", f"/lbs/{lb['id']}/certificates", body)
    assert set(complaints(answer)) == {"custom_certificate.certificate_chain"}


def test_two_frontends_on_one_port_are_refused(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    backend = cloud.make_backend(lb["id"])
    frontend = cloud.make_frontend(lb["id"], backend["id"])
    body = {"name": "b", "inbound_port": 443, "backend_id": backend["id"]}
    answer = cloud.send("POST", f"/lbs/{lb['id']}/frontends", body)
    assert answer.status_code == 409
    assert (answer.json()["type"], answer.json()["resource_id"]) == ("already_exists", frontend["id"])


def test_what_is_in_use_is_not_deleted(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    backend = cloud.make_backend(lb["id"])
    chain = {"name": "a", "custom_certificate": {"certificate_chain": custom_chain("a", [])}}
    certificate = cloud.make("POST", f"/lbs/{lb['id']}/certificates", chain)
    cloud.make_frontend(lb["id"], backend["id"], certificate_ids=[certificate["id"]])
    for path in (f"/backends/{backend['id']}", f"/certificates/{certificate['id']}", f"/ips/{lb['ip'][0]['id']}"):
        answer = cloud.send("DELETE", path)
        assert answer.status_code == 412, path
        assert answer.json()["precondition"] == "resource_still_in_use"


def test_an_attached_ip_is_not_given_to_another_load_balancer(cloud: Cloud) -> None:
    ip = cloud.make("POST", "/ips", {"project_id": PROJECT_ID})
    cloud.make_lb(ip_ids=[ip["id"]])
    assert complaints(cloud.send("POST", "/lbs", {**LB, "ip_ids": [ip["id"]]})) == {"ip_ids": "constraint"}
    other = cloud.make_lb()
    assert complaints(cloud.send("PATCH", f"/ips/{ip['id']}", {"lb_id": other["id"]})) == {"lb_id": "constraint"}


TOKENS = {"none": None, "malformed": "secret", "empty": ""}


@pytest.mark.parametrize("name", TOKENS)
def test_a_request_without_a_proper_token_is_denied(emulator: Emulator, name: str) -> None:
    answer = Cloud(emulator, token=TOKENS[name]).send("GET", "/lbs")
    assert (answer.status_code, answer.json()["type"]) == (401, "denied_authentication")


def test_only_the_accepted_tokens_pass(cloud: Cloud) -> None:
    cloud.emulator.settings(tokens=[UNKNOWN_ID])
    assert cloud.send("GET", "/lbs").status_code == 401
    assert Cloud(cloud.emulator, token=UNKNOWN_ID).send("GET", "/lbs").status_code == 200


def test_a_foreign_project_is_forbidden(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    cloud.emulator.settings(projects=[UNKNOWN_ID])
    for method, path, body in (("POST", "/lbs", LB), ("DELETE", f"/lbs/{lb['id']}", None)):
        answer = cloud.send(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (403, "permissions_denied")
    assert cloud.make_lb(project_id=UNKNOWN_ID)["project_id"] == UNKNOWN_ID


def test_an_unknown_path_is_answered_in_json(cloud: Cloud) -> None:
    for method, path in (("GET", "/nothing"), ("POST", "/lb-types"), ("PUT", "/ips")):
        answer = cloud.send(method, path, {})
        assert (answer.status_code, list(answer.json())) == (404, ["message"])


def test_a_body_on_reads_and_deletions_is_ignored(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    assert cloud.send("GET", f"/lbs/{lb['id']}", {}).status_code == 200
    answer = cloud.send("DELETE", f"/lbs/{lb['id']}", {}, release_ip=True)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Content-Type"] == "application/json"
    assert cloud.send("GET", f"/lbs/{lb['id']}").status_code == 404
    assert cloud.get("/ips")["total_count"] == 0
