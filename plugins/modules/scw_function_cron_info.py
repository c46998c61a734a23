#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_cron_info
short_description: List crons of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists the crons of a function, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function_cron
options:
  id:
    description:
      - ID of one cron. The list is empty if it does not exist.
    type: str
    aliases: [cron_id]
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
- name: List the crons of a function
  scw.cloud.scw_function_cron_info:
    namespace: shop
    function: resize
  register: found

- name: Show their schedules
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.schedule }}"
  loop: "{{ found.crons }}"

- name: Look up one by ID
  scw.cloud.scw_function_cron_info:
    id: 3e0b6d1a-94c7-4b1e-8a53-f2c19e70d4b8
"""

RETURN = r"""
crons:
  description:
    - The crons as the API shows them, oldest first. See M(scw.cloud.scw_function_cron) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3e0b6d1a-94c7-4b1e-8a53-f2c19e70d4b8
      name: daily-report
      schedule: 0 6 * * MON-FRI
      status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import CRON
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(CRON)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
