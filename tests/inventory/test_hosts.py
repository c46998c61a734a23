# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is listed: hosts of each product, their variables, and the groups they are in."""

from __future__ import annotations

import pytest

from inventory.conftest import Inventory

SHARED = {
    "scw_created_at",
    "scw_description",
    "scw_domains",
    "scw_id",
    "scw_ip",
    "scw_ips",
    "scw_name",
    "scw_organization_id",
    "scw_product",
    "scw_project_id",
    "scw_public_endpoint",
    "scw_region",
    "scw_status",
    "scw_tags",
    "scw_updated_at",
    "scw_zone",
}
SEEDS = {
    "lb": {"lbs": 9},
    "container": {"container_namespaces": 3, "containers": 4},
    "function": {"functions": 3},
    "edge": {"edge_pipelines": 2},
}


@pytest.mark.parametrize("product", SEEDS)
def test_every_host_of_a_product_is_local_has_the_shared_variables_and_is_in_the_group_of_its_product(
    inventory: Inventory, product: str
) -> None:
    inventory.emulator.seed(**SEEDS[product])
    said = inventory.listed(f"all.scw_{product}.yml")
    wanted = max(SEEDS[product].values())
    assert len(said.hosts) == wanted
    assert said.group(f"scw_{product}") == sorted(said.hosts)
    assert said.group("scw_status_ready") == sorted(said.hosts)
    for variables in said.hosts.values():
        assert set(variables) >= SHARED
        assert variables["ansible_connection"] == "local"
        assert "ansible_python_interpreter" not in variables
        assert not [key for key in variables if "secret" in key or "emulator" in key]
    assert inventory.emulator.writes() == []


def test_a_load_balancer_tells_its_place_and_its_addresses(inventory: Inventory) -> None:
    lb = inventory.lb("web", zone="nl-ams-2", tags=["shop", "a.b/c"], description="The shop")
    said = inventory.listed("all.scw_lb.yaml")
    variables = said.hosts["web"]
    address = lb["ip"][0]["ip_address"]
    assert variables["scw_id"] == lb["id"]
    assert (variables["scw_zone"], variables["scw_region"]) == ("nl-ams-2", "nl-ams")
    assert (variables["scw_ip"], variables["scw_ips"]) == (address, [address])
    assert variables["scw_ip_ids"] == [lb["ip"][0]["id"]]
    assert variables["scw_domains"] == [lb["ip"][0]["reverse"]]
    assert variables["scw_tags"] == ["shop", "a.b/c"]
    for group in ("scw_zone_nl_ams_2", "scw_region_nl_ams", "scw_tag_shop", "scw_tag_a_b_c"):
        assert said.group(group) == ["web"], group


def test_a_container_tells_where_it_answers_and_its_namespace(inventory: Inventory) -> None:
    inventory.emulator.seed(container_namespaces=1, containers=1, domains_per_container=1, triggers_per_container=1)
    said = inventory.listed("all.scw_container.yml", include=["domains", "triggers"])
    variables = said.hosts["container-00000"]
    endpoint = variables["scw_public_endpoint"]
    assert endpoint.startswith("https://")
    assert variables["scw_domains"] == [endpoint.removeprefix("https://"), "host-0.container-00000.example.com"]
    assert [domain["hostname"] for domain in variables["scw_custom_domains"]] == variables["scw_domains"][1:]
    assert [trigger["name"] for trigger in variables["scw_triggers"]] == ["trigger-0"]
    assert variables["scw_namespace"] == "namespace-00000"
    assert variables["scw_project_id"]
    assert said.group("scw_namespace_namespace_00000") == ["container-00000"]


def test_details_are_read_only_where_they_are_asked_for(inventory: Inventory) -> None:
    inventory.emulator.seed(functions=1, crons_per_function=1)
    plain = inventory.listed("plain.scw_function.yml")
    assert "scw_crons" not in plain.hosts["function-00000"]
    assert not [path for path in inventory.reads() if "crons" in path]
    detailed = inventory.listed("detailed.scw_function.yml", include=["crons", "triggers", "domains"])
    variables = detailed.hosts["function-00000"]
    assert [cron["name"] for cron in variables["scw_crons"]] == ["cron-0"]
    assert (variables["scw_triggers"], variables["scw_custom_domains"]) == ([], [])


def test_a_pipeline_tells_its_domains_and_stages(inventory: Inventory) -> None:
    inventory.emulator.seed(edge_pipelines=1)
    variables = inventory.listed("all.scw_edge.yml", include=["backend_stages"]).hosts["pipeline-00000"]
    assert variables["scw_domains"][0] == "pipeline-00000.cdn.example.com"
    assert variables["scw_public_endpoint"] == "https://pipeline-00000.cdn.example.com"
    assert [stage["scaleway_s3"]["bucket_name"] for stage in variables["scw_backend_stages"]] == ["pipeline-00000-0"]
    assert "scw_dns_stages" not in variables


def test_all_details_of_a_load_balancer_hang_on_the_right_one(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=2, backends_per_lb=1, frontends_per_lb=2, acls_per_frontend=2, routes_per_frontend=1)
    details = ["frontends", "backends", "acls", "routes", "certificates", "private_networks", "stats"]
    hosts = inventory.listed("all.scw_lb.yml", include=details).hosts
    for variables in hosts.values():
        counts = {name: len(variables[f"scw_{name}"]) for name in details}
        assert counts == {**dict.fromkeys(details, 0), "frontends": 2, "backends": 1, "acls": 4, "routes": 2}
        own = {frontend["id"] for frontend in variables["scw_frontends"]}
        assert {acl["frontend"]["id"] for acl in variables["scw_acls"]} == own
        assert {route["frontend_id"] for route in variables["scw_routes"]} == own
        assert all("lb" not in frontend for frontend in variables["scw_frontends"])


def test_secret_environment_variables_are_nowhere(inventory: Inventory) -> None:
    account = inventory.account.at("/containers/v1", "regions/fr-par")
    secret = {"TOKEN": "not-for-your-eyes"}
    owner = {"project_id": "22222222-2222-4222-8222-222222222222"}
    space = account.post("/namespaces", name="shop", secret_environment_variables=secret, **owner)
    body = {"name": "web", "namespace_id": space["id"], "image": "rg.fr-par.scw.cloud/shop/web:1", "port": 8080}
    made = account.post(
        "/containers", **body, secret_environment_variables=secret, environment_variables={"STAGE": "production"}
    )
    stored = made["secret_environment_variables"]["TOKEN"]
    inventory.environment["ANSIBLE_CACHE_PLUGIN_CONNECTION"] = str(inventory.folder / "cache")
    said = inventory.listed("all.scw_container.yml", cache=True, cache_plugin="ansible.builtin.jsonfile")
    assert said.hosts["web"]["scw_environment_variables"] == {"STAGE": "production"}
    cached = "".join(file.read_text() for file in (inventory.folder / "cache").iterdir())
    assert "STAGE" in cached
    for text in (said.text, cached):
        assert "not-for-your-eyes" not in text
        assert stored.split("$")[-1] not in text
        assert "argon2" not in text
        assert "secret" not in text


def test_graph_and_host_show_the_same(inventory: Inventory) -> None:
    inventory.lb("web", tags=["shop"])
    source = inventory.write("all.scw_lb.yml")
    graph = inventory.run("ansible-inventory", [source], "--graph")
    assert "@scw_tag_shop: | |--web" in graph.text
    host = inventory.run("ansible-inventory", [source], "--host", "web")
    assert host.data["scw_name"] == "web"
