# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole tasks, as the exchanges with the API that they make."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Ambiguous,
    Failed,
    InvalidOption,
    ScwError,
    TimedOut,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit import samples
from unit.conftest import Connect, Serve, Time
from unit.life import BACKENDS, NEW, PENDING, created, play
from unit.samples import IP_ID, LB_ID, OTHER_IP_ID, OTHER_LB_ID, ZONE, lb
from unit.scripted_server import (
    Answer,
    Exchange,
)
from unit.tasks import NOT_FOUND, got_lb, lbs, listing, lost, read

# The life of a load balancer


def test_a_load_balancer_is_created_and_waited_for(serve: Serve, connect: Connect, time: Time) -> None:
    script = [
        lbs(),
        created(),
        lbs(lb(status="to_create", instances=[])),
        got_lb(status="creating"),
        got_lb(**PENDING),
        got_lb(),
    ]
    outcome = play(serve(script), connect).run(LB, **NEW)
    assert outcome.changed
    assert outcome.result == lb()
    assert outcome.diff["before"] == {}
    assert outcome.diff["after"] == NEW
    assert time.slept == [0.2, 0.3, 0.5]


def test_a_new_load_balancer_that_its_list_does_not_show_yet_is_read_by_itself(serve: Serve, connect: Connect) -> None:
    assert play(serve([lbs(), created(), lbs(), got_lb()]), connect).run(LB, **NEW).result == lb()


OWN, RIVAL = lb(created_at="2025-01-01T10:00:00.123456Z"), lb(id=OTHER_LB_ID)
RIVALS = {
    "before": ("2021-01-01T10:00:00Z", True),
    "after": ("2029-01-01T10:00:00.5Z", False),
    "at an unknown time": (None, True),
}


@pytest.mark.parametrize(("created_at", "fails"), RIVALS.values(), ids=RIVALS)
def test_of_two_that_were_created_at_once_the_later_one_fails(
    serve: Serve, connect: Connect, created_at: str | None, fails: bool
) -> None:
    run = play(serve([lbs(), created(), lbs(OWN, {**RIVAL, "created_at": created_at})]), connect)
    if fails:
        with pytest.raises(Ambiguous, match="somebody else created load balancer 'web'.*Remove one of them") as raised:
            run.run(LB, **NEW)
        assert raised.value.data["ids"] == [LB_ID, OTHER_LB_ID]
        assert raised.value.data["done"] == ["create load balancer 'web'"]
    else:
        assert run.run(LB, **NEW).changed
        assert OTHER_LB_ID in run.warnings[0]


def test_another_one_counts_before_the_list_shows_the_own(serve: Serve, connect: Connect) -> None:
    run = play(serve([lbs(), created(), lbs(RIVAL), got_lb()]), connect)
    with pytest.raises(Ambiguous, match=f"{LB_ID}.*{OTHER_LB_ID}"):
        run.run(LB, **NEW)


def test_without_wait_the_task_returns_what_the_api_shows_at_once(serve: Serve, connect: Connect, time: Time) -> None:
    script = [lbs(), created(), lbs(lb(status="to_create", instances=[]))]
    outcome = play(serve(script), connect).run(LB, **NEW, wait=False)
    assert outcome.result["status"] == "to_create"
    assert time.slept == []


def test_a_load_balancer_that_is_as_wanted_costs_one_request(serve: Serve, connect: Connect) -> None:
    outcome = play(serve([lbs(lb())]), connect).run(LB, **NEW)
    assert (outcome.changed, outcome.diff, outcome.result) == (False, {"before": {}, "after": {}}, lb())


def test_a_load_balancer_that_is_still_being_built_is_waited_for_also_when_nothing_changes(
    serve: Serve, connect: Connect
) -> None:
    outcome = play(serve([lbs(lb(status="creating")), got_lb()]), connect).run(LB, **NEW)
    assert (outcome.changed, outcome.result["status"]) == (False, "ready")


def test_an_update_is_one_write_between_two_reads(serve: Serve, connect: Connect) -> None:
    body = {
        "name": "web",
        "description": "x",
        "tags": [],
        "ssl_compatibility_level": "ssl_compatibility_level_intermediate",
    }
    put = Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb(description="x")), body=body)
    server = serve([lbs(lb()), put, got_lb(description="x")])
    outcome = play(server, connect).run(LB, name="web", description="x")
    assert outcome.changed
    assert outcome.diff["before"] == {"description": ""}
    assert outcome.diff["after"] == {"description": "x"}


def test_a_change_of_type_is_waited_for_before_the_next_write(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        read(f"/ips/{OTHER_IP_ID}", samples.ip(id=OTHER_IP_ID)),
        Exchange("POST", f"{ZONE}/lbs/{LB_ID}/migrate", Answer(json=lb(status="migrating")), body={"type": "LB-GP-M"}),
        got_lb(status="migrating"),
        got_lb(type="lb-gp-m"),
        Exchange("PATCH", f"{ZONE}/ips/{OTHER_IP_ID}", Answer(json={"id": OTHER_IP_ID}), body={"lb_id": LB_ID}),
        got_lb(type="lb-gp-m", ip=[{"id": IP_ID}, {"id": OTHER_IP_ID}]),
    ]
    play_ = play(serve(script), connect)
    outcome = play_.run(LB, name="web", type="LB-GP-M", ips=[IP_ID, OTHER_IP_ID])
    assert outcome.result["type"] == "lb-gp-m"
    assert play_.warnings == []


def test_without_wait_a_migration_under_way_is_no_reason_to_warn(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        Exchange("POST", f"{ZONE}/lbs/{LB_ID}/migrate", Answer(json=lb(status="migrating"))),
        got_lb(status="migrating"),
    ]
    play_ = play(serve(script), connect)
    play_.run(LB, name="web", type="lb-gp-m", wait=False)
    assert play_.warnings == []


@pytest.mark.parametrize(("release", "query"), [(False, "false"), (True, "true")])
def test_a_delete_says_whether_the_addresses_are_released_and_waits_until_it_is_gone(
    serve: Serve, connect: Connect, release: bool, query: str
) -> None:
    script = [
        lbs(lb()),
        Exchange("DELETE", f"{ZONE}/lbs/{LB_ID}", Answer(204), query={"release_ip": [query]}, body=None),
        got_lb(status="to_delete"),
        lost(f"/lbs/{LB_ID}"),
    ]
    outcome = play(serve(script), connect).run(LB, name="web", state="absent", release_ip=release)
    assert (outcome.changed, outcome.result) == (True, {})


@pytest.mark.parametrize(
    ("said", "search"),
    [({"name": "web"}, lbs()), ({"id": LB_ID}, lost(f"/lbs/{LB_ID}"))],
    ids=["by name", "by id"],
)
def test_deleting_what_is_not_there_is_no_change(
    serve: Serve, connect: Connect, said: dict[str, Any], search: Exchange
) -> None:
    outcome = play(serve([search]), connect).run(LB, **said, state="absent")
    assert (outcome.changed, outcome.result) == (False, {})


def test_a_delete_that_somebody_else_made_meanwhile_is_fine(serve: Serve, connect: Connect) -> None:
    script = [lbs(lb()), Exchange("DELETE", f"{ZONE}/lbs/{LB_ID}", NOT_FOUND), lost(f"/lbs/{LB_ID}")]
    assert play(serve(script), connect).run(LB, name="web", state="absent").result == {}


@pytest.mark.parametrize("by", [{"name": "web"}, {"id": LB_ID}])
def test_a_load_balancer_that_is_being_deleted_is_gone_for_a_second_delete(
    serve: Serve, connect: Connect, by: dict[str, Any]
) -> None:
    search = lbs(lb(status="to_delete")) if "name" in by else got_lb(status="to_delete")
    outcome = play(serve([search, lost(f"/lbs/{LB_ID}")]), connect).run(LB, **by, state="absent")
    assert (outcome.changed, outcome.result) == (False, {})


def test_a_load_balancer_that_is_being_deleted_makes_room_for_a_new_one(serve: Serve, connect: Connect) -> None:
    new = lb(id=OTHER_LB_ID)
    script = [
        lbs(lb(status="to_delete")),
        lost(f"/lbs/{LB_ID}"),
        created(Answer(json=new)),
        lbs(new),
    ]
    outcome = play(serve(script), connect).run(LB, **NEW)
    assert (outcome.changed, outcome.result["id"]) == (True, OTHER_LB_ID)


def test_a_load_balancer_that_ends_while_its_delete_waits_is_gone(serve: Serve, connect: Connect) -> None:
    """Its instances are busy when the task starts; then somebody else deletes it."""
    script = [lbs(lb(**PENDING)), lost(f"/lbs/{LB_ID}")]
    outcome = play(serve(script), connect).run(LB, name="web", state="absent")
    assert outcome.result == {}


def test_a_failed_load_balancer_fails_the_task_and_can_still_be_deleted(serve: Serve, connect: Connect) -> None:
    with pytest.raises(Failed, match=r"load balancer 'web' \(.*\) is in status 'error'") as raised:
        play(serve([lbs(lb(status="error"))]), connect).run(LB, **NEW)
    assert raised.value.data["status"] == "error"
    script = [
        lbs(lb(status="error")),
        got_lb(status="error"),
        Exchange("DELETE", f"{ZONE}/lbs/{LB_ID}", Answer(204)),
        lost(f"/lbs/{LB_ID}"),
    ]
    deleted = play(serve(_without_first_read(script)), connect).run(LB, name="web", state="absent")
    assert deleted.changed


def _without_first_read(script: list[Exchange]) -> list[Exchange]:
    return [script[0], *script[2:]]


def test_a_creation_that_fails_is_told_with_what_was_done(serve: Serve, connect: Connect) -> None:
    with pytest.raises(Failed) as raised:
        play(serve([lbs(), created(), lbs(lb(status="error"))]), connect).run(LB, **NEW)
    assert raised.value.data["done"] == ["create load balancer 'web'"]
    assert raised.value.data["not_done"] == []


def test_a_load_balancer_that_never_gets_ready_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    script = [lbs(), created(), lbs(lb(status="creating"))] + [got_lb(status="creating")] * 4
    with pytest.raises(TimedOut, match=r"longer than 2 s: load balancer 'web' \(.*\) was still 'creating'") as raised:
        play(serve(script), connect, seconds=2).run(LB, **NEW)
    assert raised.value.data["done"] == ["create load balancer 'web'"]


def test_instances_that_never_settle_are_named_as_the_reason(serve: Serve, connect: Connect) -> None:
    with pytest.raises(TimedOut) as raised:
        play(serve([lbs(lb(**PENDING))]), connect, seconds=0.1).run(LB, **NEW)
    assert "still 'ready'" not in str(raised.value)
    assert "pending" in str(raised.value)


# Check mode

CHECKED = {
    "create": (LB, NEW, [lbs()], True),
    "nothing": (LB, NEW, [lbs(lb())], False),
    "update": (LB, {"name": "web", "tags": ["x"]}, [lbs(lb())], True),
    "delete": (LB, {"name": "web", "state": "absent"}, [lbs(lb())], True),
    "not ready": (LB, {"name": "web", "tags": []}, [lbs(lb(status="creating"))], False),
    "create in a load balancer": (
        BACKEND,
        {"lb": "web", "name": "app", "forward_protocol": "tcp", "forward_port": 80},
        [lbs(lb()), listing(BACKENDS, "backends", name="app")],
        True,
    ),
}


@pytest.mark.parametrize(("resource", "said", "script", "changed"), CHECKED.values(), ids=CHECKED)
def test_check_mode_reads_only_and_tells_the_change(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange], changed: bool
) -> None:
    server = serve(script)
    outcome = play(server, connect).run(resource, check=True, **said)
    assert outcome.changed is changed
    assert {call.method for call in server.calls} == {"GET"}


def test_check_mode_believes_in_what_earlier_tasks_would_have_created(serve: Serve, connect: Connect) -> None:
    play_ = play(serve([lbs()]), connect)
    said: dict[str, Any] = {"lb": "web", "name": "https", "inbound_port": 443, "backend": "app"}
    outcome = play_.run(FRONTEND, check=True, **said)
    assert outcome.changed
    assert outcome.result["backend"] == {"id": UNKNOWN}
    assert len(play_.warnings) == 2
    assert "No load balancer 'web' exists yet" in play_.warnings[0]
    assert "No backend 'app' exists yet" in play_.warnings[1]


def test_check_mode_accepts_the_stand_in_for_an_id(serve: Serve, connect: Connect) -> None:
    said: dict[str, Any] = {"frontend": UNKNOWN, "name": "a", "index": 1, "action": {"type": "deny"}}
    assert play(serve([]), connect).run(ACL, check=True, **said).changed


def test_the_stand_in_for_an_id_is_refused_in_a_real_run(serve: Serve, connect: Connect) -> None:
    said: dict[str, Any] = {"frontend": UNKNOWN, "name": "a", "index": 1, "action": {"type": "deny"}}
    with pytest.raises(InvalidOption, match="frontend: .*check mode"):
        play(serve([]), connect).run(ACL, **said)


def test_the_stand_in_for_a_reference_is_refused_in_a_real_run(serve: Serve, connect: Connect) -> None:
    said: dict[str, Any] = {"lb": LB_ID, "name": "https", "inbound_port": 443, "backend": UNKNOWN}
    server = serve([listing(f"{ZONE}/lbs/{LB_ID}/frontends", "frontends", name="https"), got_lb()])
    with pytest.raises(ScwError, match="backend"):
        play(server, connect).run(FRONTEND, **said)
    assert {call.method for call in server.calls} <= {"GET"}
