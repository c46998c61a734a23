# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: from what is wanted and what is there to the requests and the diff."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import SELF, Request, Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import key_of
from unit import edge_samples, samples
from unit.objects import shown
from unit.planning import OWNER, only, plan

# Nothing to do

AT_REST = [
    (LB, {"name": "web", "type": "LB-S", "tags": [], "description": ""}, samples.lb()),
    (LB, {"name": "web", "ips": [samples.IP_ID], "assign_flexible_ip": False}, samples.lb()),
    (LB, {"name": "web", "assign_flexible_ip": True, "assign_flexible_ipv6": False}, samples.lb()),
    (LB, {"name": "web", "tags": ["b", "a"]}, samples.lb(tags=["a", "b"])),
    (IP, {"ip_address": "192.0.2.7", "tags": ["web"], "is_ipv6": False}, samples.ip()),
    (BACKEND, {"name": "app", "server_ip": ["192.0.2.1"], "timeout_server": ""}, samples.backend()),
    (BACKEND, {"name": "app", "health_check": {"tcp_config": {}, "check_delay": "1m"}}, samples.backend()),
    (BACKEND, {"name": "app", "ssl_bridging": False, "ignore_ssl_server_verify": False}, samples.backend()),
    (BACKEND, {"name": "app", "timeout_queue": "4s"}, samples.backend(timeout_queue="4s")),
    (BACKEND, {"name": "app", "timeout_queue": "500ms"}, samples.backend(timeout_queue="0.500s")),
    (FRONTEND, {"name": "https", "connection_rate_limit": 0, "certificates": []}, samples.frontend()),
    (FRONTEND, {"name": "https", "backend": samples.BACKEND_ID, "inbound_port": 443}, samples.frontend()),
    (ACL, {"name": "office", "action": {"type": "allow"}, "match": {"ip_subnet": ["10.0.0.0/8"]}}, samples.acl()),
    (ACL, {"name": "office", "match": {"invert": False, "http_filter_value": []}}, samples.acl()),
]


@pytest.mark.parametrize(("resource", "said", "current"), AT_REST)
def test_what_is_already_so_needs_nothing(resource: Resource, said: dict[str, Any], current: dict[str, Any]) -> None:
    planned = plan(resource, said, current)
    assert planned == Plan("nothing", (), {}, {}, current)
    assert not planned.changed


# Create


def test_a_create_sends_what_is_said_with_the_values_that_the_api_needs() -> None:
    planned = plan(LB, {"name": "web", "type": "lb-s", "tags": ["a"]})
    assert planned.action == "create"
    assert only(planned) == Request(
        "POST",
        "/lb/v1/{scope}/lbs",
        {**OWNER, "name": "web", "type": "lb-s", "tags": ["a"], "description": ""},
        "create load balancer 'web'",
    )
    assert planned.before == {}
    assert planned.after == {"name": "web", "type": "lb-s", "tags": ["a"]}


def test_a_backend_is_created_with_a_health_check_of_its_port() -> None:
    body = only(plan(BACKEND, {"name": "app", "forward_protocol": "tcp", "forward_port": 8080})).body
    assert body == {
        "name": "app",
        "forward_protocol": "tcp",
        "forward_port": 8080,
        "forward_port_algorithm": "roundrobin",
        "sticky_sessions": "none",
        "sticky_sessions_cookie_name": "",
        "server_ip": [],
        "health_check": {
            "port": 8080,
            "check_delay": 60_000,
            "check_timeout": 30_000,
            "check_max_retries": 2,
            "check_send_proxy": False,
        },
    }


def test_a_backend_is_created_with_the_health_check_that_is_said() -> None:
    check = {"port": 9, "check_delay": "5s", "http_config": {"uri": "/health"}}
    said = {"name": "app", "forward_protocol": "tcp", "forward_port": 8080, "health_check": check}
    health_check = only(plan(BACKEND, said)).body["health_check"]
    assert health_check["port"] == 9
    assert health_check["check_delay"] == 5000
    assert health_check["http_config"] == {"uri": "/health", "method": "GET", "code": 200, "host_header": ""}


def test_given_addresses_are_not_joined_by_one_that_the_api_assigns() -> None:
    body = only(plan(LB, {"name": "web", "type": "lb-s", "ips": [samples.IP_ID]})).body
    assert body["ip_ids"] == [samples.IP_ID]
    assert body["assign_flexible_ip"] is False


def test_an_ip_is_reserved_first_and_attached_then() -> None:
    planned = plan(IP, {"tags": ["web"], "lb": samples.LB_ID})
    assert [(request.method, request.path, request.body) for request in planned.requests] == [
        ("POST", "/lb/v1/{scope}/ips", {**OWNER, "is_ipv6": False, "tags": ["web"]}),
        ("PATCH", "/lb/v1/{scope}/ips/{id}", {"lb_id": samples.LB_ID}),
    ]


@pytest.mark.parametrize(
    ("resource", "said", "needed"),
    [
        (LB, {"name": "web"}, ["type"]),
        (BACKEND, {"name": "app"}, ["forward_protocol", "forward_port"]),
        (FRONTEND, {"name": "https"}, ["inbound_port", "backend"]),
        (ACL, {"name": "office"}, ["index", "action"]),
        (ACL, {"index": 1, "action": {"type": "allow"}}, ["name"]),
    ],
)
def test_a_create_names_all_the_options_that_it_needs_and_lacks(
    resource: Resource, said: dict[str, Any], needed: list[str]
) -> None:
    with pytest.raises(MissingOption, match=f"{resource.title}.* does not exist yet. To create it, set ") as raised:
        plan(resource, said)
    assert raised.value.data["options"] == needed
    assert all(name in str(raised.value) for name in needed)


@pytest.mark.parametrize("kind", ["allow", "deny"])
@pytest.mark.parametrize("current", [None, samples.acl()], ids=["create", "update"])
def test_a_redirect_of_an_acl_that_does_not_redirect_is_refused(kind: str, current: dict[str, Any] | None) -> None:
    """The API answers null for it, so that every run would want to set it again."""
    redirect = {"type": "location", "target": "https://example.com"}
    with pytest.raises((InvalidOption, Refused), match="redirect"):
        plan(ACL, {"name": "office", "index": 1, "action": {"type": kind, "redirect": redirect}}, current)


@pytest.mark.parametrize(
    ("match", "option"),
    [
        ({"http_filter": "path_begin"}, "match.http_filter_value"),
        ({"http_filter": "regex", "http_filter_value": []}, "match.http_filter_value"),
        ({"http_filter": "http_header_match", "http_filter_value": ["x"]}, "match.http_filter_option"),
    ],
)
def test_a_filter_that_could_match_nothing_is_refused(match: dict[str, Any], option: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        plan(ACL, {"name": "a", "index": 1, "action": {"type": "allow"}, "match": match})
    assert raised.value.data["option"] == option


# Update


def test_a_full_replace_sends_every_field_as_it_is_except_what_changes() -> None:
    current = samples.backend(
        timeout_server=300_000, failover_host="f.example.com", max_connections=0, timeout_queue="4s"
    )
    planned = plan(BACKEND, {"name": "app", "forward_port": 81}, current)
    assert only(planned).body == {
        "name": "app",
        "forward_protocol": "tcp",
        "forward_port": 81,
        "forward_port_algorithm": "roundrobin",
        "sticky_sessions": "none",
        "sticky_sessions_cookie_name": "",
        "timeout_server": 300_000,
        "on_marked_down_action": "on_marked_down_action_none",
        "proxy_protocol": "proxy_protocol_none",
        "failover_host": "f.example.com",
        "ssl_bridging": False,
        "max_connections": 0,
        "timeout_queue": "4s",
        "host": "",
    }
    assert (planned.before, planned.after) == ({"forward_port": 80}, {"forward_port": 81})


@pytest.mark.parametrize("resource", [resource for resource in RESOURCES if resource.updates], ids=key_of)
def test_no_body_of_any_plan_holds_null(resource: Resource) -> None:
    current = shown(resource)
    name = {"name": "x"} if "name" in _names(resource) and resource.field("name").mutable else {}
    said = {"tags": ["x"], **name, "server_ip": [], "inbound_port": 1, "index": 9, "description": "x"}
    said["backend"] = samples.OTHER_BACKEND_ID
    said |= {"mode": "log_only", "include_cookies": True, "managed_certificate": True, "fqdns": [], "route_rules": []}
    said |= {"backend_stage": edge_samples.OTHER_BACKEND_ID, "dns_stage": edge_samples.OTHER_BACKEND_ID}
    said |= {"scaleway_s3": {"bucket_name": "x", "bucket_region": "fr-par"}}
    planned = plan(resource, {key: value for key, value in said.items() if key in _names(resource)}, current)
    assert planned.requests
    assert all(value is not None for request in planned.requests for value in _leaves(request.body))


def _names(resource: Resource) -> set[str]:
    return {field.name for field in resource.fields}


def _leaves(value: Any) -> list[Any]:
    nested = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if nested is None else [leaf for element in nested for leaf in _leaves(element)]


def test_a_partial_update_sends_the_changes_only() -> None:
    planned = plan(IP, {"ip_address": "192.0.2.7", "reverse": "www.example.com", "tags": ["web"]}, samples.ip())
    assert only(planned).method == "PATCH"
    assert only(planned).body == {"reverse": "www.example.com"}


def test_clearing_in_a_partial_update_is_sent() -> None:
    assert only(plan(IP, {"ip_address": "192.0.2.7", "tags": []}, samples.ip())).body == {"tags": []}


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        ({"forward_port": 81}, [""]),
        ({"server_ip": []}, ["/servers"]),
        ({"health_check": {"check_max_retries": 5}}, ["/healthcheck"]),
        (
            {"health_check": {"check_max_retries": 5}, "server_ip": [], "forward_port": 81},
            ["", "/servers", "/healthcheck"],
        ),
    ],
)
def test_a_backend_is_updated_by_the_calls_it_needs(said: dict[str, Any], paths: list[str]) -> None:
    planned = plan(BACKEND, {"name": "app", **said}, samples.backend())
    assert [request.path for request in planned.requests] == [f"/lb/v1/{{scope}}/backends/{{id}}{p}" for p in paths]
    assert {request.method for request in planned.requests} == {"PUT"}


def test_the_order_of_servers_is_a_change() -> None:
    current = samples.backend(pool=["192.0.2.1", "192.0.2.2"])
    body = only(plan(BACKEND, {"name": "app", "server_ip": ["192.0.2.2", "192.0.2.1"]}, current)).body
    assert body == {"server_ip": ["192.0.2.2", "192.0.2.1"]}


def test_another_kind_of_check_replaces_the_present_one_and_keeps_the_rest() -> None:
    planned = plan(BACKEND, {"name": "app", "health_check": {"http_config": {"uri": "/x"}}}, samples.backend())
    assert only(planned).body == {
        "port": 80,
        "check_delay": 60_000,
        "check_timeout": 30_000,
        "check_max_retries": 2,
        "check_send_proxy": False,
        "http_config": {"uri": "/x", "method": "GET", "code": 200, "host_header": ""},
    }
    assert planned.before == {"health_check": {"tcp_config": {}}}
    assert planned.after == {
        "health_check": {"http_config": {"uri": "/x", "method": "GET", "code": 200, "host_header": ""}}
    }
    assert "tcp_config" not in planned.result["health_check"]


def test_a_timeout_is_removed_by_leaving_it_out_of_the_full_replace() -> None:
    planned = plan(BACKEND, {"name": "app", "timeout_server": ""}, samples.backend(timeout_server=5000))
    assert "timeout_server" not in only(planned).body
    assert planned.before == {"timeout_server": 5000}
    assert planned.result["timeout_server"] is None


def test_the_deprecated_proxy_switch_of_an_old_backend_survives_an_update() -> None:
    current = samples.backend(send_proxy_v2=True)
    assert only(plan(BACKEND, {"name": "app", "forward_port": 81}, current)).body["send_proxy_v2"] is True


def test_an_acl_stops_redirecting() -> None:
    redirect = {"type": "location", "target": "https://example.com", "code": 307}
    current = samples.acl(action={"type": "redirect", "redirect": redirect})
    planned = plan(ACL, {"name": "office", "action": {"type": "deny"}}, current)
    assert only(planned).body["action"] == {"type": "deny"}
    assert planned.before == {"action": {"type": "redirect", "redirect": redirect}}
    assert planned.after == {"action": {"type": "deny"}}


def test_the_type_of_a_load_balancer_changes_by_a_call_of_its_own() -> None:
    planned = plan(LB, {"name": "web", "type": "LB-GP-M", "tags": ["x"]}, samples.lb())
    assert [(request.method, request.path) for request in planned.requests] == [
        ("PUT", "/lb/v1/{scope}/lbs/{id}"),
        ("POST", "/lb/v1/{scope}/lbs/{id}/migrate"),
    ]
    assert planned.requests[1].body == {"type": "LB-GP-M"}


def test_an_address_is_added_by_a_write_to_the_address() -> None:
    planned = plan(LB, {"name": "web", "ips": [samples.OTHER_IP_ID, samples.IP_ID]}, samples.lb())
    assert only(planned).path == f"/lb/v1/{{scope}}/ips/{samples.OTHER_IP_ID}"
    assert only(planned).body == {"lb_id": SELF}


@pytest.mark.parametrize("ips", [[], [samples.OTHER_IP_ID]])
def test_taking_an_address_away_is_refused_with_the_way_out(ips: list[str]) -> None:
    with pytest.raises(Refused, match=f"{samples.IP_ID}.*cannot detach.*scw_lb_ip") as raised:
        plan(LB, {"name": "web", "ips": ips}, samples.lb())
    assert raised.value.data["options"] == ["ips"]


@pytest.mark.parametrize(
    ("resource", "said", "current", "says"),
    [
        (IP, {"ip_address": "192.0.2.7", "is_ipv6": True}, samples.ip(), "is_ipv6 is False, wanted True"),
        (LB, {"name": "web", "assign_flexible_ip": False}, samples.lb(), "assign_flexible_ip is True, wanted False"),
        (
            LB,
            {"name": "web", "assign_flexible_ip": True},
            samples.lb(ip=[]),
            "assign_flexible_ip is False, wanted True",
        ),
        (
            LB,
            {"name": "web", "assign_flexible_ipv6": True, "tags": ["x"]},
            samples.lb(),
            "assign_flexible_ipv6 is False, wanted True",
        ),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_both_values_and_the_way_out(
    resource: Resource, said: dict[str, Any], current: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says) as raised:
        plan(resource, said, current)
    assert resource.label(current) in str(raised.value)
    way_out = resource.field(raised.value.data["options"][0]).way_out
    assert way_out
    assert way_out in str(raised.value)


# Delete


def test_a_delete_shows_what_goes() -> None:
    planned = plan_absent(ACL, samples.acl())
    assert only(planned) == Request(
        "DELETE", "/lb/v1/{scope}/acls/{id}", None, f"delete ACL 'office' ({samples.ACL_ID})"
    )
    assert planned.before["name"] == "office"
    assert (planned.action, planned.after, planned.result) == ("delete", {}, {})


def test_what_is_not_there_needs_no_delete() -> None:
    assert plan_absent(ACL, None) == Plan("nothing", (), {}, {}, {})
