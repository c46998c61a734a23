# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of children that a task gives inline, made of what the modules of these children document."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

MODULES = Path(__file__).resolve().parents[1] / "modules"


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
    """Options of these names; ``prefix`` leads to them, such as ``frontends[].``.

    Each is an option as it is, or has the ``module`` that documents a child. Of that it says what is ``without``, which
    sentences there are ``more``, what is ``inside`` of it, and whether it is a ``single`` one and no list.
    """
    return {
        name: _child(child, f"{prefix}{name}{'.' if child.get('single') else '[].'}")
        if "module" in child
        else dict(child)
        for name, child in children.items()
    }


def _child(child: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    own = {name: option for name, option in documented(child["module"]).items() if name not in child["without"]}
    for name, sentence in child.get("more", {}).items():
        own[name]["description"] = [*own[name]["description"], sentence]
    own = {name: moved(option, prefix, set(own)) for name, option in own.items()}
    whose = "Its" if child.get("single") else "Their"
    kind = {"type": "dict"} if child.get("single") else {"type": "list", "elements": "dict"}
    return {
        "description": [*child["description"], f"{whose} options are those of M(scw.cloud.{child['module']})."],
        **kind,
        "suboptions": {**own, **inline(child.get("inside", {}), prefix)},
    }


def moved(option: Any, prefix: str, names: set[str]) -> Any:
    """An option with the options that its texts mention where they are now."""
    if isinstance(option, str):
        return re.sub(r"(R?[OV])\(([a-z_]+)([^)#]*)\)", lambda found: _reference(found, prefix, names), option)
    if isinstance(option, list):
        return [moved(element, prefix, names) for element in option]
    if isinstance(option, dict):
        return {key: moved(value, prefix, names) for key, value in option.items()}
    return option


def _reference(found: re.Match[str], prefix: str, names: set[str]) -> str:
    kind, name, rest = found.groups()
    if kind == "V":
        return found[0]
    return f"O({prefix}{name}{rest})" if kind == "O" and name in names else f"C({name}{rest})"


def dumped(options: Mapping[str, Any]) -> str:
    """A fragment with these options."""
    return str(yaml.safe_dump({"options": dict(options)}, sort_keys=False, width=1000))
