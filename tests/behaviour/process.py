# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that tests run modules in: its environment, and its time.

What belongs to the collection is imported inside: conftest files read this one before Ansible can find collections.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator.testing import Emulator

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.api.client import Clock


class VirtualTime:
    """Time that passes when somebody sleeps, and at once. ``on_sleep`` is called in every sleep."""

    def __init__(self, on_sleep: Callable[[], None] = lambda: None) -> None:
        self.seconds = 0.0
        self.longest_sleep = 0.0
        self.on_sleep = on_sleep

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.longest_sleep = max(self.longest_sleep, seconds)
        self.on_sleep()

    def clock(self) -> Clock:
        """What the modules get for a clock."""
        from ansible_collections.scw.cloud.plugins.module_utils.api.client import Clock

        return Clock(now=lambda: self.seconds, sleep=self.sleep, jitter=lambda: 0.5, wall=lambda: 1.7e9 + self.seconds)


def take_time(monkeypatch: pytest.MonkeyPatch) -> VirtualTime:
    """Have the modules live in virtual time."""
    from ansible_collections.scw.cloud.plugins.module_utils import program

    time = VirtualTime()
    monkeypatch.setattr(program, "Clock", time.clock)
    return time


def take_account(monkeypatch: pytest.MonkeyPatch, emulator: Emulator, home: Path) -> None:
    """Have the environment name the account of the emulator and nothing else."""
    from behaviour.account import PROJECT_ID, TOKEN

    for name in [name for name in os.environ if name.startswith(("SCW_", "SCALEWAY_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SCW_API_URL", emulator.url)
    monkeypatch.setenv("SCW_SECRET_KEY", TOKEN)
    monkeypatch.setenv("SCW_DEFAULT_PROJECT_ID", PROJECT_ID)
