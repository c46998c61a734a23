# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing a certificate: no frontend is ever without one, and whatever interrupts it, the next run completes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.lb_certificates import CERTIFICATE
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, Scene
from unit.certificate_chains import chain

certificates = pytest.mark.parametrize(("resource", "place"), [(CERTIFICATE, place) for place in PLACES], ids=PLACES)

OLD = {"letsencrypt": {"common_name": "old.example.com"}}
NEW = {"letsencrypt": {"common_name": "new.example.com"}, "rotate": True}
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
