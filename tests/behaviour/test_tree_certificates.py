# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates inside a whole load balancer: who waits for them, who does not, and what is told of a rotation."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import assert_clear, assert_quiet
from behaviour.runner import Run
from behaviour.whole import Shop, backend

pytestmark = pytest.mark.parametrize("place", ["zone"])

PENDING = {"name": "issued", "letsencrypt": {"common_name": "www.example.com"}}
HTTPS = {"name": "https", "inbound_port": 443, "backend": "web", "certificates": ["issued"]}


def assert_ready_before_use(shop: Shop, run: Run, name: str) -> None:
    """The certificate was seen ready before the first frontend that has it was written."""
    wanted = shop.id("certificates", name)
    first = next(number for number, entry in enumerate(run.requests) if wanted in str(entry.body))
    seen = [entry.response["status"] for entry in run.requests[:first] if entry.path.endswith(wanted)]
    assert seen[-1:] == ["ready"]


@pytest.mark.parametrize(
    "options",
    [{"certificates": [PENDING], "wait": False}, {"certificates": [PENDING]}, {}],
    ids=["declared-without-waiting", "declared", "not-declared"],
)
def test_a_frontend_waits_for_a_certificate_that_an_earlier_task_asked_for(shop: Shop, options: dict[str, Any]) -> None:
    shop.emulator.settings(settle_reads=8, busy_conflict=False)
    task = {**shop.named, "type": "lb-s", "backends": [backend("web")]}
    shop.make({**task, "certificates": [PENDING], "wait": False})
    assert [one["status"] for one in shop.objects("certificates")] == ["pending"]
    run = shop.run({**shop.named, "frontends": [HTTPS], **options})
    assert not run.failed, run.message
    assert run.done == ["CreateFrontend"]
    assert_ready_before_use(shop, run, "issued")


def test_a_certificate_that_fails_does_not_hold_up_those_who_do_not_use_it(shop: Shop) -> None:
    bad = {"name": "bad", "letsencrypt": {"common_name": "fail.example.com"}}
    plain = {"name": "http", "inbound_port": 80, "backend": "web"}
    task = {**shop.named, "type": "lb-s", "certificates": [bad], "backends": [backend("web")], "frontends": [plain]}
    run = shop.run(task)
    assert run.failed
    assert_clear(run, "'bad'", "does not resolve")
    assert shop.names("frontends") == ["http"]
    assert any("frontend 'http'" in does for does in run.result["error"]["done"])
    assert run.result["error"]["not_done"] == []
    for check in (True, False):
        again = shop.run(task, check=check)
        assert_clear(again, "'bad'", "does not resolve")
        assert again.operations == []


@pytest.mark.parametrize(
    "more", [{}, {"frontends": [{"name": "https", "certificates": ["issued", "own"]}]}], ids=["", "declared"]
)
def test_what_was_done_of_a_rotation_is_not_told_as_left_too(shop: Shop, more: dict[str, Any]) -> None:
    shop.make()
    shop.emulator.faults([{"kind": "status", "status": 412, "operation": "DeleteCertificate"}])
    renewed = {"name": "issued", "rotate": True, "letsencrypt": {"common_name": "new.example.com"}}
    task = {**shop.named, "certificates": [renewed], **more}
    run = shop.run(task)
    assert run.failed
    assert_clear(run, "412")
    assert run.done == ["CreateCertificate", "UpdateFrontend", "DeleteCertificate"]
    told = run.result["error"]
    assert [does.split(" ")[1:3] for does in told["done"]] == [["create", "certificate"], ["update", "frontend"]]
    assert [does.split(" ")[1:3] for does in told["not_done"]] == [["delete", "certificate"]]
    again = shop.run(task)
    assert not again.failed, again.message
    assert again.done == ["DeleteCertificate"]
    assert_quiet(shop.run(task))
