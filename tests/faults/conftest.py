# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator per test process, virtual time, and the count of what the sweep played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from behaviour.process import take_account, take_time
from emulator.testing import Emulator
from faults.kinds import KINDS
from faults.wire import Wire

SHARE = 9
"""One in how many disturbances is played; of creations and changes, three."""

if TYPE_CHECKING:
    from behaviour.runner import Way


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every", action="store_true", help="play every fault at every request of every story")


@pytest.fixture(scope="session")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running_emulator: Emulator) -> Iterator[Emulator]:
    running_emulator.reset()
    yield running_emulator
    running_emulator.accept()


@pytest.fixture
def wire(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Wire:
    return Wire(emulator, take_time(monkeypatch), monkeypatch)


@pytest.fixture(autouse=True)
def account_of_the_test(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    take_account(monkeypatch, emulator, tmp_path)


@pytest.fixture
def ways(request: pytest.FixtureRequest) -> list[Way]:
    """Where the tasks run, by turns, or the way that ``--way`` says."""
    from behaviour.runner import Way

    chosen = request.config.getoption("--way")
    return [Way(chosen)] if chosen else list(Way)


@pytest.fixture
def share(request: pytest.FixtureRequest) -> int:
    """One in how many disturbances is played where not all are."""
    return 1 if request.config.getoption("--every") else SHARE


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how much of everything that can go wrong was played."""
    counts: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                if name == "faults":
                    counts.update(value)
    if not counts:
        return
    terminalreporter.section("fault sweep")
    terminalreporter.write_line(
        f"{counts['stories']} stories with {counts['requests']} requests and {len(KINDS)} kinds of faults: "
        f"{counts['plays']} of {counts['of']} combinations played"
    )
    if not config.getoption("--every"):
        terminalreporter.write_line(f"Of creations and changes three in {SHARE}, of the others one; --every plays all.")
