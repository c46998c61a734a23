# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole play in sequence: in check mode on an empty account, and for real."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import assert_predicts
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, RESOURCES
from emulator.testing import Emulator
from naming import module_of

HTTP = {"lb": "web", "name": "http", "inbound_port": 80, "backend": "app"}
HTTPS_ONLY = {"type": "redirect", "redirect": {"type": "scheme", "target": "https"}}
PLAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("scw_lb_ip", {"tags": ["web"]}),
    ("scw_lb_subscriber", {"name": "on-call", "webhook_config": {"uri": "https://alerts.example.com/"}}),
    ("scw_lb", {"name": "web", "type": "LB-S", "ips": "{ip}", "tags": ["shop"], "subscriber": "on-call"}),
    ("scw_lb_backend", {"lb": "web", "name": "app", "forward_protocol": "http", "forward_port": 8080}),
    ("scw_lb_frontend", HTTP),
    ("scw_lb_acl", {"lb": "web", "frontend": "http", "name": "office", "index": 1, "action": {"type": "allow"}}),
    ("scw_lb_acl", {"lb": "web", "frontend": "http", "name": "https", "index": 2, "action": HTTPS_ONLY}),
    ("scw_lb_route", {"lb": "web", "frontend": "http", "backend": "app", "match": {"host_header": "api.example.com"}}),
)
every_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def run_play(emulator: Emulator, place: dict[str, str], *, check: bool, by_id: bool = False) -> list[Run]:
    """Run the tasks; each refers to the ones before it by name, or by the ID they returned."""
    known: dict[str, Any] = {}
    runs = []
    for module, task in PLAY:
        options = {**task, **({name: known.get(name, value) for name, value in task.items()} if by_id else {})}
        if "ips" in task:
            options["ips"] = [known["ip"]]
        run = run_module(emulator, module, {**place, **options}, check=check)
        assert not run.failed, run.message
        runs.append(run)
        kind = next(resource.name for resource in RESOURCES if module_of(resource) == module)
        known[kind] = run.result[kind]["id"]
    return runs


@every_place
@pytest.mark.parametrize("by_id", [False, True], ids=["names", "ids"])
def test_check_mode_of_a_play_works_on_an_empty_account(emulator: Emulator, place: dict[str, str], by_id: bool) -> None:
    for run in run_play(emulator, place, check=True, by_id=by_id):
        assert_predicts(run)
    assert emulator.writes() == []


@every_place
@pytest.mark.parametrize("by_id", [False, True], ids=["names", "ids"])
def test_a_play_does_what_its_check_run_said(emulator: Emulator, place: dict[str, str], by_id: bool) -> None:
    predicted = run_play(emulator, place, check=True, by_id=by_id)
    real = run_play(emulator, place, check=False, by_id=by_id)
    assert [run.changed for run in real] == [run.changed for run in predicted]
    for said, done in zip(predicted, real, strict=True):
        assert set(said.diff["after"]) == set(done.diff["after"])

    emulator.clear_journal()
    again = run_play(emulator, place, check=False, by_id=by_id)
    assert [run.changed for run in again] == [False] * len(PLAY)
    assert emulator.writes() == []
    assert [run.changed for run in run_play(emulator, place, check=True, by_id=by_id)] == [False] * len(PLAY)


@every_place
def test_a_check_run_warns_about_what_it_assumes(emulator: Emulator, place: dict[str, str]) -> None:
    runs = run_play(emulator, place, check=True)
    assert [run.warnings for run in runs[:2]] == [(), ()]
    assert "'on-call'" in runs[2].warnings[0]
    assert all("'web'" in run.warnings[0] for run in runs[3:])


@every_place
def test_without_check_mode_a_missing_parent_is_an_error(emulator: Emulator, place: dict[str, str]) -> None:
    run = run_module(emulator, "scw_lb_frontend", {**place, **HTTP})
    assert run.failed
    assert "'web'" in run.message
    assert emulator.writes() == []
