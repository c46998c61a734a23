# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single servers of a backend: added and removed, one by one and side by side, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.pool import FIRST, FOURTH, IPV6, SECOND, THIRD, Pool
from behaviour.runner import Run
from behaviour.subjects import PLACES
from behaviour.test_return_values import documented, own_results
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
ADDED, REMOVED = "AddBackendServers", "RemoveBackendServers"


@pytest.fixture(params=PLACES)
def pool(request: pytest.FixtureRequest, emulator: Emulator, session: requests.Session, record_property: Any) -> Pool:
    record_property("module", "scw_lb_backend_server")
    return Pool(emulator, request.param, session)


def sent(run: Run) -> list[list[str]]:
    """The addresses of each write."""
    return [entry.body["server_ip"] for entry in run.writes if entry.status != 409]


def test_a_server_is_added_once_and_removed_once(pool: Pool) -> None:
    for change, operation, after in (
        (pool.add, ADDED, [FIRST, SECOND, THIRD]),
        (pool.remove, REMOVED, [FIRST, SECOND]),
    ):
        before = pool.servers
        predicted = change(THIRD, check=True)
        assert_predicts(predicted)
        assert predicted.warnings == ()
        assert pool.servers == before

        changed = change(THIRD)
        assert_changed(changed, operation)
        assert sent(changed) == [[THIRD]]
        assert pool.servers == after
        assert changed.diff == predicted.diff
        assert (changed.diff["before"], changed.diff["after"]) == ({"server_ip": before}, {"server_ip": after})
        assert "'app'" in changed.diff["before_header"]
        assert changed.result["backend"]["pool"] == predicted.result["backend"]["pool"] == after
        assert set(changed.result["backend"]) == set(predicted.result["backend"])

        assert_quiet(change(THIRD), 2)
        assert_quiet(change(THIRD, check=True), 2)


def test_what_is_given_by_id_is_not_looked_up(pool: Pool) -> None:
    assert_quiet(pool.add(FIRST), 2)
    assert_quiet(pool.add(FIRST, lb=pool.lb_id), 1)
    assert_quiet(pool.add(FIRST, lb=None, backend=pool.id), 1)
    assert_quiet(pool.add(FIRST, backend=pool.id.upper()), 1)
    assert_quiet(pool.add(FIRST, lb=None, backend=None, lb_id=pool.lb_id, backend_id=pool.id), 1)
    assert_quiet(pool.remove(THIRD, lb=None, backend=pool.id), 1)
    assert_changed(pool.add(THIRD, lb=None, backend=pool.id), ADDED)
    assert_changed(pool.remove(THIRD, lb=None, backend=pool.id), REMOVED)


def test_a_change_takes_as_few_requests_as_it_can(pool: Pool) -> None:
    pool.emulator.settings(settle_reads=0)
    assert [entry.operation for entry in pool.add(THIRD).requests] == [
        *("ListLBs", "ListBackends", ADDED, "GetLB", "GetBackend")
    ]
    assert [entry.operation for entry in pool.remove(THIRD).requests] == [
        *("ListLBs", "ListBackends", "GetBackend", REMOVED, "GetLB", "GetBackend")
    ]


def test_only_what_is_missing_is_added_in_one_request(pool: Pool) -> None:
    run = pool.add(SECOND, FOURTH, THIRD)
    assert_changed(run, ADDED)
    assert sent(run) == [[FOURTH, THIRD]]
    assert pool.servers == [FIRST, SECOND, FOURTH, THIRD]
    run = pool.remove(FIRST, "10.9.9.9", THIRD)
    assert_changed(run, REMOVED)
    assert sent(run) == [[FIRST, THIRD]]
    assert pool.servers == [SECOND, FOURTH]


def test_an_address_may_be_spelled_in_any_way_and_repeated(pool: Pool) -> None:
    long = "2001:0DB8:0:0:0:0:0:1"
    run = pool.add(long, IPV6, long.lower())
    assert_changed(run, ADDED)
    assert sent(run) == [[long]]
    assert_quiet(pool.add(IPV6))
    assert_quiet(pool.add(f" {IPV6.upper()} ", FIRST))
    run = pool.remove(IPV6)
    assert_changed(run, REMOVED)
    assert sent(run) == [[long]]
    assert pool.servers == [FIRST, SECOND]


def test_an_empty_list_asks_for_nothing(pool: Pool) -> None:
    assert_quiet(pool.add(), 2)
    assert_quiet(pool.remove(), 2)


@pytest.mark.parametrize("state", ["present", "absent"])
def test_without_waiting_it_is_the_same_in_the_end(pool: Pool, state: str) -> None:
    server = THIRD if state == "present" else SECOND
    assert_changed(pool.run(server, state=state, wait=False), ADDED if state == "present" else REMOVED)
    assert_quiet(pool.run(server, state=state, wait=False))
    assert_quiet(pool.run(server, state=state))


def test_without_waiting_the_load_balancer_is_left_to_settle_by_itself(pool: Pool) -> None:
    pool.emulator.settings(settle_reads=3)
    run = pool.add(THIRD, wait=False)
    assert [entry.operation for entry in run.requests] == ["ListLBs", "ListBackends", ADDED, "GetBackend"]


def test_an_earlier_change_is_waited_for_before_the_next_one(pool: Pool) -> None:
    pool.emulator.settings(settle_reads=3)
    for change, server in ((pool.add, THIRD), (pool.remove, FIRST)):
        pool.write_by_hand("POST", FOURTH)
        assert [entry.status for entry in change(server, wait=False).writes] == [200]


SETTINGS: dict[str, dict[str, Any]] = {
    "settles-late": {"settle_reads": 3},
    "never-refuses-while-busy": {"settle_reads": 2, "busy_conflict": False},
    "tiny-pages": {"max_page_size": 1, "shuffle": True},
    "known-fields-only": {"extra_field": False},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_tasks_in_a_row_succeed_on_any_api(pool: Pool, settings: dict[str, Any]) -> None:
    pool.emulator.settings(**settings)
    for wait in (False, True):
        assert_changed(pool.add(THIRD, wait=wait), ADDED)
        assert_changed(pool.remove(FIRST, wait=wait), REMOVED)
        assert_changed(pool.add(FIRST, wait=wait), ADDED)
        assert_changed(pool.remove(THIRD, wait=wait), REMOVED)
    assert sorted(pool.servers) == [FIRST, SECOND]


# Others at the same time


def at_the_first_sleep(virtual_time: Any, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something once, while the module waits."""
    sleep, acts = virtual_time.sleep, [act]

    def sleeping(seconds: float) -> None:
        sleep(seconds)
        if acts:
            acts.pop()()

    monkeypatch.setattr(virtual_time, "sleep", sleeping)


@pytest.fixture
def meanwhile(pool: Pool, virtual_time: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have somebody else write after the next task has read the pool, and before it writes."""

    def plan(method: str, *servers: str) -> None:
        # What makes the task wait; the write by hand is let through when the other change has settled.
        busy = {"kind": "status", "status": 409, "body": {"type": "transient_state", "message": "busy"}}
        pool.emulator.faults([{"path": ".*/servers", **busy}])
        at_the_first_sleep(virtual_time, monkeypatch, lambda: pool.write_by_hand(method, *servers))

    return plan


def test_a_server_added_by_somebody_else_meanwhile_is_kept(pool: Pool, meanwhile: Callable[..., None]) -> None:
    meanwhile("POST", FOURTH)
    run = pool.add(THIRD)
    assert not run.failed, run.message
    assert sorted(pool.servers) == [FIRST, SECOND, THIRD, FOURTH]
    assert run.result["backend"]["pool"] == pool.servers
    assert set(run.operations) == {ADDED}


def test_a_server_removed_by_somebody_else_meanwhile_does_not_come_back(
    pool: Pool, meanwhile: Callable[..., None]
) -> None:
    meanwhile("DELETE", FIRST)
    run = pool.add(THIRD)
    assert not run.failed, run.message
    assert sorted(pool.servers) == [SECOND, THIRD]
    assert [entry.body for entry in run.writes if entry.operation == ADDED][-1] == {"server_ip": [THIRD]}
    assert {entry.method for entry in run.writes} == {"POST", "DELETE"}


def test_a_removal_keeps_what_somebody_else_added_meanwhile(pool: Pool, meanwhile: Callable[..., None]) -> None:
    meanwhile("POST", THIRD)
    run = pool.remove(FIRST)
    assert not run.failed, run.message
    assert pool.servers == [SECOND, THIRD]
    assert [entry.body for entry in run.writes if entry.operation == REMOVED][-1] == {"server_ip": [FIRST]}


def test_a_server_that_somebody_else_removed_first_is_no_change(pool: Pool, meanwhile: Callable[..., None]) -> None:
    meanwhile("DELETE", FIRST)
    run = pool.remove(FIRST)
    assert not run.failed, run.message
    assert not run.changed
    assert run.diff == {"before": {}, "after": {}}
    assert pool.servers == [SECOND]


def test_two_that_remove_the_last_ones_do_not_empty_the_pool(pool: Pool, meanwhile: Callable[..., None]) -> None:
    meanwhile("DELETE", FIRST)
    run = pool.remove(SECOND)
    assert run.failed
    assert not run.result["changed"]
    assert_clear(run, "allow_empty", SECOND)
    assert pool.servers == [SECOND]


def test_a_server_that_does_not_stay_is_a_warning(
    pool: Pool, virtual_time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool.emulator.settings(settle_reads=3, busy_conflict=False)
    at_the_first_sleep(virtual_time, monkeypatch, lambda: pool.write_by_hand("DELETE", THIRD))
    run = pool.add(THIRD)
    assert run.changed
    assert THIRD in run.warnings[0]
    assert "server_ip" in run.warnings[0]


def test_a_pool_emptied_by_others_after_all_is_a_warning(
    pool: Pool, virtual_time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool.emulator.settings(settle_reads=3, busy_conflict=False)
    at_the_first_sleep(virtual_time, monkeypatch, lambda: pool.write_by_hand("DELETE", SECOND))
    run = pool.remove(FIRST)
    assert run.changed
    assert "no server left" in run.warnings[0]


# The last server


@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_the_last_servers_stay_unless_it_is_allowed(pool: Pool, check: bool) -> None:
    assert_refused(pool.remove(FIRST, SECOND, check=check), "'app'", FIRST, SECOND, "allow_empty", "Add another")
    run = pool.remove(FIRST, SECOND, allow_empty=True, check=check)
    assert not run.failed, run.message
    assert run.changed
    assert run.warnings == ()
    assert run.diff["after"] == {"server_ip": []}
    assert run.result["backend"]["pool"] == []
    assert pool.servers == ([FIRST, SECOND] if check else [])


def test_an_empty_pool_stays_empty_without_being_told(pool: Pool) -> None:
    pool.write_by_hand("DELETE", FIRST, SECOND)
    assert_quiet(pool.remove(FIRST))
    assert_changed(pool.add(FIRST), ADDED)


# What does not exist


@pytest.mark.parametrize(
    "options", [{"lb": "no-such-lb"}, {"backend": "no-such-backend"}, {"backend": NOBODY}, {"lb": NOBODY}]
)
def test_what_does_not_exist_is_named_and_has_no_servers_to_remove(pool: Pool, options: dict[str, str]) -> None:
    (named,) = options.values()
    assert_refused(pool.add(THIRD, **options), named)
    if options == {"lb": NOBODY}:
        assert_refused(pool.add(THIRD, **options, check=True), named)
    for check in (False, True):
        run = pool.remove(FIRST, **options, check=check)
        assert_quiet(run)
        assert run.result["backend"] == {}
    assert pool.remove(FIRST, **options, wait_for_health=True).result["servers"] == []


@pytest.mark.parametrize("options", [{"lb": "to-come"}, {"backend": "to-come"}])
def test_a_check_takes_missing_names_as_created_by_an_earlier_task(pool: Pool, options: dict[str, str]) -> None:
    run = pool.add(THIRD, THIRD, **options, check=True)
    assert_predicts(run)
    assert "to-come" in " ".join(run.warnings)
    assert run.diff["before"] == {"server_ip": []}
    assert run.diff["after"] == {"server_ip": [THIRD]}
    assert run.result["backend"]["pool"] == [THIRD]
    assert run.result["backend"]["id"] == UNKNOWN
    assert run.result["backend"]["name"] == {**pool.named, **options}["backend"]
    assert set(run.result["backend"]) == set(pool.add(FIRST).result["backend"]) - {"emulator_extra_field"}


def test_an_id_that_is_not_known_yet_is_for_checks_only(pool: Pool) -> None:
    run = pool.add(THIRD, backend=UNKNOWN, lb=None, check=True)
    assert_predicts(run)
    assert run.result["backend"]["pool"] == [THIRD]
    assert_refused(pool.add(THIRD, backend=UNKNOWN, lb=None), "backend")


# Input that cannot be meant


@pytest.mark.parametrize(
    ("servers", "options", "words"),
    [
        ([FIRST, "web1"], {}, "server_ip[1]"),
        (["10.0.0.0/24"], {}, "server_ip[0]"),
        ([FIRST, SECOND, ""], {}, "server_ip[2]"),
        ([THIRD], {"backend": ""}, "backend"),
        ([THIRD], {"lb": " "}, "lb"),
        ([THIRD], {"lb": None}, "lb"),
        ([THIRD], {"wait_timeout": 0}, "wait_timeout"),
        ([THIRD], {"zone": "mars-1", "region": None}, "mars-1"),
        ([THIRD], {"zone": "fr-par-1", "region": "fr-par"}, "mutually exclusive"),
        ([THIRD], {"backend": None}, "backend"),
    ],
)
@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_wrong_option_fails_before_any_request(
    pool: Pool, servers: list[str], options: dict[str, Any], words: str, state: str
) -> None:
    run = pool.run(*servers, **options, state=state)
    assert_refused(run, words)
    assert run.requests == ()


def test_the_servers_must_be_said(pool: Pool) -> None:
    assert_refused(pool.run(server_ip=None), "server_ip")


def test_a_backend_of_another_load_balancer_is_refused(pool: Pool) -> None:
    for elsewhere in ("elsewhere", pool.elsewhere_id):
        for change in (pool.add, pool.remove):
            assert_refused(change(FIRST, lb=elsewhere, backend=pool.id), "lb", "app")


def test_two_backends_of_one_name_are_told_apart_by_id(pool: Pool) -> None:
    body = {**pool.account.call("GET", f"/backends/{pool.id}"), "server_ip": [FOURTH]}
    wanted = ("name", "forward_protocol", "forward_port", "forward_port_algorithm", "sticky_sessions", "server_ip")
    check = {key: value for key, value in body["health_check"].items() if key != "emulator_extra_field"}
    path = f"/lbs/{pool.lb_id}/backends"
    other = pool.account.post(path, **{key: body[key] for key in wanted}, health_check=check)
    assert_refused(pool.add(THIRD), pool.id, other["id"])
    assert_changed(pool.add(THIRD, backend=other["id"]), ADDED)
    assert pool.servers == [FIRST, SECOND]


def test_what_is_returned_is_documented(pool: Pool) -> None:
    pool.emulator.stats([{}])
    known = documented("scw_lb_backend_server")
    backend = set(documented("scw_lb_backend")["backend"]["contains"])
    for options in ({}, {"state": "absent"}):
        for check in (True, False):
            assert own_results(pool.run(THIRD, **options, check=check).result) == {"backend"}
    run = pool.add(THIRD, wait_for_health=True)
    assert own_results(run.result) | {"error"} == set(known)
    assert set(run.result["backend"]) - {"emulator_extra_field"} == backend
    assert set(known["backend"]["sample"]) <= backend
    (row,) = run.result["servers"]
    assert set(row) - {"emulator_extra_field"} == set(known["servers"]["contains"])
    assert all(set(sample) == set(known["servers"]["contains"]) for sample in known["servers"]["sample"])
