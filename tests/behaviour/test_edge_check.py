# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains, certificates and origins checked before they are used: nothing is changed, and no private key is shown."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.account import BACKEND_BODY, PROJECT_ID, Account
from behaviour.expectations import EXTRA, assert_clear, assert_refused
from behaviour.faults import WRITE_FAULTS, Fault
from behaviour.runner import Run, run_module
from behaviour.test_return_values import documented, own_results
from contract.certificates import custom_chain
from emulator.testing import Emulator

SECRET = "66666666-6666-4666-8666-666666666666"
DOMAIN = {"fqdn": "www.example.com", "cname": "shop.example.net"}
CHAIN = custom_chain("www.example.com", ["www.example.com"])
PEM = {"fqdn": "www.example.com", "raw": CHAIN}
ORIGIN = {"lb": "shop", "zone": "nl-ams-2", "frontend": "https"}
CHECKS = {"CheckDomain", "CheckPEMChain", "CheckLbOrigin"}


@pytest.fixture(autouse=True)
def _module(record_property: Any) -> None:
    record_property("module", "scw_edge_check")


@pytest.fixture
def ids(emulator: Emulator, session: requests.Session) -> dict[str, str]:
    """A load balancer with a frontend."""
    account = Account(emulator, "zones/nl-ams-2", session)
    lb = account.post("/lbs", name="shop", type="LB-S", project_id=PROJECT_ID)["id"]
    account.call("GET", f"/lbs/{lb}")
    backend = account.post(f"/lbs/{lb}/backends", name="app", **BACKEND_BODY)["id"]
    frontend = account.post(f"/lbs/{lb}/frontends", name="https", inbound_port=443, backend_id=backend)["id"]
    return {"lb": lb, "frontend": frontend}


def run(emulator: Emulator, *, check: bool = False, **options: Any) -> Run:
    found = run_module(emulator, "scw_edge_check", options, check=check)
    assert not found.result.get("changed")
    assert set(found.operations) <= CHECKS
    return found


def allow(emulator: Emulator, **answers: Any) -> None:
    """Have the checks of these kinds answer that all is well, or not."""
    emulator.edge_checks([{"check": check, **answer} for check, answer in answers.items()])


VALID = {"is_valid": True}


@pytest.mark.parametrize("check", [False, True])
def test_all_is_asked_and_told(emulator: Emulator, ids: dict[str, str], check: bool) -> None:
    allow(emulator, domain=VALID)
    found = run(emulator, domain=DOMAIN, pem_chain=PEM, lb_origin=ORIGIN, check=check)
    assert not found.failed, found.message
    assert set(found.operations) == CHECKS
    told = found.result["checks"]
    assert [told[name]["is_valid"] for name in ("domain", "pem_chain", "lb_origin")] == [True] * 3
    assert told["domain"]["cname"] == DOMAIN["cname"]
    assert (told["lb_origin"]["lb_id"], told["lb_origin"]["frontend_id"]) == (ids["lb"], ids["frontend"])


def test_requests_carry_what_the_task_says(emulator: Emulator, ids: dict[str, str]) -> None:
    allow(emulator, domain=VALID, pem_chain=VALID)
    secret = {"secret_id": SECRET, "region": "fr-par"}
    more = {"is_ssl": True, "domain_name": "shop.example.com"}
    found = run(
        emulator,
        domain=DOMAIN,
        pem_chain={"fqdn": "www.example.com", "secret": secret},
        lb_origin={**ORIGIN, "frontend": ids["frontend"], **more},
    )
    bodies = {entry.operation: entry.body for entry in found.writes}
    assert bodies["CheckDomain"] == {"project_id": PROJECT_ID, **DOMAIN}
    assert bodies["CheckPEMChain"] == {
        "project_id": PROJECT_ID,
        "fqdn": "www.example.com",
        "secret": {"secret_id": SECRET, "secret_region": "fr-par"},
    }
    assert bodies["CheckLbOrigin"] == {
        "lb": {
            "id": ids["lb"],
            "zone": "nl-ams-2",
            "frontend_id": ids["frontend"],
            "is_ssl": True,
            "domain_name": "shop.example.com",
            "has_websocket": False,
        }
    }


def test_what_cannot_be_used_fails_with_all_reasons_at_once(emulator: Emulator, ids: dict[str, str]) -> None:
    allow(emulator, lb_origin={"is_valid": False, "error_type": "tls_error"})
    found = run(emulator, domain=DOMAIN, pem_chain={**PEM, "fqdn": "other.example.org"}, lb_origin=ORIGIN)
    assert found.failed
    words = ("'www.example.com' cannot be used", "'shop.example.net'", "'other.example.org'", ids["lb"], "tls_error")
    assert_clear(found, *words)
    told = found.result["error"]["checks"]
    assert [told[name]["is_valid"] for name in told] == [False] * 3
    assert told["lb_origin"]["error_type"] == "tls_error"


def test_a_task_may_only_want_to_know(emulator: Emulator) -> None:
    found = run(emulator, domain=DOMAIN, fail_if_invalid=False)
    assert not found.failed
    assert found.result["checks"] == {
        "domain": {**DOMAIN, "is_valid": False, EXTRA: found.result["checks"]["domain"][EXTRA]}
    }


def test_a_private_key_is_shown_nowhere(emulator: Emulator, logged: list[str]) -> None:
    lines = [line for line in CHAIN.splitlines() if line and "-----" not in line]
    repeated = {"kind": "status", "status": 400, "body": {"message": f"bad chain {CHAIN}"}, "count": None}
    for rules in ([], [repeated]):
        emulator.faults(rules)
        for fqdn in ("www.example.com", "other.example.org"):
            found = run(emulator, pem_chain={**PEM, "fqdn": fqdn})
            for line in lines:
                assert line not in found.output
                assert line not in str(found.result)
                assert line not in "".join(logged)


@pytest.mark.usefixtures("in_a_process_of_its_own")
def test_a_file_that_was_not_read_is_an_error(emulator: Emulator) -> None:
    found = run(emulator, pem_chain={"fqdn": "www.example.com", "file": "site.pem"})
    assert_refused(found, "pem_chain.file", "controller")


def test_in_a_check_an_origin_that_an_earlier_task_makes_is_left_out(emulator: Emulator) -> None:
    allow(emulator, domain=VALID)
    found = run(emulator, domain=DOMAIN, lb_origin=ORIGIN, check=True)
    assert not found.failed, found.message
    assert set(found.result["checks"]) == {"domain"}
    assert any("lb_origin" in warning for warning in found.warnings)
    unknown = run(emulator, domain=DOMAIN, lb_origin={**ORIGIN, "lb": UNKNOWN, "frontend": UNKNOWN}, check=True)
    assert set(unknown.result["checks"]) == {"domain"}


WRONG: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "nothing": ({}, ("domain", "pem_chain", "lb_origin")),
    "no load balancer": ({"lb_origin": {**ORIGIN, "lb": "other"}}, ("'other'",)),
    "no frontend": ({"lb_origin": {**ORIGIN, "frontend": "other"}}, ("'other'",)),
    "an unknown zone": ({"lb_origin": {**ORIGIN, "zone": "fr-par-9"}}, ("fr-par-9",)),
    "a certificate from nowhere": ({"pem_chain": {"fqdn": "www.example.com"}}, ("raw", "secret")),
    "a certificate from two places": (
        {"pem_chain": {**PEM, "secret": {"secret_id": SECRET, "region": "fr-par"}}},
        ("mutually exclusive",),
    ),
    "a secret without ID": (
        {"pem_chain": {"fqdn": "www.example.com", "secret": {"secret_id": "mine", "region": "fr-par"}}},
        ("pem_chain.secret.secret_id", "'mine'"),
    ),
    "an empty domain": ({"domain": {**DOMAIN, "fqdn": ""}}, ("domain.fqdn",)),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=[name.replace(" ", "-") for name in WRONG])
@pytest.mark.usefixtures("ids")
def test_what_cannot_be_meant_is_refused(emulator: Emulator, wrong: Any) -> None:
    options, words = wrong
    assert_refused(run(emulator, **options), *words)


def test_without_a_project_the_task_says_what_is_missing(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_DEFAULT_PROJECT_ID")
    assert_refused(run(emulator, domain=DOMAIN), "project_id")


@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
def test_a_request_that_goes_wrong(emulator: Emulator, fault: Fault) -> None:
    """A check changes nothing, so it can be sent again; no failure counts as a change."""
    allow(emulator, domain=VALID)
    emulator.faults([{"operation": "CheckDomain", **fault.rule}])
    found = run(emulator, domain=DOMAIN)
    if found.failed:
        assert not fault.converges
        assert_clear(found, *fault.words)
        assert "may_have_changed" not in found.result["error"]
    else:
        assert found.result["checks"]["domain"]["is_valid"]


def test_results_are_documented(emulator: Emulator, ids: dict[str, str]) -> None:
    told = documented("scw_edge_check")
    found = run(emulator, domain=DOMAIN, pem_chain=PEM, lb_origin={**ORIGIN, **ids}, fail_if_invalid=False)
    assert own_results(found.result) == {"checks"}
    for name, one in found.result["checks"].items():
        assert set(one) - {EXTRA} == set(told["checks"]["contains"][name]["contains"])
