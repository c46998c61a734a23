# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How serverless objects settle: what began ends in ready, in error, or with nothing; meanwhile writes are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from emulator.errors import ApiError, locked, transient_state
from emulator.listing import page
from emulator.operations import Answer, Call
from emulator.serverless.records import Resource
from emulator.serverless.state import ServerlessState
from emulator.world import StatusRule

DELETING = "deleting"
UNKNOWN = "unknown"

S = TypeVar("S", bound=ServerlessState)
R = TypeVar("R", bound=Resource)


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """The life of the objects of one product.

    transient: statuses in which nothing may be written.
    missing: the answer where an object has gone.
    finish: ends a creation or a change as a rule says, or as usual without one.
    conclude: gives an object a status and the explanation that goes with it.
    fading: kinds whose deletion can end with the status unknown.
    """

    transient: frozenset[str]
    missing: Callable[[Resource], ApiError]
    finish: Callable[[S, Resource, StatusRule | None], None]
    conclude: Callable[[S, Resource, str, str | None], None]
    fading: frozenset[str] = frozenset()

    def begin(self, state: S, record: Resource, goal: str) -> None:
        """Start a creation, a change or a deletion; the error of an earlier one is gone."""
        record.status = goal
        record.error_message = None
        record.transition = state.world.start(goal)

    def begin_deletion(self, state: S, record: Resource) -> None:
        """Start a deletion of an object and of everything below it."""
        for found in (*state.below(record), record):
            if not _is_going(found):
                self.begin(state, found, DELETING)

    def observe(self, state: S, record: Resource) -> None:
        """Let an object be seen once: settle it when that is due, count the sighting otherwise."""
        transition = record.transition
        if transition is None or not state.is_kept(record):
            return
        rule = state.world.rule_for(record.kind, record.id, record.label)
        if state.world.is_over(transition, rule):
            self._end(state, record, transition.goal, rule)
            return
        if record.kind in self.fading and transition.goal == DELETING and state.world.settings.unknown_before_gone:
            record.status = UNKNOWN if state.world.is_late(transition) else DELETING
        transition.sightings += 1

    def _end(self, state: S, record: Resource, goal: str, rule: StatusRule | None) -> None:
        record.transition = None
        if goal != DELETING:
            self.finish(state, record, rule)
            return
        for gone in (*state.below(record), record):
            state.forget(gone)

    def observe_all(self, state: S) -> None:
        """Finish what real time has finished, so that deletions by clock need no read of the object itself."""
        if state.world.settings.settle_seconds is None:
            return
        for record in list(state.everything()):
            self.observe(state, record)

    def require_settled(self, state: S, record: Resource) -> None:
        """Answer 403 to who may not write, 423 to writes on what is locked, 409 to writes on what is unsettled.

        The refusal of a write on an unsettled object counts as a sighting. What is being deleted is never written to.
        """
        state.world.require_project(state.namespace_of(record).project_id, record.word)
        if state.world.settings.busy_conflict or _is_going(record):
            self.observe(state, record)
            if not state.is_kept(record):
                raise self.missing(record)
            if record.status in self.transient or _is_going(record):
                raise transient_state(record.word, record.id, record.status)
        if record.status == "locked":
            raise locked(record.word, record.id)

    def read(self, state: S, record: R, view: Callable[[S, R], dict[str, Any]]) -> Answer:
        """Show an object; 404 from the read that ends its deletion."""
        self.observe(state, record)
        if not state.is_kept(record):
            raise self.missing(record)
        return view(state, record)

    def delete(
        self, state: S, record: R, view: Callable[[S, R], dict[str, Any]], *, is_dated: bool = False
    ) -> dict[str, Any]:
        """Begin a deletion, which gives some objects another date, and show what is being deleted."""
        self.require_settled(state, record)
        if is_dated:
            record.updated_at = state.world.clock.tick()
        self.begin_deletion(state, record)
        return view(state, record)

    def listed(
        self, state: S, call: Call, wanted: Iterable[R], key: str, view: Callable[[S, R], dict[str, Any]]
    ) -> Answer:
        """Show one page of objects; each of them is seen by that, on whatever page it is."""
        found = list(wanted)
        for record in found:
            self.observe(state, record)
        kept = [record for record in found if state.is_kept(record)]
        return page(call, kept, key, lambda record: view(state, record))

    def force(self, state: S, rule: StatusRule) -> None:
        """Give the objects a rule covers its status at once."""
        for record in state.everything():
            if rule.covers(record.kind, record.id, record.label):
                self.conclude(state, record, rule.status, rule.details)


def _is_going(record: Resource) -> bool:
    return record.status == DELETING or (record.transition is not None and record.transition.goal == DELETING)
