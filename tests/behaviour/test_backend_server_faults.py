# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests about single servers that go wrong: both calls are relative, so they are repeated."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.expectations import assert_clear, assert_quiet
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.pool import FIRST, SECOND, THIRD, Pool
from behaviour.subjects import PLACES
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator

STATES = {"present": ("POST", [FIRST, SECOND, THIRD]), "absent": ("DELETE", [SECOND])}
NEVER = ("401", "403")


@pytest.fixture(params=PLACES)
def pool(request: pytest.FixtureRequest, emulator: Emulator, session: requests.Session, record_property: Any) -> Pool:
    record_property("module", "scw_lb_backend_server")
    return Pool(emulator, request.param, session)


def server_for(state: str) -> str:
    """A server that the state makes different."""
    return THIRD if state == "present" else FIRST


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(pool: Pool, state: str, fault: Fault) -> None:
    pool.emulator.faults([{"method": "GET", **fault.rule}])
    run = pool.run(server_for(state), state=state)
    pool.emulator.faults([])
    if fault.converges:
        assert not run.failed, run.message
    else:
        assert run.failed
        assert_clear(run, *fault.words)
        assert run.operations == []
        assert pool.run(server_for(state), state=state).changed
    assert_quiet(pool.run(server_for(state), state=state))
    assert pool.servers == STATES[state][1]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("name", "fault"), WRITE_FAULTS.items(), ids=WRITE_FAULTS)
def test_a_failing_write(pool: Pool, state: str, name: str, fault: Fault) -> None:
    method, after = STATES[state]
    pool.emulator.faults([{"method": method, **fault.rule}])
    run = pool.run(server_for(state), state=state)
    if name in NEVER:
        assert run.failed
        assert_clear(run, *fault.words)
        assert not run.result["changed"]
        assert run.result["error"]["done"] == []
        assert len(run.result["error"]["not_done"]) == 1
        assert pool.run(server_for(state), state=state).changed
    else:
        assert not run.failed, run.message
        assert run.changed
    assert_quiet(pool.run(server_for(state), state=state))
    assert pool.servers == after


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["reset_after", "reset_before", "truncate"])
def test_an_answer_that_never_comes_is_no_endless_task(pool: Pool, state: str, kind: str) -> None:
    method, after = STATES[state]
    pool.emulator.faults([{"method": method, "kind": kind, "count": None}])
    run = pool.run(server_for(state), state=state)
    processed = kind != "reset_before"
    assert run.failed is not processed
    assert run.changed is processed
    assert (pool.servers == after) is processed


def test_a_lost_addition_is_not_sent_again_when_it_was_processed(pool: Pool) -> None:
    pool.emulator.faults([{"operation": "AddBackendServers", "kind": "reset_after"}])
    run = pool.add(THIRD)
    assert run.changed
    assert run.operations == ["AddBackendServers"]
    assert run.diff["after"] == {"server_ip": [FIRST, SECOND, THIRD]}


def test_a_lost_addition_is_given_time_to_show(pool: Pool, virtual_time: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request is still under way when its connection breaks; here it is processed seconds later."""
    sleep, slept = virtual_time.sleep, []

    def sleeping(seconds: float) -> None:
        sleep(seconds)
        slept.append(seconds)
        if len(slept) == 3:
            pool.write_by_hand("POST", THIRD)

    monkeypatch.setattr(virtual_time, "sleep", sleeping)
    pool.emulator.faults([{"operation": "AddBackendServers", "kind": "reset_before"}])
    run = pool.add(THIRD)
    assert run.changed
    assert slept[:3] == [0.5, 1.0, 2.0]
    # Ours and the one by hand, which stands for its late effect.
    assert run.operations == ["AddBackendServers"] * 2


def test_a_removal_of_what_the_api_does_not_find_is_looked_into(pool: Pool) -> None:
    unknown = {"kind": "status", "status": 404, "body": {"message": "server not Found"}}
    pool.emulator.faults([{"operation": "RemoveBackendServers", **unknown}])
    run = pool.remove(FIRST)
    assert run.changed
    assert run.operations == ["RemoveBackendServers"] * 2
    assert pool.servers == [SECOND]
    pool.emulator.faults([{"operation": "RemoveBackendServers", "count": None, **unknown}])
    refused = pool.remove(SECOND, allow_empty=True)
    assert refused.failed
    assert not refused.result["changed"]
    assert_clear(refused, "404", SECOND)


def test_a_lost_addition_that_was_not_processed_is_given_up_after_three_tries(pool: Pool) -> None:
    pool.emulator.faults([{"operation": "AddBackendServers", "kind": "status", "status": 503, "count": None}])
    run = pool.add(THIRD)
    assert run.failed
    assert not run.result["changed"]
    assert run.operations == ["AddBackendServers"] * 3
    assert_clear(run, "503", THIRD, "app")


@pytest.mark.parametrize("state", STATES)
def test_when_nobody_can_tell_it_may_have_changed(pool: Pool, state: str) -> None:
    method, _after = STATES[state]
    lost = {"method": method, "kind": "status", "status": 503, "processed": True, "count": None}
    blind = {"operation": "GetBackend", "kind": "status", "status": 403, "count": None}
    # The removal reads the backend once before it writes.
    pool.emulator.faults([lost, {**blind, "after": 0 if state == "present" else 1}])
    run = pool.run(server_for(state), state=state)
    assert run.failed
    assert run.result["changed"]
    assert run.result["error"]["may_have_changed"]


@pytest.mark.parametrize("state", STATES)
def test_a_change_that_is_never_in_effect_is_said_to_be_done(pool: Pool, state: str, virtual_time: Any) -> None:
    pool.emulator.settings(busy_conflict=False)
    pool.emulator.status([{"kind": "instance", "status": "never"}])
    run = pool.run(server_for(state), state=state, wait_timeout=60)
    assert run.failed
    assert run.result["changed"]
    assert_clear(run, "60 s", "wait_timeout", "busy")
    assert server_for(state) in run.result["error"]["done"][0]
    assert run.result["error"]["not_done"] == []
    assert virtual_time.seconds <= 60


def test_a_backend_that_goes_away_has_no_servers_left_to_remove(pool: Pool) -> None:
    gone = {"kind": "status", "status": 404, "body": {"message": "backend not Found"}, "count": None}
    pool.emulator.faults([{"path": f".*/backends/{pool.id}.*", **gone}])
    run = pool.remove(FIRST, wait_for_health=True)
    assert not run.failed, run.message
    assert not run.changed
    assert run.diff == {"before": {}, "after": {}}
    assert (run.result["backend"], run.result["servers"]) == ({}, [])
    assert pool.add(THIRD).failed


def test_an_answer_of_another_shape_is_a_clear_error(pool: Pool) -> None:
    odd = {"kind": "status", "status": 200, "body": {"id": 1}, "count": None}
    pool.emulator.faults([{"operation": "GetBackend", **odd}])
    assert_clear(pool.remove(FIRST), "no object of the API")
    pool.emulator.faults([{"operation": "GetLBStats", **odd}])
    assert_clear(pool.add(FIRST, wait_for_health=True), "backend_servers_stats")


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_the_key_is_in_no_output(pool: Pool, fault: dict[str, Any] | None) -> None:
    options = {"secret_key": KEY, "wait_for_health": True, "wait_timeout": 30}
    for method in ("GET", "POST", "DELETE"):
        pool.emulator.faults([{**fault, "method": method}] if fault else [])
        for check in (True, False):
            assert_kept(pool.add(THIRD, **options, check=check), [])
            assert_kept(pool.remove(THIRD, **options, check=check), [])
            assert_kept(pool.statistics(secret_key=KEY, backend="app", check=check), [])
