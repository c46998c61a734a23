# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes from a frontend to a backend, by server name, host header or path."""

from __future__ import annotations

from typing import Any

from emulator.errors import invalid_argument, permission_denied
from emulator.lb import settling
from emulator.lb.records import Backend, Frontend, Route
from emulator.lb.state import LbState
from emulator.lb.views import route_view
from emulator.listing import page
from emulator.operations import Answer, Call

# The API answers a missing route with the words of another resource (recorded).
_NOT_FOUND = "privateNetwork"
_PROTOCOL_OF_MATCH = {"sni": "tcp", "host_header": "http", "path_begin": "http"}


def list_routes(state: LbState, call: Call) -> Answer:
    """List routes; those of an absent frontend are a 404, not an empty list (measured)."""
    frontend_id = call.value("frontend_id")
    if frontend_id is not None:
        state.frontend(call.place, frontend_id)
    found = [
        route
        for route in state.routes
        if call.place.holds(state.lb_of(route).zone) and route.frontend_id == (frontend_id or route.frontend_id)
    ]
    return page(call, found, "routes", lambda route: route_view(state, route))


def create_route(state: LbState, call: Call) -> Answer:
    """Create a route; unknown identifiers are refused with 403 (measured)."""
    frontend = state.frontends.get(call.value("frontend_id"))
    if frontend is None or not call.place.holds(state.lb_of(frontend).zone):
        raise permission_denied()
    backend = _backend(state, call, frontend)
    lb = state.lb_of(frontend)
    settling.require_settled(state, lb)
    now = state.world.clock.tick()
    route = state.routes.add(
        Route(
            id=state.world.identities.uuid(),
            lb_id=lb.id,
            created_at=now,
            updated_at=now,
            frontend_id=frontend.id,
            backend_id=backend.id,
            match=_match(call, backend),
        )
    )
    settling.configure(state, lb)
    return route_view(state, route)


def _backend(state: LbState, call: Call, frontend: Frontend) -> Backend:
    backend = state.backends.get(call.value("backend_id"))
    if backend is None or backend.lb_id != frontend.lb_id:
        raise permission_denied()
    return backend


def _match(call: Call, backend: Backend) -> dict[str, Any]:
    given = call.value("match", {})
    kind = next((name for name in _PROTOCOL_OF_MATCH if given.get(name)), None)
    if kind is None:
        raise invalid_argument("match", "one of sni, host_header, path_begin must be set", "required")
    protocol = _PROTOCOL_OF_MATCH[kind]
    if backend.settings["forward_protocol"] != protocol:
        raise invalid_argument(f"match.{kind}", f"needs a backend with the protocol {protocol}")
    return {kind: given[kind], "match_subdomains": bool(given.get("match_subdomains"))}


def _route(state: LbState, call: Call) -> Route:
    return state.child(call.place, state.routes.get(call.ids["route_id"]), _NOT_FOUND)


def get_route(state: LbState, call: Call) -> Answer:
    """Read a route."""
    return route_view(state, _route(state, call))


def update_route(state: LbState, call: Call) -> Answer:
    """Replace backend and match; the frontend stays."""
    route = _route(state, call)
    frontend = state.frontend(call.place, route.frontend_id)
    backend = _backend(state, call, frontend)
    match = _match(call, backend)
    settling.require_settled(state, state.lb_of(route))
    route.backend_id, route.match = backend.id, match
    route.updated_at = state.world.clock.tick()
    settling.configure(state, state.lb_of(route))
    return route_view(state, route)


def delete_route(state: LbState, call: Call) -> Answer:
    """Delete a route."""
    route = _route(state, call)
    settling.require_settled(state, state.lb_of(route))
    state.routes.remove(route)
    settling.configure(state, state.lb_of(route))
    return None
