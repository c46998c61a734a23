# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom, who may do what, and how long a file may get: the architecture, held by reading the source."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "plugins"
UTILS = PLUGINS / "module_utils"
OURS = "ansible_collections.scw.cloud.plugins.module_utils"

SHARED = {"errors", "values", "moments", "records"}
"""What everything may import."""
MAY_IMPORT = {
    **dict.fromkeys(SHARED, set()),
    "description": SHARED,
    "serverless": SHARED | {"description"},
    "api": SHARED,
    "engine": SHARED | {"description", "api"},
    "program": SHARED | {"description", "api", "engine"},
    "tree_program": SHARED | {"description", "engine", "program"},
    "module": SHARED | {"api", "program"},
}
"""Packages and files that know no product, with what they may import beside their own package."""
PRODUCT_MAY_IMPORT = SHARED | {"description", "serverless"}
EXPLICIT_MAY_IMPORT = PRODUCT_MAY_IMPORT | {"api", "engine"}
ORIGINS = {"edge.backends": {"container.resources", "function.resources", "lb.resources", "lb.traffic"}}
"""Products that refer to resources of others."""
PURE = SHARED | {
    "description",
    "serverless",
    "engine.options",
    "engine.plan",
    "engine.changes",
    "engine.siblings",
    "engine.tree_options",
}
"""What only computes. So do the products."""

OUTSIDE = {
    "api.client": {"requests", "urllib3"},
    "api.failures": {"requests"},
    "api.object_storage": {"requests"},
    "api.config_file": {"yaml"},
    "module": {"ansible"},
    "description.certificate_chain": {"cryptography"},
    "description.maps": {"argon2"},
}
"""What is used beside the standard library."""

WORLD = {
    "asyncio",
    "http",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "ssl",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
}
"""Standard modules that read or change the world."""


def python_files(*folders: Path) -> list[Path]:
    """The Python files in these folders."""
    return sorted(file for folder in folders for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


FILES = {".".join(file.relative_to(UTILS).with_suffix("").parts): file for file in python_files(UTILS)}
PRODUCTS = {
    name
    for name, file in FILES.items()
    if re.search(r"^[A-Z_]+(: Resource)? = (Resource|stage)\(", file.read_text(), re.M)
}
PACKAGES = {name.partition(".")[0] for name in PRODUCTS}
"""One for each product."""
TREES = {name for name in FILES if name.endswith(".tree") and not name.startswith("description.")}
"""Which resources of a product a task takes inline."""
EXPLICIT = {name for name in FILES if name.partition(".")[0] in PACKAGES} - PRODUCTS - TREES
"""Work of modules that no description can express, on the client and the lookup."""
LISTS = {"products"}
"""Files that gather the resources of all products."""
PROGRAMS = {"program", "tree_program"}
"""What makes a program of a description."""
MODULES = python_files(PLUGINS / "modules")


def tree(file: Path) -> ast.Module:
    """The parsed file, without what is there for type checkers only."""
    parsed = ast.parse(file.read_text())
    parsed.body = [
        node for node in parsed.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
    ]
    return parsed


def imports(file: Path, *, at_once: bool = False) -> Iterator[str]:
    """Full names of the imported modules, and of everything that is imported from modules.

    ``at_once``: only by the file itself, and not by its functions when they are called.
    """
    nodes = list(ast.walk(tree(file)))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)] if at_once else []
    later = {node for function in functions for node in ast.walk(function)}
    for node in [node for node in nodes if node not in later]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            source = node.module or ""
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def ours(file: Path, *, at_once: bool = False) -> set[str]:
    """Names of the files of the engine that ``file`` imports."""
    return {name.removeprefix(f"{OURS}.") for name in imports(file, at_once=at_once)} & set(FILES)


def outside(file: Path) -> set[str]:
    """Top-level names of all other imports."""
    return {name.partition(".")[0] for name in imports(file) if not name.startswith("ansible_collections")}


def package(name: str) -> str:
    """The first part of the name of a file: ``lb`` for ``lb.traffic``, which is its product."""
    return name.partition(".")[0]


def within(names: set[str]) -> set[str]:
    """The files that these names of packages and files stand for."""
    return {file for file in FILES if file in names or package(file) in names}


def allowed(name: str) -> set[str]:
    """What a file may import of ours."""
    own = within({package(name)})
    if name in LISTS:
        return PRODUCTS | within({"description"})
    if name in PRODUCTS:
        return within(PRODUCT_MAY_IMPORT) | ORIGINS.get(name, set()) | own & PRODUCTS
    if name in TREES:
        return within(PRODUCT_MAY_IMPORT) | own & PRODUCTS
    if name in EXPLICIT:
        return within(EXPLICIT_MAY_IMPORT) | own - TREES
    return within(MAY_IMPORT[package(name)]) | own


def test_every_file_is_known_here() -> None:
    assert {package(name) for name in FILES} - PACKAGES - LISTS == set(MAY_IMPORT)
    assert {"lb", "container", "function", "edge"} == PACKAGES
    assert {"lb.tree", "edge.tree"} == TREES


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_imports_only_what_lies_below_it(name: str) -> None:
    assert ours(FILES[name]) - allowed(name) == set()


def test_no_two_files_import_each_other_in_a_circle() -> None:
    below = {name: ours(file) for name, file in FILES.items()}
    while below:
        lowest = {name for name, needed in below.items() if not needed & set(below)}
        assert lowest, f"a circle among {sorted(below)}"
        below = {name: needed for name, needed in below.items() if name not in lowest}


@pytest.mark.parametrize("name", sorted(within(PURE) | PRODUCTS | LISTS | TREES))
def test_what_only_computes_imports_nothing_that_does_more(name: str) -> None:
    assert ours(FILES[name]) <= within(PURE) | PRODUCTS | LISTS | TREES


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_uses_the_standard_library_and_what_it_is_there_for(name: str) -> None:
    foreign = outside(FILES[name]) - set(sys.stdlib_module_names) - {"__future__"}
    assert foreign <= OUTSIDE.get(name, set())


@pytest.mark.parametrize("name", sorted(within(PURE) | PRODUCTS | LISTS | TREES))
def test_a_pure_file_neither_reads_nor_changes_the_world(name: str) -> None:
    assert outside(FILES[name]) & WORLD == set()
    called = {
        node.func.id
        for node in ast.walk(tree(FILES[name]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & {"open", "print", "input", "exec", "eval", "__import__"} == set()


@pytest.mark.parametrize("file", python_files(PLUGINS), ids=lambda file: file.name)
def test_only_the_module_adapter_knows_how_a_module_ends(file: Path) -> None:
    nodes = list(ast.walk(tree(file)))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert file == FILES["module"] or not used & {"AnsibleModule", "exit_json", "fail_json"}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_module_is_documentation_and_a_program(file: Path) -> None:
    assert len(ours(file) & PROGRAMS) == 1
    assert ours(file) & (PRODUCTS | EXPLICIT | TREES)
    assert ours(file) <= {"module"} | PROGRAMS | PRODUCTS | EXPLICIT | TREES
    functions = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef)]
    assert [ast.unparse(function.body) for function in functions] == ["execute(PROGRAM)"]


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.stem)
def test_every_module_has_an_action_that_runs_its_program_and_does_nothing_else(module: Path) -> None:
    action = PLUGINS / "action" / module.name
    assert f"plugins.modules.{module.stem} import PROGRAM\n" in action.read_text()
    assert not any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree(action)))


def test_a_play_in_the_controller_pays_once_for_what_the_engine_imports_later() -> None:
    """By the time that a task runs, which is in a process of its own, all of it is there."""
    files = [FILES[name] for name in within({"api", "engine", "program"})]
    later = {name for file in files for name in ours(file) - ours(file, at_once=True)}
    there, new = set(), ours(PLUGINS / "plugin_utils" / "module_action.py", at_once=True)
    while new:
        there |= new
        new = {name for file in new for name in ours(FILES[file], at_once=True)} - there
    assert {"engine.changes", "engine.rotation", "api.failures"} <= later
    assert later - there == set()


def test_there_is_no_other_action() -> None:
    assert {file.name for file in python_files(PLUGINS / "action")} == {file.name for file in MODULES}


PRODUCT_WORDS = re.compile(
    r"(?<![a-z])(lb|acl|frontend|backend|subscriber|load balancer|edge|pipeline|stage|container|cron|trigger)s?"
    r"(?![a-z])",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", sorted(within(set(MAY_IMPORT) - {"serverless"})))
def test_the_engine_names_no_product_and_no_resource(name: str) -> None:
    code = tree(FILES[name])
    for node in ast.walk(code):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
        if hasattr(node, "body") and isinstance(node.body, list):
            node.body = [part for part in node.body if not _is_text(part)] or [ast.Pass()]
    assert PRODUCT_WORDS.findall(ast.unparse(code)) == []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@pytest.mark.parametrize("file", python_files(PLUGINS), ids=lambda file: file.name)
def test_plugins_know_nothing_of_the_tests(file: Path) -> None:
    assert outside(file) & {"tests", "emulator", "unit", "contract", "behaviour"} == set()
    assert "tests" not in "".join(imports(file)).split(".")


@pytest.mark.parametrize("file", python_files(ROOT / "tests" / "emulator"), ids=lambda file: file.name)
def test_the_emulator_knows_nothing_of_the_plugins(file: Path) -> None:
    source = file.read_text()
    assert "ansible" not in outside(file)
    assert "ansible_collections" not in source
    assert "module_utils" not in source


CODE = python_files(PLUGINS, ROOT / "tests", ROOT / "dev")


def test_every_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {str(file): len(file.read_text().splitlines()) for file in CODE if file not in MODULES}
    assert {file: length for file, length in lengths.items() if length > 400} == {}


def test_every_function_fits_on_a_screen() -> None:
    lengths = {
        f"{file}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > 30} == {}


def test_every_file_says_who_may_use_it_and_what_it_is_for() -> None:
    written = [file for file in CODE if file.read_text().strip()]
    licence = "SPDX-License-Identifier: GPL-3.0-or-later"
    assert [file for file in written if licence not in file.read_text()] == []
    assert [f for f in written if f not in MODULES and not ast.get_docstring(ast.parse(f.read_text()))] == []
