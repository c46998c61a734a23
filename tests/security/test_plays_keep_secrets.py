# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole plays over every module, with all details on and much going wrong: no secret of the run shows anywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator.testing import Emulator
from security import story
from security.recorded_play import KEY, Recorded
from security.servers import Host
from security.spelled import echoes, forms, leaks, secret_text, word
from security.story import BROKEN, MODULES, SECRETS, STEPS, refused

SHOWN = sum(not step.hidden for step in STEPS)
IN_BACKGROUND = next(number for number, step in enumerate(STEPS) if step.module == "scw_container")
OTHER = {number: secret_text(number + 20) for number in SECRETS}


@pytest.fixture
def record(emulator: Emulator, stranger: Host, tmp_path: Path) -> Iterator[Callable[[str], Recorded]]:
    """A run whose key comes from somewhere."""
    emulator.settings(settle_reads=0)
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        yield lambda source: Recorded(emulator, stranger, tmp_path, source, Path(folder))
    assert stranger.asked == []


def faults(run: Recorded, emulator: Emulator, *, lost: bool) -> list[story.Step]:
    """Have the API refuse answers, and lose and cut them if asked for; the tasks that get to see that."""
    steps, rules = zip(*refused(run.pem, lost=lost), strict=True)
    emulator.faults(list(rules))
    return list(steps)


def failed(results: list[Any]) -> list[bool]:
    return [bool(result.get("failed")) for result in results]


# What is in the play


def test_every_module_has_a_task_and_every_secret_option_a_secret() -> None:
    assert {step.module for step in STEPS} == {path.stem for path in MODULES.glob("scw_*.py")}
    for module in {step.module for step in STEPS}:
        for path in story.secret_options(module):
            assert any(story.has(step.options, path) for step in STEPS if step.module == module), (module, path)


def test_the_search_finds_every_spelling() -> None:
    secret = secret_text(1)
    for spelled in echoes(secret).split(" | "):
        assert leaks([secret], {"text": f"before {spelled} after"}), spelled
        assert len(leaks([secret], {"text": "before and after"})) == 0
    assert leaks([KEY], {"text": KEY.upper()})
    assert word(1) in "".join(forms(secret))


# The plays


def assert_built(results: list[Any]) -> None:
    """Every task of the story did what it is for."""
    assert [result["msg"] for result in results if result.get("failed")] == []


def assert_kept(run: Recorded, emulator: Emulator) -> None:
    """The secrets were used, and show nowhere."""
    sent = str([entry.body for entry in emulator.writes()])
    for number in SECRETS:
        assert word(number) in sent
    everything = run.secrets({**SECRETS, **{number + 100: text for number, text in OTHER.items()}})
    assert (
        len(everything) > 2 * len(SECRETS) + 4
    )  # the key, the PEM, signatures of an upload and a download, and a token
    assert run.leaks(everything) == []


def test_nothing_shows_of_a_play_in_the_controller(record: Callable[[str], Recorded], emulator: Emulator) -> None:
    run = record("option")
    bad = [*faults(run, emulator, lost=True), *BROKEN]
    results = run.play([*STEPS, *bad], SECRETS, here=True)
    assert_built(results[:SHOWN])
    assert sum(failed(results[SHOWN:])) >= len(bad) / 2
    assert all(failed(results[-len(BROKEN) :]))
    emulator.faults([])
    run.source = "environment"
    checked = run.play([*STEPS, *BROKEN], OTHER, "--check", here=True, form="yaml")
    assert_built(checked[:SHOWN])
    assert_kept(run, emulator)


def test_nothing_shows_of_a_play_of_modules(record: Callable[[str], Recorded], emulator: Emulator) -> None:
    run = record("profile")
    bad = [*faults(run, emulator, lost=False), *BROKEN]  # the rest is seen in the controller
    results = run.play([*STEPS, *bad], SECRETS, here=False, form="yaml", in_background=[IN_BACKGROUND])
    assert_built(results[:SHOWN])
    assert sum(failed(results[SHOWN:])) >= len(bad) / 2
    emulator.faults([])
    run.source = "file"
    assert_built(run.play([step for step in STEPS if step.secrets], OTHER, "--check", here=False))
    assert_kept(run, emulator)
