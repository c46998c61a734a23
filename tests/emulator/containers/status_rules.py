# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statuses that rules can give to each kind."""

from __future__ import annotations

from scaleway.container.v1.types import ContainerStatus, DomainStatus, NamespaceStatus, TriggerStatus

from emulator.containers.records import Container, Domain, Namespace, Trigger

STATUS_KINDS = {
    Namespace.kind: frozenset(item.value for item in NamespaceStatus),
    Container.kind: frozenset(item.value for item in ContainerStatus),
    Domain.kind: frozenset(item.value for item in DomainStatus),
    Trigger.kind: frozenset(item.value for item in TriggerStatus),
}
