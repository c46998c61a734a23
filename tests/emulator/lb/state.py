# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All Load Balancer objects between two resets."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from emulator.errors import not_found
from emulator.lb.records import (
    Acl,
    Backend,
    Certificate,
    Child,
    Frontend,
    Ip,
    LoadBalancer,
    PrivateNetwork,
    Route,
    Subscriber,
)
from emulator.lb.statistics_rules import StatisticsRule
from emulator.operations import Place
from emulator.store import Collection
from emulator.world import Target, World

C = TypeVar("C", bound=Child)


class LbState:
    """Collections of every kind, and how to find things from a place."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lbs: Collection[LoadBalancer] = Collection()
        self.ips: Collection[Ip] = Collection()
        self.backends: Collection[Backend] = Collection()
        self.frontends: Collection[Frontend] = Collection()
        self.routes: Collection[Route] = Collection()
        self.acls: Collection[Acl] = Collection()
        self.certificates: Collection[Certificate] = Collection()
        self.private_networks: Collection[PrivateNetwork] = Collection()
        self.subscribers: Collection[Subscriber] = Collection()
        self.statistics_rules: tuple[StatisticsRule, ...] = ()
        self.statistics_reads: dict[tuple[str, str], int] = {}

    def lb(self, place: Place, identifier: str) -> LoadBalancer:
        """Return a Load Balancer seen from the place, or answer 404."""
        lb = self.lbs.get(identifier)
        if lb is None or not place.holds(lb.zone):
            raise not_found("lbs")
        return lb

    def lb_target(self, identifier: str) -> Target | None:
        """Return where a Load Balancer is, for other products."""
        lb = self.lbs.get(identifier)
        return Target(lb.zone) if lb else None

    def frontend_target(self, identifier: str) -> Target | None:
        """Return where a frontend is and whose, for other products."""
        frontend = self.frontends.get(identifier)
        lb = self.lbs.get(frontend.lb_id) if frontend else None
        return Target(lb.zone, lb.id) if lb else None

    def ip(self, place: Place, identifier: str) -> Ip:
        """Return an address seen from the place, or answer 404."""
        ip = self.ips.get(identifier)
        if ip is None or not place.holds(ip.zone):
            raise not_found("ips")
        return ip

    def child(self, place: Place, found: C | None, what: str) -> C:
        """Return a child whose Load Balancer is seen from the place, or answer 404."""
        if found is None or not place.holds(self.lb_of(found).zone):
            raise not_found(what)
        return found

    def backend(self, place: Place, identifier: str) -> Backend:
        """Return a backend, or answer 404."""
        return self.child(place, self.backends.get(identifier), "backend")

    def frontend(self, place: Place, identifier: str) -> Frontend:
        """Return a frontend, or answer 404."""
        return self.child(place, self.frontends.get(identifier), "frontend")

    def lb_of(self, child: Child) -> LoadBalancer:
        """Return the Load Balancer of a child."""
        lb = self.lbs.get(child.lb_id)
        if lb is None:
            raise LookupError(f"{child.id} outlived its Load Balancer")
        return lb

    def require_project(self, project_id: str, resource: str) -> None:
        """Answer 403 unless the key may write to the project."""
        self.world.require_project(project_id, resource)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, as remembered: fields by name, times as text."""

        def plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
            return {
                name: self.world.clock.stored_text(value) if name in ("created_at", "updated_at") else value
                for name, value in fields
                if name != "transition"
            }

        kinds: dict[str, Collection[Any]] = {
            "lbs": self.lbs,
            "ips": self.ips,
            "backends": self.backends,
            "frontends": self.frontends,
            "routes": self.routes,
            "acls": self.acls,
            "certificates": self.certificates,
            "private_networks": self.private_networks,
            "subscribers": self.subscribers,
        }
        return {
            kind: [dataclasses.asdict(record, dict_factory=plain) for record in kept] for kind, kept in kinds.items()
        }
