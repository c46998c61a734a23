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
ENGINE = PLUGINS / "module_utils"
OURS = "ansible_collections.scw.cloud.plugins.module_utils"

MAY_IMPORT = {
    "errors": set(),
    "values": set(),
    "fields": {"errors", "values"},
    "composites": {"errors", "fields", "values"},
    "links": {"composites", "errors", "fields", "values"},
    "certificate_chain": {"errors"},
    "maps": {"errors", "fields", "values"},
    "moments": set(),
    "serverless": {"errors", "fields", "maps", "resource", "values"},
    "quantities": {"errors", "fields"},
    "schedules": {"errors", "fields"},
    "pem": {"certificate_chain", "errors", "fields"},
    "resource": {"errors", "fields", "values"},
    "plan": {"composites", "errors", "fields", "resource", "values"},
    "options": {"composites", "errors", "fields", "resource", "values"},
    "config": {"errors", "values"},
    "client": {"config", "errors"},
    "siblings": {"resource"},
    "reading": {"client", "errors", "options", "resource", "siblings", "values"},
    "lookup": {"client", "errors", "fields", "options", "reading", "resource", "siblings", "values"},
    "waiting": {"client", "errors", "lookup", "moments", "resource", "values"},
    "verification": {"composites", "errors", "fields", "lookup", "reading", "resource", "values", "waiting"},
    "sending": {"client", "errors", "lookup", "options", "resource", "values", "waiting"},
    "rotation": {"composites", "errors", "fields", "lookup", "plan", "resource", "values"},
    "ownership": {"errors", "lookup", "resource", "values"},
    "managed": {
        "client",
        "errors",
        "lookup",
        "options",
        "ownership",
        "plan",
        "resource",
        "rotation",
        "sending",
        "siblings",
        "values",
        "verification",
        "waiting",
    },
    "reconcile": {"client", "errors", "lookup", "managed", "options", "resource"},
    "program": {"client", "config", "errors", "managed", "options", "reconcile", "resource"},
    "module": {"client", "errors", "program"},
    "object_storage": {"client", "config", "errors"},
    "rollout": {"client", "errors", "lookup", "moments", "resource", "values", "waiting"},
    "redeployment": {
        "client",
        "composites",
        "errors",
        "lookup",
        "options",
        "reading",
        "resource",
        "rollout",
        "values",
        "waiting",
    },
    "tree": {"fields", "resource"},
    "tree_options": {"options", "tree"},
    "tree_plan": {
        "client",
        "composites",
        "errors",
        "managed",
        "plan",
        "reading",
        "resource",
        "rotation",
        "sending",
        "siblings",
        "tree",
        "values",
        "verification",
    },
    "tree_apply": {"composites", "errors", "managed", "plan", "resource", "sending", "siblings", "tree", "tree_plan"},
    "tree_reconcile": {
        "client",
        "lookup",
        "managed",
        "plan",
        "reconcile",
        "resource",
        "tree",
        "tree_apply",
        "tree_plan",
        "values",
    },
    "tree_program": {"managed", "program", "tree", "tree_options", "tree_reconcile"},
}
"""Each file of the engine with the files that it may import."""

PRODUCT_MAY_IMPORT = {
    "composites",
    "serverless",
    "errors",
    "fields",
    "links",
    "maps",
    "pem",
    "quantities",
    "resource",
    "schedules",
    "values",
}
PURE = {
    "errors",
    "values",
    "fields",
    "composites",
    "certificate_chain",
    "links",
    "serverless",
    "maps",
    "moments",
    "pem",
    "quantities",
    "schedules",
    "resource",
    "plan",
    "options",
    "siblings",
    "tree",
    "tree_options",
}
"""Files that only compute. So do the products."""

OUTSIDE = {
    "client": {"requests", "urllib3"},
    "object_storage": {"requests"},
    "config": {"yaml"},
    "module": {"ansible"},
    "certificate_chain": {"cryptography"},
    "maps": {"argon2"},
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


FILES = {file.stem: file for file in ENGINE.glob("*.py") if file.stem != "__init__"}
PRODUCTS = {
    name for name, file in FILES.items() if re.search(r"^[A-Z_]+(: Resource)? = Resource\(", file.read_text(), re.M)
}
EXPLICIT = {
    *("container_images", "container_rollout"),
    *("edge_checks", "edge_plans", "edge_purge"),
    *("function_archive", "function_code", "function_deploy", "function_fetch", "function_runtimes"),
    *("function_storage", "function_token", "function_tokens"),
    *("lb_servers", "lb_statistics", "lb_types"),
}
"""Work of modules that no description can express, on the client and the lookup."""
EXPLICIT_MAY_IMPORT = PRODUCT_MAY_IMPORT | {
    "client",
    "lookup",
    "managed",
    "moments",
    "object_storage",
    "options",
    "plan",
    "redeployment",
    "reading",
    "rollout",
    "waiting",
}
ORIGINS = {"edge_stages": {"container", "function", "lb", "lb_traffic"}}
"""Products that refer to resources of others."""
LISTS = {"products"}
"""Files that gather the resources of all products."""
TREES = {"edge_tree", "lb_tree"}
"""Which resources of a product a task takes inline."""
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


def imports(file: Path) -> Iterator[str]:
    """Full names of the imported modules, and of what is imported from packages of ours."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            package = node.module or ""
            yield from (f"{package}.{alias.name}" if package == OURS else package for alias in node.names)


def ours(file: Path) -> set[str]:
    """Names of the files of the engine that ``file`` imports."""
    return {name.removeprefix(f"{OURS}.").partition(".")[0] for name in imports(file) if name.startswith(OURS)}


def outside(file: Path) -> set[str]:
    """Top-level names of all other imports."""
    return {name.partition(".")[0] for name in imports(file) if not name.startswith("ansible_collections")}


def product(name: str) -> str:
    """The product that a file describes, or describes a part of: ``lb_traffic`` belongs to ``lb``."""
    return name.partition("_")[0]


def allowed(name: str) -> set[str]:
    """What a file may import of ours."""
    if name in LISTS:
        return PRODUCTS | {"resource"}
    if name in PRODUCTS:
        return (
            PRODUCT_MAY_IMPORT
            | ORIGINS.get(name, set())
            | {other for other in PRODUCTS if product(other) == product(name)}
        )
    if name in EXPLICIT:
        return EXPLICIT_MAY_IMPORT | {other for other in PRODUCTS | EXPLICIT if product(other) == product(name)}
    if name in TREES:
        return PRODUCT_MAY_IMPORT | {"tree"} | {other for other in PRODUCTS if product(other) == product(name)}
    return MAY_IMPORT[name]


def test_every_file_of_the_engine_is_known_here() -> None:
    assert set(FILES) - PRODUCTS - LISTS - EXPLICIT - TREES == set(MAY_IMPORT)
    assert {"lb", "lb_traffic"} <= PRODUCTS
    assert {product(name) for name in PRODUCTS} <= PRODUCTS


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_imports_only_what_lies_below_it(name: str) -> None:
    assert ours(FILES[name]) - allowed(name) == set()


def test_no_two_files_import_each_other_in_a_circle() -> None:
    below: dict[str, set[str]] = {name: set(needed) for name, needed in MAY_IMPORT.items()}
    below |= {name: ours(FILES[name]) for name in PRODUCTS | LISTS | EXPLICIT | TREES}
    while below:
        lowest = {name for name, needed in below.items() if not needed & set(below)}
        assert lowest, f"a circle among {sorted(below)}"
        below = {name: needed for name, needed in below.items() if name not in lowest}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_uses_the_standard_library_and_what_it_is_there_for(name: str) -> None:
    foreign = outside(FILES[name]) - set(sys.stdlib_module_names) - {"__future__"}
    assert foreign <= OUTSIDE.get(name, set())


@pytest.mark.parametrize("name", sorted(PURE | PRODUCTS | LISTS | TREES))
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


def test_there_is_no_other_action() -> None:
    assert {file.name for file in python_files(PLUGINS / "action")} == {file.name for file in MODULES}


PRODUCT_WORDS = re.compile(
    r"(?<![a-z])(lb|acl|frontend|backend|subscriber|load balancer|edge|pipeline|stage|container|cron|trigger)s?"
    r"(?![a-z])",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
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
