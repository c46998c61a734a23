# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load balancers by a playbook and its role: built, changed, closed to strangers, removed."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import BACKEND_BODY, PROJECT_ID
from playbooks.conftest import Terminal

DEPLOY = "deploy_load_balancer"
SHOP: dict[str, Any] = {
    "load_balancer_name": "shop",
    "load_balancer_type": "lb-s",
    "load_balancer_servers": ["10.0.0.11", "10.0.0.12"],
    "load_balancer_forward_port": 8080,
}
SECURE: dict[str, Any] = {**SHOP, "load_balancer_domains": ["shop.example.com", "www.shop.example.com"]}
OFFICE = ["203.0.113.0/24"]
NETWORK_ID = "33333333-3333-4333-8333-333333333333"


def acls(terminal: Terminal, frontend: str) -> list[dict[str, Any]]:
    """The ACLs of a frontend, in their order."""
    frontend_id = terminal.object("frontends", name=frontend)["id"]
    held = [acl for acl in terminal.objects("acls") if acl["frontend_id"] == frontend_id]
    return sorted(held, key=lambda acl: int(acl["index"]))


def other_lb(terminal: Terminal, **more: Any) -> dict[str, Any]:
    """A load balancer that somebody else made."""
    body = {"name": "shop", "type": "lb-s", "project_id": PROJECT_ID, "description": "", "tags": [], **more}
    return terminal.account.post("/lbs", **body)


def test_one_command_builds_it_and_the_second_run_changes_nothing(terminal: Terminal) -> None:
    predicted = terminal.check(DEPLOY, **SHOP).succeeded()
    played = terminal.play(DEPLOY, **SHOP).succeeded()
    assert played.writes == ["CreateIP", "CreateLB", "CreateBackend", "CreateFrontend"]
    assert predicted.changed == played.changed == 2
    (ip,) = terminal.objects("ips")
    lb = terminal.object("lbs", name="shop", ip_ids=[ip["id"]])
    assert terminal.object("backends", lb_id=lb["id"], name="app")["pool"] == ["10.0.0.11", "10.0.0.12"]
    assert played.says(f"'shop' has the address {ip['ip_address']}; it listens on these ports: 80.")
    assert predicted.says("It would be like this: The load balancer 'shop' has the address that it gets")
    terminal.again(DEPLOY, **SHOP)


def test_answers_of_a_survey_are_taken_as_they_come(terminal: Terminal) -> None:
    unanswered = dict.fromkeys(
        ["load_balancer_zone", "load_balancer_domains", "load_balancer_allow", "load_balancer_certificate_chain"], ""
    )
    survey = {
        **unanswered,
        "load_balancer_name": "shop",
        "load_balancer_type": "lb-s",
        "load_balancer_servers": "10.0.0.11\n10.0.0.12\n",
        "load_balancer_forward_port": "8080",
        "load_balancer_health_path": "/health",
        "load_balancer_private_network_id": NETWORK_ID,
        "load_balancer_purge": "false",
    }
    terminal.play(DEPLOY, **survey).succeeded()
    backend = terminal.object("backends", name="app", pool=["10.0.0.11", "10.0.0.12"])
    assert backend["settings"]["forward_port"] == 8080
    assert backend["health_check"]["http_config"]["uri"] == "/health"
    terminal.object("private_networks", private_network_id=NETWORK_ID)
    assert terminal.objects("certificates") == []
    terminal.again(DEPLOY, **survey)


def test_domains_bring_a_certificate_https_and_a_redirect(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE).succeeded()
    certificate = terminal.object("certificates", name="shop", common_name="shop.example.com")
    assert certificate["subject_alternative_name"] == ["www.shop.example.com"]
    https = terminal.object("frontends", name="https", certificate_ids=[certificate["id"]])
    assert https["settings"]["inbound_port"] == 443
    assert [acl["action"]["redirect"] for acl in acls(terminal, "http")] == [
        {"type": "scheme", "target": "https", "code": 301}
    ]
    assert acls(terminal, "https") == []
    terminal.again(DEPLOY, **SECURE)


def test_the_redirect_can_be_left_out(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE, load_balancer_redirect_to_https="false").succeeded()
    assert terminal.objects("acls") == []


def test_a_certificate_that_was_not_issued_is_replaced_by_the_next_run(terminal: Terminal) -> None:
    failed = terminal.play(DEPLOY, **SHOP, load_balancer_domains="fail.example.com").refused()
    (ip,) = terminal.objects("ips")
    assert failed.says(f"fail.example.com must lead to {ip['ip_address']} for Let's Encrypt.")
    assert failed.says("the domain fail.example.com does not resolve to this LB")
    terminal.play(DEPLOY, **SECURE).succeeded()
    assert [one["common_name"] for one in terminal.objects("certificates")] == ["shop.example.com"]
    assert terminal.objects("ips") == [{**ip, "lb_id": terminal.object("lbs")["id"]}]
    terminal.again(DEPLOY, **SECURE)


def test_the_allow_list_closes_every_frontend_to_all_others(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE, load_balancer_allow=OFFICE).succeeded()
    for frontend, actions in (("http", ["deny", "redirect"]), ("https", ["deny"])):
        held = acls(terminal, frontend)
        assert [acl["action"]["type"] for acl in held] == actions
        assert (held[0]["match"]["ip_subnet"], held[0]["match"]["invert"]) == (OFFICE, True)
    terminal.again(DEPLOY, **SECURE, load_balancer_allow=OFFICE)


def test_an_allow_list_that_comes_later_goes_before_the_redirect(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE).succeeded()
    terminal.play(DEPLOY, **SECURE, load_balancer_allow="203.0.113.0/24,198.51.100.7").succeeded()
    held = acls(terminal, "http")
    assert [acl["name"] for acl in held] == ["allow-list", "to-https"]
    assert sorted(held[0]["match"]["ip_subnet"]) == ["198.51.100.7", "203.0.113.0/24"]


def test_an_allow_list_that_would_leave_a_frontend_open_is_refused(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE).succeeded()
    refused = terminal.play(DEPLOY, **SHOP, load_balancer_allow=OFFICE).refused()
    assert refused.says("load_balancer_allow would not hold for frontends that this run does not describe: https.")
    assert refused.writes == []


def test_only_purge_takes_away_what_is_no_longer_described(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SECURE, load_balancer_allow=OFFICE).succeeded()
    terminal.again(DEPLOY, **SHOP)
    terminal.play(DEPLOY, **SECURE, load_balancer_purge=True).succeeded()
    assert [acl["name"] for acl in terminal.objects("acls")] == ["to-https"]
    terminal.again(DEPLOY, **SECURE, load_balancer_purge=True)


def test_frontends_and_backends_of_the_users_own_take_the_place_of_those_of_the_role(terminal: Terminal) -> None:
    described = {
        "load_balancer_name": "db",
        "load_balancer_type": "lb-s",
        "load_balancer_backends": [
            {"name": "primary", "forward_protocol": "tcp", "forward_port": 5432, "server_ip": ["10.0.0.5"]}
        ],
        "load_balancer_frontends": [
            {
                "name": "sql",
                "inbound_port": 5432,
                "backend": "primary",
                "acls": [{"name": "backup", "action": {"type": "allow"}, "match": {"ip_subnet": ["192.0.2.1"]}}],
            }
        ],
        "load_balancer_allow": OFFICE,
    }
    terminal.play(DEPLOY, **described).succeeded()
    assert [one["name"] for one in terminal.objects("frontends")] == ["sql"]
    assert [acl["name"] for acl in acls(terminal, "sql")] == ["allow-list", "backup"]
    terminal.again(DEPLOY, **described)


def test_its_address_outlives_it_unless_it_is_released(terminal: Terminal) -> None:
    terminal.play(DEPLOY, **SHOP).succeeded()
    (ip,) = terminal.objects("ips")
    terminal.check(DEPLOY, load_balancer_name="shop", load_balancer_state="absent").succeeded()
    removed = terminal.play(DEPLOY, load_balancer_name="shop", load_balancer_state="absent").succeeded()
    assert removed.writes == ["DeleteLB"]
    assert removed.says("is gone. Addresses that were reserved for it are kept, and cost")
    terminal.again(DEPLOY, load_balancer_name="shop", load_balancer_state="absent")
    terminal.play(DEPLOY, **SHOP).succeeded()
    terminal.object("lbs", ip_ids=[ip["id"]])
    everything = {"load_balancer_name": "shop", "load_balancer_state": "absent", "load_balancer_release_ips": True}
    assert terminal.play(DEPLOY, **everything).succeeded().writes == ["DeleteLB", "ReleaseIP"]
    assert (terminal.objects("lbs"), terminal.objects("ips")) == ([], [])
    terminal.again(DEPLOY, **everything)


def test_no_address_is_reserved_for_a_load_balancer_that_exists(terminal: Terminal) -> None:
    lb = other_lb(terminal)
    body = {**BACKEND_BODY, "name": "theirs"}
    terminal.account.post(f"/lbs/{lb['id']}/backends", **body)
    before = terminal.objects("ips")
    terminal.play(DEPLOY, **SHOP).succeeded()
    assert terminal.objects("ips") == before
    assert {one["name"] for one in terminal.objects("backends")} == {"theirs", "app"}


def test_addresses_that_are_given_are_used(terminal: Terminal) -> None:
    mine = terminal.account.post("/ips", project_id=PROJECT_ID, tags=["mine"])
    wanted = {**SHOP, "load_balancer_ips": [mine["ip_address"]]}
    terminal.play(DEPLOY, **wanted).succeeded()
    terminal.object("ips", lb_id=terminal.object("lbs")["id"], tags=["mine"])
    terminal.again(DEPLOY, **wanted)


def test_an_ipv6_address_and_the_reverse_dns_come_after_it(terminal: Terminal) -> None:
    wanted = {**SHOP, "load_balancer_ipv6": True, "load_balancer_reverse": "shop.example.com"}
    terminal.check(DEPLOY, **SHOP, load_balancer_ipv6=True).succeeded()
    played = terminal.play(DEPLOY, **wanted).succeeded()
    assert played.writes[-3:] == ["CreateIP", "UpdateIP", "UpdateIP"]
    lb_id = terminal.object("lbs")["id"]
    ips = sorted(terminal.objects("ips"), key=lambda ip: ":" in ip["ip_address"])
    assert [(ip["lb_id"], ":" in ip["ip_address"]) for ip in ips] == [(lb_id, False), (lb_id, True)]
    assert ips[0]["reverse"] == "shop.example.com" != ips[1]["reverse"]
    terminal.again(DEPLOY, **wanted)


def test_a_private_one_has_no_address(terminal: Terminal) -> None:
    private = {**SHOP, "load_balancer_public": False, "load_balancer_private_network_id": NETWORK_ID}
    played = terminal.play(DEPLOY, **private).succeeded()
    assert terminal.objects("ips") == []
    assert played.says("has the address of its private network")
    terminal.again(DEPLOY, **private)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, 'Say which load balancer it is about, such as by "-e load_balancer_name=shop".'),
        (
            {**SECURE, "load_balancer_certificate_file": "shop.pem"},
            "Set only one of load_balancer_certificates, load_balancer_domains, load_balancer_certificate_file and",
        ),
        (
            {**SHOP, "load_balancer_ips": ["198.51.100.7"], "load_balancer_ipv6": "true"},
            "Set load_balancer_ipv6 only without load_balancer_ips, which are all addresses.",
        ),
        ({**SHOP, "load_balancer_state": "gone"}, "value of load_balancer_state must be one of: present, absent"),
        ({"load_balancer_name": "shop", "load_balancer_ips": []}, "To create it, set type."),
    ],
    ids=["no name", "two certificates", "addresses twice", "unknown state", "no type"],
)
def test_bad_input_is_refused_in_a_sentence(terminal: Terminal, variables: dict[str, Any], sentence: str) -> None:
    refused = terminal.play(DEPLOY, **variables).refused()
    assert refused.says(sentence), refused.output
    assert refused.writes == []
