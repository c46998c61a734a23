# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task that gives children inline, derived from the descriptions of all of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.tree import Branch, Tree, declared
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import (
    controller_files,
    explicit_spec,
    finders_of,
    one_needed,
    present_spec,
)


def tree_spec(tree: Tree) -> dict[str, Any]:
    """Arguments for the module that manages a resource with the children that its task gives inline."""
    spec = present_spec(tree.resource)
    inline = _inline(tree.branches)
    children = tree.layout.options(inline) if tree.layout else inline
    options = {**spec["argument_spec"], **children, "purge": {"type": "bool", "default": False}}
    return {**spec, "argument_spec": options}


def tree_files(tree: Tree) -> dict[str, str]:
    """As ``options.controller_files``, for a resource and its children."""
    return {**controller_files(tree.resource), **_files(tree.branches, "")}


def _files(branches: tuple[Branch, ...], where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for branch in branches:
        place = f"{where}{branch.option}[]."
        found.update({f"{place}{path}": content for path, content in controller_files(branch.resource).items()})
        found.update(_files(branch.branches, place))
    return found


def concerns_children(tree: Tree, params: Mapping[str, Any]) -> bool:
    """Whether a task is about more than the resource itself. Raises InvalidOption."""
    if params.get("state") == "absent":
        return tree.goes_last
    lists = tree.layout.lists(params) if tree.layout else {}
    return bool(declared(tree.branches, {**params, **lists}))


def children_spec(branch: Branch) -> dict[str, Any]:
    """Arguments for the module that manages all children of one kind in a parent."""
    options = {field.name: field.option() for field in finders_of(branch.resource) if field.name != "id"}
    parent = branch.resource.parent
    if parent:
        options[parent.name]["required"] = True
    options.update(_inline((branch,)))
    options[branch.option]["required"] = True
    options["purge"] = {"type": "bool", "default": True}
    options["wait"] = {"type": "bool", "default": True}
    options["wait_timeout"] = {"type": "int", "default": branch.resource.wait_timeout}
    return explicit_spec(branch.resource.location, options)


def _inline(branches: tuple[Branch, ...]) -> dict[str, Any]:
    """Options for lists of children, and what stands beside them."""
    options: dict[str, Any] = {}
    for branch in branches:
        resource = branch.resource
        around = {ancestor.name for ancestor in resource.ancestors}
        fields = [*(finder for finder in finders_of(resource) if finder.name not in around), *resource.fields]
        nested = {field.name: field.option() for field in fields if not field.hidden}
        if resource.rotation:
            nested[resource.rotation] = {"type": "bool", "default": False}
        options[branch.option] = {
            "type": "list",
            "elements": "dict",
            "options": {**nested, **_inline(branch.branches)},
            **one_needed(resource, nested),
        }
        exclusive = [list(group.fields) for group in resource.one_of]
        if exclusive:
            options[branch.option]["mutually_exclusive"] = exclusive
        options.update({field.name: field.option() for field in branch.beside})
    return options
