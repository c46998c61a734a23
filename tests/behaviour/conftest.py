# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator per test process, credentials that are nobody's, and time that passes only when it is slept.

What belongs to the collection is imported inside the fixtures: this file is read before Ansible can find collections.
"""

from __future__ import annotations

import syslog
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
import requests

from behaviour.process import VirtualTime, take_account, take_time
from behaviour.rehearsal import Rehearsals
from emulator.testing import Emulator

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
    from behaviour.pipelines import Site
    from behaviour.subjects import Scene
    from behaviour.whole import Shop

# Before they are imported, so that their assertions show what they compared.
pytest.register_assert_rewrite("behaviour.account", "behaviour.expectations")


@pytest.fixture(scope="session")
def running_emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running_emulator: Emulator) -> Emulator:
    running_emulator.reset()
    return running_emulator


@pytest.fixture(autouse=True)
def virtual_time(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    return take_time(monkeypatch)


@pytest.fixture(autouse=True)
def account_of_the_test(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    take_account(monkeypatch, emulator, tmp_path)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What modules write to the log of the host."""
    lines: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda *parts: lines.append(" ".join(map(str, parts))))
    return lines


@pytest.fixture(autouse=True)
def way_of_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let each test take one way, by the parity of its name, or the way that ``--way`` says."""
    from behaviour.runner import Way, way

    chosen = request.config.getoption("--way")
    ways = list(Way)
    token = way.set(Way(chosen) if chosen else ways[crc32(request.node.nodeid.encode()) % len(ways)])
    yield
    way.reset(token)


@pytest.fixture
def in_a_process_of_its_own(way_of_the_test: None) -> None:
    """For what only a module does: the controller reads and packs files before the program runs."""
    from behaviour.runner import Way, way

    way.set(Way.MODULE)


@pytest.fixture
def scene(emulator: Emulator, session: requests.Session, resource: Resource, place: str, record_property: Any) -> Scene:
    from behaviour.subjects import Scene
    from naming import module_of

    record_property("module", module_of(resource))
    return Scene(emulator, resource, place, session)


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, place: str) -> Shop:
    from behaviour.whole import Shop

    return Shop(emulator, place, session)


@pytest.fixture(scope="session")
def rehearsals() -> Rehearsals:
    return Rehearsals()


@pytest.fixture
def site(emulator: Emulator, session: requests.Session, record_property: Any) -> Site:
    from behaviour.pipelines import Site

    record_property("module", "scw_edge_pipeline")
    return Site(emulator, session)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many generated cases each module passed."""
    counts: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                if name == "module":
                    counts.setdefault(value, Counter())[outcome] += 1
    if not counts:
        return
    terminalreporter.section("behaviour matrix")
    for name in sorted(counts):
        terminalreporter.write_line(f"{name}: {counts[name]['passed']} cases passed, {counts[name]['failed']} failed")
    clean = sum(1 for count in counts.values() if not count["failed"])
    total = sum(sum(count.values()) for count in counts.values())
    terminalreporter.write_line(f"{clean} of {len(counts)} modules pass all of their cases; {total} cases in all")
