# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options for children that a task gives inline: made of what the modules of these children document."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.inline_options import dumped, inline

ACLS: dict[str, dict[str, Any]] = {
    "acls": {
        "description": [
            "The ACLs of the frontend, in their order. The first that matches decides.",
            "V([]) together with O(purge) removes all.",
        ],
        "module": "scw_lb_acl",
        "without": {"lb", "frontend"},
        "more": {
            "index": "In a list it may be left out. In an exact list it is then one more than that of the ACL before it, and V(0) where none is before it."
            " In others, an ACL that exists keeps its index if the order of the list allows that;"
            " and a new one needs an index where one that is not listed has its place.",
        },
    },
    "only_edge_services": {
        "description": [
            "Whether to put an ACL named V(only-edge-services) before the others, which refuses everything that does not come through Edge Services.",
            "V(false) is the same as leaving it out: an ACL that is there already is removed by O(purge) only.",
        ],
        "type": "bool",
    },
}
CHILDREN: dict[str, dict[str, Any]] = {
    "certificates": {
        "description": ["Certificates of the load balancer. Frontends name them in O(frontends[].certificates)."],
        "module": "scw_lb_certificate",
        "without": {"lb"},
    },
    "private_networks": {
        "description": ["Private networks that the load balancer is attached to."],
        "module": "scw_lb_private_network",
        "without": {"lb"},
    },
    "backends": {
        "description": ["Backends of the load balancer."],
        "module": "scw_lb_backend",
        "without": {"lb"},
    },
    "frontends": {
        "description": ["Frontends of the load balancer, with what belongs to them."],
        "module": "scw_lb_frontend",
        "without": {"lb"},
        "inside": {
            **ACLS,
            "routes": {
                "description": ["The routes of the frontend."],
                "module": "scw_lb_route",
                "without": {"lb", "frontend"},
            },
        },
    },
}
PURGE = {
    "description": [
        "Whether to delete what is not in the lists that the task gives: O(certificates), O(private_networks), O(backends), O(frontends),"
        " and O(frontends[].acls) and O(frontends[].routes) of the frontends that are listed.",
        "Lists that the task does not give are left alone. What others still use is not deleted; the task fails before it writes anything.",
    ],
    "type": "bool",
    "default": False,
}


class ModuleDocFragment:
    # Annotated, because the check of YAML takes only these for more than literals.
    DOCUMENTATION: str = dumped({**inline(CHILDREN), "purge": PURGE})

    ACLS: str = dumped(inline(ACLS))
