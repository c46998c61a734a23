# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts: no two become one, and none is something else to Ansible."""

from __future__ import annotations

from inventory.conftest import Inventory


def test_two_load_balancers_of_one_name_stay_two_hosts(inventory: Inventory) -> None:
    made = [inventory.lb("web", zone=zone) for zone in ("fr-par-1", "nl-ams-1")]
    twins = [inventory.lb("db", zone="pl-waw-1") for _each in range(2)]
    hosts = inventory.listed("all.scw_lb.yml").hosts
    assert set(hosts) == {"web.fr-par-1", "web.nl-ams-1", *(twin["id"] for twin in twins)}
    assert hosts["web.nl-ams-1"]["scw_id"] == made[1]["id"]


def test_containers_of_one_name_are_told_apart_by_region_and_namespace(inventory: Inventory) -> None:
    for region, space in (("fr-par", "a"), ("fr-par", "b"), ("nl-ams", "a")):
        account = inventory.account.at("/containers/v1", f"regions/{region}")
        owner = {"project_id": "22222222-2222-4222-8222-222222222222"}
        namespace = account.post("/namespaces", name=space, **owner)["id"]
        account.post("/containers", name="web", namespace_id=namespace, image="rg.fr-par.scw.cloud/a/b:1", port=80)
    hosts = inventory.listed("all.scw_container.yml").hosts
    assert set(hosts) == {"web.a.fr-par", "web.b.fr-par", "web.nl-ams"}


def test_names_that_are_none_of_a_host_give_way_to_the_id(inventory: Inventory) -> None:
    names = ["two words", "a,b", "localhost", "127.0.0.1", "all", "!x", "x*", "a:b", "[a]", "{{ 7*7 }}", "../etc", "é"]
    ids = {name: inventory.lb(name)["id"] for name in names}
    said = inventory.listed("all.scw_lb.yml")
    # These are names that Ansible has a meaning for; with the zone behind them they are names like others.
    wanted = {**ids, **{name: f"{name}.fr-par-1" for name in ("localhost", "127.0.0.1", "all")}, "é": "é"}
    assert {variables["scw_name"]: name for name, variables in said.hosts.items()} == wanted


def test_a_host_or_group_of_another_source_keeps_its_name_and_variables(inventory: Inventory) -> None:
    for name in ("web", "shop", "free"):
        inventory.lb(name)
    static = inventory.folder / "hosts.yml"
    static.write_text("all: {hosts: {web: {}}, children: {shop: {hosts: {db: {}}}}}")
    said = inventory.list(static, inventory.write("all.scw_lb.yml"))
    assert said.group("scw_lb") == ["free", "shop.fr-par-1", "web.fr-par-1"]
    assert "ansible_connection" not in said.data["_meta"]["hostvars"].get("web", {})
    assert "ansible_connection" not in said.data["_meta"]["hostvars"].get("db", {})


def test_what_two_sources_list_is_one_host(inventory: Inventory) -> None:
    inventory.lb("web")
    sources = [inventory.write(f"{name}.scw_lb.yml") for name in ("all", "again")]
    assert list(inventory.list(*sources).hosts) == ["web"]


def test_preferences_come_in_order_and_those_that_give_no_name_are_passed_over(inventory: Inventory) -> None:
    inventory.lb("web", tags=["host=shop.example.com"])
    inventory.lb("db", zone="nl-ams-1")
    hostnames = [
        "scw_nothing",
        "(scw_tags | select('match', 'host=') | first | default('')).removeprefix('host=')",
        "{{ scw_name }}-{{ scw_zone }}",
    ]
    assert set(inventory.listed("all.scw_lb.yml", hostnames=hostnames).hosts) == {"shop.example.com", "db-nl-ams-1"}


def test_preferred_names_that_several_would_have_are_used_by_none(inventory: Inventory) -> None:
    inventory.lb("web")
    inventory.lb("db")
    assert set(inventory.listed("all.scw_lb.yml", hostnames=["scw_type"]).hosts) == {"web", "db"}
