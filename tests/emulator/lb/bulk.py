# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating Load Balancers by the thousand, settled from the start, spread over the zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from emulator.identities import SEEDED_PROJECT_ID
from emulator.lb.backends import DEFAULTS, health_check
from emulator.lb.facts import ZONES
from emulator.lb.ips import create_ip
from emulator.lb.records import Acl, Backend, Frontend, Instance, Ip, LoadBalancer, Route
from emulator.lb.state import LbState

SEED_KINDS = frozenset(
    {
        "lbs",
        "ips",
        "backends_per_lb",
        "servers_per_backend",
        "frontends_per_lb",
        "acls_per_frontend",
        "routes_per_frontend",
    }
)
_ENVIRONMENTS = ("production", "staging", "test")
_FIRST_PORT = 8000


def create(state: LbState, counts: Mapping[str, int]) -> dict[str, int]:
    """Create what is asked and return how many objects of each kind were made."""
    before = _sizes(state)
    for number in range(counts.get("ips", 0)):
        _add_ip(state, ZONES[number % len(ZONES)], None)
    for number in range(counts.get("lbs", 0)):
        _add_tree(state, number, counts)
    return dict(_sizes(state) - before)


def _sizes(state: LbState) -> Counter[str]:
    collections: dict[str, Any] = {
        "lbs": state.lbs,
        "ips": state.ips,
        "backends": state.backends,
        "frontends": state.frontends,
        "routes": state.routes,
        "acls": state.acls,
    }
    return Counter({kind: len(kept) for kind, kept in collections.items()})


def _add_ip(state: LbState, zone: str, lb_id: str | None) -> Ip:
    project, organization = _owner(state)
    ip = create_ip(state, zone, project, organization, is_ipv6=False)
    ip.lb_id = lb_id
    return ip


def _owner(state: LbState) -> tuple[str, str]:
    return SEEDED_PROJECT_ID, state.world.identities.organization_id


def _add_tree(state: LbState, number: int, counts: Mapping[str, int]) -> None:
    lb = _add_lb(state, number)
    backends = [
        _add_backend(state, lb, index, counts.get("servers_per_backend", 0))
        for index in range(counts.get("backends_per_lb", 0))
    ]
    for index in range(counts.get("frontends_per_lb", 0) if backends else 0):
        frontend = _add_frontend(state, lb, index, backends[index % len(backends)])
        for rule in range(counts.get("acls_per_frontend", 0)):
            _add_acl(state, frontend, rule)
        for rule in range(counts.get("routes_per_frontend", 0)):
            _add_route(state, frontend, rule)


def _add_lb(state: LbState, number: int) -> LoadBalancer:
    zone = ZONES[number % len(ZONES)]
    project, organization = _owner(state)
    now = state.world.clock.tick()
    lb = state.lbs.add(
        LoadBalancer(
            id=state.world.identities.uuid(),
            name=f"lb-{number:05d}",
            description="",
            status="ready",
            type="lb-s",
            zone=zone,
            project_id=project,
            organization_id=organization,
            tags=["seeded", _ENVIRONMENTS[number % len(_ENVIRONMENTS)]],
            ssl_compatibility_level="ssl_compatibility_level_intermediate",
            created_at=now,
            updated_at=now,
            instances=[Instance(state.world.identities.uuid(), "ready", now, now)],
        )
    )
    lb.ip_ids.append(_add_ip(state, zone, lb.id).id)
    return lb


def _add_backend(state: LbState, lb: LoadBalancer, number: int, servers: int) -> Backend:
    now = state.world.clock.tick()
    check = {"port": 80, "check_delay": 3000, "check_timeout": 1000, "check_max_retries": 5}
    chosen = {
        "forward_protocol": "http",
        "forward_port": 80,
        "forward_port_algorithm": "roundrobin",
        "sticky_sessions": "none",
    }
    return state.backends.add(
        Backend(
            id=state.world.identities.uuid(),
            lb_id=lb.id,
            created_at=now,
            updated_at=now,
            name=f"backend-{number}",
            settings={**DEFAULTS, **chosen},
            health_check=health_check(check),
            pool=[f"10.0.{number % 256}.{server % 254 + 1}" for server in range(servers)],
        )
    )


def _add_frontend(state: LbState, lb: LoadBalancer, number: int, backend: Backend) -> Frontend:
    now = state.world.clock.tick()
    return state.frontends.add(
        Frontend(
            id=state.world.identities.uuid(),
            lb_id=lb.id,
            created_at=now,
            updated_at=now,
            name=f"frontend-{number}",
            backend_id=backend.id,
            certificate_ids=[],
            settings={
                "inbound_port": _FIRST_PORT + number,
                "timeout_client": None,
                "enable_http3": False,
                "connection_rate_limit": None,
                "enable_access_logs": False,
            },
        )
    )


def _add_acl(state: LbState, frontend: Frontend, number: int) -> None:
    now = state.world.clock.tick()
    state.acls.add(
        Acl(
            id=state.world.identities.uuid(),
            frontend_id=frontend.id,
            created_at=now,
            updated_at=now,
            name=f"acl-{number:03d}",
            description="",
            index=number,
            action={"type": "allow", "redirect": None},
            match={
                "ip_subnet": [f"10.{number // 256 % 256}.{number % 256}.0/24"],
                "ips_edge_services": False,
                "http_filter": "acl_http_filter_none",
                "http_filter_value": [],
                "http_filter_option": None,
                "invert": False,
            },
        )
    )


def _add_route(state: LbState, frontend: Frontend, number: int) -> None:
    now = state.world.clock.tick()
    state.routes.add(
        Route(
            id=state.world.identities.uuid(),
            lb_id=frontend.lb_id,
            created_at=now,
            updated_at=now,
            frontend_id=frontend.id,
            backend_id=frontend.backend_id,
            match={"host_header": f"host-{number}.example.com", "match_subdomains": False},
        )
    )
