# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pure parts of inventories: names that stay apart, hosts made of items, servers and their groups, options."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, ScwError
from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_container, inventory_lb, inventory_options
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import locations
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_names import distinct, is_host_name
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_population import safe_group_name
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import (
    Host,
    Selection,
    to_host,
    without_secrets,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_servers import (
    known_addresses,
    pools,
    server_name,
    server_variables,
)

WORDS = st.sampled_from(["web", "web.a", "web.b", "db", "web.a.b"])


def lb(**more: Any) -> dict[str, Any]:
    """An item that is a load balancer."""
    return {"object": {"id": "id-1", "name": "web", "status": "ready", **more}, "zone": "fr-par-1", "details": {}}


def named(name: str, own_id: str, *backends: dict[str, Any]) -> tuple[str, Host]:
    """A load balancer with these backends, and what it is called."""
    return name, Host((name,), {"id": own_id, "name": name, "zone": "fr-par-1"}, (), {"backends": backends})


@pytest.mark.parametrize("name", ["web", "web-1.example.com", "_x", "10.0.0.1", "2001:db8::1", "é"])
def test_a_word_or_an_address_is_the_name_of_a_host(name: str) -> None:
    assert is_host_name(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a,b", "a:b", "a/b", "..", "-a", "!a", "&a", "~a", "a*", "a[0]", "a\n", "{{a}}", "::1", None, 7],
)
def test_what_means_something_else_to_ansible_is_no_name_of_a_host(name: object) -> None:
    assert not is_host_name(name)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=8), st.sets(WORDS), st.randoms())
def test_names_are_distinct_free_and_the_same_in_every_order(
    preferred: list[list[str]], taken: set[str], random: Any
) -> None:
    candidates = [(*names, f"id-{number}") for number, names in enumerate(preferred)]
    chosen = distinct(candidates, taken)
    assert len(set(chosen)) == len(candidates)
    assert not taken & set(chosen)
    assert all(name in own for name, own in zip(chosen, candidates, strict=True))
    order = list(range(len(candidates)))
    random.shuffle(order)
    assert distinct([candidates[index] for index in order], taken) == [chosen[index] for index in order]


def test_those_who_would_share_a_name_all_give_it_up() -> None:
    candidates = [("web", "web.a", "1"), ("web", "web.b", "2"), ("db", "3"), ("web.b", "web.b.c", "4")]
    assert distinct(candidates, {"db"}) == ["web.a", "2", "3", "web.b.c"]


def test_a_host_is_made_of_what_is_known_and_nothing_else() -> None:
    host = to_host(inventory_lb.PRODUCT, lb(surprise=1, tags=["a"], ip=[{"id": "i", "ip_address": "192.0.2.1"}]), ())
    assert "surprise" not in host.variables
    assert host.variables["ip"] == "192.0.2.1"
    assert host.names == ("web", "web.fr-par-1", "id-1")
    groups = ("scw_lb", "scw_zone_fr-par-1", "scw_region_fr-par", "scw_status_ready", "scw_tag_a")
    assert host.groups == groups


@pytest.mark.parametrize("obj", [{"name": None}, {"tags": None}, {"ip": None}, {"ip": "odd"}, {"tags": "odd"}])
def test_an_object_of_another_shape_is_a_host_nevertheless(obj: dict[str, Any]) -> None:
    variables = to_host(inventory_lb.PRODUCT, lb(**obj), ()).variables
    assert (variables["ips"], variables["tags"], variables["domains"]) == ([], [], [])


def test_an_ipv4_comes_before_an_ipv6() -> None:
    ips = [{"ip_address": "2001:db8::1"}, {"ip_address": "192.0.2.1"}]
    assert to_host(inventory_lb.PRODUCT, lb(ip=ips), ()).variables["ips"] == ["192.0.2.1", "2001:db8::1"]


def test_details_are_shown_only_if_asked_for_and_kept_for_servers_all_the_same() -> None:
    item = {**lb(), "details": {"backends": [{"id": "b"}], "frontends": []}}
    host = to_host(inventory_lb.PRODUCT, item, ("frontends",))
    assert "backends" not in host.variables
    assert host.variables["frontends"] == []
    assert host.details["backends"] == [{"id": "b"}]


def test_an_endpoint_without_a_scheme_gets_one() -> None:
    obj = {"id": "c", "name": "web", "public_endpoint": "web.example.com"}
    item = {"object": obj, "region": "fr-par", "namespace": {"namespace": "shop"}, "details": {}}
    variables = to_host(inventory_container.PRODUCT, item, ()).variables
    assert variables["public_endpoint"] == "https://web.example.com"
    assert variables["domains"] == ["web.example.com"]
    assert variables["zone"] is None


def test_secrets_are_removed_at_every_depth() -> None:
    answer = {"a": [{"sqs_config": {"secret_key": "x", "queue": "q"}}], "secret_environment_variables": {"A": "x"}}
    assert without_secrets(answer) == {"a": [{"sqs_config": {"queue": "q"}}]}


@pytest.mark.parametrize(
    ("selection", "fits"),
    [
        (Selection(), True),
        (Selection(tags={"a", "x"}), True),
        (Selection(tags={"x"}), False),
        (Selection(status={"ready"}), True),
        (Selection(status={"error"}), False),
        (Selection(names={"w*"}), True),
        (Selection(names={"W*"}), False),
        (Selection(tags={"a"}, names={"x"}), False),
    ],
)
def test_a_host_is_wanted_if_it_fits_everything(selection: Selection, fits: bool) -> None:
    assert selection.fits(to_host(inventory_lb.PRODUCT, lb(tags=["a"]), ())) is fits


def test_zones_and_regions_add_up() -> None:
    place = Location(zones=("a-1", "a-2", "b-1"), regions=("a", "b"))
    assert locations(place, ["a-1"], ["b"]) == [("zone", "a-1"), ("zone", "b-1")]
    assert locations(place, [], []) == [("zone", "a-1"), ("zone", "a-2"), ("zone", "b-1")]
    assert locations(Location(regions=("a", "b")), [], ["b"]) == [("region", "b")]
    assert locations(Location(title="Everywhere"), [], []) == [("global", "Everywhere")]


def test_pools_have_groups_of_their_own_even_where_names_run_together() -> None:
    backend = {"id": "b1", "name": "c", "pool": ["10.0.0.1", "no address"]}
    made = pools([named("a", "1", {**backend, "name": "b_c"}), named("a_b", "2", {**backend, "id": "b2"})], str, ())
    assert [pool.group for pool in made] == ["scw_servers_backend_b1", "scw_servers_backend_b2"]
    assert [pool.lb_group for pool in made] == ["scw_servers_lb_a", "scw_servers_lb_a_b"]
    assert made[0].addresses == ("10.0.0.1",)


def test_hosts_are_known_by_each_spelling_of_their_address() -> None:
    hosts: dict[str, dict[str, Any]] = {
        "a": {"ansible_host": "2001:DB8:0::1"},
        "10.0.0.1": {},
        "b": {"ansible_host": "x"},
    }
    assert known_addresses(hosts) == {"2001:db8::1": ["a"], "10.0.0.1": ["10.0.0.1"]}


def test_a_server_at_an_address_of_this_machine_is_not_taken_for_it() -> None:
    assert [server_name(address) for address in ("10.0.0.1", "127.0.0.1", "::1")] == [
        "10.0.0.1",
        "server-127.0.0.1",
        "server---1",
    ]


def test_a_server_says_what_it_is_behind_only_where_that_is_one_thing() -> None:
    entry = {"lb": "web", "lb_id": "1", "lb_zone": "z", "backend": "api", "backend_id": "2", "server_ip": "10.0.0.1"}
    alone = server_variables([entry])
    assert (alone["lb"], alone["backend"], alone["server_ip"]) == ("web", "api", "10.0.0.1")
    # Another backend of the same name is another backend.
    both = server_variables([entry, {**entry, "backend_id": "3"}])
    assert (both["lb"], both["backend"], len(both["behind"])) == ("web", None, 2)


def test_groups_of_ansible_are_out_of_reach() -> None:
    assert [safe_group_name(name) for name in ("all", "ungrouped", "a.b", "")] == ["_all", "_ungrouped", "a_b", ""]


@pytest.mark.parametrize("expression", ["", "a ==", "{{ a }}", None, 7, "a) or (", "'"])
def test_what_is_no_expression_is_refused_with_itself(expression: Any) -> None:
    with pytest.raises(InvalidOption) as raised:
        inventory_options.check_expression(expression, "filters[0].include")
    assert "filters[0].include" in str(raised.value)
    assert repr(expression) in str(raised.value)


@pytest.mark.parametrize(
    "given_filters", [["a"], [{}], [{"include": "a", "exclude": "b"}], [{"include": None}], [{"only": "a"}]]
)
def test_a_filter_is_one_word_and_one_expression(given_filters: list[Any]) -> None:
    with pytest.raises(InvalidOption):
        inventory_options.parsed_filters(given_filters)


def test_a_filter_may_simply_be_true() -> None:
    (known,) = inventory_options.parsed_filters([{"exclude": True}])
    assert (known.keeps, known.expression) == (False, "true")


@pytest.mark.parametrize(
    "config", [None, [], "text", {"secret_key": ["x-secret-x"]}, {"nothing": 1}, {"flag": "maybe"}]
)
def test_a_file_that_cannot_be_meant_is_refused_without_showing_a_key(config: Any) -> None:
    with pytest.raises(ScwError) as raised:
        inventory_options.check_config(config, {"secret_key": {"type": "str"}, "flag": {"type": "bool"}})
    assert "x-secret-x" not in str(raised.value)
