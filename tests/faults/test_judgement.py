# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge lets nothing pass: each thing that may be wrong with a task is a complaint, and nothing else is one."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import TOKEN
from behaviour.runner import Run
from emulator.journal import Entry
from faults.accounts import Comparison, Held
from faults.judgement import Judge
from faults.kinds import KINDS, Kind
from faults.story import Story
from faults.strike import Step, Strike

ID, OTHER = (f"{number}1111111-1111-4111-8111-111111111111" for number in "ab")
COMPARISON = Comparison({"lbs": [{"id": ID}]}, {"name": "x"})
BY_NAME = {kind.name: kind for kind in KINDS}
STORY = Story("scw_lb-create", "scw_lb", lambda _emulator, _session: {})


def held(*objects: dict[str, Any]) -> Held:
    return COMPARISON.held({"lbs": [{"id": ID}, *objects]})


BEGINNING, END = held(), held({"id": OTHER, "name": "x"})


def entry(method: str = "GET", fault: str | None = "status") -> Entry:
    return Entry(1, method, "/x", {}, {}, None, None, 503, None, "ListLBs", fault, False)


def run(*entries: Entry, output: str = "", **result: Any) -> Run:
    return Run({"changed": False, **result}, entries or (entry(),), (), output)


def strike(name: str, method: str = "GET") -> Strike:
    return Strike(Step(0, "ListLBs", 0, method), BY_NAME[name])


def complaints(run: Run, now: Held, kind: str = "503-json", method: str = "GET", story: Story = STORY) -> list[str]:
    usual = Run({"changed": True}, (entry(fault=None),), (), "")
    return list(Judge(story, usual, BEGINNING, END).outcome(run, strike(kind, method), now))


CLEAR: dict[str, Any] = {"failed": True, "msg": "Could not read it: the API answered 403. Check the key."}


def test_a_task_that_got_over_it_is_fine() -> None:
    assert complaints(run(changed=True), END) == []


def test_a_clear_failure_before_any_change_is_fine_where_it_may_fail() -> None:
    assert complaints(run(**CLEAR), BEGINNING, "403") == []


def test_a_failure_after_a_change_that_is_told_is_fine() -> None:
    assert complaints(run(**CLEAR, changed=True), END, "403") == []


def test_an_unsure_task_may_say_that_it_changed() -> None:
    assert complaints(run(**CLEAR, changed=True, error={"may_have_changed": True}), BEGINNING, "403") == []


WRONG = {
    "the fault did not strike": (run(entry(fault=None), changed=True), END, "503-json"),
    "shows the API key": (run(changed=True, output=f"key {TOKEN}"), END, "503-json"),
    "shows a traceback": (run(changed=True, output="Traceback (most recent call last)"), END, "503-json"),
    "gave up": (run(failed=True, msg="Got 503. Check it."), BEGINNING, "503-json"),
    "is not one sentence": (run(failed=True, msg="Got 403.\nCheck it."), BEGINNING, "403"),
    "shows markup": (run(failed=True, msg="Got 403 <h1>. Check it."), BEGINNING, "403"),
    "does not say what to do": (run(failed=True, msg="Got 403."), BEGINNING, "403"),
    "says nothing of": (run(failed=True, msg="It failed. Check it."), BEGINNING, "403"),
    "says changed false, but changed": (run(**CLEAR), END, "403"),
    "says changed true, but nothing did": (run(**CLEAR, changed=True), BEGINNING, "403"),
    "succeeded elsewhere": (run(changed=True), held({"id": OTHER, "name": "y"}), "503-json"),
    "left 3 lbs instead of 2": (run(changed=True), held({"id": OTHER}, {"id": OTHER}), "503-json"),
}


@pytest.mark.parametrize(("what", "case"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_told(what: str, case: tuple[Run, Held, str]) -> None:
    assert any(what in complaint for complaint in complaints(*case))


@pytest.mark.parametrize("name", ["500-json", "500-html", "500-empty"])
def test_only_a_change_may_give_up_at_a_500_that_was_not_processed(name: str) -> None:
    failed = run(failed=True, msg="Got 500. Check it.")
    assert complaints(failed, BEGINNING, name, "POST") == complaints(failed, BEGINNING, name, "PATCH") == []
    assert complaints(failed, BEGINNING, name, "PUT") == complaints(failed, BEGINNING, name) != []


def test_what_the_api_makes_as_it_likes_makes_no_difference() -> None:
    first = {"id": OTHER, "made": "2026-01-05T08:00:00.1Z", "ip_address": "51.1.2.3", "updated_at": "a", "name": "x"}
    second = {**first, "id": OTHER.replace("b", "c"), "made": "2026-01-06T08:00:00Z", "ip_address": "51.1.2.4"}
    assert held(first) == held({**second, "updated_at": "b"})
    assert held(first) != held({**first, "name": "y"})
    assert held({"refers": ID}) != held({"refers": OTHER})


def test_what_is_being_deleted_counts_as_gone() -> None:
    assert held({"id": OTHER, "status": "deleting"}) == BEGINNING


def test_kinds_have_names_of_their_own() -> None:
    assert len(BY_NAME) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_says_what_a_message_about_it_says(kind: Kind) -> None:
    assert kind.words
    assert kind.rule or kind.name == "connection-refused"
