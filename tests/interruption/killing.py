# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where plays are killed, and what they would have done."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from behaviour.runner import Way
from emulator.testing import Emulator
from interruption.player import Player, Running
from interruption.plays import BUILD, CHANGE, GROUPS, write_code
from programs import typed_in
from properties.lasting import lasting

SEED = 9
LATENCY_MS = 5
"""While plays are killed by the clock, so that some of that falls into requests."""
LONGEST = 120.0
"""Seconds until a play must have come to the request that it is killed at."""
MOMENT = 0.002


@dataclass(frozen=True)
class Round:
    """One kill.

    play, tags, way: what runs, and where. point: how far it gets, from 0 to 1, of its requests or of its time.
    moment: ``before`` or ``after`` the request there was processed, or ``timed``. settle_reads: as of the emulator.
    """

    number: int
    play: str
    tags: str
    way: Way
    point: float
    moment: str
    settle_reads: int

    def __str__(self) -> str:
        settling = "-settling" if self.settle_reads else ""
        return f"{self.number}-{self.way.value}-{self.play}-{self.tags}-{self.point:.2f}-{self.moment}{settling}"


def rounds(count: int) -> list[Round]:
    """So many kills, spread over the whole of all plays; always the same."""
    drawn = random.Random(SEED)
    return [_round(number, (number + drawn.random()) / count, drawn) for number in range(count)]


def _round(number: int, point: float, drawn: random.Random) -> Round:
    """Every fifth one of modules, every fifth one by the clock, every tenth one with waits."""
    way = Way.MODULE if number % 5 == 3 else Way.CONTROLLER
    settling = number % 10 == 6
    # Modules and waits take their time, so that one product must do.
    tags = drawn.choice(GROUPS) if way is Way.MODULE or settling else "all"
    moment = "timed" if number % 5 == 1 else drawn.choice(("before", "after"))
    return Round(number, drawn.choice(("build", "change")), tags, way, point, moment, int(settling))


@dataclass(frozen=True)
class Undisturbed:
    """A play that was not killed: its requests, its seconds, and what the account holds after it."""

    requests: int
    seconds: float
    held: Mapping[str, Any]


class Stage:
    """An account, a directory with the plays, and what they do if nobody disturbs them. A context manager."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        plays = folder / "plays"
        plays.mkdir()
        write_code(plays)
        self.player = Player(plays, typed_in(emulator, folder, plays))
        self.player.write("build", BUILD)
        self.player.write("change", CHANGE)
        self._starts: dict[str, bytes] = {}
        self._undisturbed: dict[Round, Undisturbed] = {}

    def __enter__(self) -> Stage:
        self.player.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.player.__exit__(kind, error, trace)

    def begin(self, round: Round) -> None:
        """Bring the account to where the play of a round starts."""
        if not self._starts:
            self.emulator.reset()
            self._starts["build"] = self.emulator.snapshot()
            built = self.player.play("build")
            assert built.code == 0, built.output
            self.emulator.clear_journal()
            self._starts["change"] = self.emulator.snapshot()
        self.emulator.restore(self._starts[round.play])
        self.emulator.settings(settle_reads=round.settle_reads, latency_ms=LATENCY_MS if round.moment == "timed" else 0)

    def undisturbed(self, round: Round) -> Undisturbed:
        """What the play does by itself."""
        like = Round(0, round.play, round.tags, round.way, 0.0, "timed" if round.moment == "timed" else "", 0)
        if round.moment != "timed":  # both ways make the same requests
            like = Round(0, round.play, round.tags, Way.CONTROLLER, 0.0, "", round.settle_reads)
        if like not in self._undisturbed:
            self.begin(like)
            started = time.monotonic()
            ended = self.player.play(like.play, like.way, like.tags)
            seconds = time.monotonic() - started
            assert ended.code == 0, ended.output
            held = lasting(self.emulator.state())
            self._undisturbed[like] = Undisturbed(len(self.emulator.journal()), seconds, held)
        return self._undisturbed[like]

    def run_and_kill(self, round: Round) -> None:
        """Run the play of a round until it is killed."""
        usual = self.undisturbed(round)
        self.begin(round)
        if round.moment != "timed":
            passing = int(round.point * usual.requests)
            self.emulator.faults(
                [{"kind": "no_answer", "after": passing, "count": 1, "processed": round.moment == "after"}]
            )
        running = self.player.start(round.play, round.way, round.tags)
        if round.moment == "timed":
            threading.Event().wait(round.point * usual.seconds)
        else:
            self._wait_for_silence(running)
        running.kill()
        ended = running.wait()
        assert ended.code == -9 or round.moment == "timed", ended.output
        self.emulator.faults([])
        self.emulator.settings(latency_ms=0)

    def _wait_for_silence(self, running: Running) -> None:
        """Return once a request was not answered."""
        latest = time.monotonic() + LONGEST
        while not any(entry.fault == "no_answer" for entry in self.emulator.journal()):
            assert not running.is_over, running.wait().output
            assert time.monotonic() < latest
            threading.Event().wait(MOMENT)
