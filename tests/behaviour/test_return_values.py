# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each module says it returns, against what it returns."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.scw.cloud.plugins.module_utils.edge.tree import PIPELINE_TREE
from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import LB_TREE
from behaviour.expectations import EXTRA, keys_shown
from behaviour.subjects import MODULES, Scene, every_resource
from behaviour.whole import Shop
from naming import module_of

MODULE_FILES = Path(__file__).resolve().parents[2] / "plugins" / "modules"
# Modules about no resource of their own; tests of their own hold them to what they document.
EXPLICIT = {
    "scw_container_redeploy",
    "scw_edge_check",
    "scw_edge_plan",
    "scw_edge_plan_info",
    "scw_edge_purge",
    "scw_function_code",
    "scw_function_deploy",
    "scw_function_token",
    "scw_function_token_info",
    "scw_function_runtime_info",
    "scw_lb_acls",
    "scw_lb_backend_server",
    "scw_lb_stats_info",
    "scw_lb_type_info",
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "bool": bool,
    "list": list,
    "dict": dict,
    "float": (int, float),
}


def documented(module: str, what: str = "RETURN") -> Any:
    """A documentation block of a module, read without running it."""
    tree = ast.parse((MODULE_FILES / f"{module}.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == what:
            return yaml.safe_load(ast.literal_eval(node.value))
    raise AssertionError(f"{module} has no {what}")


def own_results(result: dict[str, Any]) -> set[str]:
    """Keys of a result that are the module's own, not those every module has."""
    return set(result) - {"changed", "diff", "invocation", "warnings", "deprecations"}


def is_shown(scene: Scene, name: str) -> bool:
    """Whether answers have the field as it is, and not only what it brought about."""
    return not callable(scene.resource.field(name).read)


@every_resource
def test_every_key_that_is_returned_is_documented(scene: Scene) -> None:
    module = module_of(scene.resource)
    run = scene.run(scene.full)
    assert own_results(run.result) == set(documented(module))
    entry = documented(module)[scene.resource.name]
    returned = scene.object(run)
    keys = {field.name: str(field.read or field.name) for field in scene.resource.fields if is_shown(scene, field.name)}
    groups = {keys[name] for group in scene.resource.one_of for name in group.fields if name in keys}
    assert groups <= set(entry["contains"])
    whole = scene.resource in (LB_TREE.resource, PIPELINE_TREE.resource)
    inline = {key for key, about in entry["contains"].items() if whole and about["returned"].startswith("when O(")}
    others = groups - {keys.get(name, name) for name in scene.full}
    assert set(entry["contains"]) - others - inline == keys_shown(returned)
    for key, about in entry["contains"].items():
        if key not in returned:
            continue
        if returned[key] is not None:
            assert isinstance(returned[key], TYPES[about["type"]]), key
    assert set(entry["sample"]) <= set(entry["contains"])


@pytest.mark.parametrize("place", ["zone", "region"])
def test_children_are_returned_as_documented_when_they_are_declared(shop: Shop) -> None:
    contains = documented("scw_lb")["lb"]["contains"]
    inline = {branch.option for branch in LB_TREE.branches}
    for check in (True, False, True):
        lb = shop.run(shop.whole, check=check).result["lb"]
        assert {key for key in lb if key != EXTRA} == set(contains)
        for option in inline:
            assert contains[option]["returned"] == f"when O({option}) is given"
            module = f"scw_lb_{option.removesuffix('s')}"
            known = set(documented(module)[module.removeprefix("scw_lb_")]["contains"])
            assert all(set(child) - {EXTRA, "acls", "routes"} <= known for child in lb[option])
            less = shop.run({**shop.named, option: []}, check=True).result["lb"] if shop.objects("lbs") else lb
            assert inline & set(less) in ({option}, inline)
        for name in ("acls", "routes"):
            assert f"C({name})" in contains["frontends"]["description"][1]
            assert all(name in frontend for frontend in lb["frontends"])


@pytest.mark.parametrize("place", ["zone", "region"])
def test_all_acls_of_a_frontend_are_returned_as_documented(shop: Shop) -> None:
    shop.make()
    known = set(documented("scw_lb_acl")["acl"]["contains"])
    entry = documented("scw_lb_acls")
    for check in (True, False):
        run = shop.acls(acls=shop.whole["frontends"][0]["acls"], check=check)
        assert own_results(run.result) == set(entry) == {"acls"}
        assert [set(one) - {EXTRA} for one in run.result["acls"]] == [known] * 3
    assert entry["acls"]["type"] == "list"
    assert all(set(sample) <= known for sample in entry["acls"]["sample"])


@every_resource
def test_every_key_is_there_in_check_mode_and_after_a_deletion(scene: Scene) -> None:
    documented_keys = set(documented(module_of(scene.resource)))
    assert own_results(scene.run(scene.full, check=True).result) == documented_keys
    scene.make(scene.full)
    assert own_results(scene.run(scene.full).result) == documented_keys
    absent = {**scene.identity, "state": "absent"}
    for check in (True, False):
        assert own_results(scene.run(absent, check=check).result) == documented_keys
    assert own_results(scene.run(absent).result) == documented_keys


@every_resource
def test_modules_that_list_return_what_they_document(scene: Scene) -> None:
    module = f"{module_of(scene.resource)}_info"
    scene.make(scene.full)
    assert own_results(scene.info(scene.around).result) == set(documented(module)) == {scene.resource.plural}
    (entry,) = documented(module).values()
    known = documented(module_of(scene.resource))[scene.resource.name]["contains"]
    assert entry["type"] == "list"
    assert all(set(sample) <= set(known) for sample in entry["sample"])


def test_every_module_is_in_the_matrix() -> None:
    files = {path.stem for path in MODULE_FILES.glob("*.py")}
    assert files - EXPLICIT == set(MODULES.values()) | {f"{module}_info" for module in MODULES.values()}


@pytest.mark.parametrize("module", sorted(path.stem for path in MODULE_FILES.glob("*.py")))
def test_examples_show_three_tasks_at_least(module: str) -> None:
    tasks = documented(module, "EXAMPLES")
    assert sum(f"scw.cloud.{module}" in task for task in tasks) >= (1 if module.endswith("_info") else 3)
