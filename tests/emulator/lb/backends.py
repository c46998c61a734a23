# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backends, their servers and their health checks."""

from __future__ import annotations

from typing import Any

from emulator.durations import trimmed
from emulator.errors import still_in_use
from emulator.lb import settling
from emulator.lb.records import Backend
from emulator.lb.state import LbState
from emulator.lb.views import backend_view
from emulator.listing import contains, page
from emulator.operations import Answer, Call

# What a backend shows for fields a creation or a replacement leaves out (recorded).
DEFAULTS: dict[str, Any] = {
    "forward_protocol": None,
    "forward_port": None,
    "forward_port_algorithm": None,
    "sticky_sessions": None,
    "sticky_sessions_cookie_name": "",
    "send_proxy_v2": False,
    "timeout_server": None,
    "timeout_connect": None,
    "timeout_tunnel": None,
    "on_marked_down_action": "on_marked_down_action_none",
    "proxy_protocol": "proxy_protocol_none",
    "failover_host": None,
    "ssl_bridging": False,
    "ignore_ssl_server_verify": None,
    "redispatch_attempt_count": None,
    "max_retries": None,
    "max_connections": None,
    "timeout_queue": None,
    "host": "",
}
_CHECK_DEFAULTS: dict[str, Any] = {
    "port": None,
    "check_delay": None,
    "check_timeout": None,
    "check_max_retries": None,
    "check_send_proxy": False,
    "transient_check_delay": None,
}
_HTTP_DEFAULTS = {"method": "GET", "code": 200, "host_header": ""}
_CHECK_KINDS: dict[str, dict[str, Any]] = {
    "tcp_config": {},
    "http_config": _HTTP_DEFAULTS,
    "https_config": {**_HTTP_DEFAULTS, "sni": ""},
    "mysql_config": {},
    "pgsql_config": {},
    "ldap_config": {},
    "redis_config": {},
}


def list_backends(state: LbState, call: Call) -> Answer:
    """List the backends of a Load Balancer."""
    lb = state.lb(call.place, call.ids["lb_id"])
    found = [backend for backend in state.backends.of(lb.id) if contains(backend.name, call.value("name"))]
    return page(call, found, "backends", lambda backend: backend_view(state, backend))


def create_backend(state: LbState, call: Call) -> Answer:
    """Create a backend with its servers and health check."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    now = state.world.clock.tick()
    backend = state.backends.add(
        Backend(
            id=state.world.identities.uuid(),
            lb_id=lb.id,
            created_at=now,
            updated_at=now,
            name=call.value("name"),
            settings=_settings(call),
            health_check=health_check(call.value("health_check")),
            pool=call.value("server_ip", []),
        )
    )
    settling.configure(state, lb)
    return backend_view(state, backend)


def _settings(call: Call) -> dict[str, Any]:
    settings = {name: call.value(name, default) for name, default in DEFAULTS.items()}
    settings["timeout_queue"] = trimmed(settings["timeout_queue"])
    if settings["proxy_protocol"] == "proxy_protocol_unknown":
        settings["proxy_protocol"] = "proxy_protocol_none"
    return settings


def health_check(given: dict[str, Any]) -> dict[str, Any]:
    """Build the stored health check: only the chosen kind is kept, TCP when none is chosen (recorded)."""

    def value(source: dict[str, Any], name: str, default: Any) -> Any:
        return default if source.get(name) is None else source[name]

    check = {name: value(given, name, default) for name, default in _CHECK_DEFAULTS.items()}
    check["transient_check_delay"] = trimmed(check["transient_check_delay"])
    kind = next((name for name in _CHECK_KINDS if given.get(name) is not None), "tcp_config")
    config = given.get(kind) or {}
    defaults = {name: value(config, name, default) for name, default in _CHECK_KINDS[kind].items()}
    return {**check, kind: {**config, **defaults}}


def get_backend(state: LbState, call: Call) -> Answer:
    """Read a backend."""
    return backend_view(state, state.backend(call.place, call.ids["backend_id"]))


def update_backend(state: LbState, call: Call) -> Answer:
    """Replace the settings; servers and health check have calls of their own and stay as they are (recorded)."""
    backend = _changeable(state, call)
    backend.name = call.value("name")
    backend.settings = _settings(call)
    backend.updated_at = state.world.clock.tick()
    return _changed(state, backend)


def delete_backend(state: LbState, call: Call) -> Answer:
    """Delete a backend nothing points to."""
    backend = _changeable(state, call)
    if any(frontend.backend_id == backend.id for frontend in state.frontends.of(backend.lb_id)):
        raise still_in_use("Backend is used by a frontend")
    if any(route.backend_id == backend.id for route in state.routes.of(backend.lb_id)):
        raise still_in_use("Backend is used by a route")
    state.backends.remove(backend)
    settling.configure(state, state.lb_of(backend))
    return None


def add_servers(state: LbState, call: Call) -> Answer:
    """Add servers; those already there stay once."""
    backend = _changeable(state, call)
    backend.pool = list(dict.fromkeys(backend.pool + call.value("server_ip", [])))
    return _changed(state, backend)


def remove_servers(state: LbState, call: Call) -> Answer:
    """Remove servers; those not there are not missed."""
    backend = _changeable(state, call)
    backend.pool = [ip for ip in backend.pool if ip not in call.value("server_ip", [])]
    return _changed(state, backend)


def set_servers(state: LbState, call: Call) -> Answer:
    """Replace all servers; their order is kept."""
    backend = _changeable(state, call)
    backend.pool = call.value("server_ip", [])
    return _changed(state, backend)


def update_health_check(state: LbState, call: Call) -> Answer:
    """Replace the health check; the answer is the health check alone (recorded)."""
    backend = _changeable(state, call)
    backend.health_check = health_check(dict(call.values))
    _changed(state, backend)
    return dict(backend.health_check)


def _changeable(state: LbState, call: Call) -> Backend:
    backend = state.backend(call.place, call.ids["backend_id"])
    settling.require_settled(state, state.lb_of(backend))
    return backend


def _changed(state: LbState, backend: Backend) -> dict[str, Any]:
    """Answer a change: instances as they were just before (recorded).

    Servers and health check leave the backend's updated_at as it was (recorded).
    """
    answer = backend_view(state, backend)
    settling.configure(state, state.lb_of(backend))
    return answer
