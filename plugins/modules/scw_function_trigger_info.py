#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_trigger_info
short_description: List triggers of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists the triggers of a function, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function_trigger
options:
  id:
    description:
      - ID of one trigger. The list is empty if it does not exist.
    type: str
    aliases: [trigger_id]
  function:
    description:
      - Function, by name or ID. Needed unless O(id) is set. If there is no such function, the list is empty and a warning says so.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, by name or ID. Needed if O(function) is a name.
    type: str
    aliases: [namespace_id]
"""

EXAMPLES = r"""
- name: List the triggers of a function
  scw.cloud.scw_function_trigger_info:
    namespace: shop
    function: resize
  register: found

- name: Show which queues of Scaleway they follow
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.scw_sqs_config.queue }}"
  loop: "{{ found.triggers | selectattr('input_type', 'eq', 'scw_sqs') }}"

- name: Look up one by ID
  scw.cloud.scw_function_trigger_info:
    id: d2a7c5f0-6b13-4e98-8c40-7f1e9b3d5a26
"""

RETURN = r"""
triggers:
  description:
    - The triggers as the API shows them, oldest first. See M(scw.cloud.scw_function_trigger) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: d2a7c5f0-6b13-4e98-8c40-7f1e9b3d5a26
      name: pictures
      status: ready
      input_type: scw_sqs
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(TRIGGER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
