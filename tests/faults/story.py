# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a task: the account in which it begins, its options, and what may never settle in it.

The sweep plays each story once undisturbed, and then once for every request of it and every kind of fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

from emulator.journal import Entry
from emulator.testing import Emulator

if TYPE_CHECKING:
    from behaviour.runner import Run

Start = Callable[[Emulator, requests.Session], Mapping[str, Any]]
"""Builds the account, and returns the options of the task. Called once for each process."""


@dataclass(frozen=True)
class Trial:
    """One play of a story with a fault in it, for checks of the story's own.

    run: the disturbed task. again: the runs after it, without faults; none where they need not be repeated.
    before, after: the emulator's state around the disturbed task. journal: all requests of it and of the runs again.
    usual: the task undisturbed, from the same beginning.
    """

    run: Run
    again: tuple[Run, ...]
    before: Mapping[str, list[dict[str, Any]]]
    after: Mapping[str, list[dict[str, Any]]]
    journal: tuple[Entry, ...]
    usual: Run


Check = Callable[[Trial], Iterable[str]]
"""Complaints about a trial, each a sentence; none if all is well."""


@dataclass(frozen=True)
class Settling:
    """A kind of object that the task waits for: the emulator's name, where it settles, and where it fails if it can.

    match: as in the emulator's rules: an ID or a name.
    """

    kind: str
    settled: str = "ready"
    failed: str = "error"
    match: str = "*"


@dataclass(frozen=True)
class Story:
    """One task in one account.

    name: the module, a hyphen, and what happens. check: whether the task runs in check mode.
    settles: what may never settle, or fail, instead.
    lasting: whether a second run finds nothing to do; a rollout or a purge is made again by every run.
    counts: operations that leave nothing in the account but times. How often each took effect counts as held there.
    writes: the option that names a file which the task writes. It counts as held.
    takes_back: whether it removes again what it made, if it fails: it changed something then, and nothing differs.
        That it may do after any 500.
    meanwhile: how many more objects of a kind there may be while the task is not done.
    words: what a failure may say in the place of the words of the fault, because the task draws a conclusion.
    also: what else has to be true of every trial.
    often: whether more of it is played where not all is.
    """

    name: str
    module: str
    start: Start
    check: bool = False
    settles: tuple[Settling, ...] = ()
    lasting: bool = True
    counts: tuple[str, ...] = ()
    writes: str = ""
    takes_back: bool = False
    meanwhile: Mapping[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    also: Check | None = None
    often: bool = False
