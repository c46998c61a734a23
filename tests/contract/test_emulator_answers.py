# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator answers: defaults, full replacement, lists, and objects inside objects."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contract.certificates import custom_chain
from contract.cloud import HEALTH_CHECK, PROJECT_ID, UNKNOWN_ID, Cloud, acl_body, backend_body
from emulator.durations import trimmed

NETWORK_ID = "40000000-0000-4000-8000-000000000004"


def test_a_load_balancer_starts_with_the_recorded_defaults(cloud: Cloud) -> None:
    cloud.emulator.settings(extra_field=False)
    lb = cloud.make_lb(type="LB-GP-M", tags=None)
    volatile = {key: lb.pop(key) for key in ("id", "ip", "created_at", "updated_at", "organization_id")}
    assert lb == {
        "name": "web",
        "description": "",
        "status": "to_create",
        "instances": [],
        "project_id": PROJECT_ID,
        "tags": [],
        "frontend_count": 0,
        "backend_count": 0,
        "type": "lb-gp-m",
        "subscriber": None,
        "ssl_compatibility_level": "ssl_compatibility_level_intermediate",
        "private_network_count": 0,
        "route_count": 0,
        "region": "fr-par",
        "zone": "fr-par-1",
    }
    ip = volatile["ip"][0]
    assert ip["lb_id"] == volatile["id"]
    assert ip["reverse"] == f"{ip['ip_address'].replace('.', '-')}.lb.fr-par.scw.cloud"


ADDRESSES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by default": ({}, ["."]),
    "private": ({"assign_flexible_ip": False}, []),
    "both families": ({"assign_flexible_ip": True, "assign_flexible_ipv6": True}, [".", ":"]),
    "IPv6 alone": ({"assign_flexible_ip": False, "assign_flexible_ipv6": True}, [":"]),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_load_balancer_gets_the_addresses_asked_for(cloud: Cloud, name: str) -> None:
    changes, families = ADDRESSES[name]
    found = [ip["ip_address"] for ip in cloud.make_lb(**changes)["ip"]]
    assert len(found) == len(families)
    assert all(sign in address for sign, address in zip(families, found, strict=True))


def test_given_addresses_keep_their_order_and_replace_the_automatic_one(cloud: Cloud) -> None:
    ips = [cloud.make("POST", "/ips", {"project_id": PROJECT_ID, "is_ipv6": v6})["id"] for v6 in (True, False)]
    assert [ip["id"] for ip in cloud.make_lb(ip_ids=ips)["ip"]] == ips


def test_an_organisation_alone_means_its_default_project(cloud: Cloud) -> None:
    lb = cloud.make("POST", "/lbs", {"name": "a", "type": "lb-s", "organization_id": PROJECT_ID})
    assert (lb["project_id"], lb["organization_id"]) == (PROJECT_ID, PROJECT_ID)


def test_the_reverse_of_an_ipv6_address_has_32_digits(cloud: Cloud) -> None:
    ip = cloud.make("POST", "/ips", {"project_id": PROJECT_ID, "is_ipv6": True})
    assert ip["ip_address"].endswith("::")
    assert re.fullmatch(r"([0-9a-f]\.){32}lb\.fr-par\.scw\.cloud", ip["reverse"])


def test_patching_an_address_leaves_the_rest(cloud: Cloud) -> None:
    ip = cloud.make("POST", "/ips", {"project_id": PROJECT_ID, "tags": ["a"]})
    cloud.make("PATCH", f"/ips/{ip['id']}", {"reverse": "www.example.com", "tags": None})
    changed = cloud.make("PATCH", f"/ips/{ip['id']}", {"tags": []})
    assert (changed["reverse"], changed["tags"]) == ("www.example.com", [])
    assert cloud.make("PATCH", f"/ips/{ip['id']}", {"reverse": ""})["reverse"] == ip["reverse"]


def test_updating_a_load_balancer_resets_what_is_left_out(cloud: Cloud) -> None:
    lb = cloud.make_lb(tags=["a"], ssl_compatibility_level="ssl_compatibility_level_modern")
    updated = cloud.make("PUT", f"/lbs/{lb['id']}", {"name": "web", "description": "x"})
    assert (updated["tags"], updated["ssl_compatibility_level"]) == ([], "ssl_compatibility_level_intermediate")


def test_updating_a_backend_resets_settings_but_leaves_pool_and_health_check(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    settings = {"timeout_server": 5000, "max_retries": 3, "failover_host": "a.s3-website.fr-par.scw.cloud"}
    flags = {"ssl_bridging": True, "ignore_ssl_server_verify": False, "timeout_queue": "4.000000000s"}
    made = cloud.make_backend(lb["id"], **settings, **flags)
    assert made.items() >= {**settings, **flags, "timeout_queue": "4s"}.items()
    body = {key: value for key, value in backend_body().items() if key not in ("health_check", "server_ip")}
    updated = cloud.make("PUT", f"/backends/{made['id']}", {**body, "max_connections": 0})
    assert updated.items() >= dict.fromkeys([*settings, "ignore_ssl_server_verify", "timeout_queue"]).items()
    assert (updated["ssl_bridging"], updated["max_connections"], updated["host"]) == (False, 0, "")
    assert (updated["pool"], updated["health_check"]) == (made["pool"], made["health_check"])


CHECKS: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "none": ({}, "tcp_config", {}),
    "http": ({"http_config": {"uri": "/up"}}, "http_config", {"uri": "/up", "method": "GET", "code": 200}),
    "https": ({"https_config": {"uri": "/", "sni": "a"}}, "https_config", {"uri": "/", "sni": "a", "code": 200}),
    "mysql": ({"mysql_config": {"user": "ha"}}, "mysql_config", {"user": "ha"}),
    "pgsql": ({"pgsql_config": {"user": "ha"}}, "pgsql_config", {"user": "ha"}),
    "ldap": ({"ldap_config": {}}, "ldap_config", {}),
    "redis": ({"redis_config": {}}, "redis_config", {}),
    "tcp": ({"tcp_config": {}}, "tcp_config", {}),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_health_check_is_replaced_and_shows_only_the_chosen_kind(cloud: Cloud, name: str) -> None:
    config, key, expected = CHECKS[name]
    cloud.emulator.settings(extra_field=False)
    backend = cloud.make_backend(cloud.make_lb()["id"], health_check={**HEALTH_CHECK, "mysql_config": {"user": "x"}})
    body = {**HEALTH_CHECK, **config, "transient_check_delay": "0.500000000s"}
    check = cloud.make("PUT", f"/backends/{backend['id']}/healthcheck", body)
    assert {kind for kind in check if kind.endswith("_config")} == {key}
    assert check[key].items() >= expected.items()
    assert (check["check_delay"], check["transient_check_delay"]) == (3000, "0.500s")
    assert cloud.get(f"/backends/{backend['id']}")["health_check"] == check


def test_servers_are_added_removed_and_set_in_order(cloud: Cloud) -> None:
    backend = cloud.make_backend(cloud.make_lb()["id"], server_ip=None)
    path = f"/backends/{backend['id']}/servers"
    assert backend["pool"] == []
    assert cloud.make("POST", path, {"server_ip": ["10.0.0.9", "10.0.0.1"]})["pool"] == ["10.0.0.9", "10.0.0.1"]
    assert cloud.make("POST", path, {"server_ip": ["10.0.0.1", "10.0.0.5"]})["pool"][2:] == ["10.0.0.5"]
    assert cloud.make("DELETE", path, {"server_ip": ["10.0.0.9", "10.0.0.8"]})["pool"] == ["10.0.0.1", "10.0.0.5"]
    assert cloud.make("PUT", path, {"server_ip": ["10.0.0.3", "10.0.0.2"]})["pool"] == ["10.0.0.3", "10.0.0.2"]


def test_updating_a_frontend_resets_what_is_left_out(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    backend = cloud.make_backend(lb["id"])
    settings = {"timeout_client": 30000, "enable_http3": True, "connection_rate_limit": 5, "enable_access_logs": True}
    made = cloud.make_frontend(lb["id"], backend["id"], **settings)
    assert made.items() >= settings.items()
    body = {"name": "https", "inbound_port": 443, "backend_id": backend["id"], "connection_rate_limit": 0}
    updated = cloud.make("PUT", f"/frontends/{made['id']}", body)
    assert [updated[key] for key in settings] == [None, False, None, False]
    assert "backend_id" not in updated


def test_an_acl_is_completed_and_replaced(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    frontend = cloud.make_frontend(lb["id"], cloud.make_backend(lb["id"])["id"])
    redirect = {"type": "redirect", "redirect": {"type": "location", "target": "https://example.com"}}
    match = {"http_filter": "path_begin", "http_filter_value": ["/a"], "invert": True}
    acl = cloud.make_acl(frontend["id"], action=redirect, match=match, description="x")
    assert acl["action"]["redirect"]["code"] == 302
    assert acl["match"] == {"ip_subnet": ["0.0.0.0/0"], "ips_edge_services": False, "http_filter_option": None, **match}
    updated = cloud.make("PUT", f"/acls/{acl['id']}", acl_body())
    assert (updated["action"], updated["description"]) == ({"type": "allow", "redirect": None}, "")
    assert updated["match"]["http_filter"] == "acl_http_filter_none"
    assert cloud.get(f"/acls/{acl['id']}")["match"] == updated["match"]


def test_setting_acls_replaces_them_all(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    frontend = cloud.make_frontend(lb["id"], cloud.make_backend(lb["id"])["id"])
    old = cloud.make_acl(frontend["id"])
    specs = [{**acl_body(), "name": name} for name in ("b", "a")]
    answer = cloud.make("PUT", f"/frontends/{frontend['id']}/acls", {"acls": specs})
    assert ([acl["name"] for acl in answer["acls"]], answer["total_count"]) == (["b", "a"], 2)
    assert cloud.send("GET", f"/acls/{old['id']}").status_code == 404
    body = {"acls": [{**acl_body(), "action": {"type": "redirect"}}]}
    assert cloud.send("PUT", f"/frontends/{frontend['id']}/acls", body).status_code == 400
    assert cloud.get(f"/frontends/{frontend['id']}/acls")["total_count"] == 2


def instances(body: dict[str, Any], *path: str) -> bool:
    for key in path:
        body = body[key]
    return bool(body["instances"])


def test_nested_load_balancers_show_instances_where_recorded(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    cloud.get(f"/lbs/{lb['id']}")
    backend = cloud.make_backend(lb["id"])
    chain = {"name": "a", "custom_certificate": {"certificate_chain": custom_chain("a", [])}}
    certificate = cloud.make("POST", f"/lbs/{lb['id']}/certificates", chain)
    frontend = cloud.make_frontend(lb["id"], backend["id"], certificate_ids=[certificate["id"]])
    acl = cloud.make_acl(frontend["id"])
    listed = cloud.get(f"/lbs/{lb['id']}/frontends")["frontends"][0]
    read = cloud.get(f"/frontends/{frontend['id']}")
    replaced = cloud.make("PUT", f"/acls/{acl['id']}", acl_body())
    assert instances(backend, "lb")
    assert instances(certificate, "lb")
    assert instances(frontend, "lb")
    assert instances(frontend, "certificate", "lb")
    assert not instances(frontend, "backend", "lb")
    assert instances(listed, "lb")
    assert instances(listed, "backend", "lb")
    assert not instances(read, "lb")
    assert not instances(read, "backend", "lb")
    assert not instances(acl, "frontend", "lb")
    assert instances(replaced, "frontend", "lb")
    assert not instances(replaced, "frontend", "backend", "lb")
    assert not instances(cloud.get(f"/certificates/{certificate['id']}"), "lb")


def test_names_match_in_part_and_need_not_be_unique(cloud: Cloud) -> None:
    for name in ("web", "web-2", "web", "api"):
        cloud.make_lb(name=name)
    found = cloud.get("/lbs", name="web")
    assert ([lb["name"] for lb in found["lbs"]], found["total_count"]) == (["web", "web-2", "web"], 3)


def test_load_balancers_are_found_by_project_tags_and_ids(cloud: Cloud) -> None:
    blue = cloud.make_lb(tags=["blue", "old"])
    green = cloud.make_lb(tags=["green"], project_id=UNKNOWN_ID)
    assert [lb["id"] for lb in cloud.get("/lbs", project_id=PROJECT_ID)["lbs"]] == [blue["id"]]
    assert [lb["id"] for lb in cloud.get("/lbs", tags=["old", "blue"])["lbs"]] == [blue["id"]]
    assert [lb["id"] for lb in cloud.get("/lbs", tags=["old", "green"])["lbs"]] == [blue["id"], green["id"]]
    assert [lb["id"] for lb in cloud.get("/lbs", lb_ids=[green["id"], UNKNOWN_ID])["lbs"]] == [green["id"]]


def test_addresses_are_found_by_family(cloud: Cloud) -> None:
    for is_ipv6 in (False, True):
        cloud.make("POST", "/ips", {"project_id": PROJECT_ID, "is_ipv6": is_ipv6})
    assert [cloud.get("/ips", ip_type=kind)["total_count"] for kind in ("all", "ipv4", "ipv6")] == [2, 1, 1]


def test_pages_hold_twenty_by_default_and_never_more_than_the_setting(cloud: Cloud) -> None:
    cloud.emulator.seed(ips=8 * 25)
    pages = [cloud.get("/ips", page=page)["ips"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 5, 0]
    cloud.emulator.settings(max_page_size=7)
    assert len(cloud.get("/ips", page_size=50)["ips"]) == 7
    assert cloud.get("/ips", page=4)["total_count"] == 25


def test_lists_follow_the_order_asked_for(cloud: Cloud) -> None:
    for name in ("b", "c", "a"):
        cloud.make_lb(name=name)
    orders = {"created_at_asc": "bca", "created_at_desc": "acb", "name_asc": "abc", "name_desc": "cba"}
    for order, expected in orders.items():
        assert "".join(lb["name"] for lb in cloud.get("/lbs", order_by=order)["lbs"]) == expected
    assert "".join(lb["name"] for lb in cloud.get("/lbs")["lbs"]) == "bca"


def test_a_shuffled_list_is_the_same_on_every_page_and_complete(cloud: Cloud) -> None:
    for number in range(9):
        cloud.make_lb(name=f"lb-{number}")
    cloud.emulator.settings(shuffle=True)
    whole = [lb["name"] for lb in cloud.get("/lbs")["lbs"]]
    paged = [lb["name"] for page in (1, 2, 3) for lb in cloud.get("/lbs", page=page, page_size=4)["lbs"]]
    assert whole == paged
    assert sorted(whole) != whole
    assert [lb["name"] for lb in cloud.get("/lbs", order_by="created_at_asc")["lbs"]] == sorted(whole)


def test_every_object_carries_a_field_no_client_knows(cloud: Cloud) -> None:
    assert "emulator_extra_field" in cloud.make_lb()
    assert "emulator_extra_field" in cloud.get("/lbs")["lbs"][0]
    cloud.emulator.settings(extra_field=False)
    assert "emulator_extra_field" not in cloud.get("/lbs")["lbs"][0]


def test_writes_show_nanoseconds_and_reads_microseconds(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    assert re.fullmatch(r".*\.\d{9}Z", lb["created_at"])
    read = cloud.get(f"/lbs/{lb['id']}")["created_at"]
    assert re.fullmatch(r".*\.\d{6}Z", read)
    assert abs(float(f"0.{read[20:26]}") - float(f"0.{lb['created_at'][20:29]}")) < 1e-6


def test_the_old_form_of_attaching_works_in_zones_too(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    path = f"/lbs/{lb['id']}/private-networks/{NETWORK_ID}"
    attached = cloud.make("POST", f"{path}/attach", {"static_config": {"ip_address": ["172.16.0.100"]}})
    assert (attached["static_config"], attached["ipam_ids"]) == ({"ip_address": ["172.16.0.100"]}, [])
    assert cloud.send("POST", f"{path}/attach", {}).status_code == 409
    assert cloud.send("POST", f"{path}/detach", {}).status_code == 204
    assert cloud.send("POST", f"{path}/detach", {}).status_code == 404


DURATIONS = {
    "300.000000000s": "300s",
    "0.500000000s": "0.500s",
    "0.000000000s": "0s",
    "1.000001s": "1.000001s",
    "2.5s": "2.500s",
    "4s": "4s",
    None: None,
}


@pytest.mark.parametrize("given", DURATIONS)
def test_durations_are_shown_in_groups_of_three_digits(given: str | None) -> None:
    assert trimmed(given) == DURATIONS[given]
