# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access rules of frontends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.errors import invalid_argument, not_found
from emulator.lb import settling
from emulator.lb.records import Acl, Frontend
from emulator.lb.state import LbState
from emulator.lb.views import acl_view
from emulator.listing import contains, page
from emulator.operations import Answer, Call

_NO_FILTER = "acl_http_filter_none"


def list_acls(state: LbState, call: Call) -> Answer:
    """List the ACLs of a frontend, oldest first: their index does not order the list."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    found = [acl for acl in state.acls.of(frontend.id) if contains(acl.name, call.value("name"))]
    return page(call, found, "acls", lambda acl: acl_view(state, acl))


def create_acl(state: LbState, call: Call) -> Answer:
    """Create an ACL."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    settling.require_settled(state, state.lb_of(frontend))
    acl = state.acls.add(_new_acl(state, frontend, call.values, ""))
    settling.configure(state, state.lb_of(frontend))
    return acl_view(state, acl)


def set_acls(state: LbState, call: Call) -> Answer:
    """Replace all ACLs of a frontend; they get new identifiers, in the order given."""
    frontend = state.frontend(call.place, call.ids["frontend_id"])
    settling.require_settled(state, state.lb_of(frontend))
    wanted = [_new_acl(state, frontend, spec, f"acls.{number}.") for number, spec in enumerate(call.value("acls", []))]
    for acl in state.acls.of(frontend.id):
        state.acls.remove(acl)
    for acl in wanted:
        state.acls.add(acl)
    settling.configure(state, state.lb_of(frontend))
    return {"acls": [acl_view(state, acl) for acl in wanted], "total_count": len(wanted)}


def _new_acl(state: LbState, frontend: Frontend, given: Mapping[str, Any], prefix: str) -> Acl:
    now = state.world.clock.tick()
    return Acl(
        id=state.world.identities.uuid(),
        frontend_id=frontend.id,
        created_at=now,
        updated_at=now,
        name=given["name"],
        description=given.get("description") or "",
        index=given["index"],
        action=_action(given["action"], prefix),
        match=_match(given.get("match") or {}, prefix),
    )


def _action(given: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    redirect = given.get("redirect")
    if (given["type"] == "redirect") != (redirect is not None):
        raise invalid_argument(f"{prefix}action.redirect", "must be set for the type redirect, and only then")
    if redirect is not None:
        redirect = {"type": redirect["type"], "target": redirect["target"], "code": redirect.get("code") or 302}
        if not redirect["target"]:
            raise invalid_argument(f"{prefix}action.redirect.target", "value must not be empty")
    return {"type": given["type"], "redirect": redirect}


def _match(given: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    http_filter = given.get("http_filter") or _NO_FILTER
    values = given.get("http_filter_value") or []
    edge_services = bool(given.get("ips_edge_services"))
    if http_filter != _NO_FILTER and not values:
        raise invalid_argument(f"{prefix}match.http_filter_value", f"must be set for the filter {http_filter}")
    if http_filter == "http_header_match" and not given.get("http_filter_option"):
        raise invalid_argument(f"{prefix}match.http_filter_option", "must name the header to match")
    everywhere = [] if edge_services else ["0.0.0.0/0"]
    return {
        # Without a network an ACL is about every address (recorded).
        "ip_subnet": given.get("ip_subnet") or everywhere,
        "ips_edge_services": edge_services,
        "http_filter": http_filter,
        "http_filter_value": values,
        "http_filter_option": given.get("http_filter_option"),
        "invert": bool(given.get("invert")),
    }


def _frontend_of(state: LbState, call: Call) -> tuple[Acl, Frontend]:
    acl = state.acls.get(call.ids["acl_id"])
    if acl is None:
        raise not_found("acl")
    return acl, state.child(call.place, state.frontends.get(acl.frontend_id), "acl")


def get_acl(state: LbState, call: Call) -> Answer:
    """Read an ACL."""
    return acl_view(state, _frontend_of(state, call)[0])


def update_acl(state: LbState, call: Call) -> Answer:
    """Replace an ACL: what is left out returns to its default."""
    acl, frontend = _frontend_of(state, call)
    settling.require_settled(state, state.lb_of(frontend))
    wanted = _new_acl(state, frontend, call.values, "")
    acl.name, acl.description, acl.index = wanted.name, wanted.description, wanted.index
    acl.action, acl.match, acl.updated_at = wanted.action, wanted.match, wanted.updated_at
    settling.configure(state, state.lb_of(frontend))
    return acl_view(state, acl, instances=True)


def delete_acl(state: LbState, call: Call) -> Answer:
    """Delete an ACL."""
    acl, frontend = _frontend_of(state, call)
    settling.require_settled(state, state.lb_of(frontend))
    state.acls.remove(acl)
    settling.configure(state, state.lb_of(frontend))
    return None
