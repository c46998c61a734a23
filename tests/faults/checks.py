# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that several stories share: of orders that every run gives anew, and of what a task says is gone."""

from __future__ import annotations

from collections.abc import Iterator

from faults.story import Check, Trial
from faults.sweep import took_effect


def once(operation: str) -> Check:
    """That the operation took effect once in each run that succeeded, and at most once in one that failed."""

    def check(trial: Trial) -> Iterator[str]:
        for run in (trial.run, *trial.again):
            sent = [entry for entry in run.requests if entry.operation == operation]
            times = sum(map(took_effect, sent))
            if times > 1 or not (times or run.failed):
                yield f"{operation} took effect {times} times"
        yield from unsure_is_told(operation)(trial)

    return check


def unsure_is_told(operation: str) -> Check:
    """That a task that gives an order again, without knowing what became of the first, warns of it."""

    def check(trial: Trial) -> Iterator[str]:
        sent = [entry for entry in trial.run.requests if entry.operation == operation]
        lost = [entry for entry in sent[:-1] if entry.status is None or entry.status >= 500]
        if lost and not trial.run.warnings:
            yield f"{operation} was given again after its answer was lost, without a warning"

    return check


def is_gone(kind: str) -> Check:
    """That a task that succeeded left none of this kind, unless the API said itself that there is none.

    A refusal says no such thing, although it was the answer for what does not exist (recorded: edge).
    """

    def check(trial: Trial) -> Iterator[str]:
        denied = any(entry.fault and entry.status == 404 for entry in trial.run.requests)
        if trial.after[kind] and not trial.run.failed and not denied:
            yield f"succeeded, and left {len(trial.after[kind])} {kind}"

    return check
