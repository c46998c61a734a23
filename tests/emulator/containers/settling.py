# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How objects settle: creating, updating and deleting end in ready, in error, or with nothing (recorded)."""

from __future__ import annotations

import re

from scaleway.container.v1.content import CONTAINER_TRANSIENT_STATUSES

from emulator.containers.records import Container, Domain, Namespace
from emulator.containers.state import NANOSECONDS, ContainersState
from emulator.errors import resource_not_found
from emulator.serverless.lifecycle import Lifecycle
from emulator.serverless.records import Resource
from emulator.world import StatusRule

CREATING = "creating"
UPDATING = "updating"
# How long a change takes at least (recorded); no push to the registry is dated like the rollout that followed it.
_SECONDS = {Container.kind: 8, Domain.kind: 8}
# Recorded: `hello-world` prints its greeting and ends.
_FAILING_IMAGE = re.compile(r"(.*/)?(fail|hello-world)([:@].*)?")
_INTERNAL = (
    "An internal error occurred while deploying the Serverless Container. "
    "Please retry or contact support if the problem persists."
)


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
    if rule is None and _is_doomed(record):
        rule = StatusRule(record.kind)
    _conclude(state, record, rule.status if rule else "ready", rule.details if rule else None)
    # Recorded: the end of a change is dated to the second, of triggers maybe before its beginning; namespaces keep
    # their date.
    if not isinstance(record, Namespace):
        ended = state.world.clock.tick(_SECONDS.get(record.kind, 0))
        record.updated_at = ended // NANOSECONDS * NANOSECONDS


def _conclude(_state: ContainersState, record: Resource, status: str, details: str | None) -> None:
    """Give an object a status, and the explanation that goes with it: none, empty when ready, a text when failed."""
    record.status = status
    record.transition = None
    texts = {"ready": "", "error": details or failure_text(record)}
    record.error_message = texts.get(status)


def _is_doomed(record: Resource) -> bool:
    if isinstance(record, Container):
        return _FAILING_IMAGE.fullmatch(record.settings["image"]) is not None
    return isinstance(record, Domain) and record.hostname.startswith("fail.")


LIFE: Lifecycle[ContainersState] = Lifecycle(
    # The same words for all four kinds.
    transient=frozenset(status.value for status in CONTAINER_TRANSIENT_STATUSES),
    missing=lambda record: resource_not_found(record.word, record.id),
    finish=_finish,
    conclude=_conclude,
)
begin, observe_all, require_settled = LIFE.begin, LIFE.observe_all, LIFE.require_settled
