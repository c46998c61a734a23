# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules, derived from descriptions."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import OWN_OPTIONS, Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB, SUBSCRIBER
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import key_of
from unit.samples import LB_ID

COMMON = {
    "access_key",
    "secret_key",
    "api_url",
    "api_timeout",
    "api_allow_insecure",
    "profile",
    "config_file",
    "organization_id",
    "project_id",
}


def errors(spec: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """What Ansible says about options."""
    validator = ArgumentSpecValidator(
        spec["argument_spec"],
        mutually_exclusive=spec.get("mutually_exclusive"),
        required_one_of=spec.get("required_one_of"),
    )
    return list(validator.validate(given).error_messages)


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
@pytest.mark.parametrize("spec_of", [options.present_spec, options.info_spec])
def test_every_module_takes_credentials_and_location(resource: Resource, spec_of: Any) -> None:
    spec = spec_of(resource)
    place = resource.location
    kinds = {kind for kind, names in (("zone", place.zones), ("region", place.regions)) if names}
    assert set(spec["argument_spec"]) >= COMMON | kinds
    own = {field.name for field in resource.fields}
    assert {"zone", "region"} & (set(spec["argument_spec"]) - own) == kinds
    assert ("id" in spec["argument_spec"]) is (resource.id_key == "id" and resource.has_id)
    assert (["zone", "region"] in spec["mutually_exclusive"]) is (len(kinds) == 2)


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_keys_are_never_logged_and_nothing_of_a_resource_has_a_default(resource: Resource) -> None:
    spec = options.present_spec(resource)["argument_spec"]
    assert spec["secret_key"]["no_log"] is True
    assert spec["access_key"]["no_log"] is True
    defaults = {name for name, option in spec.items() if option.get("default") is not None}
    ways = {resource.rotation} if resource.rotation else set()
    ways |= {option.name for option in (*resource.delete_options, *resource.manner)}
    assert defaults <= {"state", "wait", "wait_timeout", "api_timeout", *ways}


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_no_option_is_spelled_twice(resource: Resource) -> None:
    for spec in (options.present_spec(resource), options.info_spec(resource)):
        spelled = list(spec["argument_spec"])
        spelled += [alias for option in spec["argument_spec"].values() for alias in option.get("aliases", ())]
        assert len(spelled) == len(set(spelled))


@pytest.mark.parametrize(
    ("resource", "given", "says"),
    [
        (LB, {"type": "lb-s"}, "one of the following is required: id, name"),
        (LB, {"name": "a", "zone": "fr-par-1", "region": "fr-par"}, "mutually exclusive: zone|region"),
        (LB, {"name": "a", "state": "gone"}, "value of state must be one of: present, absent"),
        (IP, {}, "one of the following is required: id, ip_address, tags, reverse"),
        (
            BACKEND,
            {"name": "a", "health_check": {"tcp_config": {}, "http_config": {"uri": "/"}}},
            "mutually exclusive",
        ),
        (ACL, {"name": "a", "action": {"type": "redirect", "redirect": {"type": "location"}}}, "target"),
        (
            ACL,
            {"name": "a", "action": {"type": "redirect", "redirect": {"type": "scheme", "target": "s", "code": 304}}},
            "code",
        ),
        (ACL, {"name": "a", "index": "first"}, "index"),
        (ROUTE, {"frontend": "a"}, "one of the following is required: id, match"),
        (ROUTE, {"match": {"sni": "a", "host_header": "b"}}, "mutually exclusive: sni|host_header"),
        (SUBSCRIBER, {"name": "a", "email_config": {}}, "email"),
        (
            SUBSCRIBER,
            {"name": "a", "email_config": {"email": "a"}, "webhook_config": {"uri": "b"}},
            "mutually exclusive",
        ),
    ],
)
def test_ansible_refuses_what_could_not_be(resource: Resource, given: dict[str, Any], says: str) -> None:
    messages = errors(options.present_spec(resource), given)
    assert any(all(part in message for part in says.split("|")) for message in messages), messages


@pytest.mark.parametrize(
    ("resource", "given"),
    [
        (LB, {"name": "a"}),
        (LB, {"lb_id": LB_ID, "ip_ids": []}),
        (IP, {"reverse": "a"}),
        (ACL, {"name": "a", "frontend_id": LB_ID, "action": {"type": "allow"}}),
        (BACKEND, {"name": "a", "lb_id": LB_ID, "health_check": {"tcp_config": {}}}),
        (ROUTE, {"frontend_id": LB_ID, "match": {"path_begin": "/a"}}),
        (ROUTE, {"route_id": LB_ID, "backend": "a"}),
        (SUBSCRIBER, {"name": "a", "webhook_config": {"uri": "b"}}),
        (LB, {"name": "a", "subscriber_id": LB_ID}),
    ],
)
def test_ansible_accepts_what_can_be(resource: Resource, given: dict[str, Any]) -> None:
    assert errors(options.present_spec(resource), given) == []


def test_a_list_of_what_belongs_to_something_needs_that_or_an_id() -> None:
    spec = options.info_spec(BACKEND)
    assert any("id, lb" in message for message in errors(spec, {}))
    assert errors(spec, {"lb": "web"}) == []
    assert errors(options.info_spec(LB), {}) == []


def test_what_the_user_left_out_is_not_wanted() -> None:
    params = {
        "name": "app",
        "server_ip": None,
        "health_check": {"port": None, "http_config": {"uri": "/", "code": None}},
    }
    assert options.wanted(BACKEND, params) == {"name": "app", "health_check": {"http_config": {"uri": "/"}}}


def test_what_the_user_clears_is_wanted() -> None:
    params = {"server_ip": [], "failover_host": "", "timeout_server": "", "ssl_bridging": False, "max_retries": 0}
    assert options.wanted(BACKEND, params) == params


def test_what_names_the_resource_is_not_a_wish() -> None:
    params = {"id": LB_ID, "lb": "web", "frontend": "https", "name": "a"}
    assert options.finders(ACL, params) == {"id": LB_ID, "lb": "web", "frontend": "https"}
    assert options.wanted(ACL, params) == {"name": "a"}


@pytest.mark.parametrize(
    ("resource", "params", "option"),
    [
        (BACKEND, {"forward_port": 70000}, "forward_port"),
        (BACKEND, {"timeout_server": "soon"}, "timeout_server"),
        (BACKEND, {"server_ip": ["192.0.2.1", "web1"]}, "server_ip[1]"),
        (BACKEND, {"health_check": {"check_delay": "x"}}, "health_check.check_delay"),
        (ACL, {"match": {"ip_subnet": ["10.0.0.0/40"]}}, "match.ip_subnet[0]"),
        (LB, {"ips": [""]}, "ips[0]"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(resource: Resource, params: dict[str, Any], option: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        options.wanted(resource, params)
    assert raised.value.data["option"] == option


def test_filters_become_the_query_of_the_api() -> None:
    params = {"name": "web", "tags": ["a", "b"], "lb_ids": [LB_ID.upper()], "id": None}
    assert options.filters(LB, params) == {"name": "web", "tags": ["a", "b"], "lb_ids": [LB_ID]}


@pytest.mark.parametrize(("given", "query"), [(True, "true"), (False, "false")])
def test_a_delete_always_says_what_becomes_of_the_addresses(given: bool, query: str) -> None:
    assert options.delete_query(LB, {"release_ip": given}) == {"release_ip": query}


def test_most_deletes_have_no_query() -> None:
    assert options.delete_query(ACL, {}) == {}


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_every_option_beside_the_fields_is_kept_free_of_fields(resource: Resource) -> None:
    own = {field.name for field in (*resource.handles, *resource.fields, *resource.delete_options, *resource.manner)}
    ancestors = {ancestor.name for ancestor in resource.ancestors}
    beside = {resource.rotation} if resource.rotation else set()
    chosen = {"id"} - ({resource.id_key} if resource.has_id else set())
    offered = {"zone": resource.location.zones, "region": resource.location.regions}
    nowhere = {kind for kind, names in offered.items() if not names}
    taken = (OWN_OPTIONS | beside) - chosen - nowhere
    assert set(options.present_spec(resource)["argument_spec"]) - own - ancestors == taken
