# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of domains, certificate chains and Load Balancers before they are used."""

from __future__ import annotations

from emulator.edge.check_rules import CheckRule
from emulator.edge.diagnosis import name_error
from emulator.edge.origins import missing_part
from emulator.edge.state import EdgeState
from emulator.edge.views import default_fqdn
from emulator.errors import ApiError, invalid_argument
from emulator.lb.pem import read_chain
from emulator.operations import Answer, Call


def check_domain(state: EdgeState, call: Call) -> Answer:
    """Say whether a host name can be used, with the default name of a pipeline as the target of its CNAME record."""
    fqdn: str = call.value("fqdn")
    rule = _rule_for(state, "domain", fqdn)
    is_target = call.value("cname").rstrip(".") in [default_fqdn(pipeline.id) for pipeline in state.pipelines]
    return {"is_valid": rule.is_valid if rule else is_target and name_error(fqdn) is None}


def check_pem_chain(state: EdgeState, call: Call) -> Answer:
    """Say whether a chain is about a host name; secrets belong to a product not served, and are taken as valid."""
    fqdn: str = call.value("fqdn")
    rule = _rule_for(state, "pem_chain", fqdn)
    if call.value("raw") is None and call.value("secret") is None:
        raise invalid_argument("secret", "one of raw, secret must be set", "required")
    if rule is not None:
        return {"is_valid": rule.is_valid}
    return {"is_valid": call.value("raw") is None or _is_about(call.value("raw"), fqdn)}


def _is_about(pem: str, fqdn: str) -> bool:
    try:
        content = read_chain(pem)
    except ApiError:
        return False
    names = {content.common_name, *content.subject_alternative_name}
    return fqdn in names or f"*.{fqdn.partition('.')[2]}" in names


def check_lb_origin(state: EdgeState, call: Call) -> Answer:
    """Say whether a Load Balancer answers: whether it is there."""
    lb = call.value("lb")
    rule = _rule_for(state, "lb_origin", lb["id"].lower())
    if rule is not None:
        return {"is_valid": rule.is_valid, "error_type": rule.error_type}
    is_there = missing_part(state.world, lb) is None
    return {"is_valid": is_there, "error_type": "unknown" if is_there else "connection_refused"}


def _rule_for(state: EdgeState, check: str, name: str) -> CheckRule | None:
    covering = [rule for rule in state.check_rules if rule.check == check and rule.match in ("*", name)]
    return covering[-1] if covering else None
