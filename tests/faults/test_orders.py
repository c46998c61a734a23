# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stories themselves: every module has one, and orders that were given twice are noticed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from behaviour.runner import Run
from emulator.journal import Entry
from faults.checks import once
from faults.stories import all_stories
from faults.story import Trial

ORDER = "RedeployContainer"
MODULES = Path(__file__).parents[2] / "plugins" / "modules"
LOST, TAKEN, REFUSED = ({"status": None}, {"status": 200}, {"status": 409})


def test_every_module_has_a_story() -> None:
    assert {path.stem for path in MODULES.glob("scw_*.py")} == {story.module for story in all_stories()}


def test_names_of_stories_differ() -> None:
    names = Counter(story.name for story in all_stories())
    assert names.most_common(1)[0][1] == 1


def entry(operation: str = ORDER, **more: Any) -> Entry:
    """A request for the order, processed unless ``more`` says otherwise."""
    usual: dict[str, Any] = dict.fromkeys(("token_digest", "body", "response", "fault"))
    usual |= {"sequence": 1, "method": "POST", "path": "/", "query": {}, "headers": {}, "processed": True}
    return Entry(**{**usual, "operation": operation, **more})


def complaints(*requests: Entry, failed: bool = False, warned: bool = False, again: int = 1) -> list[str]:
    """What is found wrong with a task that made these requests, and a next one that gave the order so many times."""
    run = Run({"failed": failed, "changed": True}, requests, ("It is sent again.",) if warned else (), "")
    following = Run({"changed": True}, (entry(**TAKEN),) * again, (), "")
    return list(once(ORDER)(Trial(run, (following,), {}, {}, (), run)))


def test_an_order_that_is_given_once_is_no_complaint() -> None:
    assert complaints(entry(**TAKEN)) == []
    assert complaints(entry(**REFUSED), entry(**TAKEN)) == []
    assert complaints(entry(fault="reset_before", processed=False, **LOST), failed=True) == []


def test_an_order_that_took_effect_twice_or_never_is_one() -> None:
    twice = [entry(fault="reset_after", **LOST), entry(**TAKEN)]
    assert complaints(*twice, warned=True) == [f"{ORDER} took effect 2 times"]
    assert complaints(entry("GetContainer", **TAKEN)) == [f"{ORDER} took effect 0 times"]
    assert complaints(entry(**TAKEN), again=2) == [f"{ORDER} took effect 2 times"]


def test_an_order_that_is_given_again_without_a_warning_is_one() -> None:
    lost = entry(fault="reset_before", processed=False, **LOST)
    assert complaints(lost, entry(**TAKEN), warned=True) == []
    (complaint,) = complaints(lost, entry(**TAKEN))
    assert "without a warning" in complaint
