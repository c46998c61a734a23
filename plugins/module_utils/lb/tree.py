# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, what one task gives inline: the whole of it, or all ACLs of a frontend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.description.tree import Branch, Place, Tree
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, PRIVATE_NETWORK
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND, ROUTE

ONLY_EDGE_SERVICES: Values = {
    "name": "only-edge-services",
    "description": "Refuses all that does not come through Edge Services",
    "action": {"type": "deny"},
    "match": {"ips_edge_services": True, "invert": True},
}
"""Refuses, and leaves what it does not refuse to the ACLs after it."""


def _complete_acls(acls: list[Values], around: Mapping[str, Any]) -> list[Values]:
    return [dict(ONLY_EDGE_SERVICES), *acls] if around.get("only_edge_services") else acls


def _arrange_acls(acls: list[Place], others: list[Values] | None) -> list[Values]:
    """Give each ACL without an index one after that of the ACL before it.

    An exact list is numbered by its order. In any other, an ACL that is there keeps its index if the order allows that.
    """
    taken = {other.get("index"): other for other in others or ()}
    last = -1
    arranged: list[Values] = []
    for acl in acls:
        present = acl.current.get("index") if acl.current else None
        index: Any = acl.options.get("index")
        if index is None:
            keeps = others is not None and isinstance(present, int) and present > last
            index = int(present) if keeps and present is not None else last + 1
            _check_lock(acl, index, others or [])
            if index != present and index in taken:
                raise InvalidOption(
                    f"{acl.where}index", f"is needed: {ACL.label(taken[index])}, which is not in the list, has {index}."
                )
        if index <= last:
            raise InvalidOption(
                f"{acl.where}index",
                f"{index} is not greater than {last}, the index of the ACL before it. "
                "Leave it out, or put the ACLs in their order.",
            )
        last = index
        arranged.append({**acl.options, "index": index})
    return arranged


def _check_lock(acl: Place, index: int, others: list[Values]) -> None:
    """Refuse a lock behind an ACL that may let others in."""
    before = next((other for other in others if other.get("index", 0) <= index), None)
    if before and acl.options.get("match") == ONLY_EDGE_SERVICES["match"] and acl.where.endswith("only_edge_services."):
        raise InvalidOption(
            acl.where.rstrip("."),
            f"cannot come first: {ACL.label(before)}, which is not in the list, has index {before.get('index')}. "
            "Give that one a greater index, or put all ACLs into the list and set purge.",
        )


ACLS = Branch(ACL, beside=(Bool("only_edge_services"),), complete=_complete_acls, arrange=_arrange_acls)

LB_TREE = Tree(
    LB,
    branches=(
        Branch(CERTIFICATE),
        Branch(PRIVATE_NETWORK, counted_by="private_network_count"),
        Branch(BACKEND, counted_by="backend_count"),
        Branch(FRONTEND, branches=(ACLS, Branch(ROUTE)), goes_first=True, counted_by="frontend_count"),
    ),
)
