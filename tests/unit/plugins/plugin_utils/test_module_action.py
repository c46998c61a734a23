# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task runs its program, and that it has there what a module would have."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleActionFail
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.action import ActionBase
from ansible.plugins.loader import become_loader, connection_loader
from ansible.template import Templar

from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError
from ansible_collections.scw.cloud.plugins.module_utils.program import Job, Program
from ansible_collections.scw.cloud.plugins.plugin_utils import module_action
from ansible_collections.scw.cloud.plugins.plugin_utils.module_action import ModuleAction, plain
from unit.samples import SECRET

OPTIONS = {
    **{name: {"type": "str"} for name in ("profile", "config_file", "access_key", "api_url", "organization_id")},
    "project_id": {"type": "str"},
    "api_allow_insecure": {"type": "bool"},
    "secret_key": {"type": "str", "no_log": True},
    "api_timeout": {"type": "int", "default": 60},
    "name": {"type": "str", "aliases": ["title"]},
    "password": {"type": "str", "no_log": True},
}
MODULE = {"changed": False, "module": True}


def told(job: Job) -> dict[str, Any]:
    """What a program sees of its surroundings."""
    job.warn("look out")
    job.warn("look out")
    return {
        "changed": True,
        "folder": os.getcwd(),
        "seen": os.environ.get("SEEN"),
        "options": dict(job.params),
        "echo": f"{job.params['name']} {job.params['password']} {os.environ['SCW_SECRET_KEY']}",
        "check_mode": job.check_mode,
    }


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCW_SECRET_KEY", SECRET)
    monkeypatch.setattr(ActionBase, "_execute_module", lambda *_given, **_named: dict(MODULE))
    monkeypatch.setattr(ActionBase, "_remove_tmp_path", lambda *_given: None)


def run(
    basedir: Path,
    options: Mapping[str, Any],
    *,
    program: Program | None = None,
    variables: Mapping[str, Any] | None = None,
    transport: str = "ansible.builtin.local",
    become: bool = False,
    **keywords: Any,
) -> dict[str, Any]:
    """What a task ends with."""
    task, loader = Task(), DataLoader()
    loader.set_basedir(str(basedir))
    task.action, task.args = "scw.cloud.scw_thing", dict(options)
    for keyword, value in keywords.items():
        setattr(task, keyword, value)
    connection = connection_loader.get(transport, PlayContext())
    connection.set_become_plugin(become_loader.get("ansible.builtin.sudo") if become else None)
    kind = type("ActionModule", (ModuleAction,), {"program": program or Program({"argument_spec": OPTIONS}, told)})
    action = kind(task, connection, PlayContext(), loader, Templar(loader, variables={}), None)
    return dict(action.run(task_vars=dict(variables or {})))


def test_a_local_task_runs_in_the_controller(tmp_path: Path) -> None:
    result = run(tmp_path, {"name": "web"})
    assert result["changed"] is True
    assert result["options"]["name"] == "web"
    assert result["options"]["api_timeout"] == 60


@pytest.mark.parametrize(
    "given",
    [
        {"transport": "ansible.builtin.ssh"},
        {"become": True},
        {"async_val": 60},
        {"variables": {"scw_run_in_controller": False}},
        {"variables": {"scw_run_in_controller": "no"}},
        {"program": Program({"argument_spec": OPTIONS}, told, on_target=True)},
    ],
    ids=["another-host", "become", "async", "off", "off-as-text", "files-of-the-host"],
)
def test_what_the_controller_cannot_do_is_left_to_the_module(tmp_path: Path, given: dict[str, Any]) -> None:
    assert run(tmp_path, {"name": "web"}, **given) == MODULE


def test_without_requests_in_the_controller_the_module_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_action, "REQUESTS_ERROR", "no requests")
    assert run(tmp_path, {"name": "web"}) == MODULE


def test_a_switch_that_is_no_boolean_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnsibleActionFail, match="scw_run_in_controller: 'perhaps' is neither true nor false"):
        run(tmp_path, {}, variables={"scw_run_in_controller": "perhaps"})


def test_the_program_has_the_folder_and_the_environment_of_the_task_and_nobody_else_has_them(tmp_path: Path) -> None:
    before, environment = os.getcwd(), dict(os.environ)
    result = run(tmp_path, {}, environment=[{"SEEN": "outer"}, {"SEEN": "inner"}])
    assert (result["folder"], result["seen"]) == (str(tmp_path), "inner")
    assert (os.getcwd(), dict(os.environ)) == (before, environment)


def test_no_secret_is_in_the_result(tmp_path: Path) -> None:
    result = run(tmp_path, {"name": "web", "password": "hunter two"})
    assert "hunter two" not in str(result)
    assert SECRET not in str(result)
    assert result["echo"].startswith("web ")


def test_a_warning_is_told_once(tmp_path: Path) -> None:
    assert run(tmp_path, {})["warnings"] == ["look out"]
    both = run(tmp_path, {"name": "a", "title": "b"})["warnings"]
    assert both == ["Both option name and its alias title are set.", "look out"]


@pytest.mark.parametrize("check", [True, False])
def test_the_program_knows_of_check_mode(tmp_path: Path, check: bool) -> None:
    assert run(tmp_path, {}, check_mode=check)["check_mode"] is check


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nome": "a"}, "Unsupported parameters for (scw.cloud.scw_thing) module: nome. Supported parameters include:"),
        ({"api_timeout": "soon"}, "api_timeout"),
        ({"api_timeout": 0}, "api_timeout: 0 is not a number of seconds"),
    ],
)
def test_wrong_options_fail_in_the_words_of_a_module(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    result = run(tmp_path, options)
    assert result["failed"] is True
    assert message in result["msg"]


def test_a_failure_says_what_was_done(tmp_path: Path) -> None:
    def fail(_job: Job) -> dict[str, Any]:
        error = ScwError("It broke.")
        error.data["done"] = ["create thing"]
        raise error

    result = run(tmp_path, {}, program=Program({"argument_spec": OPTIONS}, fail))
    assert (result["failed"], result["changed"], result["msg"]) == (True, True, "It broke.")


def test_values_reach_the_program_without_marks() -> None:
    class Marked(str):
        __slots__ = ()

    class Encrypted:
        def __str__(self) -> str:
            return "hidden"

    given = {Marked("a"): (Marked("b"), True, 1, 1.5, None, datetime.date(2026, 1, 2)), "c": {"d": {Encrypted()}}}
    assert plain(given) == {"a": ["b", True, 1, 1.5, None, "2026-01-02"], "c": {"d": ["hidden"]}}
    assert all(kind is str for kind in (plain(Marked("a")).__class__, next(iter(plain(given))).__class__))
