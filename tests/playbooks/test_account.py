# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup ``account``: everything in an account, read at once."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleError
from ansible.plugins.loader import lookup_loader
from ansible.utils.display import Display

from behaviour.account import PROJECT_ID
from playbooks import showcase
from playbooks.conftest import Terminal


@pytest.fixture
def account(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """An account whose credentials are in the environment of this process."""
    for name, value in terminal.environment.items():
        if name.startswith("SCW_") or name == "HOME":
            monkeypatch.setenv(name, value)
    return terminal


def look(*products: str, **options: Any) -> dict[str, Any]:
    """What the lookup returns."""
    (found,) = lookup_loader.get("scw.cloud.account").run(list(products), {}, **options)
    return dict(found)


def names(objects: list[dict[str, Any]]) -> list[str]:
    """Their names, in order of the alphabet."""
    return sorted(obj["name"] for obj in objects)


def test_it_reads_all_objects_with_what_belongs_to_them(account: Terminal) -> None:
    showcase.build(account.account)
    showcase.healthy(account.emulator, "10.0.1.13")
    account.account.at("/lb/v1", "zones/pl-waw-1").post("/ips", project_id=PROJECT_ID)
    found = look()
    shop = next(lb for lb in found["load_balancers"] if lb["name"] == "shop")
    assert names(shop["frontends"]) == ["http", "https"]
    assert names(shop["backends"]) == ["api", "status-page", "web"]
    assert names(shop["acls"]) == ["abuse", "office", "to-https"]
    assert len(shop["routes"]) == 2
    assert [server["ip"] for server in shop["servers"] if not server["healthy"]] == ["10.0.1.13"]
    assert [(ip["zone"], ip["lb_id"]) for ip in found["ips"] if not ip["lb_id"]] == [("pl-waw-1", None)]
    pipeline = next(pipeline for pipeline in found["pipelines"] if pipeline["name"] == "shop")
    assert len(pipeline["route_stages"][0]["route_rules"]) == 2
    assert len(pipeline["backend_stages"]) == 3
    checkout = next(one for one in found["containers"] if one["name"] == "checkout")
    assert (checkout["namespace"], checkout["region"]) == ("shop", "fr-par")
    assert [domain["hostname"] for domain in checkout["domains"]] == ["pay.example.com"]
    assert names(found["container_namespaces"]) == ["shop", "tools"]
    assert names(found["functions"][0]["crons"]) == ["sweep"]
    assert names(found["function_namespaces"]) == ["images"]


def test_it_asks_only_about_the_products_zones_and_projects_that_are_named(account: Terminal) -> None:
    showcase.build(account.account)
    found = look("lb", "container", zones=["nl-ams-1"], projects=[PROJECT_ID])
    assert names(found["load_balancers"]) == ["mail"]
    assert names(found["containers"]) == ["grafana"]
    assert (found["pipelines"], found["functions"]) == ([], [])
    journal = account.emulator.journal()
    assert {entry.path.split("/")[4] for entry in journal} == {"nl-ams-1", "nl-ams"}
    lists = [entry.query.get("project_id") for entry in journal if entry.operation in ("ListLBs", "ListContainers")]
    assert lists == [[PROJECT_ID]] * 2


def test_a_region_stands_for_all_of_its_zones(account: Terminal) -> None:
    look("lb", "function", regions=["pl-waw"])
    places = {entry.path.split("/")[4] for entry in account.emulator.journal()}
    assert places == {"pl-waw", "pl-waw-1", "pl-waw-2", "pl-waw-3"}


def test_a_product_that_there_is_not_is_refused(account: Terminal) -> None:
    with pytest.raises(AnsibleError, match="no product is called 'dns'. Products: lb, edge, container, function"):
        look("dns")
    assert account.emulator.journal() == []


def test_a_place_that_answers_403_is_an_error_or_is_left_out_with_a_warning(
    account: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(Display, "warning", lambda _display, text, *_more, **_options: warnings.append(text))
    showcase.build(account.account, {"scw_lb": [showcase.MAIL]})
    refusal = {"kind": "status", "operation": "ListLBs", "path": "/pl-waw-2/", "status": 403, "count": None}
    account.emulator.faults([refusal])
    with pytest.raises(AnsibleError, match="pl-waw-2: Could not list the load balancers in pl-waw-2: the API answered"):
        look("lb")
    assert warnings == []
    assert names(look("lb", strict_permissions=False)["load_balancers"]) == ["mail"]
    (warning,) = warnings
    assert "not everything is there, pl-waw-2 is left out" in warning


def test_what_is_deleted_while_it_is_read_is_not_there(account: Terminal) -> None:
    showcase.build(account.account)
    account.emulator.faults([{"kind": "status", "operation": "ListRouteRules", "status": 404}])
    assert [stage["route_rules"] for one in look("edge")["pipelines"] for stage in one["route_stages"]] == [[]]


def test_no_secret_and_no_hash_is_returned(account: Terminal) -> None:
    secret = {"namespace": "n", "name": "c", "image": "nginx:1", "secret_environment_variables": {"PASS": "hunter2-x"}}
    showcase.build(account.account, {"scw_container_namespace": [{"name": "n"}], "scw_container": [secret]})
    found = str(look())
    assert "'c'" in found
    assert "hunter2" not in found
    assert "argon2" not in found
