# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions deployed again, from the code that was uploaded last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.expectations import EXTRA, assert_changed, assert_clear, assert_predicts, assert_refused
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.function_code import CREATE, DEPLOY, HANDLER, UPLOAD, Workshop
from behaviour.runner import Run
from behaviour.test_return_values import documented, own_results
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Workshop:
    return Workshop(emulator, session, tmp_path)


@pytest.fixture
def deployed(shop: Workshop) -> Workshop:
    """The same, with the function deployed."""
    assert_changed(shop.run(), CREATE, UPLOAD, DEPLOY)
    shop.emulator.clear_journal()
    return shop


def deploy(shop: Workshop, *, check: bool = False, **options: Any) -> Run:
    """Run the module."""
    return shop.about("scw_function_deploy", check=check, **options)


def test_each_run_deploys_once_as_the_check_said(deployed: Workshop) -> None:
    for _run in range(2):
        before = deployed.stored
        predicted = deploy(deployed, check=True)
        assert_predicts(predicted)
        run = deploy(deployed)
        assert_changed(run, DEPLOY)
        assert [entry.body for entry in run.writes] == [{}]
        assert run.diff == predicted.diff
        assert run.diff["after"] == {"updated_at": UNKNOWN}
        assert "DownloadFunctionArchive" not in [entry.operation for entry in run.requests]
        assert {**run.result["function"], "updated_at": UNKNOWN} == predicted.result["function"]
        assert deployed.stored["updated_at"] > before["updated_at"]


def test_it_deploys_what_was_uploaded_last(deployed: Workshop) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.pack()
    deployed.upload(deployed.archive.read_bytes())
    assert deployed.stored["deployed"] != deployed.digest
    assert_changed(deploy(deployed), DEPLOY)
    assert deployed.stored["deployed"] == deployed.digest


def test_a_function_without_code_is_refused(shop: Workshop) -> None:
    own_id = shop.bare()
    for _status in ("created", "error"):
        assert_refused(deploy(shop), "'resize'", "no code", "src")
        check = deploy(shop, check=True)
        assert_predicts(check)
        assert "no code" in check.warnings[0]
        shop.account.call("PATCH", f"/functions/{own_id}", {"description": "x"})
        shop.settle()
    assert shop.stored["status"] == "error"


def test_code_that_another_tool_uploaded_first_is_deployed(shop: Workshop) -> None:
    shop.bare()
    shop.pack()
    shop.upload(shop.archive.read_bytes())
    predicted, run = deploy(shop, check=True), deploy(shop)
    assert_changed(run, DEPLOY)
    assert run.diff == predicted.diff
    assert (run.diff["before"]["status"], run.diff["after"]["status"]) == ("created", "ready")
    assert run.result["function"]["status"] == "ready"
    # The archive was looked for, and not read.
    assert shop.stored["deployed"] == shop.digest


def test_without_waiting_the_status_is_that_of_the_request(deployed: Workshop) -> None:
    deployed.emulator.settings(settle_reads=3)
    run = deploy(deployed, wait=False)
    assert_changed(run, DEPLOY)
    assert run.result["function"]["status"] == "pending"
    again = deploy(deployed, wait=False)
    assert [entry.status for entry in again.writes] == [200]


def test_it_may_be_named_by_ids_and_aliases(deployed: Workshop) -> None:
    own_id = deployed.stored["id"]
    for options in (
        {"function": own_id.upper(), "namespace": None},
        {"namespace": deployed.namespace_id},
        {"function": None, "function_id": own_id, "namespace": None, "namespace_id": deployed.namespace_id},
    ):
        assert_changed(deploy(deployed, **options), DEPLOY)


def test_a_deployment_that_fails_says_why_and_can_be_repeated(deployed: Workshop) -> None:
    deployed.write("FAIL", "out of luck")
    assert deployed.run().failed
    for _attempt in range(2):
        run = deploy(deployed)
        assert run.failed
        assert_clear(run, "'resize'", "out of luck")
        assert run.done == [DEPLOY]
        error = run.result["error"]
        assert (error["status"], error["reason"], error["not_done"]) == ("error", "out of luck", [])
    predicted = deploy(deployed, check=True)
    assert (predicted.diff["before"]["status"], predicted.diff["after"]["status"]) == ("error", "ready")


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(deployed: Workshop, fault: Fault) -> None:
    deployed.emulator.faults([{"method": "GET", **fault.rule}])
    run = deploy(deployed)
    if fault.converges:
        assert_changed(run, DEPLOY)
    else:
        assert_refused(run, *fault.words)


@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
def test_a_failing_write(deployed: Workshop, fault: Fault) -> None:
    before = deployed.stored["updated_at"]
    deployed.emulator.faults([{"operation": DEPLOY, **fault.rule}])
    run = deploy(deployed)
    assert run.failed is not fault.converges, run.message
    assert (deployed.stored["updated_at"] != before) is not run.failed
    if run.failed:
        assert_clear(run, *fault.words)
        assert run.result["error"]["done"] == []


@pytest.mark.parametrize(
    "options",
    [{"function": "no-such"}, {"namespace": "no-such"}, {"function": NOBODY, "namespace": None}],
)
def test_what_does_not_exist_is_named(deployed: Workshop, options: dict[str, Any]) -> None:
    named = next(value for value in options.values() if value)
    assert_refused(deploy(deployed, **options), named)


def test_a_check_takes_a_missing_function_as_created_by_an_earlier_task(deployed: Workshop) -> None:
    run = deploy(deployed, function="to-come", check=True)
    assert_predicts(run)
    assert "to-come" in run.warnings[0]
    predicted = run.result["function"]
    assert (predicted["id"], predicted["name"], predicted["status"]) == (UNKNOWN, "to-come", "ready")
    assert set(predicted) == set(deploy(deployed).result["function"]) - {EXTRA}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"function": ""}, "function"),
        ({"function": None}, "function"),
        ({"namespace": None}, "namespace"),
        ({"region": "mars"}, "mars"),
        ({"wait_timeout": 0}, "wait_timeout"),
    ],
)
def test_a_wrong_option_fails_before_any_request(deployed: Workshop, options: dict[str, Any], words: str) -> None:
    run = deploy(deployed, **options)
    assert_refused(run, words)
    assert run.requests == ()


def test_what_is_returned_is_documented(deployed: Workshop) -> None:
    known = documented("scw_function_deploy")
    shown = deployed.account.call("GET", f"/functions/{deployed.stored['id']}")
    for options in ({}, {"check": True}, {"wait": False}):
        assert own_results(deploy(deployed, **options).result) == set(known) - {"error"} == {"function"}
    assert set(known["function"]["sample"]) <= set(shown)
    deployed.emulator.faults([{"operation": DEPLOY, "kind": "reset_before", "count": None}])
    assert set(deploy(deployed).result["error"]) <= set(known["error"]["contains"])


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_the_key_is_in_no_output(deployed: Workshop, fault: dict[str, Any] | None) -> None:
    for method in ("GET", "POST"):
        deployed.emulator.faults([{**fault, "method": method}] if fault else [])
        for check in (True, False):
            assert_kept(deploy(deployed, secret_key=KEY, wait_timeout=30, check=check), [])
