# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data in ``extensions/awx``: AWX accepts it, and it says the same as roles, playbooks and plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ansible.plugins.loader import inventory_loader

from awx import data

NOT_FOR_AWX = {"demo_load_balancer": "is what 'make demo' shows, with fixed names"}
PLAYBOOKS = sorted(path.stem for path in (data.ROOT / "playbooks").glob("*.yml") if path.stem not in NOT_FOR_AWX)
TEMPLATES = data.job_templates()
QUESTIONS = [(name, question) for name, template in TEMPLATES.items() for question in template["survey"]]

TYPES = {
    "str": {"text", "password", "multiplechoice"},
    "int": {"integer"},
    "bool": {"multiplechoice"},
    "path": {"text"},
}
"""Types of questions that fit a variable. A list takes text with an element per line, or several choices."""

WITHOUT_SPECIFICATION: dict[str, dict[str, Any]] = {
    "check_drift": {"check_drift_file": {"type": "path", "required": True}},
    "rolling_update": {
        "rolling_update_hosts": {"type": "str", "required": True},
        "rolling_update_serial": {"type": "str"},
        "rolling_update_gather_facts": {"type": "bool"},
    },
}
"""Variables of playbooks themselves, which no argument specification describes. Their tests check them."""


def _tasks(playbook: str) -> Iterator[dict[str, Any]]:
    for play in data.read(data.ROOT / "playbooks" / f"{playbook}.yml"):
        yield from play["tasks"]


def _specification(playbook: str) -> dict[str, Any]:
    """What the argument specification that the playbook is held to says about each variable."""
    found: dict[str, Any] = dict(WITHOUT_SPECIFICATION.get(playbook, {}))
    for task in _tasks(playbook):
        found.update(task.get("ansible.builtin.validate_argument_spec", {}).get("argument_spec", {}))
        role = task.get("ansible.builtin.import_role")
        if role:
            folder = data.ROOT / "roles" / role["name"].removeprefix("scw.cloud.")
            specifications = data.read(folder / "meta" / "argument_specs.yml")["argument_specs"]
            found.update(specifications[role.get("tasks_from", "main")]["options"])
    return found


SPECIFICATIONS = {name: _specification(name) for name in TEMPLATES}


def _named(case: Any) -> str:
    return case if isinstance(case, str) else str(case["variable"])


# Job templates


def test_every_playbook_has_a_job_template_and_every_job_template_a_playbook() -> None:
    assert sorted(TEMPLATES) == PLAYBOOKS


def test_the_project_has_a_playbook_for_every_job_template_and_awx_offers_it() -> None:
    for name, template in TEMPLATES.items():
        path = data.PROJECT / template["playbook"]
        assert data.PLAYBOOK_LINE.search(path.read_text()), path
        assert [play["import_playbook"] for play in data.read(path)] == [f"scw.cloud.{name}"]


def test_names_of_job_templates_tell_them_apart_and_descriptions_say_more() -> None:
    names = [template["name"] for template in TEMPLATES.values()]
    assert len(set(names)) == len(names)
    assert all(template["description"] != template["name"] for template in TEMPLATES.values())


# Surveys


@pytest.mark.parametrize(("playbook", "question"), QUESTIONS, ids=_named)
def test_awx_accepts_the_question(playbook: str, question: dict[str, Any]) -> None:
    assert data.question_complaints(question) == []
    known = {
        "question_name",
        "question_description",
        "variable",
        "type",
        "choices",
        "default",
        "required",
        "min",
        "max",
    }
    assert set(question) <= known


def test_no_survey_asks_twice_for_a_variable() -> None:
    asked = [(playbook, question["variable"]) for playbook, question in QUESTIONS]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(("playbook", "question"), QUESTIONS, ids=_named)
def test_the_question_fits_the_variable(playbook: str, question: dict[str, Any]) -> None:
    variable = SPECIFICATIONS[playbook][question["variable"]]
    if variable["type"] == "list":
        assert question["type"] == ("multiselect" if "choices" in variable or "choices" in question else "textarea")
    else:
        assert question["type"] in TYPES[variable["type"]]
    if "choices" in variable:
        assert set(question["choices"]) == set(variable["choices"]) - {""}
    if variable["type"] == "bool":
        assert set(question["choices"]) == {"true", "false"}
    if variable.get("no_log"):
        assert question["type"] == "password"


@pytest.mark.parametrize(("playbook", "question"), QUESTIONS, ids=_named)
def test_what_the_variable_needs_is_asked_for_and_its_default_is_the_same(
    playbook: str, question: dict[str, Any]
) -> None:
    variable = SPECIFICATIONS[playbook][question["variable"]]
    assert question["required"] or not variable.get("required")
    if "default" in question and variable.get("default") is not None:
        default = variable["default"]
        assert question["default"] == (str(default).lower() if variable["type"] == "bool" else default)


def test_a_survey_asks_for_everything_that_its_playbook_needs() -> None:
    for playbook, specification in SPECIFICATIONS.items():
        needed = {name for name, variable in specification.items() if variable.get("required")}
        assert needed <= {question["variable"] for question in TEMPLATES[playbook]["survey"]}, playbook


# Credential type


def test_awx_accepts_the_credential_type() -> None:
    kind = data.credential_type()
    assert data.injector_complaints(kind) == []
    assert kind["kind"] == "cloud"
    allowed = {"id", "type", "label", "help_text", "secret", "choices", "format", "multiline", "default"}
    for field in kind["inputs"]["fields"]:
        assert {"id", "type", "label"} <= set(field) <= allowed
        assert field["id"] != "tower"
    assert set(kind["inputs"]["required"]) <= {field["id"] for field in kind["inputs"]["fields"]}


def test_the_secret_key_is_a_secret_and_no_variable_holds_it() -> None:
    kind = data.credential_type()
    assert [field["id"] for field in kind["inputs"]["fields"] if field.get("secret")] == ["secret_key"]
    assert not any("secret_key" in template for template in kind["injectors"]["env"].values())


def test_every_field_of_the_credential_type_reaches_the_file() -> None:
    kind = data.credential_type()
    for field in kind["inputs"]["fields"]:
        assert f"{field['id']} | tojson" in kind["injectors"]["file"]["template"]


# Inventory


def test_each_inventory_plugin_has_a_source_that_it_recognizes() -> None:
    plugins = {f"scw.cloud.{path.stem}" for path in (data.ROOT / "plugins" / "inventory").glob("scw_*.py")}
    found = set()
    for source in data.sources():
        path = data.PROJECT / source["source_path"]
        plugin = data.read(path)["plugin"]
        assert inventory_loader.get(plugin).verify_file(str(path)), path
        found.add(plugin)
    assert found == plugins


def test_zones_and_regions_are_those_of_the_collection() -> None:
    known = data.read(data.ROOT / "playbooks" / "report.yml")[0]["tasks"][0]["ansible.builtin.validate_argument_spec"]
    fields = {field["id"]: field.get("choices") for field in data.credential_type()["inputs"]["fields"]}
    zones, regions = (known["argument_spec"][f"report_{kind}"]["choices"] for kind in ("zones", "regions"))
    assert (fields["zone"], fields["region"]) == (zones, regions)
    for _playbook, question in QUESTIONS:
        if question["variable"].endswith("_zone"):
            assert question["choices"] == zones
        if question["variable"].endswith("_region"):
            assert question["choices"] == regions
