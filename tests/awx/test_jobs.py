# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates launched as AWX does it: answers of a survey, a credential, another machine, and what comes back.

That no job gives away the secret key is checked after each of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from awx.controller import Controller, Credential
from behaviour.account import BACKEND_BODY, PROJECT_ID, TOKEN, Account
from unit.certificate_chains import chain

LB: dict[str, Any] = {
    "load_balancer_name": "shop",
    "load_balancer_type": "lb-s",
    "load_balancer_servers": "10.0.0.11\n10.0.0.12",
    "load_balancer_forward_port": "8080",
    "load_balancer_domains": "shop.example.com",
    "load_balancer_allow": "203.0.113.0/24",
}
CONTAINER: dict[str, Any] = {"container_app_namespace": "shop", "container_app_name": "web"}
FUNCTION: dict[str, Any] = {"function_app_namespace": "shop", "function_app_name": "resize"}
SITE: dict[str, Any] = {
    "edge_site_name": "site",
    "edge_site_plan": "starter",
    "edge_site_bucket": "site",
    "edge_site_region": "fr-par",
}


def put(awx: Controller, name: str, text: str) -> None:
    """Put a file into the project."""
    path = awx.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def unchanged(awx: Controller, template: str, **answers: Any) -> None:
    """Launch it where there is nothing to do; all other questions stay without an answer."""
    ran = awx.launch(template, **answers).succeeded()
    assert (ran.changed, ran.writes) == (0, []), ran.output


# Credential


def rendered(folder: Path, **fields: str) -> dict[str, Any]:
    """The configuration file that a credential becomes."""
    (folder / "env").mkdir()
    variables = Credential(fields).inject(folder, Path("/runner"))
    (file,) = (folder / "env").iterdir()
    assert variables == {"SCW_CONFIG_PATH": f"/runner/env/{file.name}"}
    found: dict[str, Any] = yaml.safe_load(file.read_text())
    return found


def test_a_credential_becomes_a_configuration_file_with_what_was_filled_in(tmp_path: Path) -> None:
    assert rendered(tmp_path, secret_key=TOKEN) == {"secret_key": TOKEN}


def test_every_field_of_a_credential_has_its_key_in_that_file(tmp_path: Path) -> None:
    names = ["secret_key", "access_key", "project_id", "organization_id", "region", "zone", "api_url"]
    keys = [f"default_{name}" if name.endswith(("_id", "region", "zone")) else name for name in names]
    assert rendered(tmp_path, **{name: f"{name}: #'\"" for name in names}) == {
        key: f"{name}: #'\"" for key, name in zip(keys, names, strict=True)
    }


def test_a_key_that_the_api_does_not_accept_is_what_the_job_says(awx: Controller) -> None:
    awx.emulator.settings(tokens=["44444444-4444-4444-8444-444444444444"])
    ran = awx.launch("report").refused()
    assert ran.says("the API does not accept this key")


# Deployments


def test_a_load_balancer_is_built_and_left_as_it_is_where_nothing_is_answered(awx: Controller) -> None:
    planned = awx.launch("deploy_load_balancer", check=True, **LB).succeeded()
    assert planned.writes == []
    assert planned.says("It would be like this: The load balancer 'shop'")
    ran = awx.launch("deploy_load_balancer", **LB).succeeded()
    assert ran.says("it listens on these ports: 80, 443")
    state = awx.emulator.state()
    assert [backend["pool"] for backend in state["backends"]] == [["10.0.0.11", "10.0.0.12"]]
    assert sorted(acl["name"] for acl in state["acls"]) == ["allow-list", "allow-list", "to-https"]
    unchanged(awx, "deploy_load_balancer", load_balancer_name="shop")


def test_a_container_is_deployed_and_left_as_it_is_where_nothing_is_answered(awx: Controller) -> None:
    quiet: dict[str, Any] = {**CONTAINER, "container_app_health_path": ""}
    answers: dict[str, Any] = {"container_app_image": "rg.fr-par.scw.cloud/shop/web:1.4", "container_app_port": 8000}
    more: dict[str, Any] = {"container_app_domains": "shop.example.com", "container_app_schedule": "0 6 * * MON-FRI"}
    ran = awx.launch("deploy_container", **quiet, **answers, **more).succeeded()
    assert ran.writes == [
        "CreateContainerNamespace",
        "CreateContainer",
        "CreateContainerDomain",
        "CreateContainerTrigger",
    ]
    unchanged(awx, "deploy_container", **quiet)


def test_a_function_is_deployed_from_a_folder_of_the_project(awx: Controller) -> None:
    put(awx, "functions/resize/handler.py", "def handle(event, context):\n    return {}\n")
    answers: dict[str, Any] = {"function_app_src": "functions/resize", "function_app_runtime": "python313"}
    ran = awx.launch("deploy_function", **FUNCTION, **answers).succeeded()
    assert "CreateFunction" in ran.writes
    unchanged(awx, "deploy_function", **FUNCTION)
    unchanged(awx, "deploy_function", **FUNCTION, **answers)


def test_a_site_is_built_purged_and_left_as_it_is_where_nothing_is_answered(awx: Controller) -> None:
    awx.launch("deploy_edge_site", **SITE, edge_site_domains="www.example.com", edge_site_cache_ttl="1h").succeeded()
    (dns,) = awx.emulator.state()["edge_dns_stages"]
    unchanged(awx, "deploy_edge_site", edge_site_name="site")
    assert awx.emulator.state()["edge_dns_stages"] == [dns]
    one = awx.launch("purge_cache", edge_site_name="site", edge_site_purge_assets="/\n/index.html").succeeded()
    assert one.says("has forgotten /, /index.html.")
    everything = awx.launch("purge_cache", edge_site_name="site").succeeded()
    assert everything.says("has forgotten everything.")


def test_what_is_removed_is_gone(awx: Controller) -> None:
    awx.launch("deploy_edge_site", **SITE).succeeded()
    awx.launch("deploy_edge_site", edge_site_name="site", edge_site_state="absent").succeeded()
    assert awx.emulator.state()["edge_pipelines"] == []


# Operation


def test_a_certificate_is_replaced_by_a_file_of_the_project_or_for_other_domains(awx: Controller) -> None:
    awx.launch("deploy_load_balancer", **LB).succeeded()
    put(awx, "certificates/shop.pem", chain("leaf.example.com"))
    new: dict[str, Any] = {"load_balancer_name": "shop", "load_balancer_certificate_file": "certificates/shop.pem"}
    assert awx.launch("rotate_certificate", **new).succeeded().says("'shop' was replaced")
    unchanged(awx, "rotate_certificate", **new)
    ran = awx.launch("rotate_certificate", load_balancer_name="shop", load_balancer_domains="new.example.com")
    assert ran.succeeded().writes == ["CreateCertificate", "UpdateFrontend", "DeleteCertificate"]


def test_a_report_shows_the_account_and_writes_its_page_into_the_project(awx: Controller, account: Account) -> None:
    account.post("/lbs", name="shop-front", type="lb-s", project_id=PROJECT_ID, description="")
    ran = awx.launch("report", report_products=["lb", "edge"], report_regions=["fr-par"]).succeeded()
    assert ran.writes == []
    assert ran.says("shop-front")
    assert ran.says("/runner/project/scw_report.html.")


def test_a_file_of_the_project_is_compared_with_the_account(awx: Controller, account: Account) -> None:
    put(awx, "declared.yml", "scw_lb:\n  - {name: shop, zone: fr-par-1, type: lb-s, description: in front}\n")
    account.post("/lbs", name="shop", type="lb-s", project_id=PROJECT_ID, description="")
    ran = awx.launch("check_drift").refused()
    assert ran.writes == []
    assert ran.says("are not as declared")
    put(awx, "declared.yml", "scw_lb:\n  - {name: shop, zone: fr-par-1, type: lb-s, description: ''}\n")
    assert awx.launch("check_drift").succeeded().says("are as declared")


def test_servers_are_updated_by_tasks_of_the_project(awx: Controller, account: Account) -> None:
    lb = account.post("/lbs", name="shop", type="lb-s", project_id=PROJECT_ID, description="")
    account.post(f"/lbs/{lb['id']}/backends", **{**BACKEND_BODY, "name": "app", "server_ip": ["10.0.0.1", "10.0.0.2"]})
    awx.emulator.stats([{"ip": "*"}])
    put(
        awx,
        "update.yml",
        "- {name: Install it, ansible.builtin.debug: {msg: 'installed on {{ inventory_hostname }}'}}\n",
    )
    answers: dict[str, Any] = {
        "rolling_update_hosts": "shop",
        "rolling_update_tasks": "update.yml",
        "rolling_update_lb": "shop",
    }
    hosts = {name: {"ansible_host": f"10.0.0.{name[-1]}", "ansible_connection": "local"} for name in ("app1", "app2")}
    inventory = {"shop": {"hosts": list(hosts)}, "_meta": {"hostvars": hosts}}
    ran = awx.launch("rolling_update", hosts=inventory, **answers, rolling_update_backends="app").succeeded()
    assert ran.writes == ["RemoveBackendServers", "AddBackendServers"] * 2
    assert ran.says("installed on app1")
    assert ran.says("installed on app2")


def test_requests_are_led_to_the_other_backend_and_back(awx: Controller, account: Account) -> None:
    lb = account.post("/lbs", name="shop", type="lb-s", project_id=PROJECT_ID, description="")
    backends = {
        name: account.post(f"/lbs/{lb['id']}/backends", **{**BACKEND_BODY, "name": name, "server_ip": [address]})["id"]
        for name, address in {"app-blue": "10.0.0.1", "app-green": "10.0.0.2"}.items()
    }
    body = {"name": "http", "inbound_port": 80, "backend_id": backends["app-blue"], "certificate_ids": []}
    account.post(f"/lbs/{lb['id']}/frontends", **body)
    awx.emulator.stats([{"ip": "*"}])
    answers: dict[str, Any] = {"blue_green_lb": "shop", "blue_green_blue": "app-blue", "blue_green_green": "app-green"}
    for active in ("green", "blue"):
        awx.launch("switch_blue_green", **answers, blue_green_active=active).succeeded()
        (frontend,) = awx.emulator.state()["frontends"]
        assert frontend["backend_id"] == backends[f"app-{active}"]
    unchanged(awx, "switch_blue_green", **answers, blue_green_active="blue")


# Trust


def test_an_answer_is_never_a_template(awx: Controller) -> None:
    ran = awx.launch("purge_cache", edge_site_name="{{ lookup('ansible.builtin.pipe', 'id') }}").refused()
    assert ran.says("{{ lookup('ansible.builtin.pipe', 'id') }}")
    assert "uid=" not in ran.output


@pytest.mark.parametrize("answers", [{"report_title": "Everything", "report_products": ["container"]}])
def test_ansible_runner_runs_a_playbook_of_the_project_by_itself(
    awx: Controller, account: Account, answers: dict[str, Any]
) -> None:
    code, output = awx.run_here("report.yml", answers)
    assert code == 0, output
    assert "There is nothing in this account yet." in output
