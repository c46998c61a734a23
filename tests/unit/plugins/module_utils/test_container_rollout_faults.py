# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout among others, and when the answer to the request does not come."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.engine.rollout import LOOKS, TRIES
from ansible_collections.scw.cloud.plugins.module_utils.errors import Failed, LostAnswer, NotFound, ScwError, TimedOut
from unit.conftest import Connect, Serve, Time
from unit.rollouts import (
    AGAIN,
    BROKEN,
    BUSY,
    CONTAINERS,
    ENDED_AGAIN,
    LABEL,
    PUSHED_AFTER,
    PUSHED_BEFORE,
    PUSHED_MEANWHILE,
    UPDATING,
    Rollouts,
    container,
    found,
    got,
    posted,
    registry,
    tags,
)
from unit.scripted_server import Answer, CutBody, Exchange, Reaction, ResetAfterReading, ScriptedServer

LOST = [ResetAfterReading(), CutBody(Answer(json={})), *(Answer(status, json={}) for status in (500, 502, 503, 504))]


@pytest.fixture
def roll(connect: Connect) -> Rollouts:
    """Tasks of this test."""
    return Rollouts(connect)


def posts(server: ScriptedServer) -> int:
    """How often a rollout was asked for."""
    return len(server.sent("POST"))


# Others at the same time


def test_a_busy_container_is_waited_for_and_the_request_repeated(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), posted(BUSY), got(**UPDATING), got(**AGAIN), posted(), got(**AGAIN)]
    assert roll(serve(script))["changed"]


def test_a_busy_answer_that_the_status_does_not_show_is_given_time(serve: Serve, roll: Rollouts, time: Time) -> None:
    busy = [posted(BUSY), got(), got()]
    assert roll(serve([*found(), *busy, *busy, posted(), got(**AGAIN)]))["changed"]
    assert time.slept == [0.2, 0.3]


def test_a_rollout_by_somebody_else_after_the_push_makes_this_one_needless(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), *registry(PUSHED_AFTER), posted(BUSY), got(**UPDATING), got(**AGAIN)]
    result = roll(serve(script), when_image_changed=True)
    assert result == {"changed": False, "diff": {"before": {}, "after": {}}, "container": container(**AGAIN)}


def test_a_rollout_by_somebody_else_before_the_push_does_not(serve: Serve, roll: Rollouts) -> None:
    script = [
        *[*found(updated_at=PUSHED_BEFORE), *registry(PUSHED_MEANWHILE), posted(BUSY), got(**UPDATING), got(**AGAIN)],
        *[posted(), got(**AGAIN), tags(PUSHED_AFTER)],
    ]
    assert roll(serve(script), when_image_changed=True)["changed"]


def test_a_container_that_is_deleted_meanwhile_is_an_error_that_says_what_was_not_done(
    serve: Serve, roll: Rollouts
) -> None:
    with pytest.raises(NotFound) as raised:
        roll(serve([*found(), posted(Answer(404, json={"message": "resource is not found"}))]))
    assert raised.value.data["not_done"] == [f"roll out {LABEL}"]
    assert "may_have_changed" not in raised.value.data


# A lost answer


@pytest.mark.parametrize("answer", LOST)
@pytest.mark.parametrize("shown", [UPDATING, AGAIN, {"status": "updating"}])
def test_a_rollout_whose_answer_is_lost_is_found_and_not_repeated(
    serve: Serve, roll: Rollouts, answer: Reaction, shown: dict[str, Any]
) -> None:
    server = serve([*found(), posted(answer), got(), got(**shown), got(**AGAIN)])
    result = roll(server)
    assert result["changed"]
    assert result["container"]["updated_at"] == ENDED_AGAIN
    assert posts(server) == 1
    assert roll.warnings == []


def test_a_rollout_whose_answer_was_lost_and_that_fails_is_known_to_have_begun(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), posted(ResetAfterReading()), got(**UPDATING), got(**{**BROKEN, "updated_at": ENDED_AGAIN})]
    with pytest.raises(Failed) as raised:
        roll(serve(script))
    assert raised.value.data["done"] == [f"roll out {LABEL}"]
    assert "may_have_changed" not in raised.value.data


def test_a_rollout_that_never_shows_is_sent_again_with_a_warning(serve: Serve, roll: Rollouts, time: Time) -> None:
    server = serve([*found(), posted(ResetAfterReading()), *[got()] * len(LOOKS), posted(), got(**AGAIN)])
    assert roll(server)["changed"]
    assert LABEL in roll.warnings[0]
    assert "two rollouts" in roll.warnings[0]
    assert time.slept == list(LOOKS)


def test_a_first_request_that_shows_after_the_second_is_refused_is_enough(serve: Serve, roll: Rollouts) -> None:
    looks = [got()] * len(LOOKS)
    busy = [posted(BUSY), got(**UPDATING)]
    server = serve([*found(), posted(ResetAfterReading()), *looks, *busy, got(**AGAIN)])
    assert roll(server)["changed"]
    assert posts(server) == 2


def test_a_rollout_that_is_lost_again_and_again_may_have_happened(serve: Serve, roll: Rollouts) -> None:
    lost = [posted(ResetAfterReading()), *[got()] * len(LOOKS)]
    server = serve([*found(), *lost * TRIES])
    with pytest.raises(LostAnswer) as raised:
        roll(server)
    assert raised.value.data["may_have_changed"] is True
    assert raised.value.data["not_done"] == [f"roll out {LABEL}"]
    assert posts(server) == TRIES


def test_a_rollout_that_the_api_failed_on_is_not_sent_again(serve: Serve, roll: Rollouts) -> None:
    server = serve([*found(), posted(Answer(500, json={"message": "internal error"})), *[got()] * len(LOOKS)])
    with pytest.raises(LostAnswer, match="internal error") as raised:
        roll(server)
    assert raised.value.data["may_have_changed"] is True


def test_giving_up_while_the_effect_is_unknown_says_so(serve: Serve, roll: Rollouts) -> None:
    with pytest.raises(TimedOut) as raised:
        roll(serve([*found(), posted(ResetAfterReading())]), seconds=0.1)
    assert raised.value.data["may_have_changed"] is True


def test_a_rollout_that_takes_too_long_was_done_all_the_same(serve: Serve, roll: Rollouts) -> None:
    with pytest.raises(TimedOut) as raised:
        roll(serve([*found(), posted(), got(**UPDATING)]), seconds=0.1)
    assert raised.value.data["done"] == [f"roll out {LABEL}"]
    assert "may_have_changed" not in raised.value.data


def test_a_failure_before_the_request_is_no_change(serve: Serve, roll: Rollouts) -> None:
    forbidden = Answer(403, json={"type": "permissions_denied", "message": "insufficient permissions"})
    with pytest.raises(ScwError) as raised:
        roll(serve([*found()[:1], Exchange("GET", CONTAINERS, forbidden)]))
    assert not raised.value.data.get("done")
    assert "may_have_changed" not in raised.value.data
