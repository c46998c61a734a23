# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that are about no resource of the user's own: how servers are, and the types of load balancers."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.account import PROJECT_ID
from behaviour.expectations import EXTRA, assert_clear
from behaviour.pool import FIRST, IPV6, SECOND, THIRD, Pool
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES
from behaviour.test_return_values import documented, own_results
from behaviour.test_secrets import KEY, assert_kept
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
WELL = {"server_state": "running", "last_health_check_status": "passed"}


@pytest.fixture(params=PLACES)
def pool(request: pytest.FixtureRequest, emulator: Emulator, session: requests.Session, record_property: Any) -> Pool:
    record_property("module", "scw_lb_stats_info")
    return Pool(emulator, request.param, session)


@pytest.fixture
def other(pool: Pool) -> str:
    """Another backend on the same load balancer, with one server that it shares; its ID."""
    other_id = next(str(one["id"]) for one in pool.emulator.state()["backends"] if one["name"] == "backend-a")
    pool.account.call("POST", f"/backends/{other_id}/servers", {"server_ip": [FIRST, IPV6]})
    return other_id


def listed(run: Run) -> list[tuple[str, str]]:
    """Backend and address of each row."""
    assert not run.failed, run.message
    assert not run.changed
    assert run.operations == []
    return [(row["backend_id"], row["ip"]) for row in run.result["backend_servers_stats"]]


def test_every_server_of_every_backend_is_listed(pool: Pool, other: str) -> None:
    everything = {(pool.id, FIRST), (pool.id, SECOND), (other, FIRST), (other, IPV6)}
    for check in (False, True):
        run = pool.statistics(check=check)
        assert set(listed(run)) == everything
        assert [entry.operation for entry in run.requests] == ["ListLBs", "GetLBStats"]
        assert run.warnings == ()
        assert {(entry["backend_id"], entry["ip"]) for entry in run.result["servers"]} == everything
    assert len(pool.statistics(lb=pool.lb_id).requests) == 1
    assert set(listed(pool.statistics(lb=pool.lb_id.upper()))) == everything


def test_one_backend_is_listed_by_name_or_id(pool: Pool, other: str) -> None:
    by_name = pool.statistics(backend="app")
    assert listed(by_name) == [(pool.id, FIRST), (pool.id, SECOND)]
    assert [entry.operation for entry in by_name.requests] == ["ListLBs", "ListBackends", "ListBackendStats"]
    assert by_name.requests[-1].query["backend_id"] == [pool.id]
    assert len(pool.statistics(lb=pool.lb_id, backend="app").requests) == 2
    by_id = pool.statistics(backend=other)
    assert listed(by_id) == [(other, FIRST), (other, IPV6)]
    assert [entry.operation for entry in by_id.requests] == ["GetBackend", "ListBackendStats"]


def test_servers_are_chosen_by_address_in_any_spelling(pool: Pool, other: str) -> None:
    assert listed(pool.statistics(server_ip=["2001:0DB8::0:1", THIRD])) == [(other, IPV6)]
    assert set(listed(pool.statistics(server_ip=[FIRST]))) == {(pool.id, FIRST), (other, FIRST)}
    assert listed(pool.statistics(server_ip=[FIRST], backend="app")) == [(pool.id, FIRST)]
    assert listed(pool.statistics(server_ip=[])) == []


def test_every_page_is_read(pool: Pool) -> None:
    more = [f"10.0.1.{number}" for number in range(7)]
    pool.write_by_hand("POST", *more)
    pool.emulator.settings(max_page_size=2)
    assert [ip for _backend, ip in listed(pool.statistics(backend="app"))] == [FIRST, SECOND, *more]


def test_the_summary_says_which_servers_are_well(pool: Pool) -> None:
    pool.emulator.stats([WELL, {"ip": SECOND, "server_state": "stopped", "last_health_check_status": "failed"}])
    for options in ({}, {"backend": "app"}):
        servers = pool.statistics(**options).result["servers"]
        assert [(entry["ip"], entry["healthy"], entry["states"]) for entry in servers] == [
            (FIRST, True, ["running"]),
            (SECOND, False, ["stopped"]),
        ]


@pytest.mark.parametrize(
    "options",
    [{"lb": "no-such-lb"}, {"lb": NOBODY}, {"backend": "no-such-backend"}, {"backend": NOBODY}]
    + [{"lb": "no-such-lb", "backend": "app"}, {"lb": NOBODY, "backend": "app"}],
)
def test_what_does_not_exist_has_no_servers_and_is_named(pool: Pool, options: dict[str, str]) -> None:
    run = pool.statistics(**options)
    assert listed(run) == []
    assert run.result["servers"] == []
    assert next(iter(options.values())) in " ".join(run.warnings)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"server_ip": [FIRST, "web1"]}, "server_ip[1]"),
        ({"lb": ""}, "lb"),
        ({"lb": "<known after apply>"}, "lb"),
        ({"backend": ""}, "backend"),
        ({"backend": "<known after apply>"}, "backend"),
        ({"zone": "mars-1", "region": None}, "mars-1"),
    ],
)
def test_a_wrong_option_fails_before_any_request(pool: Pool, options: dict[str, Any], words: str) -> None:
    run = pool.statistics(**options)
    assert run.failed
    assert_clear(run, words)
    assert run.requests == ()


def test_a_backend_of_another_load_balancer_is_refused(pool: Pool) -> None:
    run = pool.statistics(lb="elsewhere", backend=pool.id)
    assert run.failed
    assert_clear(run, "outer", "elsewhere")


def test_the_statistics_are_those_that_are_documented(pool: Pool) -> None:
    known = documented("scw_lb_stats_info")
    run = pool.statistics()
    assert own_results(run.result) == set(known)
    for key, about in known.items():
        assert set(run.result[key][0]) - {EXTRA} == set(about["contains"])
        assert all(set(sample) == set(about["contains"]) for sample in about["sample"])
    assert own_results(pool.statistics(lb="no-such-lb").result) == set(known)


# Types


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, record_property: Any) -> dict[str, str]:
    record_property("module", "scw_lb_type_info")
    return PLACES[request.param]


def types(emulator: Emulator, **options: Any) -> Run:
    return run_module(emulator, "scw_lb_type_info", options)


def names(run: Run) -> list[str]:
    """The types that a task listed."""
    assert not run.failed, run.message
    assert (run.changed, run.warnings, run.operations) == (False, (), [])
    return [one["name"] for one in run.result["lb_types"]]


def test_all_types_are_listed_in_one_request(emulator: Emulator, place: dict[str, str]) -> None:
    run = types(emulator, **place)
    assert names(run) == ["lb-s", "lb-gp-m", "lb-gp-l", "lb-gp-xl"]
    (request,) = run.requests
    assert "/".join(f"{kind}s/{where}" for kind, where in place.items()) in request.path
    emulator.settings(max_page_size=1)
    assert names(types(emulator, **place)) == names(run)


@pytest.mark.parametrize(("name", "found"), [("lb-s", ["lb-s"]), ("LB-GP-M", ["lb-gp-m"]), ("lb", []), ("lb-s2", [])])
def test_a_type_is_found_by_its_whole_name(
    emulator: Emulator, place: dict[str, str], name: str, found: list[str]
) -> None:
    assert names(types(emulator, **place, name=name)) == found


def test_an_empty_name_is_refused(emulator: Emulator, place: dict[str, str]) -> None:
    run = types(emulator, **place, name="")
    assert run.failed
    assert_clear(run, "name")
    assert run.requests == ()


def test_the_types_are_those_that_are_documented(emulator: Emulator, place: dict[str, str]) -> None:
    known = documented("scw_lb_type_info")
    run = types(emulator, **place)
    assert own_results(run.result) == set(known)
    contains = known["lb_types"]["contains"]
    assert all(set(one) - {EXTRA} == set(contains) for one in run.result["lb_types"])
    assert all(set(sample) == set(contains) for sample in known["lb_types"]["sample"])


def test_the_key_is_in_no_output(emulator: Emulator, place: dict[str, str]) -> None:
    assert_kept(types(emulator, **place, secret_key=KEY, project_id=PROJECT_ID), [])
    emulator.faults([{"kind": "status", "status": 400, "body": {"message": KEY}, "count": None}])
    failed = types(emulator, **place, secret_key=KEY)
    assert failed.failed
    assert_kept(failed, [])
