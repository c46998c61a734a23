# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of each Load Balancer object. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from emulator.world import Transition


@dataclass
class Instance:
    """A machine that carries a Load Balancer."""

    id: str
    status: str
    created_at: int
    updated_at: int
    transition: Transition | None = None


@dataclass
class LoadBalancer:
    """A Load Balancer; next_type is what a running migration leads to."""

    id: str
    name: str
    description: str
    status: str
    type: str
    zone: str
    project_id: str
    organization_id: str
    tags: list[str]
    ssl_compatibility_level: str
    created_at: int
    updated_at: int
    instances: list[Instance] = field(default_factory=list)
    ip_ids: list[str] = field(default_factory=list)
    subscriber_id: str | None = None
    transition: Transition | None = None
    next_type: str | None = None
    release_ip: bool = False

    @property
    def parent_id(self) -> None:
        """A Load Balancer belongs to nothing."""
        return None


@dataclass
class Ip:
    """A flexible IP address."""

    id: str
    ip_address: str
    reverse: str
    zone: str
    project_id: str
    organization_id: str
    tags: list[str]
    created_at: int
    lb_id: str | None = None

    @property
    def parent_id(self) -> None:
        """An address belongs to nothing: it can move."""
        return None


@dataclass
class Child:
    """Anything that belongs to one Load Balancer."""

    id: str
    lb_id: str
    created_at: int
    updated_at: int

    @property
    def parent_id(self) -> str:
        """The Load Balancer."""
        return self.lb_id


@dataclass
class Backend(Child):
    """A backend; settings are the fields of the API, in its words."""

    name: str
    settings: dict[str, Any]
    health_check: dict[str, Any]
    pool: list[str]


@dataclass
class Frontend(Child):
    """A frontend; settings are the fields of the API, in its words."""

    name: str
    backend_id: str
    certificate_ids: list[str]
    settings: dict[str, Any]


@dataclass
class Route(Child):
    """A route from a frontend to a backend."""

    frontend_id: str
    backend_id: str
    match: dict[str, Any]


@dataclass
class Acl:
    """A rule of a frontend."""

    id: str
    frontend_id: str
    created_at: int
    updated_at: int
    name: str
    description: str
    index: int
    action: dict[str, Any]
    match: dict[str, Any]

    @property
    def parent_id(self) -> str:
        """The frontend."""
        return self.frontend_id


@dataclass
class Certificate(Child):
    """A certificate; validity is text with second precision."""

    name: str
    type: str
    common_name: str
    subject_alternative_name: list[str]
    status: str
    fingerprint: str
    not_valid_before: str
    not_valid_after: str
    status_details: str | None = None
    transition: Transition | None = None


@dataclass
class PrivateNetwork(Child):
    """A Load Balancer's attachment to a private network."""

    private_network_id: str
    status: str
    ipam_ids: list[str]
    static_config: dict[str, Any] | None = None
    transition: Transition | None = None


@dataclass
class Subscriber:
    """Someone who is told about a Load Balancer."""

    id: str
    name: str
    zone: str
    project_id: str
    organization_id: str
    created_at: int
    email_config: dict[str, Any] | None
    webhook_config: dict[str, Any] | None

    @property
    def parent_id(self) -> None:
        """A subscriber belongs to nothing."""
        return None
