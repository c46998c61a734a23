# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks whose requests get lost or collide."""

from __future__ import annotations

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import LOOKS, TRIES
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Conflict,
    LostAnswer,
    TimedOut,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB
from unit import samples
from unit.conftest import Connect, Serve, Time
from unit.life import NEW, PENDING, created, play
from unit.samples import IP_ID, LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import (
    Answer,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
)
from unit.tasks import got_lb, lbs, listing, read

# Lost answers


def lost_create(answer: Reaction) -> list[Exchange]:
    """A search that finds nothing and a creation whose answer is lost."""
    return [lbs(), created(answer)]


LOST_ANSWERS = {
    "reset": ResetAfterReading(),
    "cut": CutBody(Answer(json=lb())),
    "502 page": Answer(502, body=b"<html>bad gateway</html>"),
    "503": Answer(503, json={"message": "upstream request timeout"}),
    "504 empty": Answer(504),
    "no json": Answer(200, body=b"<html>fine</html>"),
    "no id": Answer(200, json={}),
}


@pytest.mark.parametrize("answer", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_a_creation_whose_answer_is_lost_is_found_again_and_not_repeated(
    serve: Serve, connect: Connect, answer: Reaction
) -> None:
    server = serve([*lost_create(answer), lbs(lb()), got_lb()])
    outcome = play(server, connect).run(LB, **NEW)
    assert outcome.changed
    assert outcome.result["id"] == LB_ID
    assert len(server.sent("POST")) == 1


WHOLE = {"name": "web", "description": "", "tags": ["x"], "ssl_compatibility_level": lb()["ssl_compatibility_level"]}
"""What replaces the load balancer to give it a tag."""


def test_a_creation_that_shows_late_is_not_repeated(serve: Serve, connect: Connect, time: Time) -> None:
    server = serve([*lost_create(ResetAfterReading()), *[lbs()] * (len(LOOKS) - 1), lbs(lb()), got_lb()])
    assert play(server, connect).run(LB, **NEW).changed
    assert len(server.sent("POST")) == 1
    assert time.slept == sorted(time.slept)


def test_a_creation_that_never_shows_is_sent_again(serve: Serve, connect: Connect) -> None:
    looks = [lbs()] * len(LOOKS)
    server = serve([*lost_create(ResetAfterReading()), *looks, created(Answer(json=lb())), lbs(lb())])
    assert play(server, connect).run(LB, **NEW).result["id"] == LB_ID


def test_a_creation_that_is_lost_again_and_again_ends_in_an_error_that_says_so(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(), *[created(ResetAfterReading()), *[lbs()] * len(LOOKS)] * TRIES])
    with pytest.raises(LostAnswer, match="Could not create load balancer 'web'") as raised:
        play(server, connect).run(LB, **NEW)
    assert raised.value.data["not_done"] == ["create load balancer 'web'"]


def test_a_creation_that_the_api_failed_on_is_not_sent_again(serve: Serve, connect: Connect) -> None:
    failed = Answer(500, json={"message": "internal error"})
    server = serve([*lost_create(failed), *[lbs()] * len(LOOKS)])
    with pytest.raises(LostAnswer, match="500: internal error"):
        play(server, connect).run(LB, **NEW)


def test_a_lost_creation_that_was_made_in_part_is_completed(serve: Serve, connect: Connect) -> None:
    """The address was reserved, but is not attached yet."""
    body = {"project_id": PROJECT, "is_ipv6": False, "tags": ["web"]}
    free, attached = samples.ip(), samples.ip(lb_id=LB_ID)
    search = listing(f"{ZONE}/ips", "ips", tags="web", project_id=PROJECT)
    found = listing(f"{ZONE}/ips", "ips", free, tags="web", project_id=PROJECT)
    attach = Exchange("PATCH", f"{ZONE}/ips/{IP_ID}", Answer(json=attached), body={"lb_id": LB_ID})
    server = serve(
        [
            search,
            got_lb(),
            Exchange("POST", f"{ZONE}/ips", ResetAfterReading(), body=body),
            found,
            attach,
            read(f"/ips/{IP_ID}", attached),
        ]
    )
    outcome = play(server, connect).run(IP, tags=["web"], lb=LB_ID)
    assert outcome.result["lb_id"] == LB_ID


def test_a_lost_partial_update_is_looked_up_before_it_is_sent_again(serve: Serve, connect: Connect) -> None:
    done = samples.ip(reverse="www.example.com")
    lost_patch = Exchange("PATCH", f"{ZONE}/ips/{IP_ID}", ResetAfterReading(), body={"reverse": "www.example.com"})
    script = [read(f"/ips/{IP_ID}", samples.ip()), lost_patch, read(f"/ips/{IP_ID}", done), read(f"/ips/{IP_ID}", done)]
    outcome = play(serve(script), connect).run(IP, id=IP_ID, reverse="www.example.com")
    assert outcome.changed


def test_a_lost_read_says_that_nothing_changed(serve: Serve, connect: Connect) -> None:
    broken = Exchange("GET", f"{ZONE}/lbs", ResetAfterReading())
    with pytest.raises(LostAnswer) as raised:
        play(serve([broken] * 6), connect).run(LB, **NEW)
    assert not raised.value.data.get("done")
    assert not raised.value.data.get("may_have_changed")


def test_giving_up_while_the_effect_of_a_write_is_unknown_says_so(serve: Serve, connect: Connect) -> None:
    with pytest.raises(TimedOut) as raised:
        play(serve(lost_create(ResetAfterReading())), connect, seconds=0.1).run(LB, **NEW)
    assert raised.value.data["may_have_changed"] is True


# Conflicts


def test_what_somebody_else_created_at_the_same_time_is_adopted(serve: Serve, connect: Connect) -> None:
    exists = Answer(409, json={"message": "resource already exists", "type": "already_exists"})
    outcome = play(serve([*lost_create(exists), lbs(lb()), got_lb()]), connect).run(LB, **NEW)
    assert (outcome.changed, outcome.result["id"]) == (False, LB_ID)


def test_what_somebody_else_created_differently_is_adopted_and_changed(serve: Serve, connect: Connect) -> None:
    exists = Answer(409, json={"message": "resource already exists", "type": "already_exists"})
    script = [
        *lost_create(exists),
        lbs(lb(description="theirs")),
        Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb())),
        got_lb(),
    ]
    outcome = play(serve(script), connect).run(LB, **NEW, description="")
    assert outcome.changed


def test_a_conflict_with_nothing_to_adopt_is_an_error(serve: Serve, connect: Connect) -> None:
    exists = Answer(409, json={"message": "resource already exists", "type": "already_exists"})
    with pytest.raises(Conflict, match="resource already exists"):
        play(serve([*lost_create(exists), lbs()]), connect).run(LB, **NEW)


def test_a_busy_resource_is_waited_for_and_the_write_repeated(serve: Serve, connect: Connect, time: Time) -> None:
    busy = Answer(
        409,
        json={
            "type": "transient_state",
            "message": "resource is in a transient state",
            "resource": "lb",
            "resource_id": LB_ID,
            "current_state": "pending",
        },
    )
    path = f"{ZONE}/lbs/{LB_ID}"
    script = [
        lbs(lb()),
        Exchange("PUT", path, busy),
        got_lb(**PENDING),
        got_lb(),
        got_lb(),
        Exchange("PUT", path, Answer(json=lb(tags=["x"]))),
        got_lb(tags=["x"]),
    ]
    assert play(serve(script), connect).run(LB, name="web", tags=["x"]).changed
    assert time.slept


def test_what_somebody_else_changed_during_a_wait_is_kept_by_a_full_replace(serve: Serve, connect: Connect) -> None:
    busy = Answer(409, json={"type": "transient_state", "message": "busy", "resource": "lb", "current_state": "x"})
    theirs = lb(description="theirs")
    script = [lbs(lb()), Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", busy), got_lb(**PENDING), *[got_lb(**theirs)] * 2]
    replaced = Exchange(
        "PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json={**theirs, "tags": ["x"]}), body={**WHOLE, "description": "theirs"}
    )
    server = serve([*script, replaced, got_lb(**{**theirs, "tags": ["x"]})])
    outcome = play(server, connect).run(LB, name="web", tags=["x"])
    assert (outcome.changed, outcome.result["description"]) == (True, "theirs")


def test_without_a_wait_for_its_own_change_a_task_still_waits_for_an_earlier_one_and_looks_again(
    serve: Serve, connect: Connect
) -> None:
    theirs = lb(description="theirs")
    search = lbs(lb(**PENDING))
    replaced = Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json=theirs), body={**WHOLE, "description": "theirs"})
    server = serve([search, got_lb(**theirs), got_lb(**theirs), replaced, got_lb(**theirs)])
    assert play(server, connect).run(LB, name="web", tags=["x"], wait=False).changed


def test_a_change_that_somebody_else_made_during_a_wait_is_not_ours(serve: Serve, connect: Connect) -> None:
    busy = Answer(409, json={"type": "transient_state", "message": "busy", "resource": "lb", "current_state": "x"})
    done = got_lb(tags=["x"])
    script = [lbs(lb()), Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", busy), got_lb(**PENDING), done, done, done]
    outcome = play(serve(script), connect).run(LB, name="web", tags=["x"])
    assert (outcome.changed, outcome.diff) == (False, {"before": {}, "after": {}})


def test_a_resource_that_stays_busy_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    busy = Answer(409, json={"type": "transient_state", "message": "busy", "resource": "lb", "current_state": "x"})
    exchanges = [Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", busy), got_lb(), got_lb()] * 5
    del exchanges[-1]
    with pytest.raises(TimedOut, match="busy"):
        play(serve([lbs(lb()), *exchanges]), connect, seconds=0.9).run(LB, name="web", tags=["x"])
