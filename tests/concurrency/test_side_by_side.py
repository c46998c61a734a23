# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays that change different things of the same load balancer at the same time: nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.runner import Way
from concurrency.crowd import Crowd
from concurrency.races import ACL, BACKEND, BALANCER, FRONTEND, LB
from interruption.plays import task

OLD = [f"10.0.0.{number}" for number in range(1, 5)]
NEW = [f"10.0.1.{number}" for number in range(1, 4)]
POOL = task("scw_lb_backend", lb="shop", name="web", forward_protocol="http", forward_port=8080, server_ip=OLD)
ways = pytest.mark.parametrize("way", list(Way), ids=[way.value for way in Way])


def servers(*addresses: str, **options: Any) -> dict[str, Any]:
    """A task about servers of the backend."""
    return task("scw_lb_backend_server", lb="shop", backend="web", server_ip=list(addresses), **options)


def pool(crowd: Crowd) -> list[str]:
    """The servers of the backend."""
    (backend,) = crowd.emulator.state()["backends"]
    return sorted(backend["pool"])


@pytest.mark.parametrize("settle_reads", [0, 1], ids=["at-once", "settling"])
@ways
def test_servers_that_come_and_go_are_not_lost(crowd: Crowd, way: Way, settle_reads: int) -> None:
    crowd.prepare((LB, POOL))
    crowd.emulator.settings(settle_reads=settle_reads)
    coming = [[servers(address)] for address in NEW]
    going = [[servers(address, state="absent")] for address in OLD[:3]]
    for ended in crowd.race([*coming, *going], way, path="/servers$"):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    assert pool(crowd) == [OLD[3], *NEW]


def test_additions_that_are_under_way_together_keep_each_other(crowd: Crowd) -> None:
    crowd.prepare((LB, POOL))
    for ended in crowd.race([[servers(address)] for address in NEW], operation="AddBackendServers"):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    assert pool(crowd) == [*OLD, *NEW]


def test_a_rolling_update_of_all_servers_at_once_ends_with_all_of_them(crowd: Crowd) -> None:
    crowd.prepare((LB, POOL))
    crowd.emulator.settings(settle_reads=1)
    plays = [[servers(address, state="absent"), servers(address)] for address in OLD[:3]]
    for ended in crowd.play_all(plays):
        assert (ended.code, ended.changed) == (0, 2), ended.output
    assert pool(crowd) == OLD
    for entry in crowd.emulator.writes():
        if entry.status == 200:
            assert OLD[3] in entry.response["pool"]


def test_whoever_takes_the_last_server_because_others_went_meanwhile_says_so(crowd: Crowd) -> None:
    crowd.prepare(
        (LB, {**POOL, "scw.cloud.scw_lb_backend": {**POOL["scw.cloud.scw_lb_backend"], "server_ip": OLD[:2]}})
    )
    plays = [[servers(address, state="absent")] for address in OLD[:2]]
    ended = crowd.race(plays, operation="RemoveBackendServers")
    assert [one.code for one in ended] == [0, 0]
    assert pool(crowd) == []
    assert any("has no server left: somebody else removed others" in one.text for one in ended)


def acl(name: str, index: int) -> dict[str, Any]:
    """An ACL."""
    return {"name": name, "index": index, **ACL}


NAMES = ["a", "b", "c", "d"]


def test_single_acls_of_one_frontend_are_all_there(crowd: Crowd) -> None:
    crowd.prepare(BALANCER)
    plays = [
        [task("scw_lb_acl", lb="shop", frontend="http", **acl(name, index))] for index, name in enumerate(NAMES, 1)
    ]
    for ended in crowd.race(plays, operation="CreateACL"):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    assert sorted(one["name"] for one in crowd.emulator.state()["acls"]) == NAMES


def test_lists_of_acls_that_leave_others_alone_keep_each_other(crowd: Crowd) -> None:
    crowd.prepare(BALANCER)
    lists = [[acl("a", 1), acl("b", 2)], [acl("c", 3), acl("d", 4)]]
    plays = [[task("scw_lb_acls", lb="shop", frontend="http", acls=acls, purge=False)] for acls in lists]
    for ended in crowd.race(plays, operation="CreateACL"):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    assert sorted(one["name"] for one in crowd.emulator.state()["acls"]) == NAMES


def shop(name: str, port: int) -> dict[str, Any]:
    """A part of the load balancer that nobody else knows."""
    return task(
        "scw_lb",
        name="shop",
        backends=[{"name": name, "forward_protocol": "http", "forward_port": port}],
        frontends=[{"name": name, "inbound_port": port, "backend": name, "acls": [acl(name, 1)]}],
    )


def test_parts_of_a_load_balancer_that_different_plays_bring_are_all_there(crowd: Crowd) -> None:
    crowd.prepare((LB,))
    plays = [[shop(name, 8000 + index)] for index, name in enumerate(NAMES[:3])]
    for ended in crowd.race(plays, operation="CreateBackend"):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    for kind in ("backends", "frontends", "acls"):
        assert sorted(one["name"] for one in crowd.emulator.state()[kind]) == NAMES[:3]
    again = crowd.play([one for play in plays for one in play])
    assert (again.code, again.changed, crowd.emulator.writes()) == (0, 0, []), again.output


REPLACED = (
    ([task("scw_lb", name="shop", description="new")], [task("scw_lb", name="shop", tags=["new"])], "UpdateLB"),
    (
        [task("scw_lb_frontend", lb="shop", name="http", timeout_client="5s")],
        [task("scw_lb_frontend", lb="shop", name="http", connection_rate_limit=10)],
        "UpdateFrontend",
    ),
)


@pytest.mark.parametrize(("one", "other", "operation"), REPLACED, ids=["lb", "frontend"])
def test_what_a_full_replacement_takes_back_is_there_after_the_next_run(
    crowd: Crowd, one: list[dict[str, Any]], other: list[dict[str, Any]], operation: str
) -> None:
    crowd.prepare((LB, BACKEND, FRONTEND))
    for ended in crowd.race([one, other], operation=operation):
        assert (ended.code, ended.changed) == (0, 1), ended.output
    again = crowd.play([*one, *other])
    assert (again.code, again.changed) == (0, 1), again.output
    quiet = crowd.play([*one, *other])
    assert (quiet.code, quiet.changed, crowd.emulator.writes()) == (0, 0, []), quiet.output
