# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said about versions of Ansible and Python agrees with what the version matrix runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOCKS = {path.stem: path.read_text() for path in sorted((ROOT / "dev" / "matrix").glob("*.txt"))}
CORES = sorted(LOCKS, key=lambda core: [int(part) for part in core.split(".")])


def _pins(text: str) -> dict[str, set[str]]:
    """The versions of each package, without the conditions beside them."""
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


def _pythons(core: str) -> list[str]:
    """The Pythons that the lock is for, the oldest first."""
    return re.findall(r"[\d.]+", LOCKS[core].splitlines()[0])


@pytest.mark.parametrize("core", CORES)
def test_a_lock_has_the_ansible_that_it_is_named_after_and_says_for_which_pythons(core: str) -> None:
    (version,) = _pins(LOCKS[core])["ansible-core"]
    assert version.startswith(f"{core}.")
    assert re.fullmatch(r"# Pythons:( 3\.\d+)+", LOCKS[core].splitlines()[0])


@pytest.mark.parametrize("core", CORES)
def test_nothing_but_ansible_differs_between_the_versions(core: str) -> None:
    usual = _pins((ROOT / "dev" / "requirements.txt").read_text())
    # The resolver of collections, for which each ansible-core demands a version.
    own = {"ansible-core", "resolvelib"}
    assert {name: pins for name, pins in _pins(LOCKS[core]).items() if name not in own and pins != usual[name]} == {}


def test_the_oldest_and_the_newest_are_those_that_the_collection_supports() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert runtime["requires_ansible"] == f">={CORES[0]}.0"
    image = yaml.safe_load((ROOT / "extensions" / "awx" / "execution-environment.yml").read_text())
    major, minor = CORES[-1].split(".")
    package = image["dependencies"]["ansible_core"]["package_pip"]
    assert package == f"ansible-core>={CORES[0]},<{major}.{int(minor) + 1}"
    assert [f"{major}.{number}" for number in range(int(CORES[0].split(".")[1]), int(minor) + 1)] == CORES


def test_the_readme_says_which_pythons_each_ansible_runs_on() -> None:
    (row,) = re.findall(r"^\| ansible-core and its Python \| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    said = {
        core: (oldest, newest)
        for cores, oldest, newest in re.findall(r"([\d., and]+) with ([\d.]+) to ([\d.]+)", row)
        for core in re.findall(r"[\d.]+", cores)
    }
    assert said == {core: (_pythons(core)[0], _pythons(core)[-1]) for core in CORES}


def test_no_sanity_test_is_ignored_on_any_version() -> None:
    lists = [*(ROOT / "tests" / "sanity").glob("*.txt")]
    assert [path.name for path in lists if path.read_text().strip()] == []
