# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from the API is text: whatever it looks like, no program evaluates it."""

from __future__ import annotations

import pytest

from inventory.conftest import Inventory

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in [1] %}{{ 6*7 }}{% endfor %}",
    "{{ lookup('ansible.builtin.pipe', 'touch evaluated') }}",
    "line\n[WARNING]: forged",
    "\x1b[31mred\x1b[0m",
    "!unsafe x",
    "#jinja2: variable_start_string: '['",
)
SHOW = "msg={{ %s | to_json }}"


@pytest.fixture
def attacked(inventory: Inventory) -> Inventory:
    inventory.lb("web", description="{{ 7*7 }}", tags=list(HOSTILE))
    return inventory


def shown(inventory: Inventory, expression: str, **options: object) -> str:
    """What a task shows of a variable."""
    source = inventory.write("all.scw_lb.yml", **options)
    said = inventory.run("ansible", [source], "scw_lb", "-m", "ansible.builtin.debug", "-a", SHOW % expression)
    assert said.code == 0, said.text
    assert not (inventory.folder / "evaluated").exists()
    return said.output


def test_variables_of_a_task_hold_the_text_itself(attacked: Inventory) -> None:
    output = shown(attacked, "[scw_description, scw_tags]")
    assert "{{ 7*7 }}" in output
    assert "{% for x in [1] %}{{ 6*7 }}{% endfor %}" in output
    assert "49" not in output
    assert "42" not in output


def test_composed_variables_and_names_hold_the_text_itself(attacked: Inventory) -> None:
    compose = {"copied": "scw_description", "joined": "'<' ~ scw_description ~ '>'", "first": "scw_tags[0]"}
    output = shown(attacked, "[copied, joined, first]", compose=compose, hostnames=["scw_description", "scw_name"])
    assert "web" in output
    assert output.count("{{ 7*7 }}") == 3
    assert "49" not in output


def test_groups_have_names_that_ansible_takes(attacked: Inventory) -> None:
    source = attacked.write("all.scw_lb.yml", keyed_groups=[{"key": "scw_tags", "prefix": "tag"}])
    said = attacked.list(source)
    groups = set(said.data) - {"_meta"}
    assert {name for name in groups if not name.replace("_", "a").isalnum()} == set()
    assert "scw_tag____7_7___" in groups
    assert "tag____7_7___" in groups
    assert not (attacked.folder / "evaluated").exists()
    assert sorted(said.hosts["web"]["scw_tags"]) == sorted(HOSTILE)


def test_no_tag_makes_a_group_of_ansible_itself(inventory: Inventory) -> None:
    inventory.lb("web", tags=["all", "ungrouped"])
    keyed = [{"key": "scw_tags", "separator": ""}]
    said = inventory.listed("all.scw_lb.yml", keyed_groups=keyed)
    assert said.group("_all") == ["web"]
    assert said.group("_ungrouped") == ["web"]
    assert said.group("ungrouped") == []


def test_hostile_text_survives_the_cache_as_text(attacked: Inventory) -> None:
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": "cache"}
    for _run in range(2):
        output = shown(attacked, "scw_description", compose={"copied": "scw_description"}, **cache)
        assert "{{ 7*7 }}" in output
        assert "49" not in output


def test_only_the_file_of_the_user_is_a_template(inventory: Inventory) -> None:
    inventory.lb("web")
    inventory.environment["KEY_OF_THE_FILE"] = inventory.environment.pop("SCW_SECRET_KEY")
    key = "{{ lookup('ansible.builtin.env', 'KEY_OF_THE_FILE') }}"
    assert list(inventory.listed("all.scw_lb.yml", secret_key=key).hosts) == ["web"]
