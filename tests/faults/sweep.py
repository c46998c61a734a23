# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a story once for each of its requests and each kind of fault, and says what was wrong with each play."""

from __future__ import annotations

import json
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

import requests

from behaviour.account import TOKEN
from behaviour.runner import Run, Way, run_module, way
from emulator.journal import Entry
from emulator.testing import Emulator
from faults.accounts import Comparison, Held
from faults.files import File
from faults.judgement import Judge
from faults.kinds import REFUSED, kinds_for
from faults.story import Story, Trial
from faults.strike import PATIENCE, Step, Strike
from faults.wire import Wire


class Stage:
    """A story with its account, as it is before and after an undisturbed task."""

    def __init__(self, story: Story, emulator: Emulator, session: requests.Session, wire: Wire) -> None:
        self.story = story
        self.emulator = emulator
        self.wire = wire
        self.options = dict(story.start(emulator, session))
        emulator.faults([])
        emulator.clear_journal()
        self._snapshot = emulator.snapshot()
        self.state = emulator.state()
        self._comparison = Comparison(self.state, self.options)
        self._file = File(self.options.get(story.writes))
        self.beginning = self.held()
        self.usual = self.run()
        self.end = self.held_at_rest()

    def restore(self) -> None:
        """Return to the beginning."""
        self.emulator.accept()
        self.emulator.restore(self._snapshot)
        self._file.restore()
        self.wire.time.seconds = 0.0
        self.wire.short = True

    def run(self, **options: Any) -> Run:
        """Run the task."""
        return run_module(self.emulator, self.story.module, {**self.options, **options}, check=self.story.check)

    def held(self) -> Held:
        """What the account holds now, and how often that was done which shows in nothing but times."""
        done = [entry.operation for entry in self.emulator.journal() if took_effect(entry)]
        counted = {name: [{"time": number} for number in range(done.count(name))] for name in self.story.counts}
        return self._comparison.held({**self.emulator.state(), **counted, **self._file.held()})

    def held_at_rest(self) -> Held:
        """The same once somebody looked at pipelines: a task that finds its stage in order does not wait for them."""
        for pipeline in self.emulator.state()["edge_pipelines"]:
            while pipeline["status"] == "pending":
                url = f"{self.emulator.url}/edge-services/v1beta1/pipelines/{pipeline['id']}"
                looked = self.emulator.answer("GET", url, {"X-Auth-Token": TOKEN}, b"")
                assert looked is not None
                pipeline = json.loads(str(looked.text))
        return self.held()

    def steps(self) -> tuple[Step, ...]:
        """The requests of the undisturbed task."""
        seen: Counter[str] = Counter()
        steps = []
        for number, entry in enumerate(self.usual.requests):
            operation = str(entry.operation)
            steps.append(Step(number, operation, seen[operation], entry.method, refused=not took_effect(entry)))
            seen[operation] += 1
        return tuple(steps)


class Sweep:
    """The disturbed plays of one story. ``ways``: where the task runs, by turns."""

    def __init__(self, stage: Stage, ways: Sequence[Way]) -> None:
        self.stage = stage
        self._ways = ways
        self._judge = Judge(stage.story, stage.usual, stage.beginning, stage.end)
        self._converged: set[Held] = set()

    def strikes(self) -> tuple[Strike, ...]:
        """Every disturbance there is."""
        faults = [
            Strike(step, kind)
            for step in self.stage.steps()
            for kind in kinds_for(step.method)
            if not (step.refused and kind.writes_only)
        ]
        statuses = [
            Strike(settling=settling, status=status)
            for settling in self.stage.story.settles
            for status in filter(None, ("never", settling.failed))
        ]
        return (*faults, *statuses)

    def part(self, share: int) -> tuple[Strike, ...]:
        """One in ``share`` of them, three times as many of a creation or a change; which, follows from the names."""
        name, most = self.stage.story.name, 3 if self.stage.story.often else 1
        return tuple(strike for strike in self.strikes() if crc32(f"{name} {strike}".encode()) % share < most)

    def complaints(self, strikes: Iterable[Strike]) -> list[str]:
        """What was wrong, each with the disturbance that brought it about."""
        found = [f"undisturbed: {what}" for what in guarded(self._undisturbed)]
        for number, strike in enumerate(strikes):
            chosen = self._ways[number % len(self._ways)]
            token = way.set(chosen)
            found += [f"{strike} ({chosen.value}): {what}" for what in guarded(self._play, strike)]
            way.reset(token)
        self.stage.restore()
        return found

    def _undisturbed(self) -> Iterator[str]:
        self.stage.restore()
        yield from self._judge.undisturbed(self.stage.run())
        yield from self._converge([])

    def _play(self, strike: Strike) -> Iterator[str]:
        stage = self.stage
        stage.restore()
        run = self._disturbed(strike)
        after, held = stage.emulator.state(), stage.held()
        stage.wire.short = True
        yield from self._judge.outcome(run, strike, held)
        self._calm(strike)
        again: list[Run] = []
        yield from self._converge(again)
        if stage.story.also:
            yield from stage.story.also(
                Trial(run, tuple(again), stage.state, after, tuple(stage.emulator.journal()), stage.usual)
            )

    def _disturbed(self, strike: Strike) -> Run:
        """The task with a fault in it; afterwards there is none any more."""
        stage, kind, step = self.stage, strike.kind, strike.step
        if strike.settling:
            rule = {"kind": strike.settling.kind, "match": strike.settling.match, "status": strike.status}
            stage.emulator.status([rule])
            return stage.run(wait_timeout=PATIENCE)
        assert kind is not None
        assert step is not None
        if kind is not REFUSED:
            stage.emulator.faults([{**kind.rule, "operation": step.operation, "after": step.occurrence}])
            return stage.run()
        stage.wire.short = False
        stage.emulator.refuse(after=step.number)
        stage.wire.time.on_sleep = stage.emulator.accept
        try:
            return stage.run()
        finally:
            stage.wire.time.on_sleep = lambda: None
            stage.emulator.accept()

    def _calm(self, strike: Strike) -> None:
        """End the disturbance, and what it left."""
        emulator = self.stage.emulator
        emulator.faults([])
        emulator.status([])
        if strike.settling and strike.status == strike.settling.failed:
            rule = {"kind": strike.settling.kind, "match": strike.settling.match, "status": strike.settling.settled}
            emulator.status([{**rule, "now": True}])
            emulator.status([])

    def _converge(self, again: list[Run]) -> Iterator[str]:
        """Run the task without faults, unless that was done from here already; ``again`` gets the runs."""
        here = self.stage.held()
        if here in self._converged:
            return
        again.append(self.stage.run())
        wrong = list(self._judge.recovered(again[-1], self.stage.held_at_rest()))
        if self.stage.story.lasting and not self.stage.story.check:
            again.append(self.stage.run())
            wrong += self._judge.at_rest(again[-1])
        if not wrong:
            self._converged.add(here)
        yield from wrong


def took_effect(entry: Entry) -> bool:
    """Whether the emulator did what a request asked for, whatever it answered."""
    return entry.processed and (entry.fault is not None or (entry.status or 500) < 300)


def guarded(judged: Callable[..., Iterable[str]], *about: Any) -> list[str]:
    """What is found wrong; a crash of the task is wrong too."""
    found: list[str] = []
    try:
        found.extend(judged(*about))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other plays go on
        where = traceback.extract_tb(error.__traceback__)[-1]
        found.append(f"{error.__class__.__name__} at {where.filename}:{where.lineno}: {error}")
    return found
