# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing a certificate: no frontend is ever without one, and whatever interrupts it, the next run completes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from behaviour.colleague import Colleague
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, Scene
from unit.certificate_chains import chain

certificates = pytest.mark.parametrize(("resource", "place"), [(CERTIFICATE, place) for place in PLACES], ids=PLACES)

one_place = pytest.mark.parametrize(("resource", "place"), [(CERTIFICATE, "zone")], ids=["zone"])

OLD = {"letsencrypt": {"common_name": "old.example.com"}}
NEW = {"letsencrypt": {"common_name": "new.example.com"}, "rotate": True}
FAILING = {"letsencrypt": {"common_name": "fail.example.com"}, "rotate": True}
ROTATION = ["CreateCertificate", "UpdateFrontend", "UpdateFrontend", "DeleteCertificate"]


class InUse:
    """A certificate that two frontends use, one of them together with another, and a frontend that does not."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.old = scene.make({**scene.identity, **OLD})
        self.other = scene.things.id("certificate-a")
        backend = scene.things.id("backend-a")
        held = {"shared": [self.other, self.old["id"]], "alone": [self.old["id"]], "stranger": [self.other]}
        for number, (name, ids) in enumerate(held.items()):
            body = {"name": name, "inbound_port": 9100 + number, "backend_id": backend, "certificate_ids": ids}
            scene.account.post(f"/lbs/{scene.parent_id}/frontends", **body, timeout_client=1000)

    def rotate(self, content: Mapping[str, Any] | None = None, *, check: bool = False) -> Run:
        """Run the task that replaces the certificate."""
        return self.scene.run({**self.scene.identity, **(NEW if content is None else content)}, check=check)

    @property
    def held(self) -> dict[str, list[str]]:
        """The certificates of the frontends."""
        frontends = self.scene.emulator.state()["frontends"]
        return {
            one["name"]: one["certificate_ids"] for one in frontends if one["name"] in ("shared", "alone", "stranger")
        }

    @property
    def namesakes(self) -> list[str]:
        """IDs of all certificates of that name."""
        found = self.scene.emulator.state()["certificates"]
        return [one["id"] for one in found if one["name"] == self.old["name"] and one["lb_id"] == self.scene.parent_id]

    def leave_behind(self, content: Mapping[str, Any]) -> str:
        """ID of a new one that is not issued yet, as a rotation leaves it that was interrupted."""
        path = f"/lbs/{self.scene.parent_id}/certificates"
        made = self.scene.account.post(path, name=self.old["name"], letsencrypt=content["letsencrypt"])
        return str(made["id"])

    def put(self, name: str, **changes: Any) -> None:
        """Change a frontend as somebody else would."""
        found = next(one for one in self.scene.emulator.state()["frontends"] if one["name"] == name)
        kept = {key: found["settings"][key] for key in ("inbound_port", "timeout_client")}
        kept |= {key: found[key] for key in ("name", "backend_id", "certificate_ids")}
        self.scene.account.call("PUT", f"/frontends/{found['id']}", {**kept, **changes})

    def assert_rotated(self) -> None:
        """There is one certificate of that name, which the same frontends use as before."""
        (new,) = self.namesakes
        assert new != self.old["id"]
        assert self.held == {"shared": [self.other, new], "alone": [new], "stranger": [self.other]}


@pytest.fixture
def in_use(scene: Scene) -> InUse:
    return InUse(scene)


@certificates
def test_another_content_is_refused_unless_rotation_is_asked_for(in_use: InUse) -> None:
    refused = in_use.rotate({**NEW, "rotate": False})
    assert_refused(refused, "letsencrypt", "old.example.com", "new.example.com", "rotate")
    assert in_use.namesakes == [in_use.old["id"]]


@certificates
def test_the_new_one_is_ready_before_it_is_used_and_the_old_one_goes_last(in_use: InUse) -> None:
    in_use.scene.emulator.settings(settle_reads=3)
    predicted = in_use.rotate(check=True)
    assert_predicts(predicted)
    run = in_use.rotate()
    assert_changed(run, *ROTATION)
    assert run.done == ROTATION
    assert run.diff == predicted.diff
    in_use.assert_rotated()
    new = in_use.scene.object(run)
    assert (new["common_name"], new["status"]) == ("new.example.com", "ready")
    first_use = next(number for number, entry in enumerate(run.requests) if entry.operation == "UpdateFrontend")
    seen = [entry.response["status"] for entry in run.requests[:first_use] if entry.path.endswith(new["id"])]
    assert seen[-1] == "ready"
    assert_quiet(in_use.rotate())


@certificates
def test_frontends_keep_everything_else(in_use: InUse) -> None:
    before = {one["name"]: one for one in in_use.scene.emulator.state()["frontends"]}
    in_use.rotate()
    after = {one["name"]: one for one in in_use.scene.emulator.state()["frontends"]}
    changing = ("certificate_ids", "updated_at")
    for name, frontend in before.items():
        kept = {key: value for key, value in frontend.items() if key not in changing}
        assert kept.items() <= after[name].items()


@certificates
def test_the_diff_shows_both_contents_and_every_frontend(in_use: InUse) -> None:
    diff = in_use.rotate(check=True).diff
    assert diff["before"]["letsencrypt"]["common_name"] == "old.example.com"
    assert diff["after"]["letsencrypt"]["common_name"] == "new.example.com"
    assert diff["before"]["certificates"] == [in_use.old["id"]]
    assert sorted(key.split("'")[1] for key in diff["before"] if key.startswith("frontend")) == ["alone", "shared"]


@certificates
def test_nothing_is_rotated_that_is_as_wanted(in_use: InUse) -> None:
    assert_quiet(in_use.rotate({**OLD, "rotate": True}))
    assert in_use.namesakes == [in_use.old["id"]]


@certificates
def test_one_that_does_not_exist_is_created(scene: Scene) -> None:
    run = scene.run({**scene.identity, **NEW})
    assert_changed(run, "CreateCertificate")
    assert_quiet(scene.run({**scene.identity, **NEW}))


@certificates
def test_the_kind_can_change_too(in_use: InUse) -> None:
    content = {"custom_certificate": {"certificate_chain": chain("leaf.example.com")}, "rotate": True}
    assert_changed(in_use.rotate(content), *ROTATION)
    in_use.assert_rotated()
    assert_quiet(in_use.rotate(content))


@certificates
def test_a_new_one_that_fails_goes_again_and_the_old_one_stays(in_use: InUse) -> None:
    run = in_use.rotate({"letsencrypt": {"common_name": "fail.example.com"}, "rotate": True})
    assert run.failed
    assert_clear(run, "error")
    assert run.done == ["CreateCertificate", "DeleteCertificate"]
    assert in_use.namesakes == [in_use.old["id"]]
    assert in_use.held["alone"] == [in_use.old["id"]]
    assert len(run.result["error"]["not_done"]) == 3
    assert_changed(in_use.rotate(), *ROTATION)
    in_use.assert_rotated()


@certificates
def test_one_in_error_is_replaced_by_the_same(scene: Scene) -> None:
    failing = {"letsencrypt": {"common_name": "fail.example.com"}}
    scene.run({**scene.identity, **failing})
    scene.emulator.status([{"kind": "certificate", "status": "ready"}])
    assert scene.run({**scene.identity, **failing}).failed
    run = scene.run({**scene.identity, **failing, "rotate": True})
    assert_changed(run, "CreateCertificate", "DeleteCertificate")
    assert scene.object(run)["status"] == "ready"


@certificates
def test_an_id_cannot_be_rotated(in_use: InUse) -> None:
    refused = in_use.scene.run({**in_use.scene.place, "id": in_use.old["id"], **NEW})
    assert_refused(refused, "id", "Name it")


STRIKES: Mapping[str, Callable[[int], dict[str, Any]]] = {
    "refused": lambda number: {"kind": "status", "status": 403, "after": number, "count": None},
    "not-processed": lambda number: {"kind": "status", "status": 503, "after": number, "count": None},
    "lost": lambda number: {"kind": "reset_after", "after": number, "count": 1},
    "lost-for-good": lambda number: {"kind": "no_answer", "after": number, "count": None, "processed": True},
}


@certificates
@pytest.mark.parametrize("strike", STRIKES)
@pytest.mark.parametrize("number", range(len(ROTATION)))
def test_whatever_interrupts_it_the_next_run_completes_it(in_use: InUse, strike: str, number: int) -> None:
    emulator = in_use.scene.emulator
    emulator.settings(busy_conflict=False)
    emulator.faults([{**STRIKES[strike](number), "method": "POST|PUT|DELETE"}])
    first = in_use.rotate()
    assert all(len(ids) == len(set(ids)) and ids for ids in in_use.held.values())
    if first.failed:
        assert_clear(first)
        assert bool(first.result["changed"]) == bool(number) or strike == "lost-for-good"
    emulator.faults([])
    second = in_use.rotate()
    assert not second.failed, second.message
    in_use.assert_rotated()
    assert_quiet(in_use.rotate())


@certificates
def test_two_of_one_name_are_told_with_the_way_out(in_use: InUse) -> None:
    in_use.scene.account.post(f"/lbs/{in_use.scene.parent_id}/certificates", name=in_use.old["name"], **OLD)
    assert_refused(in_use.rotate({**OLD}), "2 certificates", "rotate")
    assert_changed(in_use.rotate({**OLD, "rotate": True}), "DeleteCertificate")


@certificates
def test_the_whole_load_balancer_rotates_too(in_use: InUse) -> None:
    scene = in_use.scene
    name = in_use.old["name"]
    task = {
        **scene.place,
        "name": scene.things.name("outer"),
        "certificates": [{"name": name, **NEW}],
        "frontends": [{"name": "alone", "certificates": [name]}],
    }
    assert_predicts(run_module(scene.emulator, "scw_lb", task, check=True))
    assert_changed(run_module(scene.emulator, "scw_lb", task), *ROTATION)
    in_use.assert_rotated()
    assert_quiet(run_module(scene.emulator, "scw_lb", {**task, "purge": False}))


@one_place
@pytest.mark.parametrize("used", [True, False], ids=["used", "unused"])
@pytest.mark.parametrize("trace", ["resumed", "answer-lost"])
def test_a_good_one_never_goes_for_one_that_turns_out_bad(in_use: InUse, trace: str, used: bool) -> None:
    scene = in_use.scene
    for frontend in scene.emulator.state()["frontends"] if not used else ():
        scene.account.call("DELETE", f"/frontends/{frontend['id']}")
    before = in_use.held
    scene.emulator.settings(settle_reads=4)
    if trace == "resumed":
        in_use.leave_behind(FAILING)
    else:
        scene.emulator.faults([{"kind": "reset_after", "operation": "CreateCertificate"}])
    run = in_use.rotate(FAILING)
    assert run.failed
    assert_clear(run, "does not resolve")
    assert "UpdateFrontend" not in run.operations
    assert in_use.old["id"] in in_use.namesakes
    assert in_use.held == before
    assert not in_use.rotate().failed
    assert len(in_use.namesakes) == 1
    assert in_use.old["id"] not in in_use.namesakes


@one_place
@pytest.mark.parametrize("wait", [True, False], ids=["waiting", "not-waiting"])
def test_a_resumed_rotation_waits_for_the_new_one(in_use: InUse, wait: bool) -> None:
    in_use.scene.emulator.settings(settle_reads=6, busy_conflict=False)
    new = in_use.leave_behind(NEW)
    run = in_use.rotate({**NEW, "wait": wait})
    assert_changed(run, *ROTATION[1:])
    first_use = next(number for number, entry in enumerate(run.requests) if entry.operation == "UpdateFrontend")
    seen = [entry.response["status"] for entry in run.requests[:first_use] if entry.path.endswith(new)]
    assert seen[-1:] == ["ready"]
    in_use.assert_rotated()


@one_place
def test_a_resumed_rotation_makes_another_where_the_one_left_behind_turns_out_bad(in_use: InUse) -> None:
    in_use.scene.emulator.settings(settle_reads=4)
    bad = in_use.leave_behind(NEW)
    in_use.scene.emulator.status([{"kind": "certificate", "match": bad, "status": "error"}])
    run = in_use.rotate()
    assert_changed(run, *ROTATION, "DeleteCertificate")
    in_use.assert_rotated()
    assert bad not in in_use.namesakes
    assert_quiet(in_use.rotate())


@one_place
def test_what_changes_in_a_frontend_during_the_wait_is_kept(in_use: InUse, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = {"timeout_client": 777_000, "backend_id": in_use.scene.things.id("backend-b")}
    colleague = Colleague(monkeypatch, "GET", "/certificates/", lambda: in_use.put("shared", **changes))
    run = in_use.rotate()
    assert colleague.acted
    assert not run.failed, run.message
    in_use.assert_rotated()
    shared = next(one for one in in_use.scene.emulator.state()["frontends"] if one["name"] == "shared")
    assert shared["settings"]["timeout_client"] == 777_000
    assert shared["backend_id"] == changes["backend_id"]


@one_place
@pytest.mark.parametrize("moment", [("GET", "/certificates/"), ("PUT", "/frontends/")], ids=["the-wait", "the-moves"])
def test_who_comes_to_use_the_old_one_meanwhile_is_moved_too(
    in_use: InUse, monkeypatch: pytest.MonkeyPatch, moment: tuple[str, str]
) -> None:
    both = [in_use.other, in_use.old["id"]]
    colleague = Colleague(monkeypatch, *moment, lambda: in_use.put("stranger", certificate_ids=both))
    run = in_use.rotate()
    assert colleague.acted
    assert not run.failed, run.message
    (new,) = in_use.namesakes
    assert new != in_use.old["id"]
    assert in_use.held == {"shared": [in_use.other, new], "alone": [new], "stranger": [in_use.other, new]}
    deletions = [entry.status for entry in run.writes if entry.operation == "DeleteCertificate"]
    assert [status for status in deletions if status != 409] == [204], "never tried while in use"
