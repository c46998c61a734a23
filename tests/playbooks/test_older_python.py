# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules on a host whose Python is the oldest that they run on, older than any that a controller has."""

from __future__ import annotations

import importlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import ansible.module_utils
import pytest

from playbooks.conftest import Terminal

ROOT = Path(__file__).resolve().parents[2]
OLDEST = "3.10"
LIBRARIES = ("requests", "urllib3", "idna", "certifi", "charset_normalizer")
"""What a host needs: requests, and what that imports."""

NOTES_EACH_START = """
import pathlib, sys
with pathlib.Path(sys.prefix, "starts").open("a") as starts:
    starts.write("%d.%d\\n" % sys.version_info[:2])
"""

TASKS = """
    - name: A load balancer with all that belongs to it
      scw.cloud.scw_lb:
        name: shop
        type: lb-s
        backends: [{name: app, forward_protocol: http, forward_port: 8080, server_ip: [10.0.0.11], timeout_server: 30s}]
        frontends: [{name: http, inbound_port: 80, backend: app}]
    - name: A namespace
      scw.cloud.scw_container_namespace: {name: shop}
    - name: A container
      scw.cloud.scw_container: {namespace: shop, name: web, image: rg.fr-par.scw.cloud/shop/web:1}
    - name: A call of the container by schedule
      scw.cloud.scw_container_trigger:
        namespace: shop
        container: web
        name: nightly
        cron_config: {schedule: "0 3 * * *", timezone: Europe/Paris}
    - name: A namespace of functions
      scw.cloud.scw_function_namespace: {name: shop}
    - name: A function from a folder
      scw.cloud.scw_function: {namespace: shop, name: resize, runtime: python313, handler: handler.handle, src: resize}
    - name: A plan
      scw.cloud.scw_edge_plan: {plan_name: starter}
    - name: A pipeline
      scw.cloud.scw_edge_pipeline:
        name: shop
        stages:
          cache: {fallback_ttl: 1h}
          backends: [{scaleway_s3: {bucket_name: shop, bucket_region: fr-par}}]
"""

IMPORTS_ALL = """
import importlib, pathlib, sys
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
for path in sorted(pathlib.Path(sys.argv[1]).glob("scw_*.py")):
    program = importlib.import_module("ansible_collections.scw.cloud.plugins.modules." + path.stem).PROGRAM
    refused = ArgumentSpecValidator(program.arguments["argument_spec"]).validate({"no_such_option": 1}).error_messages
    print(path.stem, any("no_such_option" in message for message in refused))
"""


def _places() -> Iterator[Path]:
    """Where such a Python may be; what version managers put in the search path may not run."""
    for folder in os.get_exec_path():
        yield Path(folder, f"python{OLDEST}")
    own = Path(pwd.getpwuid(os.getuid()).pw_dir, ".pyenv")
    yield from Path(os.environ.get("PYENV_ROOT", own), "versions").glob(f"{OLDEST}.*/bin/python")


def _works(python: Path) -> bool:
    command = [python, "-c", "import venv"]
    return python.is_file() and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a virtual environment of that Python, which notes in the file ``starts`` how often it ran."""
    python = next(filter(_works, _places()), None)
    if python is None:
        pytest.skip(f"this machine has no Python {OLDEST}")
    folder = tmp_path_factory.mktemp("older")
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for library in LIBRARIES:
        (source,) = importlib.import_module(library).__path__
        shutil.copytree(source, packages / library, ignore=shutil.ignore_patterns("__pycache__"))
    (packages / "sitecustomize.py").write_text(NOTES_EACH_START)
    return folder


def _write_play(terminal: Terminal, older: Path, name: str, tasks: str) -> None:
    variables = f"{{ansible_python_interpreter: {older}/bin/python, scw_run_in_controller: false}}"
    head = f"- hosts: localhost\n  gather_facts: false\n  vars: {variables}\n  tasks:\n"
    terminal.write(name, head + tasks)


def test_a_play_through_all_products_runs_there_and_has_nothing_to_do_the_second_time(
    terminal: Terminal, older: Path
) -> None:
    terminal.write("resize/handler.py", "def handle(event, context):\n    return {}\n")
    _write_play(terminal, older, "play.yml", TASKS)
    tasks = TASKS.count("scw.cloud.scw_")
    (older / "starts").unlink(missing_ok=True)

    assert terminal.play("play.yml").succeeded().changed == tasks
    terminal.again("play.yml")

    starts = (older / "starts").read_text().split()
    assert set(starts) == {OLDEST}
    assert len(starts) >= 2 * tasks


def test_what_goes_wrong_there_is_told_in_a_sentence(terminal: Terminal, older: Path) -> None:
    task = "    - scw.cloud.scw_lb_backend: {lb: shop, name: app, forward_protocol: tcp, forward_port: 80}\n"
    _write_play(terminal, older, "play.yml", task)
    refused = terminal.play("play.yml").refused()
    assert refused.says("No load balancer 'shop' exists in fr-par-1.")
    assert "Traceback" not in refused.text


def test_every_module_can_be_imported_there_and_knows_its_options(older: Path, tmp_path: Path) -> None:
    (tmp_path / "ansible").mkdir()
    (tmp_path / "ansible" / "__init__.py").touch()
    (tmp_path / "ansible" / "module_utils").symlink_to(*ansible.module_utils.__path__)
    (tmp_path / "ansible_collections" / "scw").mkdir(parents=True)
    (tmp_path / "ansible_collections" / "scw" / "cloud").symlink_to(ROOT)
    modules = ROOT / "plugins" / "modules"
    command = [older / "bin" / "python", "-c", IMPORTS_ALL, str(modules)]
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{path.stem} True" for path in sorted(modules.glob("scw_*.py"))]
