# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frontends."""

from __future__ import annotations

from typing import Any

from emulator.errors import already_exists, invalid_argument
from emulator.lb import settling
from emulator.lb.records import Certificate, Frontend, LoadBalancer
from emulator.lb.state import LbState
from emulator.lb.views import frontend_view
from emulator.listing import contains, page
from emulator.operations import Answer, Call


def list_frontends(state: LbState, call: Call) -> Answer:
    """List the frontends of a Load Balancer."""
    lb = state.lb(call.place, call.ids["lb_id"])
    found = [frontend for frontend in state.frontends.of(lb.id) if contains(frontend.name, call.value("name"))]
    return page(call, found, "frontends", lambda frontend: frontend_view(state, frontend, True, True))


def create_frontend(state: LbState, call: Call) -> Answer:
    """Create a frontend."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    now = state.world.clock.tick()
    frontend = Frontend(
        id=state.world.identities.uuid(),
        lb_id=lb.id,
        created_at=now,
        updated_at=now,
        name=call.value("name"),
        backend_id=_backend_id(state, call, lb),
        certificate_ids=_certificate_ids(state, call, lb),
        settings=_settings(call),
    )
    _refuse_taken_port(state, frontend)
    state.frontends.add(frontend)
    settling.configure(state, lb)
    return frontend_view(state, frontend, instances=True, backend_instances=False, fresh=False)


def _settings(call: Call) -> dict[str, Any]:
    return {
        "inbound_port": call.value("inbound_port"),
        "timeout_client": call.value("timeout_client"),
        "enable_http3": call.value("enable_http3", False),
        # Zero means no limit and is shown as null (recorded).
        "connection_rate_limit": call.value("connection_rate_limit") or None,
        "enable_access_logs": call.value("enable_access_logs", False),
    }


def _backend_id(state: LbState, call: Call, lb: LoadBalancer) -> str:
    backend = state.backends.get(call.value("backend_id"))
    if backend is None or backend.lb_id != lb.id:
        raise invalid_argument("backend_id", "value must be a backend of the same Load Balancer")
    return backend.id


def _certificate_ids(state: LbState, call: Call, lb: LoadBalancer) -> list[str]:
    deprecated = call.value("certificate_id")
    identifiers: list[str] = call.value("certificate_ids", []) or ([deprecated] if deprecated else [])
    for identifier in identifiers:
        _use(state, state.certificates.get(identifier), lb)
    return identifiers


def _use(state: LbState, certificate: Certificate | None, lb: LoadBalancer) -> None:
    if certificate is None or certificate.lb_id != lb.id:
        raise invalid_argument("certificate_ids", "values must be certificates of the same Load Balancer")
    settling.require_settled_certificate(state, certificate)
    if certificate.status == "error":
        raise invalid_argument("certificate_ids", f"certificate {certificate.id} is in error")
    # Attaching a certificate is a change of it (recorded).
    certificate.updated_at = state.world.clock.tick()


def _refuse_taken_port(state: LbState, wanted: Frontend) -> None:
    port = wanted.settings["inbound_port"]
    for other in state.frontends.of(wanted.lb_id):
        if other.id != wanted.id and other.settings["inbound_port"] == port:
            raise already_exists("frontend", other.id, f"port {port} is used by another frontend")


def get_frontend(state: LbState, call: Call) -> Answer:
    """Read a frontend."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    return frontend_view(state, frontend, instances=False, backend_instances=False)


def update_frontend(state: LbState, call: Call) -> Answer:
    """Replace a frontend: what is left out returns to its default."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    lb = state.lb_of(frontend)
    settling.require_settled(state, lb)
    now = state.world.clock.tick()
    wanted = Frontend(
        id=frontend.id,
        lb_id=lb.id,
        created_at=frontend.created_at,
        updated_at=now,
        name=call.value("name"),
        backend_id=_backend_id(state, call, lb),
        certificate_ids=_certificate_ids(state, call, lb),
        settings=_settings(call),
    )
    _refuse_taken_port(state, wanted)
    state.frontends.add(wanted)
    settling.configure(state, lb)
    return frontend_view(state, wanted, instances=True, backend_instances=False)


def delete_frontend(state: LbState, call: Call) -> Answer:
    """Delete a frontend with its ACLs (recorded) and routes."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    lb = state.lb_of(frontend)
    settling.require_settled(state, lb)
    for acl in state.acls.of(frontend.id):
        state.acls.remove(acl)
    for route in state.routes.of(lb.id):
        if route.frontend_id == frontend.id:
            state.routes.remove(route)
    state.frontends.remove(frontend)
    settling.configure(state, lb)
    return None
