# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits: they look before they sleep, share one deadline, and never expect a status to appear."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import PAUSES, Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import ApiError, Failed, TimedOut, Transient
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from unit import samples
from unit.conftest import Connect, Serve, Time
from unit.samples import BACKEND_ID, LB_ID, ZONE, lb
from unit.scripted_server import Answer, Exchange
from unit.tasks import Play, got_lb, listing, lost, read

PENDING: dict[str, Any] = {"instances": [{"id": "i", "status": "pending"}]}
BACKENDS = f"{ZONE}/lbs/{LB_ID}/backends"


def waiting(script: list[Exchange], serve: Serve, connect: Connect, **options: Any) -> Waiting:
    """The waits of a task for a load balancer."""
    client = connect(serve(script).url, **options)
    return Waiting(client, Play(client).lookup(LB, id=LB_ID))


def test_what_is_settled_is_not_asked_about(serve: Serve, connect: Connect, time: Time) -> None:
    assert waiting([], serve, connect).until_settled(LB, lb()) == lb()
    assert time.slept == []


def test_what_has_no_status_is_settled(serve: Serve, connect: Connect) -> None:
    assert waiting([], serve, connect).until_settled(BACKEND, {"id": "b"}) == {"id": "b"}


@pytest.mark.parametrize("state", [{"status": "to_create", "instances": []}, {"status": "migrating"}, PENDING])
def test_what_is_under_way_is_waited_for(serve: Serve, connect: Connect, time: Time, state: dict[str, Any]) -> None:
    script = [got_lb(**state), got_lb(tags=["done"])]
    assert waiting(script, serve, connect).until_settled(LB, lb(**state)) == lb(tags=["done"])
    assert time.slept == [0.2, 0.3]


def test_pauses_grow_to_five_seconds(serve: Serve, connect: Connect, time: Time) -> None:
    script = [got_lb(status="creating")] * (len(PAUSES) + 2) + [got_lb()]
    waiting(script, serve, connect).until_settled(LB, lb(status="creating"))
    assert time.slept == [*PAUSES, 5.0, 5.0, 5.0]
    assert time.slept == sorted(time.slept)


def test_a_failed_status_ends_a_wait(serve: Serve, connect: Connect) -> None:
    assert (
        waiting([got_lb(status="error")], serve, connect).until_settled(LB, lb(status="creating"))["status"] == "error"
    )


@pytest.mark.parametrize("status", ["error", "locked", "stopped"])
def test_a_failed_status_is_an_error_with_the_status(status: str) -> None:
    with pytest.raises(Failed, match=f"load balancer 'web' .* is in status '{status}'"):
        Waiting.fail_if_failed(LB, lb(status=status))


def test_a_new_resource_is_not_waited_for_before_its_creation(serve: Serve, connect: Connect) -> None:
    waiting([], serve, connect).before_write(LB, None)


def test_a_refusal_during_a_wait_is_raised(serve: Serve, connect: Connect) -> None:
    script = [Exchange("GET", f"{ZONE}/lbs/{LB_ID}", Answer(403, json={"message": "no"}))]
    with pytest.raises(ApiError, match="403"):
        waiting(script, serve, connect).until_settled(LB, lb(status="creating"))


def test_gone_is_when_a_read_says_so(serve: Serve, connect: Connect, time: Time) -> None:
    waiting([got_lb(status="to_delete"), got_lb(status="to_delete"), lost(f"/lbs/{LB_ID}")], serve, connect).until_gone(
        LB, LB_ID
    )
    assert time.slept == [0.2, 0.3]


def test_what_does_not_go_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    with pytest.raises(TimedOut, match="load balancer 'web' .* was deleted but is still there"):
        waiting([got_lb()], serve, connect, seconds=0.1).until_gone(LB, LB_ID)


def test_a_resource_said_to_be_busy_gets_a_moment_even_if_its_status_shows_nothing(
    serve: Serve, connect: Connect, time: Time
) -> None:
    busy = Transient("It is busy.", status=409, kind="transient_state")
    waiting([got_lb()], serve, connect).out(LB, LB_ID, busy)
    assert time.slept
    assert time.slept[0] > 0


def test_a_child_waits_for_the_outermost_parent(serve: Serve, connect: Connect, time: Time) -> None:
    script = [
        listing(BACKENDS, "backends", name="app"),
        got_lb(**PENDING),
        got_lb(),
        got_lb(),
        read(f"/backends/{BACKEND_ID}", samples.backend()),
    ]
    client = connect(serve(script).url)
    lookup = Play(client).lookup(BACKEND, lb=LB_ID, name="app")
    lookup.find({"name": "app"}, must_exist=True)
    waits = Waiting(client, lookup)
    waits.before_write(BACKEND, None)
    assert waits.after_write(BACKEND, BACKEND_ID, wait=True) == samples.backend()
    assert time.slept == [0.2]


def test_without_wait_a_change_is_read_back_only(serve: Serve, connect: Connect, time: Time) -> None:
    script = [got_lb(status="migrating")]
    assert waiting(script, serve, connect).after_write(LB, LB_ID, wait=False)["status"] == "migrating"
    assert time.slept == []


def test_a_change_that_fails_is_an_error(serve: Serve, connect: Connect) -> None:
    with pytest.raises(Failed):
        waiting([got_lb(status="error")], serve, connect).after_write(LB, LB_ID, wait=True)


# An API that does not show a change yet which its answer told of

BEFORE, BEGAN, ENDED = "2026-07-03T15:02:20.650308Z", "2026-07-03T15:02:21.137056306Z", "2026-07-03T15:03:49.139300Z"


def behind(
    serve: Serve, connect: Connect, script: list[dict[str, Any]], answer: dict[str, Any]
) -> tuple[Waiting, dict[str, Any]]:
    """The waits of a task whose last write was answered like that, and the load balancer as it was before."""
    client = connect(serve([got_lb(**state) for state in script]).url)
    lookup = Play(client).lookup(LB, id=LB_ID)
    lookup.answers[LB_ID] = lb(**answer)
    return Waiting(client, lookup), lb(updated_at=BEFORE)


def test_what_does_not_show_yet_that_a_change_began_is_waited_for(serve: Serve, connect: Connect, time: Time) -> None:
    script = [{"updated_at": BEFORE}, {"status": "migrating", "updated_at": BEGAN}, {"updated_at": ENDED}]
    waits, before = behind(serve, connect, script, {"status": "migrating", "updated_at": BEGAN})
    assert waits.until_settled(LB, before)["updated_at"] == ENDED
    assert time.slept == [0.2, 0.3, 0.5]


@pytest.mark.parametrize(
    "answer",
    [{"status": "ready", "updated_at": BEGAN}, {"status": "migrating", "updated_at": BEFORE}, {"status": "migrating"}],
)
def test_what_shows_all_that_the_answer_told_of_is_not_waited_for(
    serve: Serve, connect: Connect, time: Time, answer: dict[str, Any]
) -> None:
    waits, before = behind(serve, connect, [], answer)
    assert waits.until_settled(LB, before) == before
    assert time.slept == []


def test_a_change_that_never_shows_is_not_waited_for_without_end(serve: Serve, connect: Connect, time: Time) -> None:
    waits, before = behind(serve, connect, [{"updated_at": BEFORE}] * 6, {"status": "migrating", "updated_at": BEGAN})
    assert waits.until_settled(LB, before) == before
    assert time.slept == list(PAUSES[:6])
