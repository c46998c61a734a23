# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``configure.yml``, run against modules of the names and options of awx.awx 24.6.1 that note what they are told."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from awx import data
from programs import PROGRAMS, SEARCH_PATH

KEY = "33333333-3333-4333-8333-333333333333"

MODULES = {
    "credential_type": "name description kind inputs injectors state",
    "credential": "name new_name description organization credential_type inputs update_secrets user team state",
    "execution_environment": "name new_name image description organization credential state pull",
    "project": "name description organization scm_type scm_url scm_branch scm_refspec credential scm_clean timeout "
    "scm_delete_on_update scm_track_submodules scm_update_on_launch scm_update_cache_timeout default_environment "
    "allow_override wait update_project interval local_path state",
    "inventory": "name description organization variables kind host_filter instance_groups input_inventories state",
    "inventory_source": "name new_name description inventory source source_path source_vars enabled_var enabled_value "
    "host_filter limit credential execution_environment overwrite overwrite_vars timeout verbosity update_on_launch "
    "update_cache_timeout source_project scm_branch organization state",
    "job_template": "name new_name description organization job_type inventory project playbook credentials forks "
    "execution_environment instance_groups verbosity extra_vars job_tags skip_tags timeout diff_mode survey_enabled "
    "survey_spec ask_diff_mode_on_launch ask_job_type_on_launch ask_inventory_on_launch ask_credential_on_launch "
    "ask_limit_on_launch ask_variables_on_launch limit job_slice_count allow_simultaneous labels state",
}
"""Options of the modules."""

STAND_IN = """
import json
from ansible.module_utils.basic import AnsibleModule

def main():
    kinds = {{"inputs": "dict", "injectors": "dict", "variables": "dict", "survey_spec": "dict", "credentials": "list"}}
    names = {options!r}.split()
    module = AnsibleModule({{name: {{"type": kinds.get(name, "str"), "no_log": False}} for name in names}})
    given = {{name: value for name, value in module.params.items() if value is not None}}
    with open({journal!r}, "a") as journal:
        journal.write(json.dumps([{name!r}, given]) + "\\n")
    module.exit_json(changed=True)

main()
"""


@dataclass
class Setup:
    """A place with the stand-ins, where the playbook is run."""

    folder: Path

    @property
    def journal(self) -> Path:
        """Where the stand-ins note what they are told."""
        return self.folder / "journal"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the playbook."""
        collections = [str(self.folder), os.environ.get("ANSIBLE_COLLECTIONS_PATH", "")]
        return subprocess.run(
            [PROGRAMS / "ansible-playbook", str(data.DATA / "configure.yml"), *arguments],
            env={
                "HOME": str(self.folder),
                "PATH": SEARCH_PATH,
                "ANSIBLE_NOCOLOR": "true",
                "ANSIBLE_COLLECTIONS_PATH": ":".join(filter(None, collections)),
                **environment,
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self, module: str) -> list[dict[str, Any]]:
        """What a module was told, in order."""
        lines = [json.loads(line) for line in self.journal.read_text().splitlines()]
        return [given for name, given in lines if name == module]


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    setup = Setup(tmp_path)
    modules = tmp_path / "ansible_collections" / "awx" / "awx" / "plugins" / "modules"
    modules.mkdir(parents=True)
    for name, options in MODULES.items():
        (modules / f"{name}.py").write_text(
            STAND_IN.format(options=options, journal=str(setup.journal), name=name).lstrip()
        )
    return setup


WHERE = (
    "-e",
    "awx_project_url=https://git.example.com/cloud.git",
    "-e",
    "awx_image=registry.example.com/scw-cloud:0.1.0",
)


def test_it_sets_up_everything_and_keeps_templates_for_awx_to_render(setup: Setup) -> None:
    done = setup.run(*WHERE, SCW_SECRET_KEY=KEY, SCW_DEFAULT_ZONE="nl-ams-1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr
    (kind,) = setup.told("credential_type")
    expected = data.credential_type()
    assert (kind["inputs"], kind["injectors"]) == (expected["inputs"], expected["injectors"])
    (credential,) = setup.told("credential")
    assert credential["inputs"] == {"secret_key": KEY, "zone": "nl-ams-1"}
    assert credential["update_secrets"] == "False"
    assert setup.told("inventory")[0]["variables"] == {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    paths = [source["source_path"] for source in setup.told("inventory_source")]
    assert paths == [source["source_path"] for source in data.sources()]
    check_job_templates(setup)


def check_job_templates(setup: Setup) -> None:
    """Each has its survey, and only those that work on hosts have an inventory with hosts, and ask for it."""
    made = {template["playbook"]: template for template in setup.told("job_template")}
    for name, template in data.job_templates().items():
        found = made[f"{name}.yml"]
        assert found["survey_spec"]["spec"] == template["survey"]
        assert {type(found["survey_spec"][key]) for key in ("name", "description")} == {str}
        asks = template.get("asks_for_hosts", False)
        assert found["inventory"] == ("Scaleway" if asks else "Scaleway API")
        assert {found[f"ask_{what}_on_launch"] for what in ("inventory", "credential", "limit")} == {str(asks)}


def test_without_a_key_it_leaves_the_credential_alone(setup: Setup) -> None:
    done = setup.run(*WHERE, "-e", json.dumps({"awx_job_templates": [], "awx_inventory_sources": []}))
    assert done.returncode == 0, done.stdout + done.stderr
    assert setup.told("credential") == []
    assert len(setup.told("project")) == 1


def test_it_says_what_is_missing_before_it_does_anything(setup: Setup) -> None:
    done = setup.run()
    assert done.returncode == 2
    assert "Say where the project and the execution environment are" in done.stdout + done.stderr
    assert not setup.journal.exists()
