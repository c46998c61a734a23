# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account of a run with secrets, time that passes only when it is slept, and hosts beside the API.

What belongs to the collection is imported inside the fixtures: this file is read before Ansible can find collections.
"""

from __future__ import annotations

import syslog
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from behaviour.process import VirtualTime, take_account, take_time
from emulator.testing import Emulator

if TYPE_CHECKING:
    from security.servers import Between, Host


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole plays take minutes: they come first, so that no process is left alone with them at the end."""
    items.sort(key=lambda item: "plays" not in item.path.stem)


@pytest.fixture
def emulator(running_emulator: Emulator) -> Emulator:
    running_emulator.reset()
    return running_emulator


@pytest.fixture(autouse=True)
def passing_time(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_fetch

    time = take_time(monkeypatch)
    monkeypatch.setattr(inventory_fetch, "Clock", time.clock)
    return time


@pytest.fixture(autouse=True)
def account_of_the_test(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    take_account(monkeypatch, emulator, tmp_path)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What modules write to the log of the host."""
    lines: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda *parts: lines.append(" ".join(map(str, parts))))
    return lines


@pytest.fixture
def stranger() -> Iterator[Host]:
    """A host that has nothing to do with the account."""
    from security.servers import Host

    with Host() as host:
        yield host


@pytest.fixture
def between(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    """A host that stands for the API, and may change its answers."""
    from security.servers import Between

    with Between(emulator.url) as host:
        monkeypatch.setenv("SCW_API_URL", host.url)
        yield host
