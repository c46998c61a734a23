# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection says about itself: versions, action groups, and that every module has its sibling."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.scw.cloud.plugins.module_utils.api import client
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import module_of

ROOT = Path(__file__).parents[2]
GALAXY: dict[str, Any] = yaml.safe_load((ROOT / "galaxy.yml").read_text())
RUNTIME: dict[str, Any] = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
MODULES = sorted(file.stem for file in (ROOT / "plugins" / "modules").glob("*.py") if file.stem != "__init__")
WITHOUT_LIST = {
    "scw_container_redeploy",
    "scw_edge_check",
    "scw_edge_purge",
    "scw_function_code",
    "scw_function_deploy",
    "scw_lb_backend_server",
    "scw_lb_acls",
}
"""Modules whose objects another module lists."""
EXPLICIT = {
    "scw_container_redeploy",
    "scw_edge_check",
    "scw_edge_plan",
    "scw_edge_plan_info",
    "scw_edge_purge",
    "scw_function_code",
    "scw_function_deploy",
    "scw_function_runtime_info",
    "scw_function_token",
    "scw_function_token_info",
    "scw_lb_backend_server",
    "scw_lb_stats_info",
    "scw_lb_type_info",
}
"""Modules that follow from no description of a resource."""
CHECKS = {"scw_edge_check"}
"""Modules that change nothing, and fail if something is wrong."""
LISTS = {"scw_lb_acls"}
"""Modules that manage all children of one kind."""


def test_the_modules_of_a_product_are_an_action_group_and_all_are_another() -> None:
    groups = dict(RUNTIME["action_groups"])
    assert groups.pop("scw") == [{"metadata": {"extend_group": sorted(groups)}}]
    assert groups == {product: [m for m in MODULES if m.split("_")[1] == product] for product in groups}
    assert sorted(sum(groups.values(), [])) == MODULES


def test_the_collection_needs_the_ansible_that_it_is_tested_with() -> None:
    assert RUNTIME["requires_ansible"] == ">=2.18.0"


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("_info")])
def test_what_can_be_managed_can_be_listed(module: str) -> None:
    assert module in WITHOUT_LIST or f"{module}_info" in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_named_after_its_product(module: str) -> None:
    assert re.fullmatch(r"scw_(lb|edge|container|function)(_[a-z]+)*", module)


def test_every_resource_has_its_modules() -> None:
    names = {module_of(resource) for resource in RESOURCES}
    assert names | {f"{name}_info" for name in names} == set(MODULES) - EXPLICIT - LISTS


@pytest.mark.parametrize("module", MODULES)
def test_a_module_manages_or_lists_as_its_name_says(module: str) -> None:
    source = (ROOT / "plugins" / "modules" / f"{module}.py").read_text()
    assert f"module: {module}\n" in source
    if module in EXPLICIT:
        assert any(verb in source for verb in ("manage_", "fetch_")) == (
            not module.endswith("_info") and module not in CHECKS
        )
    else:
        assert ("PROGRAM = listing(" in source) == module.endswith("_info")


def test_the_client_tells_the_version_of_the_collection() -> None:
    assert GALAXY["version"] == client.VERSION


def test_the_collection_is_what_the_imports_say() -> None:
    assert (GALAXY["namespace"], GALAXY["name"]) == ("scw", "cloud")
    assert GALAXY["license"] == ["GPL-3.0-or-later"]
    assert GALAXY["dependencies"] == {}


def test_the_only_library_needed_at_run_time_is_requests() -> None:
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    assert [re.split(r"[<>=!~]", line)[0] for line in lines if line] == ["requests"]


def test_the_tests_and_tools_stay_out_of_the_artifact() -> None:
    assert {"tests", "dev", ".venv", ".build", ".git"} <= set(GALAXY["build_ignore"])
