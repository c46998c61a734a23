# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account in which everything is called as an attacker likes, read by whole plays, inventories and the report."""

from __future__ import annotations

import json
import subprocess
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from behaviour.account import PROJECT_ID, Account
from behaviour.surroundings import WORKLOADS
from emulator.testing import Emulator
from programs import PROGRAMS, typed_in
from security.hostile import EVALUATED, HOSTILE, RESULT
from security.servers import Between, changing_json

TEXTS = [text for text in HOSTILE.values() if len(text) < 1000]
CHOSEN = ("name", "description", "tags", "error_message", "bucket_name", "image", "reverse")
INVENTORIES = ("lb", "edge", "container", "function")
LISTS = {"scw_lb_info": "lbs", "scw_edge_pipeline_info": "pipelines", "scw_function_namespace_info": "namespaces"}


@pytest.fixture
def between_with_texts(emulator: Emulator, session: requests.Session, between: Between) -> Between:
    """An account with some of everything, whose texts are not what they were."""
    emulator.settings(settle_reads=0)
    lb = Account(emulator, "zones/fr-par-1", session)
    for number in range(len(TEXTS)):
        tags = ["x"] if number % 2 else ["x", "y"]
        lb.post("/lbs", name=f"lb-{number}", type="lb-s", project_id=PROJECT_ID, description="x", tags=tags)
    edge = lb.at("/edge-services/v1beta1", "")
    edge.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "advanced"})
    edge.post("/pipelines", name="site", description="x", project_id=PROJECT_ID)
    for product, base in (("container", "/containers/v1"), ("function", "/functions/v1beta1")):
        place = lb.at(base, "regions/fr-par")
        namespace = place.post("/namespaces", name="shop", project_id=PROJECT_ID)
        place.post(f"/{product}s", namespace_id=namespace["id"], name="api", **WORKLOADS[product])
    between.change = changing_json(in_turn)
    return between


def in_turn(body: Any) -> Any:
    """The answer with the texts of an attacker, one after the other."""
    texts = cycle(TEXTS)

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [changed(inner, key) for inner in value]
        return next(texts) if isinstance(value, str) and key in CHOSEN else value

    return changed(body)


def play() -> list[Any]:
    """Reads everything, shows it, and gives what it read to other tasks."""
    tasks: list[Any] = []
    for here in (True, False):
        for module, key in LISTS.items():
            name = f"found_{key}_{here}".lower()
            tasks += [
                {f"scw.cloud.{module}": {}, "register": name, "vars": {"scw_run_in_controller": here}},
                {"ansible.builtin.debug": {"var": f"{name}.{key}"}},
            ]
    same = {
        "scw.cloud.scw_lb": {"name": "{{ item }}", "type": "lb-s", "description": "{{ item }}", "tags": ["{{ item }}"]},
        "loop": "{{ found_lbs_true.lbs | map(attribute='name') }}",
        "loop_control": {"label": "one"},  # Ansible itself shows others as they are
        "check_mode": True,
        "ignore_errors": True,
    }
    account = {"ansible.builtin.set_fact": {"account": "{{ lookup('scw.cloud.account') }}"}}
    drawn = "{{ account | scw.cloud.topology | to_json }}"
    table = {"ansible.builtin.debug": {"msg": "{{ account | scw.cloud.topology_table }}"}}
    shown = {"ansible.builtin.debug": {"msg": "{{ account }}"}}
    svg = {"ansible.builtin.copy": {"content": drawn, "dest": "{{ playbook_dir }}/report.json"}}
    first = {"hosts": "localhost", "gather_facts": False, "tasks": [*tasks, same, account, shown, table, svg]}
    every = {
        "ansible.builtin.debug": {
            "msg": "{{ hostvars[inventory_hostname] | dict2items | selectattr('key', 'match', 'scw_|c_') }}"
        }
    }
    return [first, {"hosts": "all:!localhost", "gather_facts": False, "connection": "local", "tasks": [every]}]


def sources(folder: Path) -> list[str]:
    """A file for each inventory that uses every text in every way it can."""
    compose = {"c_copy": "scw_name", "c_joined": "'<' ~ scw_description | default('') ~ '>'"}
    keyed = [{"key": "scw_tags | default([])", "prefix": "t"}, {"key": "scw_name", "separator": ""}]
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(folder / "cache")}
    arguments = []
    for product in INVENTORIES:
        path = folder / f"all.scw_{product}.yml"
        plugin = {"plugin": f"scw.cloud.scw_{product}", "compose": compose, "keyed_groups": keyed, **cache}
        path.write_text(json.dumps({**plugin, "hostnames": ["scw_description", "scw_name"]}))
        arguments += ["-i", str(path)]
    return arguments


def assert_harmless(folder: Path, done: subprocess.CompletedProcess[str]) -> None:
    output = done.stdout + done.stderr
    assert done.returncode == 0, output[-1500:]
    assert list(folder.rglob(EVALUATED)) == []
    assert RESULT not in output
    assert "\x1b" not in output

    assert "ok: [localhost] => forged" not in [line.strip() for line in output.splitlines()]
    assert "Traceback" not in output


def test_nothing_of_it_is_evaluated_and_all_of_it_is_shown(
    emulator: Emulator, between_with_texts: Between, tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "play.yml").write_text(json.dumps(play()))
    environment = {
        **typed_in(emulator, tmp_path, folder),
        "SCW_API_URL": between_with_texts.url,
        "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
        "ANSIBLE_CACHE_PLUGIN": "jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(folder / "facts"),
    }
    for _run in range(2):  # the second from the cache
        done = subprocess.run(
            [PROGRAMS / "ansible-playbook", *sources(folder), "play.yml", "-v", "--diff"],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert_harmless(folder, done)
    for text in TEXTS:
        assert json.dumps(text, ensure_ascii=False)[1:-1] in done.stdout, text
    pictures = [figure["svg"] for figure in json.loads((folder / "report.json").read_text())["figures"]]
    assert len(pictures) > len(TEXTS) // 2
    for picture in pictures:
        names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture).iter()}
        assert "script" not in names
