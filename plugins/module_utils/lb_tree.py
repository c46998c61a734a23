# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, what one task gives inline: the whole of it, or all ACLs of a frontend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.fields import Bool
from ansible_collections.scw.cloud.plugins.module_utils.lb import LB, PRIVATE_NETWORK
from ansible_collections.scw.cloud.plugins.module_utils.lb_certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb_traffic import ACL, BACKEND, FRONTEND, ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.tree import Branch, Tree

ONLY_EDGE_SERVICES: Values = {
    "name": "only-edge-services",
    "description": "Refuses all that does not come through Edge Services",
    "action": {"type": "deny"},
    "match": {"ips_edge_services": True, "invert": True},
}
"""Refuses, and leaves what it does not refuse to the ACLs after it."""


def _complete_acls(acls: list[Values], around: Mapping[str, Any], where: str) -> list[Values]:
    """Number the ACLs in their order: each comes after the one before it."""
    added = [dict(ONLY_EDGE_SERVICES)] if around.get("only_edge_services") else []
    last = -1
    for position, acl in enumerate([*added, *acls], start=-len(added)):
        if acl.get("index") is None:
            acl["index"] = last + 1
        if acl["index"] <= last:
            raise InvalidOption(
                f"{where}[{position}].index",
                f"{acl['index']} is not greater than {last}, the index of the ACL before it. "
                "Leave it out, or put the ACLs in their order.",
            )
        last = acl["index"]
    return [*added, *acls]


ACLS = Branch(ACL, beside=(Bool("only_edge_services"),), complete=_complete_acls)

LB_TREE = Tree(
    LB,
    branches=(
        Branch(CERTIFICATE),
        Branch(PRIVATE_NETWORK),
        Branch(BACKEND),
        Branch(FRONTEND, branches=(ACLS, Branch(ROUTE)), goes_first=True),
    ),
)
