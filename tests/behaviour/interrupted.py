# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task of many writes that a fault hits at one of them, and that is run again without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from behaviour.expectations import assert_clear
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.rehearsal import Stage
from behaviour.runner import Run

FAULTS: Mapping[str, Fault] = {
    "503-for-ever": READ_FAULTS["503-for-ever"],
    **{
        name: WRITE_FAULTS[name]
        for name in (
            "reset-after",
            "reset-before",
            "cut-in-half",
            "504-processed",
            "busy",
            "403",
            "500-not-processed",
            "500-processed",
        )
    },
}


def disturb(
    stage: Stage, task: Mapping[str, Any], operations: Sequence[str], number: int, fault: Fault, planned: int = 0
) -> None:
    """Run a task of these writes into a fault at one of them, and, where it need not get over it, again without.

    ``planned``: how many changes it tells of, if not one for each write.
    """
    operation, before = operations[number], operations[:number]
    stage.emulator.faults([{**fault.rule, "operation": operation, "after": before.count(operation)}])
    run = stage.run(task)
    stage.emulator.faults([])
    if fault.converges or _repeats(run, fault):
        assert not run.failed, run.message
        assert run.changed
        return
    assert run.failed
    assert_clear(run, *fault.words)
    _assert_told(run, number, planned or len(operations))
    again = stage.run(task)
    assert not again.failed, again.message
    assert again.changed


def _repeats(run: Run, fault: Fault) -> bool:
    """Whether the client may simply repeat the write that was hit: what replaces or removes is the same twice."""
    hit = next(entry for entry in run.requests if entry.fault)
    return hit.method in {"PUT", "DELETE"} and "500" in fault.words


def _assert_told(run: Run, before: int, planned: int) -> None:
    """A failed task has told what it did, and what not; all of it, and nothing twice."""
    error = run.result["error"]
    told = [*error["done"], *error["not_done"]]
    assert len(told) == len(set(told)) == planned
    # A write whose fate is unknown may have changed something, and counts as if it had.
    assert run.result["changed"] is (bool(error["done"]) or error.get("may_have_changed", False))
    assert len(error["done"]) >= before
    assert bool(error["done"]) is (before > 0)
