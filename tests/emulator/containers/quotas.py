# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much there may be of everything. The seeded project is exempt, so that it can hold thousands."""

from __future__ import annotations

from emulator.containers.facts import CONTAINERS_PER_ORGANIZATION, DOMAINS_PER_CONTAINER, NAMESPACES_PER_PROJECT
from emulator.containers.records import Container, Domain, Namespace
from emulator.containers.state import ContainersState
from emulator.errors import quotas_exceeded
from emulator.identities import SEEDED_PROJECT_ID


def require_namespace(state: ContainersState, project_id: str) -> None:
    """Answer 403 when the project has as many namespaces as it may."""
    if project_id == SEEDED_PROJECT_ID:
        return
    count = sum(namespace.project_id == project_id for namespace in state.namespaces)
    if count >= NAMESPACES_PER_PROJECT:
        raise quotas_exceeded(Namespace.word, NAMESPACES_PER_PROJECT, count)


def require_container(state: ContainersState, namespace: Namespace) -> None:
    """Answer 403 when the organisation has as many containers as it may."""
    if namespace.project_id == SEEDED_PROJECT_ID:
        return
    owners = (state.namespace_of(container) for container in state.containers)
    count = sum(
        owner.organization_id == namespace.organization_id and owner.project_id != SEEDED_PROJECT_ID for owner in owners
    )
    if count >= CONTAINERS_PER_ORGANIZATION:
        raise quotas_exceeded(Container.word, CONTAINERS_PER_ORGANIZATION, count)


def require_domain(state: ContainersState, container: Container) -> None:
    """Answer 403 when the container has as many domains as it may."""
    count = state.domains.count_of(container.id)
    if count >= DOMAINS_PER_CONTAINER:
        raise quotas_exceeded(Domain.word, DOMAINS_PER_CONTAINER, count)
