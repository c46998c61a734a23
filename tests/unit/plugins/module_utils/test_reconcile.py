# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole tasks, as the exchanges with the API that they make."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    Conflict,
    Failed,
    InvalidOption,
    LostAnswer,
    Missing,
    MissingOption,
    Refused,
    ScwError,
    TimedOut,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb import ACL, BACKEND, FRONTEND, IP, LB
from ansible_collections.scw.cloud.plugins.module_utils.reconcile import LOOKS, TRIES
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit import samples
from unit.conftest import Connect, Serve, Time
from unit.samples import ACL_ID, BACKEND_ID, FRONTEND_ID, IP_ID, LB_ID, OTHER_IP_ID, OTHER_LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import (
    Answer,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
    ScriptedServer,
)
from unit.tasks import NOT_FOUND, Play, got_lb, lbs, listing, lost, read

NEW = {"name": "web", "type": "lb-s"}
PENDING = {"instances": [{"id": "i", "status": "pending"}]}
BACKENDS = f"{ZONE}/lbs/{LB_ID}/backends"


def play(server: ScriptedServer, connect: Connect, **options: Any) -> Play:
    """Tasks against a scripted server."""
    return Play(connect(server.url, **options))


def created(answer: Reaction = Answer(json=lb(status="to_create", instances=[]))) -> Exchange:
    """The creation of the load balancer."""
    body = {"project_id": PROJECT, "name": "web", "type": "lb-s", "description": ""}
    return Exchange("POST", f"{ZONE}/lbs", answer, query={}, body=body)


# The life of a load balancer


def test_a_load_balancer_is_created_and_waited_for(serve: Serve, connect: Connect, time: Time) -> None:
    script = [
        lbs(),
        created(),
        got_lb(status="to_create", instances=[]),
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


def test_without_wait_the_task_returns_what_the_api_shows_at_once(serve: Serve, connect: Connect, time: Time) -> None:
    script = [lbs(), created(), got_lb(status="to_create", instances=[])]
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
    serve: Serve, connect: Connect, by: dict[str, str]
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
        read(f"/lbs/{OTHER_LB_ID}", new),
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
        play(serve([lbs(), created(), got_lb(status="error")]), connect).run(LB, **NEW)
    assert raised.value.data["done"] == ["create load balancer 'web'"]
    assert raised.value.data["not_done"] == []


def test_a_load_balancer_that_never_gets_ready_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    script = [lbs(), created()] + [got_lb(status="creating")] * 5
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
    said = {"lb": "web", "name": "https", "inbound_port": 443, "backend": "app"}
    outcome = play_.run(FRONTEND, check=True, **said)
    assert outcome.changed
    assert outcome.result["backend"] == {"id": UNKNOWN}
    assert len(play_.warnings) == 2
    assert "No load balancer 'web' exists yet" in play_.warnings[0]
    assert "No backend 'app' exists yet" in play_.warnings[1]


def test_check_mode_accepts_the_stand_in_for_an_id(serve: Serve, connect: Connect) -> None:
    said = {"frontend": UNKNOWN, "name": "a", "index": 1, "action": {"type": "deny"}}
    assert play(serve([]), connect).run(ACL, check=True, **said).changed


def test_the_stand_in_for_an_id_is_refused_in_a_real_run(serve: Serve, connect: Connect) -> None:
    said = {"frontend": UNKNOWN, "name": "a", "index": 1, "action": {"type": "deny"}}
    with pytest.raises(InvalidOption, match="frontend: .*check mode"):
        play(serve([]), connect).run(ACL, **said)


def test_the_stand_in_for_a_reference_is_refused_in_a_real_run(serve: Serve, connect: Connect) -> None:
    said = {"lb": LB_ID, "name": "https", "inbound_port": 443, "backend": UNKNOWN}
    server = serve([listing(f"{ZONE}/lbs/{LB_ID}/frontends", "frontends", name="https"), got_lb()])
    with pytest.raises(ScwError, match="backend"):
        play(server, connect).run(FRONTEND, **said)
    assert {call.method for call in server.calls} <= {"GET"}


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


def test_a_creation_that_shows_late_is_not_repeated(serve: Serve, connect: Connect, time: Time) -> None:
    server = serve([*lost_create(ResetAfterReading()), *[lbs()] * (len(LOOKS) - 1), lbs(lb()), got_lb()])
    assert play(server, connect).run(LB, **NEW).changed
    assert len(server.sent("POST")) == 1
    assert time.slept == sorted(time.slept)


def test_a_creation_that_never_shows_is_sent_again(serve: Serve, connect: Connect) -> None:
    looks = [lbs()] * len(LOOKS)
    server = serve([*lost_create(ResetAfterReading()), *looks, created(Answer(json=lb())), got_lb()])
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
        [search, Exchange("POST", f"{ZONE}/ips", ResetAfterReading(), body=body), found, attach, read(f"/ips/{IP_ID}", attached)]
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
        Exchange("PUT", path, Answer(json=lb(tags=["x"]))),
        got_lb(tags=["x"]),
    ]
    assert play(serve(script), connect).run(LB, name="web", tags=["x"]).changed
    assert time.slept


def test_a_resource_that_stays_busy_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    busy = Answer(409, json={"type": "transient_state", "message": "busy", "resource": "lb", "current_state": "x"})
    exchanges = [Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", busy), got_lb()] * 4
    with pytest.raises(TimedOut, match="busy"):
        play(serve([lbs(lb()), *exchanges, exchanges[0]]), connect, seconds=0.9).run(LB, name="web", tags=["x"])


# What belongs to a load balancer

BACKEND_SAID = {"lb": "web", "name": "app", "forward_protocol": "tcp", "forward_port": 80, "server_ip": ["192.0.2.1"]}


def test_a_backend_is_created_once_its_load_balancer_is_at_rest(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb(**PENDING)),
        listing(BACKENDS, "backends", name="app"),
        got_lb(),
        Exchange("POST", BACKENDS, Answer(json=samples.backend())),
        got_lb(**PENDING),
        got_lb(),
        read(f"/backends/{BACKEND_ID}", samples.backend()),
    ]
    outcome = play(serve(script), connect).run(BACKEND, **BACKEND_SAID)
    assert (outcome.changed, outcome.result["id"]) == (True, BACKEND_ID)


def test_a_backend_that_is_as_wanted_costs_one_request_beside_its_parent(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb()), listing(BACKENDS, "backends", samples.backend(), name="app")])
    assert not play(server, connect).run(BACKEND, **BACKEND_SAID).changed


def test_what_was_done_and_what_was_not_is_told_when_a_task_fails_half_way(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(BACKENDS, "backends", samples.backend(), name="app"),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}", Answer(json=samples.backend())),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}/servers", Answer(400, json={"message": "no"})),
    ]
    with pytest.raises(ApiError) as raised:
        play(serve(script), connect).run(BACKEND, **{**BACKEND_SAID, "forward_port": 81, "server_ip": []})
    called = f"update backend 'app' ({BACKEND_ID})"
    assert raised.value.data["done"] == [f"{called} (forward_port)"]
    assert raised.value.data["not_done"] == [f"{called} (server_ip)"]


def test_a_value_that_the_api_does_not_keep_is_a_warning_that_names_the_field(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(BACKENDS, "backends", samples.backend(), name="app"),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}", Answer(json=samples.backend())),
        got_lb(),
        read(f"/backends/{BACKEND_ID}", samples.backend(max_retries=3)),
    ]
    play_ = play(serve(script), connect)
    play_.run(BACKEND, lb="web", name="app", max_retries=77)
    assert len(play_.warnings) == 1
    assert "max_retries" in play_.warnings[0]
    assert "77" not in play_.warnings[0]


@pytest.mark.parametrize(
    ("resource", "said", "script"),
    [
        (BACKEND, {"lb": "web", "name": "app"}, [lbs()]),
        (BACKEND, {"lb": LB_ID, "name": "app"}, [Exchange("GET", BACKENDS, NOT_FOUND)]),
        (ACL, {"frontend": "https", "lb": "web", "name": "a"}, [lbs()]),
        (ACL, {"frontend": FRONTEND_ID, "name": "a"}, [Exchange("GET", f"{ZONE}/frontends/{FRONTEND_ID}/acls", NOT_FOUND)]),
        (ACL, {"frontend": "https", "lb": LB_ID, "name": "a"}, [Exchange("GET", f"{ZONE}/lbs/{LB_ID}/frontends", NOT_FOUND)]),
        (ACL, {"id": ACL_ID, "frontend": FRONTEND_ID}, [lost(f"/acls/{ACL_ID}")]),
    ],
)
def test_what_belongs_to_something_that_is_gone_is_gone_too(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange]
) -> None:
    outcome = play(serve(script), connect).run(resource, **said, state="absent")
    assert (outcome.changed, outcome.result) == (False, {})


@pytest.mark.parametrize(
    ("resource", "said", "script", "names"),
    [
        (BACKEND, {"lb": "web", "name": "app"}, [lbs()], "No load balancer 'web' exists"),
        (BACKEND, {"lb": LB_ID, "name": "app"}, [Exchange("GET", BACKENDS, NOT_FOUND)], f"lb.*{LB_ID}"),
        (
            ACL,
            {"frontend": FRONTEND_ID, "name": "a"},
            [Exchange("GET", f"{ZONE}/frontends/{FRONTEND_ID}/acls", NOT_FOUND)],
            f"frontend.*{FRONTEND_ID}",
        ),
    ],
)
def test_nothing_is_created_in_something_that_does_not_exist(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange], names: str
) -> None:
    with pytest.raises(Missing, match=names):
        play(serve(script), connect).run(resource, **said)


def test_a_backend_of_another_load_balancer_is_refused_before_any_write(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(f"{ZONE}/lbs/{LB_ID}/frontends", "frontends", name="https"),
        read(f"/backends/{BACKEND_ID}", samples.backend(lb=lb(id=OTHER_LB_ID, name="api"))),
    ]
    said = {"lb": "web", "name": "https", "inbound_port": 443, "backend": BACKEND_ID}
    with pytest.raises(InvalidOption, match=f"backend: backend 'app' .* belongs to load balancer {OTHER_LB_ID}"):
        play(serve(script), connect).run(FRONTEND, **said)


def test_an_address_is_not_reserved_for_a_load_balancer_that_does_not_exist(serve: Serve, connect: Connect) -> None:
    script = [listing(f"{ZONE}/ips", "ips", tags="web", project_id=PROJECT), lost(f"/lbs/{LB_ID}")]
    with pytest.raises(Missing, match=f"lb: no load balancer with ID {LB_ID}"):
        play(serve(script), connect).run(IP, tags=["web"], lb=LB_ID)


def test_a_load_balancer_is_not_built_on_an_address_that_does_not_exist(serve: Serve, connect: Connect) -> None:
    script = [lbs(), lost(f"/ips/{IP_ID}")]
    with pytest.raises(Missing, match=f"ips: no IP with ID {IP_ID}"):
        play(serve(script), connect).run(LB, **NEW, ips=[IP_ID])


# Projects


def test_without_any_project_nothing_is_created(serve: Serve, connect: Connect) -> None:
    server = serve([listing(f"{ZONE}/lbs", "lbs", name="web")])
    with pytest.raises(MissingOption, match="set project_id, SCW_DEFAULT_PROJECT_ID or default_project_id"):
        play(server, connect, project_id=None).run(LB, **NEW)


def test_an_organization_stands_in_for_the_project(serve: Serve, connect: Connect) -> None:
    body = {"organization_id": samples.ORGANIZATION, "name": "web", "type": "lb-s", "description": ""}
    script = [
        listing(f"{ZONE}/lbs", "lbs", name="web"),
        Exchange("POST", f"{ZONE}/lbs", Answer(json=lb()), body=body),
        got_lb(),
    ]
    client = {"project_id": None, "organization_id": samples.ORGANIZATION}
    assert play(serve(script), connect, **client).run(LB, **NEW).changed


def test_a_load_balancer_of_another_project_is_not_taken_over(serve: Serve, connect: Connect) -> None:
    other = "99999999-9999-4999-8999-999999999999"
    with pytest.raises(Refused, match=f"belongs to project {PROJECT}, not to {other}"):
        play(serve([got_lb()]), connect).run(LB, id=LB_ID, project_id=other)
