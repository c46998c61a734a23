# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three servers behind a load balancer, and what happens to them when they are updated."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from behaviour.account import BACKEND_BODY, PROJECT_ID
from playbooks.conftest import Played, Terminal

SERVERS = {f"app{number}": f"10.0.0.{number}" for number in (1, 2, 3)}
WELL = [{"ip": "*"}]
UPDATE = """
- name: Install the new version
  ansible.builtin.copy:
    content: new
    dest: "{{ lookup('env', 'PWD') }}/updated-{{ inventory_hostname }}"
    mode: "0600"
- name: Start it
  ansible.builtin.assert:
    that: inventory_hostname not in broken | default([])
    fail_msg: it does not start
"""
GROUP_VARS = f"""
ansible_connection: local
ansible_python_interpreter: {sys.executable}
"""


class Fleet:
    """Three servers in the group ``shop``, behind the backends ``app`` and ``chat`` of the load balancer ``shop``."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.lb = terminal.account.post("/lbs", name="shop", type="lb-s", project_id=PROJECT_ID, description="")
        terminal.write("inventory/fleet.yml", self._inventory())
        terminal.write("inventory/group_vars/shop.yml", GROUP_VARS)
        terminal.write("update.yml", UPDATE)
        terminal.emulator.stats(WELL)

    def _inventory(self) -> str:
        hosts = "\n".join(f"    {name}: {{ansible_host: {address}}}" for name, address in SERVERS.items())
        return f"shop:\n  hosts:\n{hosts}\n"

    def backend(self, name: str = "app", *servers: str) -> dict[str, Any]:
        """Have a backend with these servers, or all."""
        body = {**BACKEND_BODY, "name": name, "server_ip": list(servers or SERVERS.values())}
        return self.terminal.account.post(f"/lbs/{self.lb['id']}/backends", **body)

    def update(self, *arguments: str, playbook: str = "rolling_update", **variables: Any) -> Played:
        """Run the playbook."""
        return self.terminal.play(playbook, *self.arguments(*arguments), **self.variables(variables))

    def arguments(self, *arguments: str) -> tuple[str, ...]:
        """What stands on the command line besides variables."""
        return ("-i", "inventory", *arguments)

    def variables(self, variables: dict[str, Any]) -> dict[str, Any]:
        """These variables, without the prefix of the role, beside those that say what is to be updated."""
        named = {"hosts": "shop", "tasks": "update.yml", "lb": "shop", "backends": "app"}
        quick = {"rotation_timeout": 2, "drain_timeout": 5, "health_retries": 1, "health_delay": 0}
        said = {
            f"rolling_update_{key}": value for key, value in {**named, **quick, **variables}.items() if key != "broken"
        }
        said["broken"] = variables.get("broken")
        return {name: value for name, value in said.items() if value is not None}

    def pool(self, name: str = "app") -> list[str]:
        """Who is in the pool now."""
        return sorted(self.terminal.object("backends", name=name)["pool"])

    @property
    def updated(self) -> list[str]:
        """The servers whose tasks ran, in their order."""
        return [note.name.removeprefix("updated-") for note in self._notes()]

    def forget(self) -> None:
        """Have no server be updated yet."""
        for note in self._notes():
            note.unlink()

    def _notes(self) -> list[Path]:
        """The file of each server that was updated; one for all could lose a line if two write at once."""
        return sorted(self.terminal.folder.glob("updated-*"), key=lambda note: note.stat().st_mtime_ns)

    @property
    def moves(self) -> list[tuple[str, str]]:
        """Who went out of the pool or came back, in their order."""
        said = {"RemoveBackendServers": "out", "AddBackendServers": "in"}
        writes = self.terminal.emulator.writes()
        return [(said[str(entry.operation)], address) for entry in writes for address in entry.body["server_ip"]]

    def smallest(self, *pool: str) -> int:
        """How many servers were in the pool when it had the fewest, by the journal; it began as said."""
        present, fewest = set(pool or SERVERS.values()), len(pool or SERVERS)
        for move, address in self.moves:
            present = present | {address} if move == "in" else present - {address}
            fewest = min(fewest, len(present))
        return fewest
