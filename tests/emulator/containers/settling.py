# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How objects settle: creating, updating and deleting end in ready, in error, or with nothing (recorded)."""

from __future__ import annotations

import re

from scaleway.container.v1.content import CONTAINER_TRANSIENT_STATUSES

from emulator.containers.records import Container, Domain, Namespace, Resource
from emulator.containers.state import NANOSECONDS, ContainersState
from emulator.errors import locked, resource_not_found, transient_state
from emulator.world import StatusRule

CREATING = "creating"
UPDATING = "updating"
DELETING = "deleting"
# The same words for all four kinds.
TRANSIENT = frozenset(status.value for status in CONTAINER_TRANSIENT_STATUSES)
# How long a change takes at least (recorded); no push to the registry is dated like the rollout that followed it.
_SECONDS = {Container.kind: 8, Domain.kind: 8}
# Recorded: `hello-world` prints its greeting and ends.
_FAILING_IMAGE = re.compile(r"(.*/)?(fail|hello-world)([:@].*)?")
_INTERNAL = (
    "An internal error occurred while deploying the Serverless Container. "
    "Please retry or contact support if the problem persists."
)


def begin(state: ContainersState, record: Resource, goal: str) -> None:
    """Start a creation, a change or a deletion; the error of an earlier one is gone."""
    record.status = goal
    record.error_message = None
    record.transition = state.world.start(goal)


def begin_deletion(state: ContainersState, record: Resource) -> None:
    """Start a deletion of an object and of everything below it."""
    for found in (*state.below(record), record):
        if found.status != DELETING:
            begin(state, found, DELETING)


def observe(state: ContainersState, record: Resource) -> None:
    """Let an object be seen once: settle it when that is due, count the sighting otherwise."""
    transition = record.transition
    if transition is None or state.collection_of(record).get(record.id) is None:
        return
    rule = state.world.rule_for(record.kind, record.id, record.label)
    if state.world.is_over(transition, rule):
        _finish(state, record, rule)
        return
    transition.sightings += 1


def observe_all(state: ContainersState) -> None:
    """Finish what real time has finished, so that deletions by clock need no read of the object itself."""
    if state.world.settings.settle_seconds is None:
        return
    for record in list(state.everything()):
        observe(state, record)


def require_settled(state: ContainersState, record: Resource) -> None:
    """Answer 403 to who may not write, 423 to writes on what is locked, 409 to writes on what is unsettled.

    The refusal of a write on an unsettled object counts as a sighting. What is being deleted is never written to.
    """
    state.world.require_project(state.namespace_of(record).project_id, record.word)
    is_going = record.status == DELETING
    if state.world.settings.busy_conflict or is_going:
        observe(state, record)
        if state.collection_of(record).get(record.id) is None:
            raise resource_not_found(record.word, record.id)
        if record.status in TRANSIENT:
            raise transient_state(record.word, record.id, record.status)
    if record.status == "locked":
        raise locked(record.word, record.id)


def failure_text(record: Resource) -> str:
    """Return what an object that failed says about it (recorded for containers)."""
    if isinstance(record, Container):
        return f"Container is unable to start OR {_unanswered(record)}"
    if isinstance(record, Domain):
        return f"could not validate domain {record.hostname}: it does not lead to the container"
    return _INTERNAL


def _unanswered(container: Container) -> str:
    port = container.settings["port"]
    probe = container.settings["startup_probe"] or container.settings["liveness_probe"]
    if "http" in probe:
        return f"does not respond to HTTP requests on port {port} and path {probe['http']['path']}"
    return f"is not listening on port {port}"


def _finish(state: ContainersState, record: Resource, rule: StatusRule | None) -> None:
    goal = record.transition.goal if record.transition else ""
    record.transition = None
    if goal == DELETING:
        for gone in (*state.below(record), record):
            state.collection_of(gone).remove(gone)
        return
    if rule is None and _is_doomed(record):
        rule = StatusRule(record.kind)
    conclude(record, rule.status if rule else "ready", rule.details if rule else None)
    # Recorded: the end of a change is dated to the second, of triggers maybe before its beginning; namespaces keep
    # their date.
    if not isinstance(record, Namespace):
        ended = state.world.clock.tick(_SECONDS.get(record.kind, 0))
        record.updated_at = ended // NANOSECONDS * NANOSECONDS


def conclude(record: Resource, status: str, details: str | None) -> None:
    """Give an object a status, and the explanation that goes with it: none, empty when ready, a text when failed."""
    record.status = status
    record.transition = None
    texts = {"ready": "", "error": details or failure_text(record)}
    record.error_message = texts.get(status)


def _is_doomed(record: Resource) -> bool:
    if isinstance(record, Container):
        return _FAILING_IMAGE.fullmatch(record.settings["image"]) is not None
    return isinstance(record, Domain) and record.hostname.startswith("fail.")
