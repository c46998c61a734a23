# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task about a whole load balancer that is interrupted at any write: the next run ends where an undisturbed one does.

What it said of itself was true: what it did, what it did not do, and whether anything changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from behaviour.conftest import VirtualTime
from behaviour.expectations import assert_changed, assert_clear, assert_quiet, assert_refused
from behaviour.faults import Fault
from behaviour.interrupted import FAULTS, disturb
from behaviour.rehearsal import Rehearsals
from behaviour.whole import CHAIN, NETWORK, OTHER_NETWORK, Shop, acl, backend, built, put, route

PLACES = ("zone", "region")
both_places = pytest.mark.parametrize("place", PLACES)
# The ACLs of a frontend are told singly, although they may be set together.
PLANNED = len(built("region"))


def cases(operations: Mapping[str, list[str]]) -> pytest.MarkDecorator:
    """Every fault at every write: at one of the two places by turns if both have that write, and else where it is."""
    writes = {place: [(one, done[:at].count(one)) for at, one in enumerate(done)] for place, done in operations.items()}
    both = [write for write in writes[PLACES[0]] if write in writes[PLACES[1]]]
    return pytest.mark.parametrize(
        ("place", "number", "fault"),
        [
            pytest.param(place, number, fault, id=f"{place}-{number}-{operation}-{name}")
            for turn, place in enumerate(PLACES)
            for number, operation in enumerate(operations[place])
            for index, (name, fault) in enumerate(FAULTS.items())
            for write in [writes[place][number]]
            if write not in both or (both.index(write) + index) % len(PLACES) == turn
        ],
    )


@cases({place: built(place) for place in PLACES})
def test_an_interrupted_creation_is_completed(
    shop: Shop, rehearsals: Rehearsals, place: str, number: int, fault: Fault
) -> None:
    expected = rehearsals.play(shop, f"create {place}", partial(shop.emulator.settings, settle_reads=0), shop.make)
    disturb(shop, shop.whole, built(place), number, fault, PLANNED)
    assert shop.lasting() == expected
    assert_quiet(shop.run(shop.whole))


REBUILT = {
    "zone": [
        "UpdateLB",
        "CreateCertificate",
        "AttachPrivateNetwork",
        "UpdateBackend",
        "UpdateHealthCheck",
        "CreateBackend",
        "DeleteFrontend",
        "UpdateFrontend",
        "SetACLs",
        "UpdateRoute",
        "CreateRoute",
        "DeleteRoute",
        "DeleteBackend",
        "DeleteBackend",
        "DetachPrivateNetwork",
        "DeleteCertificate",
    ],
}
REBUILT["region"] = [
    *REBUILT["zone"][:8],
    *["UpdateACL", "CreateACL"],
    *["UpdateRoute", "CreateRoute", "DeleteRoute"],
    *["DeleteACL", "DeleteACL"],
    *REBUILT["zone"][12:],
]


def rebuilt(shop: Shop) -> dict[str, Any]:
    """A task that changes, adds and removes something of every kind."""
    whole = shop.whole
    https = whole["frontends"][0]
    return {
        **shop.named,
        "purge": True,
        "description": "new",
        "certificates": [
            {"name": "issued"},
            {"name": "fresh", "letsencrypt": {"common_name": "fresh.example.com"}},
        ],
        "private_networks": [{"private_network_id": OTHER_NETWORK, "ipam_ids": [OTHER_NETWORK]}],
        "backends": [
            {"name": "web", "max_retries": 5, "health_check": {"check_delay": "5s"}},
            backend("fresh"),
        ],
        "frontends": [
            {
                "name": "https",
                "backend": "fresh",
                "certificates": ["issued", "fresh"],
                "only_edge_services": True,
                "acls": [{**https["acls"][0], "action": {"type": "allow"}}, acl("fresh", "203.0.113.0/24")],
                "routes": [route("web", host_header="api.example.com"), route("fresh", path_begin="/fresh")],
            }
        ],
    }


@both_places
def test_a_rebuilding_task_writes_in_the_order_of_needs(shop: Shop, place: str) -> None:
    shop.make()
    predicted, run = shop.run(rebuilt(shop), check=True), shop.run(rebuilt(shop))
    assert_changed(run, *REBUILT[place])
    assert run.done == REBUILT[place]
    assert run.diff == predicted.diff
    assert_quiet(shop.run(rebuilt(shop)))


@cases(REBUILT)
def test_an_interrupted_change_is_completed(
    shop: Shop, rehearsals: Rehearsals, place: str, number: int, fault: Fault
) -> None:
    def make() -> None:
        shop.emulator.settings(settle_reads=0)
        shop.make()

    def change() -> None:
        assert_changed(shop.run(rebuilt(shop)), *REBUILT[place])

    expected = rehearsals.play(shop, f"change {place}", make, change)
    disturb(shop, rebuilt(shop), REBUILT[place], number, fault, len(REBUILT["region"]))
    assert shop.lasting() == expected
    assert_quiet(shop.run(rebuilt(shop)))


class Behind:
    """Somebody else who does something the first time that the task sleeps."""

    def __init__(self, time: VirtualTime, action: Any) -> None:
        self.time, self.action, self.acted, self.sleep = time, action, False, time.sleep

    def __call__(self, seconds: float) -> None:
        self.sleep(seconds)
        if not self.acted:
            self.acted = True
            self.action()


@both_places
def test_what_somebody_else_creates_meanwhile_is_adopted(
    shop: Shop, virtual_time: VirtualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.make({**shop.named, "type": "lb-s", "backends": [backend("web")]})
    lb, web = shop.id("lbs", "shop"), shop.id("backends", "web")
    shop.emulator.settings(settle_reads=1)
    shop.by_hand(f"/lbs/{lb}/backends", **shop_body("other"))

    def act() -> None:
        shop.by_hand(f"/lbs/{lb}/frontends", name="http", inbound_port=80, backend_id=web)

    behind = Behind(virtual_time, act)
    monkeypatch.setattr(virtual_time, "sleep", behind)
    task = {
        **shop.named,
        "backends": [{"name": "web", "max_retries": 5}],
        "frontends": [{"name": "http", "inbound_port": 80, "backend": "web", "timeout_client": "5s"}],
    }
    run = shop.run(task)
    assert behind.acted
    assert not run.failed, run.message
    assert shop.names("frontends") == ["http"]
    assert shop.objects("frontends")[0]["settings"]["timeout_client"] == 5000
    assert_quiet(shop.run(task))


def shop_body(name: str) -> dict[str, Any]:
    check = {"port": 80, "check_delay": 60_000, "check_timeout": 30_000, "check_max_retries": 2}
    algorithm = {"forward_port_algorithm": "roundrobin", "sticky_sessions": "none", "server_ip": []}
    return {"name": name, "forward_protocol": "http", "forward_port": 80, "health_check": check, **algorithm}


@both_places
def test_a_port_that_somebody_else_took_is_an_error_that_says_where(shop: Shop) -> None:
    shop.make()
    task = {**shop.named, "frontends": [{"name": "more", "inbound_port": 443, "backend": "web"}]}
    run = shop.run(task)
    assert run.failed
    assert_clear(run, "frontends[0]", "409")
    assert run.result["changed"] is False
    assert run.result["error"]["done"] == []
    assert shop.names("frontends") == ["https", "imaps"]


@both_places
def test_frontends_wait_for_their_certificates(shop: Shop) -> None:
    shop.emulator.settings(settle_reads=3)
    run = shop.run(shop.whole)
    assert not run.failed, run.message
    issued = shop.id("certificates", "issued")
    first = next(number for number, entry in enumerate(run.requests) if entry.operation == "CreateFrontend")
    seen = [entry.response["status"] for entry in run.requests[:first] if entry.path.endswith(issued)]
    assert seen[-1] == "ready"
    assert "pending" in seen
    written = [entry.operation for entry in run.requests[:first] if entry.method == "POST" and entry.status == 200]
    assert written.count("CreateBackend") == 3, "what needs no certificate does not wait"


FAILING = {"name": "bad", "letsencrypt": {"common_name": "fail.example.com"}}


@both_places
def test_a_certificate_that_fails_is_an_error_with_the_reason(shop: Shop) -> None:
    task = put(put(shop.whole, ("certificates", 0), FAILING), ("frontends", 0, "certificates"), ["bad"])
    run = shop.run(task)
    assert run.failed
    assert_clear(run, "'bad'", "error", "does not resolve")
    assert run.result["changed"] is True
    done, left = run.result["error"]["done"], run.result["error"]["not_done"]
    assert any("certificate 'bad'" in does for does in done)
    assert any("backend 'web'" in does for does in done)
    assert any("frontend 'https'" in does for does in left)
    assert len(done) + len(left) == PLANNED
    assert shop.objects("frontends") == []
    assert_refused(shop.run(task), "'bad'", "does not resolve")

    fixed = put(put(task, ("certificates", 0, "name"), "good"), ("frontends", 0, "certificates"), ["good"])
    fixed = put(fixed, ("certificates", 0, "letsencrypt"), {"common_name": "good.example.com"})
    again = shop.run({**fixed, "purge": True})
    assert not again.failed, again.message
    assert shop.names("certificates") == ["good", "own"]
    assert_quiet(shop.run(fixed))


@both_places
def test_a_failed_certificate_stays_an_error_when_nothing_else_is_to_do(shop: Shop) -> None:
    task = {**shop.named, "type": "lb-s", "certificates": [FAILING]}
    assert shop.run(task).failed
    again = shop.run(task)
    assert_refused(again, "certificates[0]", "'bad'", "does not resolve")
    assert_quiet(shop.run({**task, "wait": False}))


@both_places
@pytest.mark.parametrize("kind", ["certificate", "private_network"])
def test_what_never_settles_ends_with_the_deadline(shop: Shop, virtual_time: VirtualTime, kind: str) -> None:
    shop.emulator.status([{"kind": kind, "status": "never"}])
    run = shop.run({**shop.whole, "wait_timeout": 120})
    assert run.failed
    assert_clear(run, "120 s", "wait_timeout")
    assert run.result["changed"] is True
    assert len(run.result["error"]["done"]) + len(run.result["error"]["not_done"]) == PLANNED
    assert virtual_time.seconds <= 120
    shop.emulator.status([])
    assert not shop.run(shop.whole).failed
    assert_quiet(shop.run(shop.whole))


@both_places
def test_a_network_that_cannot_be_attached_is_an_error(shop: Shop) -> None:
    shop.emulator.status([{"kind": "private_network", "status": "error"}])
    run = shop.run(shop.whole)
    assert run.failed
    assert_clear(run, NETWORK, "error")
    assert run.result["changed"] is True


KEY_LINES = [line for line in CHAIN.partition("CERTIFICATE")[0].splitlines() if len(line) > 40]


@both_places
@pytest.mark.parametrize(
    "rule",
    [None, {"kind": "status", "status": 400, "operation": "CreateCertificate", "body": {"message": CHAIN}}],
    ids=["", "repeated-by-the-server"],
)
def test_the_private_key_of_a_certificate_is_in_no_output(shop: Shop, rule: dict[str, Any] | None) -> None:
    assert KEY_LINES
    shop.emulator.faults([{"count": None, **rule}] if rule else [])
    wrong = put(shop.whole, ("frontends", 0, "backend"), "nowhere")
    for options in (shop.whole, shop.whole, wrong):
        for check in (True, False):
            run = shop.run(options, check=check)
            for line in KEY_LINES:
                assert line not in run.output
