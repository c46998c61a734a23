# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module imports that finds nothing to do: in a process of its own it is compiled for every task."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL
from behaviour.subjects import Scene, on
from naming import module_of

ROOT = Path(__file__).parents[2]
UTILS = "ansible_collections.scw.cloud.plugins.module_utils"
PROGRAM = f"""
import atexit, json, sys
def tell():
    sys.stderr.write(json.dumps(sorted(sys.modules)))
atexit.register(tell)
from ansible.module_utils import basic
before = set(sys.modules)
basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = sys.stdin.buffer.read(), "legacy"
import importlib
importlib.import_module("{UTILS.replace("module_utils", "modules")}." + sys.argv[1]).main()
"""

ONLY_FOR_SOME_TASKS = {
    *("engine.changes", "engine.writing", "engine.waiting", "engine.listing", "api.failures", "api.config_file"),
    *("engine.rotation", "engine.verification", "engine.rollout", "engine.redeployment", "engine.siblings"),
    *("engine.tree_plan", "engine.tree_apply", "engine.tree_reconcile", "api.object_storage"),
    *("function.archive", "function.deploy", "function.runtimes", "function.storage", "function.token"),
    *("container.images", "container.rollout", "edge.stages", "description.certificate_chain", "products"),
}
"""Files of the collection that a task with nothing to do can do without."""
ELSEWHERE = {"aiohttp", "argon2", "asyncio", "concurrent", "cryptography", "yaml"}
"""What is there, at most, for configuration files, many pages, hashes and certificates."""

MOST_BYTES = {LB.name: 215_000, FUNCTION.name: 220_000}
USUAL_BYTES = 205_000
"""Of source that is compiled for such a task."""


def imported(scene: Scene, tmp_path: Path) -> set[str]:
    """Names of all modules in a process that runs the task of the scene, which has nothing to do."""
    link = tmp_path / "ansible_collections" / "scw" / "cloud"
    link.parent.mkdir(parents=True)
    link.symlink_to(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, module_of(scene.resource)],
        input=json.dumps({"ANSIBLE_MODULE_ARGS": scene.minimal}),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["changed"] is False
    return set(json.loads(done.stderr))


def source(name: str) -> Path:
    """The file of a part of the collection, or the folder of a package."""
    return ROOT / "plugins" / "module_utils" / f"{name.replace('.', '/')}.py"


@on(LB, ACL, BACKEND_STAGE, TRIGGER, FUNCTION)
def test_a_module_with_nothing_to_do_imports_only_what_that_takes(
    scene: Scene, resource: Resource, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    scene.make()
    found = imported(scene, tmp_path)
    ours = {name.removeprefix(f"{UTILS}.") for name in found if name.startswith(f"{UTILS}.")}

    assert "engine.plan" in ours
    assert ours & ONLY_FOR_SOME_TASKS == set()
    assert {name.partition(".")[0] for name in found} & ELSEWHERE == set()
    products = {name.partition(".")[0] for name in ours} & {"lb", "container", "function", "edge"}
    assert products == {module_of(resource).split("_")[1]}

    compiled = sum(source(name).stat().st_size for name in ours if source(name).exists())
    record_property("compiled", compiled)
    assert compiled <= MOST_BYTES.get(resource.name, USUAL_BYTES), compiled


def test_what_is_named_here_exists() -> None:
    assert {name for name in ONLY_FOR_SOME_TASKS if not source(name).exists()} == set()
