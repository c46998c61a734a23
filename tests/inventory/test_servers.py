# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers behind load balancers: hosts of their own, or those that another source knows already."""

from __future__ import annotations

from inventory.conftest import Inventory

FLEET = """
[app]
app1 ansible_host=10.0.0.1 ansible_user=deploy
10.0.0.2 ansible_user=deploy
v6 ansible_host=2001:db8:0:0::1
other ansible_host=10.9.9.9
"""


def test_servers_are_hosts_in_groups_of_their_load_balancer_and_backend(inventory: Inventory) -> None:
    web = inventory.lb("web")
    inventory.backend(web, "api", "10.0.0.1", "10.0.0.2")
    inventory.backend(web, "static", "10.0.0.2")
    said = inventory.listed("all.scw_lb.yml", servers=True)
    assert said.group("scw_servers_backend_web_api") == ["10.0.0.1", "10.0.0.2"]
    assert said.group("scw_servers_backend_web_static") == ["10.0.0.2"]
    backends = {"scw_servers_backend_web_api", "scw_servers_backend_web_static"}
    assert set(said.data["scw_servers_lb_web"]["children"]) == backends
    assert said.data["scw_servers"]["children"] == ["scw_servers_lb_web"]
    one, both = said.hosts["10.0.0.1"], said.hosts["10.0.0.2"]
    assert (one["ansible_host"], one["scw_lb"], one["scw_backend"]) == ("10.0.0.1", "web", "api")
    assert (one["scw_lb_id"], one["scw_lb_zone"], one["scw_server_ip"]) == (web["id"], "fr-par-1", "10.0.0.1")
    assert "ansible_connection" not in one
    assert (both["scw_lb"], both["scw_backend"]) == ("web", None)
    assert [entry["backend"] for entry in both["scw_behind"]] == ["api", "static"]
    assert "scw_backends" not in said.hosts["web"]


def test_servers_that_another_source_knows_join_the_groups(inventory: Inventory) -> None:
    inventory.backend(inventory.lb("web"), "api", "10.0.0.1", "10.0.0.2", "10.0.0.3", "2001:db8::1")
    fleet = inventory.folder / "fleet.ini"
    fleet.write_text(FLEET)
    said = inventory.list(fleet, inventory.write("z.scw_lb.yml", servers=True))
    assert said.group("scw_servers_backend_web_api") == ["10.0.0.2", "10.0.0.3", "app1", "v6"]
    assert said.group("app") == ["10.0.0.2", "app1", "other", "v6"]
    joined = said.hosts["app1"]
    assert (joined["ansible_user"], joined["ansible_host"]) == ("deploy", "10.0.0.1")
    assert (joined["scw_lb"], joined["scw_backend"]) == ("web", "api")
    assert said.hosts["v6"]["scw_server_ip"] == "2001:db8::1"
    assert "ansible_host" not in said.hosts["10.0.0.2"]
    assert "scw_behind" not in said.hosts["other"]


def test_groups_of_two_load_balancers_never_become_one(inventory: Inventory) -> None:
    first, second = inventory.lb("a-b"), inventory.lb("a_b")
    inventory.backend(first, "c", "10.0.0.1")
    inventory.backend(second, "c", "10.0.0.2")
    said = inventory.listed("all.scw_lb.yml", servers=True)
    groups = {f"scw_servers_lb_{lb['id'].replace('-', '_')}" for lb in (first, second)}
    assert set(said.data["scw_servers"]["children"]) == groups
    assert "scw_servers_lb_a_b" not in said.data


def test_servers_of_load_balancers_that_are_not_wanted_are_no_hosts(inventory: Inventory) -> None:
    inventory.backend(inventory.lb("web"), "api", "10.0.0.1")
    inventory.backend(inventory.lb("old"), "api", "10.0.0.9")
    said = inventory.listed("all.scw_lb.yml", servers=True, filters=[{"exclude": "scw_name == 'old'"}])
    assert set(said.hosts) == {"web", "10.0.0.1"}


def test_the_servers_of_two_sources_are_told_together(inventory: Inventory) -> None:
    inventory.backend(inventory.lb("web"), "api", "10.0.0.1")
    inventory.backend(inventory.lb("web2", zone="nl-ams-1"), "api", "10.0.0.1")
    sources = [inventory.write(f"{zone}.scw_lb.yml", zones=[zone], servers=True) for zone in ("fr-par-1", "nl-ams-1")]
    server = inventory.list(*sources).hosts["10.0.0.1"]
    assert [entry["lb"] for entry in server["scw_behind"]] == ["web", "web2"]
    assert (server["scw_lb"], server["scw_backend"]) == (None, None)


def test_what_is_composed_is_about_load_balancers_and_not_about_their_servers(inventory: Inventory) -> None:
    inventory.backend(inventory.lb("web"), "api", "10.0.0.1")
    options = {"compose": {"ansible_connection": "'httpapi'"}, "groups": {"everything": "true"}, "strict": True}
    said = inventory.listed("all.scw_lb.yml", servers=True, **options)
    assert said.hosts["web"]["ansible_connection"] == "httpapi"
    assert "ansible_connection" not in said.hosts["10.0.0.1"]
    assert said.group("everything") == ["web"]
