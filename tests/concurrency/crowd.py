# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several plays at once on one account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from behaviour.runner import Way
from emulator.testing import Emulator
from interruption.player import Ended, Player
from interruption.plays import write_code
from programs import typed_in

Tasks = list[dict[str, Any]]
DELAYS_MS = (500, 2_000, 8_000)
"""How long the first creations are held up, so that both plays have looked before: longer on a busy machine."""


class Crowd:
    """Runs plays side by side; a context manager."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        plays = folder / "plays"
        plays.mkdir()
        write_code(plays)
        self._player = Player(plays, typed_in(emulator, folder, plays))
        self._prepared: dict[str, bytes] = {}

    def __enter__(self) -> Crowd:
        self._player.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._player.__exit__(kind, error, trace)

    def play(self, tasks: Tasks) -> Ended:
        """Run one play; the journal tells of it alone."""
        self.emulator.clear_journal()
        (ended,) = self.play_all([tasks])
        return ended

    def play_all(self, plays: Sequence[Tasks], way: Way = Way.CONTROLLER) -> list[Ended]:
        """Run these plays side by side."""
        for number, tasks in enumerate(plays):
            self._player.write(f"play-{number}", tasks)
        running = [self._player.start(f"play-{number}", way) for number in range(len(plays))]
        return [run.wait() for run in running]

    def prepare(self, tasks: Sequence[dict[str, Any]]) -> None:
        """Bring an empty account to where these tasks bring it."""
        key = json.dumps(tasks)
        if key not in self._prepared:
            self.emulator.reset()
            if tasks:
                ended = self.play(list(tasks))
                assert ended.code == 0, ended.output
            self.emulator.clear_journal()
            self._prepared[key] = self.emulator.snapshot()
        self.emulator.restore(self._prepared[key])

    def race(self, plays: Sequence[Tasks], way: Way = Way.CONTROLLER, **which: str) -> list[Ended]:
        """Run these plays side by side, and hold up their first writes until each has decided on its own.

        ``which``: those writes, as a rule for faults says it.
        """
        before = self.emulator.snapshot()
        for delay in DELAYS_MS:
            self.emulator.restore(before)
            self.emulator.clear_journal()
            self.emulator.faults([{"kind": "delay", "count": len(plays), "delay_ms": delay, **which}])
            ended = self.play_all(plays, way)
            self.emulator.faults([])
            if self._met(len(plays)):
                return ended
        raise AssertionError("The plays never met.")

    def _met(self, plays: int) -> bool:
        """Whether each of so many plays has written, although the others did."""
        held_up = [entry for entry in self.emulator.journal() if entry.fault == "delay"]
        return len(held_up) == plays
