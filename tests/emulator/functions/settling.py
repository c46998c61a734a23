# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How objects settle: what is pending or created ends in ready or in error, what is deleted with nothing (recorded)."""

from __future__ import annotations

from scaleway.function.v1beta1.content import FUNCTION_TRANSIENT_STATUSES

from emulator.functions.builds import INTERNAL
from emulator.functions.records import Domain, Function, Namespace, Trigger
from emulator.functions.state import FunctionsState, missing
from emulator.serverless.lifecycle import Lifecycle
from emulator.serverless.records import Resource
from emulator.world import StatusRule

CREATED = "created"
CREATING = "creating"
PENDING = "pending"
# How long a build takes at least (recorded).
_SECONDS = {Function.kind: 61}


def _finish(state: FunctionsState, record: Resource, rule: StatusRule | None) -> None:
    if rule is None and _is_doomed(record):
        rule = StatusRule(record.kind)
    record.updated_at = state.world.clock.tick(_SECONDS.get(record.kind, 0))
    _conclude(state, record, rule.status if rule else "ready", rule.details if rule else None)


def _conclude(state: FunctionsState, record: Resource, status: str, details: str | None) -> None:
    """Give an object a status and what goes with it."""
    record.status = status
    record.transition = None
    record.error_message = (details or _failure_text(state, record)) if status == "error" else None
    if status == "ready":
        _complete(state, record)


def _complete(state: FunctionsState, record: Resource) -> None:
    """Fill in what an object has once it is ready."""
    if isinstance(record, Namespace):
        record.registry_namespace_id = record.registry_namespace_id or state.world.identities.uuid()
    if isinstance(record, Function) and record.ready_at is None:
        # Recorded: a moment before the end of the first deployment, and unmoved by later ones.
        record.ready_at = record.updated_at - 5_000_000
    if isinstance(record, Domain):
        record.url = f"https://{record.hostname}"
    if isinstance(record, Trigger) and "mnq_credential_id" in record.config:
        record.config["mnq_credential_id"] = record.config["mnq_credential_id"] or state.world.identities.uuid()


def _failure_text(state: FunctionsState, record: Resource) -> str:
    """Return what an object that failed says about it (recorded for functions and domains)."""
    if isinstance(record, Domain):
        function = state.functions.get(record.function_id)
        address = f"https://{function.domain_name}" if function else ""
        return f"failed to create domain: check that the domain correctly points to the function URL ({address})"
    return (record.flaw or INTERNAL) if isinstance(record, Function) else INTERNAL


def _is_doomed(record: Resource) -> bool:
    if isinstance(record, Function):
        return record.flaw is not None
    return isinstance(record, Domain) and record.hostname.startswith("fail.")


LIFE: Lifecycle[FunctionsState] = Lifecycle(
    # The same words for all kinds, though not every kind has all of them.
    transient=frozenset(status.value for status in FUNCTION_TRANSIENT_STATUSES),
    missing=missing,
    finish=_finish,
    conclude=_conclude,
    fading=frozenset({Namespace.kind}),
)
begin, observe_all, require_settled = LIFE.begin, LIFE.observe_all, LIFE.require_settled
