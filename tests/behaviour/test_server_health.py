# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting until servers are in rotation or out of it, and telling which are not."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.expectations import assert_changed, assert_clear, assert_quiet
from behaviour.pool import FIRST, SECOND, THIRD, Pool
from behaviour.runner import Run
from behaviour.subjects import PLACES
from emulator.testing import Emulator

WELL: dict[str, Any] = {"server_state": "running", "last_health_check_status": "passed"}
DOWN: dict[str, Any] = {"server_state": "stopped", "last_health_check_status": "failed"}
STATISTICS = "GetLBStats"


@pytest.fixture(params=PLACES)
def pool(request: pytest.FixtureRequest, emulator: Emulator, session: requests.Session, record_property: Any) -> Pool:
    record_property("module", "scw_lb_backend_server")
    return Pool(emulator, request.param, session)


def looks(run: Run) -> int:
    """How often the task asked for the statistics."""
    return sum(entry.operation == STATISTICS for entry in run.requests)


def test_a_server_that_is_well_at_once_needs_one_look(pool: Pool) -> None:
    pool.emulator.stats([WELL])
    run = pool.add(THIRD, wait_for_health=True)
    assert_changed(run, "AddBackendServers")
    assert looks(run) == 1
    (row,) = run.result["servers"]
    assert (row["ip"], row["server_state"], row["last_health_check_status"]) == (THIRD, "running", "passed")
    assert row["backend_id"] == pool.id


def test_nothing_to_change_still_means_to_look(pool: Pool) -> None:
    pool.emulator.stats([WELL])
    run = pool.add(FIRST, SECOND, wait_for_health=True)
    assert_quiet(run, 4)
    assert [entry.operation for entry in run.requests] == ["ListLBs", "ListBackends", STATISTICS, "GetLB"]
    assert {row["ip"] for row in run.result["servers"]} == {FIRST, SECOND}
    assert run.requests[2].query["backend_id"] == [pool.id]


def test_a_server_may_become_well_late(pool: Pool, virtual_time: Any) -> None:
    pool.emulator.stats(
        [
            {"row": "never"},
            {"after_reads": 2, **DOWN},
            {"after_reads": 3, "server_state": "starting", "last_health_check_status": "passed"},
            {"after_reads": 4, "server_state": "running", "last_health_check_status": "unknown"},
            {"after_reads": 5, **WELL},
        ]
    )
    run = pool.add(THIRD, wait_for_health=True)
    assert_changed(run, "AddBackendServers")
    assert looks(run) == 6
    assert run.result["servers"][0]["server_state"] == "running"
    assert virtual_time.longest_sleep <= 5
    assert looks(pool.add(THIRD, wait_for_health=True)) == 1


@pytest.mark.parametrize(
    ("server_state", "check", "well"),
    [
        ("running", "passed", True),
        ("running", "neutral", True),
        ("running", "condpass", False),
        ("running", "unknown", False),
        ("running", "failed", False),
        ("starting", "passed", False),
        ("stopping", "passed", False),
        ("stopped", "passed", False),
    ],
)
def test_state_and_check_decide_together(pool: Pool, server_state: str, check: str, well: bool) -> None:
    pool.emulator.stats([{"server_state": server_state, "last_health_check_status": check}])
    run = pool.add(FIRST, wait_for_health=True, wait_timeout=30)
    assert run.failed is not well
    if not well:
        assert_clear(run, FIRST, server_state, check)


@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_only_the_named_servers_count(pool: Pool, check: bool) -> None:
    pool.emulator.stats([DOWN, {"ip": FIRST, **WELL}])
    run = pool.add(FIRST, wait_for_health=True, check=check)
    assert_quiet(run)
    assert ("servers" in run.result) is not check
    assert looks(run) == (0 if check else 1)


def test_a_namesake_server_of_another_backend_does_not_count(pool: Pool) -> None:
    pool.emulator.stats([DOWN, {"backend_id": pool.id, **WELL}])
    other = next(one["id"] for one in pool.emulator.state()["backends"] if one["name"] == "backend-a")
    pool.account.call("POST", f"/backends/{other}/servers", {"server_ip": [FIRST]})
    run = pool.add(FIRST, wait_for_health=True)
    assert not run.failed, run.message
    assert {row["backend_id"] for row in run.result["servers"]} == {pool.id}


@pytest.mark.parametrize("changes", [True, False], ids=["after-a-change", "without-one"])
def test_the_deadline_tells_how_each_server_is(pool: Pool, virtual_time: Any, changes: bool) -> None:
    pool.emulator.stats([WELL, {"ip": SECOND, **DOWN}, {"ip": THIRD, "row": "never"}])
    if not changes:
        pool.write_by_hand("POST", THIRD)
    started = virtual_time.seconds
    run = pool.add(FIRST, SECOND, THIRD, wait_for_health=True, wait_timeout=120)
    assert run.failed
    assert virtual_time.seconds - started <= 120
    (instance,) = next(one["instances"] for one in pool.emulator.state()["lbs"] if one["id"] == pool.lb_id)
    assert_clear(run, "120 s", "wait_timeout", "'app'", f"{SECOND} is stopped since 20", "last check failed")
    assert_clear(run, f"{THIRD} has no statistics on instance {instance['id']} yet")
    assert f"{FIRST} " not in run.message
    late = run.result["error"]["servers"]
    assert [(row["ip"], row["server_state"]) for row in late] == [(SECOND, "stopped"), (THIRD, None)]
    assert all(row["instance_id"] == instance["id"] for row in late)
    assert run.result["changed"] is changes
    assert len(run.result["error"]["done"]) == (1 if changes else 0)
    assert run.result["error"]["not_done"] == []
    assert pool.servers == [FIRST, SECOND, THIRD]


def test_a_removed_server_is_waited_for_until_it_is_out(pool: Pool) -> None:
    pool.emulator.stats(
        [
            {"ip": FIRST, "row": "always", **WELL},
            {"ip": FIRST, "row": "always", "after_reads": 2, "server_state": "stopping"},
            {"ip": FIRST, "row": "never", "after_reads": 3},
        ]
    )
    run = pool.remove(FIRST, wait_for_health=True)
    assert_changed(run, "RemoveBackendServers")
    assert looks(run) == 4
    assert run.result["servers"] == []


def test_a_removed_server_that_is_stopped_is_out(pool: Pool) -> None:
    pool.emulator.stats(
        [{"ip": FIRST, "row": "always", **WELL}, {"ip": FIRST, "row": "always", "after_reads": 1, **DOWN}]
    )
    run = pool.remove(FIRST, wait_for_health=True)
    assert_changed(run, "RemoveBackendServers")
    assert looks(run) == 2
    assert [row["server_state"] for row in run.result["servers"]] == ["stopped"]
    assert looks(pool.remove(FIRST, wait_for_health=True)) == 1


def test_a_removed_server_that_stays_in_rotation_is_told_at_the_deadline(pool: Pool) -> None:
    pool.emulator.stats([{"ip": FIRST, "row": "always", **WELL}])
    run = pool.remove(FIRST, wait_for_health=True, wait_timeout=60)
    assert run.failed
    assert run.result["changed"]
    assert_clear(run, "60 s", "out of rotation", f"{FIRST} is running")
    assert [row["ip"] for row in run.result["error"]["servers"]] == [FIRST]
    assert pool.servers == [SECOND]


def test_health_can_be_waited_for_without_waiting_for_the_load_balancer(pool: Pool) -> None:
    pool.emulator.stats([WELL])
    run = pool.add(THIRD, wait=False, wait_for_health=True)
    assert_changed(run, "AddBackendServers")
    assert len(run.result["servers"]) == 1


def test_a_check_waits_for_nothing(pool: Pool) -> None:
    for run in (
        pool.add(THIRD, wait_for_health=True, check=True),
        pool.remove(FIRST, wait_for_health=True, check=True),
    ):
        assert run.changed
        assert looks(run) == 0
        assert "servers" not in run.result


def test_no_servers_are_all_well(pool: Pool) -> None:
    assert pool.add(wait_for_health=True).result["servers"] == []


def test_a_rolling_update_keeps_one_server_in_rotation(pool: Pool) -> None:
    pool.emulator.stats([WELL])
    for server in (FIRST, SECOND):
        assert_changed(pool.remove(server, wait_for_health=True), "RemoveBackendServers")
        assert len(pool.servers) == 1
        assert_changed(pool.add(server, wait_for_health=True), "AddBackendServers")
    assert sorted(pool.servers) == [FIRST, SECOND]
