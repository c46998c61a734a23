# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on the emulator, files that describe inventories, and the programs that read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader

from behaviour.account import BACKEND_BODY, PROJECT_ID, Account
from emulator.testing import Emulator
from programs import environment, run


@dataclass(frozen=True)
class Said:
    """How a program ended, and what it wrote."""

    code: int
    output: str
    complaints: str

    @property
    def text(self) -> str:
        """Everything it wrote, in lines as long as it likes."""
        return " ".join(f"{self.output}\n{self.complaints}".split())

    def says(self, words: str) -> bool:
        """Whether it wrote these words, wherever Ansible breaks lines: older versions do so after every hyphen."""
        return "".join(words.split()) in "".join(self.text.split())

    @property
    def data(self) -> Any:
        """What it wrote as JSON, without Ansible's marks; the program must have succeeded."""
        assert self.code == 0, self.text
        return _unmarked(json.loads(self.output))

    @property
    def hosts(self) -> dict[str, dict[str, Any]]:
        """The variables of all hosts."""
        return dict(self.data["_meta"]["hostvars"])

    def group(self, name: str) -> list[str]:
        """The hosts of a group, in order of their names; none where it does not exist."""
        return sorted(self.data.get(name, {}).get("hosts", []))


def _unmarked(value: Any) -> Any:
    if isinstance(value, dict):
        marked = value.get("__ansible_unsafe")
        return marked if marked is not None else {key: _unmarked(nested) for key, nested in value.items()}
    return [_unmarked(nested) for nested in value] if isinstance(value, list) else value


@dataclass
class Inventory:
    """A folder of sources, read with credentials from the environment unless ``environment`` says otherwise."""

    emulator: Emulator
    folder: Path
    account: Account
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, **options: Any) -> Path:
        """Write a source; its plugin follows from the end of its name."""
        path = self.folder / name
        plugin = f"scw.cloud.{name.split('.')[-2]}"
        path.write_text(yaml.safe_dump({"plugin": plugin, **options}, sort_keys=False, allow_unicode=True))
        return path

    def run(self, program: str, sources: Sequence[Path], *arguments: str) -> Said:
        """Run one of Ansible's programs on these sources."""
        inventories = [part for source in sources for part in ("-i", str(source))]
        done = run(program, [*inventories, *arguments], self.environment, self.folder)
        return Said(done.returncode, done.stdout, done.stderr)

    def list(self, *sources: Path) -> Said:
        """What ``ansible-inventory --list`` says."""
        return self.run("ansible-inventory", sources, "--list")

    def listed(self, name: str, **options: Any) -> Said:
        """Write a source, and list it alone."""
        return self.list(self.write(name, **options))

    def refusal(self, name: str, **options: Any) -> str:
        """What the plugin itself says about a source that it must refuse, in this process."""
        path = self.write(name, **options)
        plugin = inventory_loader.get(f"scw.cloud.{name.split('.')[-2]}")
        assert plugin.verify_file(str(path))
        with pytest.MonkeyPatch.context() as patch:
            for variable in ("SCW_API_URL", "SCW_SECRET_KEY", "HOME"):
                patch.setenv(variable, self.environment[variable])
            with pytest.raises(AnsibleError) as raised:
                plugin.parse(InventoryData(), DataLoader(), str(path))
        return " ".join(str(raised.value).split())

    def reads(self) -> list[str]:
        """Paths of all requests since the last look."""
        paths = [entry.path for entry in self.emulator.journal()]
        self.emulator.clear_journal()
        return paths

    def lb(self, name: str, *, zone: str = "fr-par-1", **more: Any) -> dict[str, Any]:
        """Make a load balancer."""
        body = {"name": name, "type": "lb-s", "project_id": PROJECT_ID, "description": "", "tags": [], **more}
        return self.account.at("/lb/v1", f"zones/{zone}").post("/lbs", **body)

    def backend(self, lb: Mapping[str, Any], name: str, *servers: str) -> dict[str, Any]:
        """Make a backend with these servers."""
        body = {**BACKEND_BODY, "name": name, "server_ip": list(servers)}
        return self.account.at("/lb/v1", f"zones/{lb['zone']}").post(f"/lbs/{lb['id']}/backends", **body)


@pytest.fixture
def inventory(running_emulator: Emulator, session: requests.Session, tmp_path: Path) -> Inventory:
    running_emulator.reset()
    account = Account(running_emulator, "zones/fr-par-1", session)
    variables = environment(running_emulator, tmp_path, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true")
    return Inventory(running_emulator, tmp_path, account, variables)
