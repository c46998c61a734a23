# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates that a playbook replaces: no frontend is ever without one."""

from __future__ import annotations

from typing import Any

import pytest

from playbooks.conftest import Terminal
from unit.certificate_chains import chain, key

ROTATE = "rotate_certificate"
SHOP = {
    "load_balancer_name": "shop",
    "load_balancer_type": "lb-s",
    "load_balancer_servers": "10.0.0.11",
    "load_balancer_forward_port": 80,
    "load_balancer_domains": "shop.example.com",
}
ROTATION = ["CreateCertificate", "UpdateFrontend", "DeleteCertificate"]


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    terminal.play("deploy_load_balancer", **SHOP).succeeded()
    return terminal


def served(terminal: Terminal) -> list[str]:
    """Common names of the certificates that the frontend for HTTPS serves."""
    held = terminal.object("frontends", name="https")["certificate_ids"]
    return [str(terminal.object("certificates", id=one)["common_name"]) for one in held]


def test_a_file_of_this_directory_takes_the_place_of_the_present_one(shop: Terminal) -> None:
    shop.write("shop-2027.pem", chain("leaf.example.com"))
    new = {"load_balancer_name": "shop", "load_balancer_certificate_file": "shop-2027.pem"}
    assert shop.check(ROTATE, **new).succeeded().says("of 'shop' would be replaced. Frontends that use it: https.")
    played = shop.play(ROTATE, **new).succeeded()
    assert played.writes == ROTATION
    assert served(shop) == ["leaf.example.com"]
    assert played.says("'shop' was replaced, and is valid until 2027-01-02T03:04:05Z. Frontends that use it: https.")
    assert shop.again(ROTATE, **new).says("is the right one already, and is valid until 2027-01-02T03:04:05Z")


def test_text_of_a_survey_serves_as_well_and_is_shown_nowhere(shop: Terminal) -> None:
    played = shop.play(
        ROTATE, "-vvv", load_balancer_name="shop", load_balancer_certificate_chain=chain("leaf.example.com")
    ).succeeded()
    assert served(shop) == ["leaf.example.com"]
    secret = key().splitlines()[1]
    assert secret not in played.output + played.complaints


def test_other_domains_get_a_certificate_of_lets_encrypt(shop: Terminal) -> None:
    played = shop.play(ROTATE, load_balancer_name="shop", load_balancer_domains="new.example.com\nold.example.com")
    assert played.succeeded().writes == ROTATION
    assert served(shop) == ["new.example.com"]


def test_the_present_one_stays_in_use_if_the_new_one_is_not_issued(shop: Terminal) -> None:
    refused = shop.play(ROTATE, load_balancer_name="shop", load_balancer_domains="fail.example.com").refused()
    assert refused.says("the domain fail.example.com does not resolve to this LB")
    assert served(shop) == ["shop.example.com"]
    assert len(shop.objects("certificates")) == 1


def test_an_interrupted_rotation_is_completed_by_the_next_run(shop: Terminal) -> None:
    new = {"load_balancer_name": "shop", "load_balancer_domains": "new.example.com"}
    shop.emulator.faults([{"kind": "status", "operation": "UpdateFrontend", "status": 403, "count": None}])
    shop.play(ROTATE, **new).refused()
    assert (served(shop), len(shop.objects("certificates"))) == (["shop.example.com"], 2)
    shop.emulator.faults([])
    played = shop.play(ROTATE, **new).succeeded()
    assert played.writes == ["UpdateFrontend", "DeleteCertificate"]
    assert played.says("Frontends that use it: https.")
    assert served(shop) == ["new.example.com"]
    shop.again(ROTATE, **new)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, 'Say which load balancer it is about, such as by "-e load_balancer_name=shop".'),
        (
            {"load_balancer_name": "shop"},
            "Set one of load_balancer_certificate_file, load_balancer_certificate_chain and load_balancer_domains.",
        ),
        (
            {
                "load_balancer_name": "shop",
                "load_balancer_domains": "a.example.com",
                "load_balancer_certificate_name": "x",
            },
            "The load balancer 'shop' has no certificate 'x'. It has: shop. Choose with",
        ),
        (
            {"load_balancer_name": "shops", "load_balancer_domains": "a.example.com"},
            "The load balancer 'shops' has no certificate 'shops'. It has none at all, or does not exist;",
        ),
        (
            {"load_balancer_name": "shop", "load_balancer_certificate_file": "none.pem"},
            "on the controller. Could not find or access",
        ),
    ],
    ids=["no name", "no certificate", "unknown certificate", "unknown load balancer", "no such file"],
)
def test_bad_input_is_refused_in_a_sentence(shop: Terminal, variables: dict[str, Any], sentence: str) -> None:
    refused = shop.play(ROTATE, **variables).refused()
    assert refused.says(sentence), refused.output
    assert refused.writes == []
