# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks leave where nothing disturbs them, for tests that disturb them many times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from behaviour.runner import Run
from emulator.testing import Emulator

Lasting = dict[str, list[Any]]


class Stage(Protocol):
    """Something in an account, the tasks about it, and what stays of it."""

    emulator: Emulator

    def run(self, options: Mapping[str, Any]) -> Run:
        """Run its module."""

    def lasting(self) -> Lasting:
        """Everything but what is made anew each time."""


class Rehearsals:
    """Plays each task once, and keeps what it leaves and the account before it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Lasting]] = {}

    def play(self, stage: Stage, name: str, prepare: Callable[[], Any], perform: Callable[[], Any]) -> Lasting:
        """What is there after ``perform``. The account is then as ``prepare`` leaves it."""
        if name not in self._known:
            prepare()
            before = stage.emulator.snapshot()
            perform()
            self._known[name] = before, stage.lasting()
        before, lasting = self._known[name]
        stage.emulator.restore(before)
        return lasting
