# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much code Ansible sends with a module: everything that the module imports, at once or later."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
OURS = "ansible_collections.scw.cloud.plugins."
MODULES = sorted((PLUGINS / "modules").glob("scw_*.py"))
MOST_BYTES = 420_000
"""Of source, before it is compressed; the module itself, most of which is documentation, is not counted."""


@cache
def imported(file: Path) -> frozenset[Path]:
    """Files of the collection that this one imports, wherever it does: what Ansible looks for in it."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    paths = (PLUGINS / f"{name.removeprefix(OURS).replace('.', '/')}.py" for name in names if name.startswith(OURS))
    return frozenset(path for path in paths if path.exists())


def sent(module: Path) -> frozenset[Path]:
    """Everything that goes with a module."""
    found: set[Path] = set()
    left = [module]
    while left:
        new = imported(left.pop()) - found
        found |= new
        left += new
    return frozenset(found)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_more_is_sent_with_a_module_than_can_be_compiled_quickly(module: Path) -> None:
    assert sum(file.stat().st_size for file in sent(module)) <= MOST_BYTES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_nothing_that_only_the_controller_runs_is_sent_with_a_module(module: Path) -> None:
    assert {file.relative_to(PLUGINS).parts[0] for file in sent(module)} == {"module_utils"}
    assert PLUGINS / "module_utils" / "products.py" not in sent(module)
