# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``check_drift``: whether what exists is as a file declares it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import module_of
from playbooks import showcase
from playbooks.conftest import Terminal

PLAYBOOK = Path(__file__).parents[2] / "playbooks" / "check_drift.yml"
FILE = {"check_drift_file": "declared.yml"}
LB: dict[str, Any] = {
    "name": "shop",
    "type": "lb-s",
    "backends": [{"name": "web", "forward_protocol": "http", "forward_port": 80}],
}

OTHER = {
    "scw_lb": [
        {"name": "shop", "tags": ["new"], "purge": True, "backends": [{**LB["backends"][0], "name": "api"}]},
        {"name": "other", "type": "lb-s", "zone": "pl-waw-1"},
    ],
    "scw_container_namespace": [{"name": "old", "state": "absent"}, {"name": "same"}],
    "scw_container": [{"namespace": "same", "name": "web", "image": "nginx:1", "max_scale": 0}],
}


def declare(terminal: Terminal, declared: Mapping[str, Any]) -> None:
    """Write the file."""
    terminal.write("declared.yml", yaml.safe_dump(deepcopy(dict(declared)), sort_keys=False))


def test_all_is_as_declared(terminal: Terminal) -> None:
    showcase.build(terminal.account)
    declare(terminal, {module: list(tasks) for module, tasks in showcase.DECLARED.items()})
    played = terminal.again("check_drift", **FILE)
    assert played.says(f"All 14 things that {terminal.folder}/declared.yml declares are as declared.")
    assert "Show what differs" in played.tasks
    assert "DIFFERENCE" not in played.output


def test_it_says_what_differs_fails_and_changes_nothing(terminal: Terminal) -> None:
    showcase.build(terminal.account, {"scw_lb": [LB], "scw_container_namespace": [{"name": "old"}, {"name": "same"}]})
    declare(terminal, OTHER)
    played = terminal.play("check_drift", **FILE).refused()
    assert (played.writes, played.changed, played.failed) == ([], 0, 1)
    for line in (
        'lb shop tags is [], declared ["new"]',
        "lb shop backends.api does not exist",
        "lb shop backends.web exists, and is not declared",
        "lb other does not exist",
        "container namespace old exists, and is declared absent",
        "container same/web cannot be compared: max_scale:",
        f"4 of 5 things that {terminal.folder}/declared.yml declares are not as declared: lb shop, lb other, "
        "container namespace old, container same/web. Nothing was changed",
    ):
        assert played.says(line), played.output


def test_secrets_are_compared_and_never_shown(terminal: Terminal) -> None:
    container = {"namespace": "shop", "name": "web", "image": "nginx:1"}
    kept = {**container, "secret_environment_variables": {"PASS": "hunter2-kept"}}
    showcase.build(terminal.account, {"scw_container_namespace": [{"name": "shop"}], "scw_container": [kept]})
    declare(terminal, {"scw_container": [kept]})
    same = terminal.again("check_drift", "-vvv", **FILE)
    declare(terminal, {"scw_container": [{**container, "secret_environment_variables": {"PASS": "hunter2-other"}}]})
    other = terminal.play("check_drift", "-vvv", **FILE).refused()
    assert other.says("container shop/web secret_environment_variables.PASS")
    assert "hunter2" not in same.text + other.text


def test_the_file_may_have_templates_and_be_encrypted(terminal: Terminal) -> None:
    showcase.build(terminal.account, {"scw_container_namespace": [{"name": "shop"}]})
    declare(terminal, {"scw_container_namespace": [{"name": "{{ 'SHOP' | lower }}"}]})
    password = terminal.write("password", "open sesame").read_bytes()
    path = terminal.folder / "declared.yml"
    path.write_bytes(VaultLib().encrypt(path.read_text(), VaultSecret(password)))
    assert terminal.play("check_drift", **FILE).refused().says("If it is encrypted, give its password.")
    assert terminal.again("check_drift", "--vault-password-file", "password", **FILE).says("All 1 things")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("scw_lb: [", "cannot be read: it must be YAML, with a list for each module that it uses."),
        ("scw_lb_info: [{name: x}]", "is no declaration: scw_lb_info is no module that manages something."),
    ],
)
def test_a_file_that_declares_nothing_is_refused_before_anything_is_asked(
    terminal: Terminal, text: str, sentence: str
) -> None:
    terminal.write("declared.yml", text)
    played = terminal.play("check_drift", **FILE).refused()
    assert played.says(f"{terminal.folder}/declared.yml {sentence}"), played.output
    assert terminal.emulator.journal() == []


def test_a_file_has_to_be_named_and_to_be_there(terminal: Terminal) -> None:
    assert terminal.play("check_drift").refused().says("Say which file declares what should exist")
    played = terminal.play("check_drift", check_drift_file="none.yml").refused()
    assert played.says(f"{terminal.folder}/none.yml is no file. Check check_drift_file.")


def test_every_module_that_manages_something_may_be_declared() -> None:
    known = set(yaml.safe_load(PLAYBOOK.read_text())[0]["vars"]["check_drift_modules"])
    beside = {"scw_lb_acls", "scw_lb_backend_server", "scw_edge_plan", "scw_function_token"}
    assert known == {module_of(resource) for resource in RESOURCES} | beside
