# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sources of the inventory, updated as AWX does it, and jobs on the hosts that it keeps of them."""

from __future__ import annotations

from typing import Any

import pytest

from awx import data
from awx.controller import Controller
from behaviour.account import BACKEND_BODY, PROJECT_ID, Account

SOURCES = {source["name"]: source["source_path"] for source in data.sources()}
LBS = "inventory/load_balancers.scw_lb.yml"
PLAY = """
- hosts: scw_lb:&scw_tag_shop
  gather_facts: false
  tasks:
    - name: Describe it
      scw.cloud.scw_lb:
        id: "{{ scw_id }}"
        zone: "{{ scw_zone }}"
        description: "{{ scw_name }} in {{ scw_region }}"
"""


@pytest.fixture
def seeded(account: Account) -> Account:
    """An account with something of every product."""
    account.emulator.seed(lbs=1, container_namespaces=1, containers=1, functions=1, edge_pipelines=1)
    return account


def lb(account: Account, name: str, **more: Any) -> dict[str, Any]:
    """Make a load balancer."""
    return account.post("/lbs", name=name, type="lb-s", project_id=PROJECT_ID, description="", **more)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
@pytest.mark.usefixtures("seeded")
def test_a_source_makes_hosts_and_groups_whose_names_are_plain_text(awx: Controller, source: str) -> None:
    ran, made = awx.update(source)
    assert ran.status == "successful"
    assert len(made["_meta"]["hostvars"]) == 1
    group = source.split(".")[-2]
    names = [name for found in made.values() for name in [*found.get("hosts", []), *found.get("children", [])]]
    # AWX stops at names that are objects, as marked text is.
    assert all(isinstance(name, str) for name in names)
    assert made[group]["hosts"] == list(made["_meta"]["hostvars"])


def test_a_job_manages_the_hosts_of_a_source_and_takes_no_text_of_the_api_for_a_template(
    awx: Controller, account: Account
) -> None:
    hostile = "{{ lookup('ansible.builtin.pipe', 'id') }}"
    lb(account, hostile, tags=["shop"])
    lb(account, "other")
    ran, made = awx.update(LBS)
    assert ran.status == "successful"
    (awx.project / "describe.yml").write_text(PLAY)
    inventory = data.read(data.DATA / "inventory.yml")["awx_inventory"]
    made["all"]["vars"] = inventory["variables"]
    described = awx.run("describe.yml", {}, hosts=made).succeeded()
    assert described.writes == ["UpdateLB"]
    (found,) = [one for one in awx.emulator.state()["lbs"] if one["tags"] == ["shop"]]
    assert found["description"] == f"{hostile} in fr-par"


def test_servers_behind_load_balancers_are_hosts_too(awx: Controller, account: Account) -> None:
    shop = lb(account, "shop")
    account.post(f"/lbs/{shop['id']}/backends", **{**BACKEND_BODY, "name": "app", "server_ip": ["10.0.0.1"]})
    _ran, made = awx.update(LBS)
    assert made["scw_servers_backend_shop_app"]["hosts"] == ["10.0.0.1"]


def test_an_update_fails_and_leaves_nothing_to_import_if_a_location_does_not_answer(
    awx: Controller, account: Account
) -> None:
    lb(account, "shop")
    awx.emulator.faults([{"kind": "status", "operation": "ListLBs", "status": 403, "path": "nl-ams-2"}])
    ran, made = awx.update(LBS)
    assert (ran.status, made) == ("failed", None)
    assert ran.says("nl-ams-2")
