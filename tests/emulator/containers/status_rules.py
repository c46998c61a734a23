# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applying a status rule to objects that have settled already."""

from __future__ import annotations

from scaleway.container.v1.types import ContainerStatus, DomainStatus, NamespaceStatus, TriggerStatus

from emulator.containers.records import Container, Domain, Namespace, Trigger
from emulator.containers.settling import conclude
from emulator.containers.state import ContainersState
from emulator.world import StatusRule

STATUS_KINDS = {
    Namespace.kind: frozenset(item.value for item in NamespaceStatus),
    Container.kind: frozenset(item.value for item in ContainerStatus),
    Domain.kind: frozenset(item.value for item in DomainStatus),
    Trigger.kind: frozenset(item.value for item in TriggerStatus),
}


def force(state: ContainersState, rule: StatusRule) -> None:
    """Give the objects a rule covers its status at once."""
    for record in state.everything():
        if rule.covers(record.kind, record.id, record.label):
            conclude(record, rule.status, rule.details)
