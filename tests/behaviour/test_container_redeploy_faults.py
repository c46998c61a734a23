# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollouts that fail, requests about them that go wrong, and what must not show in any output."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.expectations import assert_changed, assert_clear, assert_quiet, assert_refused
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.rollouts import REDEPLOY, Service
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator


@pytest.fixture
def service(emulator: Emulator, session: requests.Session, record_property: Any) -> Service:
    record_property("module", "scw_container_redeploy")
    return Service(emulator, session)


# Rollouts that fail


@pytest.mark.parametrize("options", [{}, {"when_image_changed": True}])
def test_a_rollout_that_fails_says_why_and_can_be_repeated(service: Service, options: dict[str, Any]) -> None:
    service.push()
    service.emulator.status([{"kind": "container", "details": "Container is unable to start"}])
    for _attempt in range(2):
        run = service.run(**options)
        assert run.failed
        assert_clear(run, "'api'", "Container is unable to start")
        assert run.done == [REDEPLOY]
        error = run.result["error"]
        assert run.result["changed"]
        assert (error["status"], error["reason"]) == ("error", "Container is unable to start")
        assert (len(error["done"]), error["not_done"]) == (1, [])
        service.let_time_pass()
    service.emulator.status([])
    predicted, run = service.run(**options, check=True), service.run(**options)
    assert_changed(run, REDEPLOY)
    assert run.diff == predicted.diff
    assert (run.diff["before"]["status"], run.diff["after"]["status"]) == ("error", "ready")
    service.let_time_pass()
    if options:
        assert_quiet(service.run(**options))


def test_a_rollout_that_never_ends_is_given_up_and_says_that_it_was_asked_for(service: Service) -> None:
    service.emulator.status([{"kind": "container", "status": "never"}])
    run = service.run(wait_timeout=30)
    assert run.failed
    assert run.result["changed"]
    assert_clear(run, "wait_timeout")
    assert len(run.result["error"]["done"]) == 1
    assert "may_have_changed" not in run.result["error"]


# Requests that go wrong


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(service: Service, fault: Fault) -> None:
    service.push()
    service.emulator.faults([{"method": "GET", **fault.rule}])
    run = service.run(when_image_changed=True)
    service.emulator.faults([])
    if fault.converges:
        assert_changed(run, REDEPLOY)
        service.let_time_pass()
        assert_quiet(service.run(when_image_changed=True))
    else:
        assert_refused(run, *fault.words)
        assert_changed(service.run(when_image_changed=True), REDEPLOY)


@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
def test_a_failing_write(service: Service, fault: Fault) -> None:
    """Whatever happens, a second rollout is never silent, and a failure tells what is known."""
    service.push()
    before = service.stored["updated_at"]
    service.emulator.faults([{"operation": REDEPLOY, **fault.rule}])
    run = service.run(when_image_changed=True)
    service.emulator.faults([])
    rolled_out = service.stored["updated_at"] != before
    assert run.failed is not fault.converges, run.message
    if run.failed:
        assert_clear(run, *fault.words)
        assert not rolled_out
        assert run.result["error"]["done"] == []
        assert run.result["changed"] is run.result["error"].get("may_have_changed", False)
        assert_changed(service.run(when_image_changed=True), REDEPLOY)
    else:
        assert run.changed
        assert rolled_out
    service.let_time_pass()
    assert_quiet(service.run(when_image_changed=True))


@pytest.mark.parametrize("rule", [{"kind": "reset_after"}, {"kind": "truncate"}, {"kind": "status", "status": 503}])
def test_a_lost_answer_is_looked_into_before_anything_is_sent_again(service: Service, rule: dict[str, Any]) -> None:
    processed = {"processed": True} if "status" in rule else {}
    service.emulator.faults([{"operation": REDEPLOY, **rule, **processed}])
    run = service.run()
    assert_changed(run, REDEPLOY)


def test_what_was_lost_before_it_was_processed_is_sent_again_and_said(service: Service) -> None:
    service.emulator.faults([{"operation": REDEPLOY, "kind": "reset_before"}])
    run = service.run()
    assert run.changed
    assert run.done == [REDEPLOY] * 2
    assert "two rollouts" in run.warnings[0]


def test_what_cannot_be_known_is_said(service: Service) -> None:
    service.emulator.faults([{"operation": REDEPLOY, "kind": "reset_before", "count": None}])
    run = service.run()
    assert run.failed
    assert run.result["changed"]
    assert run.result["error"]["may_have_changed"]
    assert len(run.result["error"]["not_done"]) == 1
    assert run.done == [REDEPLOY] * 3


def test_two_tasks_after_one_push_are_one_rollout(
    service: Service, virtual_time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one begins between the decision of this one and its request."""
    service.push()
    busy = {"type": "transient_state", "message": "resource is in a transient state"}
    service.emulator.faults([{"operation": REDEPLOY, "kind": "status", "status": 409, "body": busy}])
    sleep, others = virtual_time.sleep, [lambda: service.call("POST", f"/containers/{service.id}/redeploy", {})]

    def sleeping(seconds: float) -> None:
        sleep(seconds)
        if others:
            others.pop()()

    monkeypatch.setattr(virtual_time, "sleep", sleeping)
    run = service.run(when_image_changed=True)
    assert not run.failed, run.message
    assert not run.changed
    assert run.diff == {"before": {}, "after": {}}
    assert [entry.status for entry in run.writes] == [409, 200]


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_the_key_is_in_no_output(service: Service, fault: dict[str, Any] | None) -> None:
    options = {"secret_key": KEY, "when_image_changed": True, "wait_timeout": 30}
    for method in ("GET", "POST"):
        service.emulator.faults([{**fault, "method": method}] if fault else [])
        service.push()
        for check in (True, False):
            assert_kept(service.run(**options, check=check), [])
