# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks with code that end in the middle, at every request: the next run does what is left, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from behaviour.expectations import assert_changed, assert_clear, assert_quiet
from behaviour.faults import WRITE_FAULTS, Fault
from behaviour.function_code import CREATE, DEPLOY, HANDLER, UPDATE, UPLOAD, Workshop
from behaviour.runner import Run
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator

MOST_REQUESTS = 22
"""More than any of the tasks here makes."""


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Workshop:
    return Workshop(emulator, session, tmp_path)


def no_function(_shop: Workshop) -> dict[str, Any]:
    """Nothing is there."""
    return {}


def bare_function(shop: Workshop) -> dict[str, Any]:
    """A function without code."""
    shop.bare()
    return {}


def other_code(shop: Workshop) -> dict[str, Any]:
    """A function with other code."""
    assert_changed(shop.run(), CREATE, UPLOAD, DEPLOY)
    shop.write("handler.py", HANDLER + "#")
    return {}


def other_code_and_settings(shop: Workshop) -> dict[str, Any]:
    """A function with other code and other settings."""
    other_code(shop)
    return {"memory_limit": "512", "secret_environment_variables": {"KEY": "secret"}}


def failed_build(shop: Workshop) -> dict[str, Any]:
    """A function whose last deployment failed by chance."""
    shop.emulator.status([{"kind": "function", "status": "error"}])
    assert shop.run().failed
    shop.emulator.status([])
    return {}


STARTS: tuple[Callable[[Workshop], dict[str, Any]], ...] = (
    no_function,
    bare_function,
    other_code,
    other_code_and_settings,
    failed_build,
)
every_start = pytest.mark.parametrize("start", STARTS, ids=lambda start: start.__name__)


def assert_as_wanted(shop: Workshop) -> None:
    """One function, ready, built from what is in the folder."""
    assert shop.stored["status"] == "ready"
    assert shop.stored["uploaded"] == shop.stored["deployed"] == shop.digest


def rollouts(run: Run) -> list[str]:
    """The writes of a run that rolled the function out."""
    return [
        str(entry.operation)
        for entry in run.writes
        if entry.status == 200 and (entry.operation == DEPLOY or (entry.operation == UPDATE and entry.body["redeploy"]))
    ]


@every_start
@pytest.mark.parametrize("processed", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("passed", range(MOST_REQUESTS))
def test_a_task_that_ends_at_any_request_is_completed_by_the_next(
    shop: Workshop, start: Callable[[Workshop], dict[str, Any]], processed: bool, passed: int
) -> None:
    options = start(shop)
    last = [{"kind": "reset_after", "after": passed, "count": 1}] if processed else []
    shop.emulator.faults([*last, {"kind": "reset_before", "after": passed + len(last), "count": None}])
    run = shop.run(**options)
    shop.emulator.faults([])
    if not run.failed:
        assert len(run.requests) <= passed
    else:
        assert_clear(run)
        again = shop.run(**options)
        assert not again.failed, again.message
        assert again.done.count(UPLOAD) <= 1
        assert len(rollouts(again)) <= 1
    assert_as_wanted(shop)
    assert_quiet(shop.run(**options))


def test_no_task_makes_more_requests_than_are_tried_above(shop: Workshop) -> None:
    options = other_code_and_settings(shop)
    assert len(shop.run(**options).requests) < MOST_REQUESTS


@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
@pytest.mark.parametrize("operation", [CREATE, DEPLOY, UPDATE])
def test_a_failing_write(shop: Workshop, operation: str, fault: Fault) -> None:
    options = other_code_and_settings(shop) if operation == UPDATE else {}
    shop.emulator.faults([{"operation": operation, **fault.rule}])
    run = shop.run(**options)
    shop.emulator.faults([])
    if run.failed:
        assert_clear(run, *fault.words)
        assert not fault.converges, run.message
        assert len(run.result["error"]["not_done"]) >= 1
        run = shop.run(**options)
    assert not run.failed, run.message
    assert run.changed
    assert_as_wanted(shop)
    assert_quiet(shop.run(**options))


def test_what_was_done_and_what_was_not_is_told(shop: Workshop) -> None:
    shop.emulator.faults([{"operation": UPLOAD, "kind": "status", "status": 400, "count": None}])
    error = shop.run().result["error"]
    own_id = shop.stored["id"]
    assert [text.split()[0] for text in error["done"]] == ["create"]
    assert error["not_done"] == [
        f"upload the code of function 'resize' ({own_id})",
        f"deploy function 'resize' ({own_id})",
    ]
    shop.emulator.faults([{"operation": DEPLOY, "kind": "status", "status": 400, "count": None}])
    error = shop.run().result["error"]
    assert [text.split()[0] for text in error["done"]] == ["upload"]
    assert [text.split()[0] for text in error["not_done"]] == ["deploy"]


def test_a_deployment_whose_answer_is_lost_is_not_sent_twice(shop: Workshop) -> None:
    shop.emulator.faults([{"operation": DEPLOY, "kind": "reset_after"}])
    assert_changed(shop.run(), CREATE, UPLOAD, DEPLOY)


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_the_key_is_in_no_output(shop: Workshop, fault: dict[str, Any] | None) -> None:
    for method in ("GET", "POST", "PUT"):
        shop.emulator.faults([{**fault, "method": method, "after": 3}] if fault else [])
        shop.write("handler.py", f"{HANDLER}# {method}")
        for check in (True, False):
            assert_kept(shop.run(secret_key=KEY, wait_timeout=30, check=check), [])
