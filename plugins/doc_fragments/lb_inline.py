# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options for children that a task gives inline: made of what the modules of these children document."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

MODULES = Path(__file__).resolve().parents[1] / "modules"

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


def documented(module: str) -> dict[str, Any]:
    """The options that a module of this collection documents itself."""
    parsed = ast.parse((MODULES / f"{module}.py").read_text(encoding="utf-8"))
    text = next(
        node.value.value
        for node in parsed.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "DOCUMENTATION"
        and isinstance(node.value, ast.Constant)
    )
    return dict(yaml.safe_load(str(text))["options"])


def inline(children: Mapping[str, Mapping[str, Any]], prefix: str = "") -> dict[str, Any]:
    """Options of these names; ``prefix`` leads to them, such as ``frontends[].``."""
    return {
        name: _child(child, f"{prefix}{name}[].") if "module" in child else dict(child)
        for name, child in children.items()
    }


def _child(child: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    own = {name: option for name, option in documented(child["module"]).items() if name not in child["without"]}
    for name, sentence in child.get("more", {}).items():
        own[name]["description"] = [*own[name]["description"], sentence]
    own = {name: _moved(option, prefix, set(own)) for name, option in own.items()}
    return {
        "description": [
            *child["description"],
            f"Their options are those of M(scw.cloud.{child['module']}).",
        ],
        "type": "list",
        "elements": "dict",
        "suboptions": {**own, **inline(child.get("inside", {}), prefix)},
    }


def _moved(option: Any, prefix: str, names: set[str]) -> Any:
    """An option with the options that its texts mention where they are now."""
    if isinstance(option, str):
        return re.sub(r"(R?[OV])\(([a-z_]+)([^)#]*)\)", lambda found: _reference(found, prefix, names), option)
    if isinstance(option, list):
        return [_moved(element, prefix, names) for element in option]
    if isinstance(option, dict):
        return {key: _moved(value, prefix, names) for key, value in option.items()}
    return option


def _reference(found: re.Match[str], prefix: str, names: set[str]) -> str:
    kind, name, rest = found.groups()
    if kind == "V":
        return found[0]
    return f"O({prefix}{name}{rest})" if kind == "O" and name in names else f"C({name}{rest})"


def dumped(options: Mapping[str, Any]) -> str:
    """A fragment with these options."""
    return str(yaml.safe_dump({"options": dict(options)}, sort_keys=False, width=1000))


class ModuleDocFragment:
    # Annotated, because the check of YAML takes only these for more than literals.
    DOCUMENTATION: str = dumped({**inline(CHILDREN), "purge": PURGE})

    ACLS: str = dumped(inline(ACLS))
