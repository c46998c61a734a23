#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_trigger_info
short_description: List triggers of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Lists the triggers of a container, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_container_trigger
options:
  id:
    description:
      - ID of one trigger. The list is empty if it does not exist.
    type: str
    aliases: [trigger_id]
  container:
    description:
      - Container, by name or ID. Needed unless O(id) is set. If there is no such container, the list is empty and a warning says so.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace of the container, by name or ID. Needed if O(container) is a name.
    type: str
    aliases: [namespace_id]
  trigger_type:
    description:
      - Only triggers of this kind.
    type: str
    choices: [cron, sqs, nats]
"""

EXAMPLES = r"""
- name: List the triggers of a container
  scw.cloud.scw_container_trigger_info:
    namespace: shop
    container: web

- name: List those that follow a schedule
  scw.cloud.scw_container_trigger_info:
    namespace: shop
    container: web
    trigger_type: cron
  register: found

- name: Show their schedules
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.cron_config.schedule }} ({{ item.cron_config.timezone }})"
  loop: "{{ found.triggers }}"

- name: Look up one by ID
  scw.cloud.scw_container_trigger_info:
    id: 51f0b7f2-3c1a-4d7e-9f6b-2a4c6e8f0b13
"""

RETURN = r"""
triggers:
  description:
    - The triggers as the API shows them, oldest first. See M(scw.cloud.scw_container_trigger) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 51f0b7f2-3c1a-4d7e-9f6b-2a4c6e8f0b13
      name: daily-report
      status: ready
      source_type: cron
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(TRIGGER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
