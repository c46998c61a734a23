# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays on hosts of an inventory: its variables are all that the modules need."""

from __future__ import annotations

from inventory.conftest import Inventory

PLAY = """
- hosts: scw_lb:&scw_tag_shop
  gather_facts: false
  tasks:
    - name: Describe it
      scw.cloud.scw_lb:
        id: "{{ scw_id }}"
        zone: "{{ scw_zone }}"
        description: In front of {{ groups['scw_servers_lb_web'] | length }} servers

- hosts: scw_servers_backend_web_api
  serial: 1
  gather_facts: false
  tasks:
    - name: Take the server out of rotation
      scw.cloud.scw_lb_backend_server: &server
        backend: "{{ scw_backend_id }}"
        zone: "{{ scw_lb_zone }}"
        server_ip: ["{{ scw_server_ip }}"]
        state: absent
      delegate_to: localhost
    - name: Put it back
      scw.cloud.scw_lb_backend_server:
        <<: *server
        state: present
      delegate_to: localhost
"""


def test_a_play_changes_a_load_balancer_and_takes_its_servers_out_one_by_one(inventory: Inventory) -> None:
    lb = inventory.lb("web", zone="nl-ams-2", tags=["shop"])
    inventory.lb("other", zone="nl-ams-2")
    inventory.backend(lb, "api", "10.0.0.1", "10.0.0.2")
    (inventory.folder / "group_vars").mkdir()
    (inventory.folder / "group_vars" / "all.yml").write_text(
        "ansible_python_interpreter: '{{ ansible_playbook_python }}'"
    )
    (inventory.folder / "play.yml").write_text(PLAY)
    source = inventory.write("all.scw_lb.yml", servers=True)
    inventory.emulator.clear_journal()
    said = inventory.run("ansible-playbook", [source], "play.yml")
    assert said.code == 0, said.text
    writes = [(entry.operation, entry.body) for entry in inventory.emulator.writes()]
    assert [operation for operation, _body in writes] == [
        "UpdateLB",
        *["RemoveBackendServers", "AddBackendServers"] * 2,
    ]
    assert writes[0][1]["description"] == "In front of 2 servers"
    assert [body["server_ip"] for _operation, body in writes[1:]] == [["10.0.0.1"]] * 2 + [["10.0.0.2"]] * 2
