# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runtimes on offer: all of them, by name, by language and by status."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import EXTRA
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES
from behaviour.test_return_values import documented
from emulator.testing import Emulator

PLACE = PLACES["region"]


def listed(emulator: Emulator, *, check: bool = False, **options: Any) -> list[dict[str, Any]]:
    """The runtimes that a task lists."""
    run = info(emulator, check=check, **options)
    assert not run.failed, run.message
    assert not run.changed
    assert run.warnings == ()
    assert [entry.operation for entry in run.requests] == ["ListFunctionRuntimes"]
    assert all("/regions/pl-waw/" in entry.path for entry in run.requests)
    return list(run.result["runtimes"])


def info(emulator: Emulator, *, check: bool = False, **options: Any) -> Run:
    """Run the module that lists runtimes."""
    return run_module(emulator, "scw_function_runtime_info", {**PLACE, **options}, check=check)


def names(runtimes: list[dict[str, Any]]) -> set[str]:
    """Names of runtimes."""
    return {runtime["name"] for runtime in runtimes}


def test_all_runtimes_are_listed_as_documented(emulator: Emulator) -> None:
    runtimes = listed(emulator)
    assert {"node26", "python314", "node8"} <= names(runtimes)
    entry = documented("scw_function_runtime_info")["runtimes"]
    for runtime in runtimes:
        assert set(runtime) - {EXTRA} == set(entry["contains"])
    assert all(set(sample) <= set(entry["contains"]) for sample in entry["sample"])
    assert listed(emulator, check=True) == runtimes


def test_filters_narrow_the_list(emulator: Emulator) -> None:
    everything = listed(emulator)
    python = names([runtime for runtime in everything if runtime["name"].startswith("python")])
    assert names(listed(emulator, language="pYthon")) == python
    ended = listed(emulator, status="end_of_life")
    assert "node8" in names(ended)
    assert {runtime["status"] for runtime in ended} == {"end_of_life"}
    both = names(listed(emulator, language="Node", status="available"))
    assert both == {"node26", "node24", "node22"}
    assert names(listed(emulator, name="go126")) == {"go126"}


@pytest.mark.parametrize("options", [{"name": "node"}, {"name": "NODE26"}, {"language": "Cobol"}, {"status": "beta"}])
def test_what_is_not_on_offer_is_an_empty_list(emulator: Emulator, options: dict[str, str]) -> None:
    assert listed(emulator, **options) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"status": "alive"}, ("status", "alive", "available")),
        ({"name": ""}, ("name", "empty")),
        ({"region": "mars"}, ("region", "mars", "pl-waw")),
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_request(
    emulator: Emulator, options: dict[str, str], words: tuple[str, ...]
) -> None:
    run = info(emulator, **options)
    assert run.failed
    assert run.requests == ()
    assert all(word in run.message for word in words)
