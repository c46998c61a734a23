#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_cron
short_description: Manage crons of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Creates, changes and deletes a cron, that is a schedule by which a function is called.
  - A cron is found by its name within its function, or by its ID.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_function_cron_info
  - module: scw.cloud.scw_function
  - module: scw.cloud.scw_function_trigger
options:
  id:
    description:
      - ID of an existing cron. It never creates one.
      - Together with O(name), the cron is renamed.
    type: str
    aliases: [cron_id]
  function:
    description:
      - Function the cron belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, by name or ID. Needed if O(function) is a name.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Name of the cron. Needed to create one.
    type: str
  schedule:
    description:
      - When, in the five fields of cron; minute, hour, day of the month, month and day of the week. Such as V(*/15 6-22 * * MON-FRI).
      - Times are those of UTC. Needed to create a cron.
    type: str
  args:
    description:
      - What the function gets as the body of the request, in JSON. All of it; V({}) removes it. A new cron sends V({}).
      - It is compared with what is there as JSON, so that the order of keys has no meaning.
    type: dict
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 600
"""

EXAMPLES = r"""
- name: Call a function every weekday at six in the morning
  scw.cloud.scw_function_cron:
    namespace: shop
    function: resize
    name: daily-report
    schedule: 0 6 * * MON-FRI
    args:
      kind: daily
      recipients: [sales, support]

- name: Call it at seven, and change nothing else
  scw.cloud.scw_function_cron:
    namespace: shop
    function: resize
    name: daily-report
    schedule: 0 7 * * MON-FRI

- name: Rename it
  scw.cloud.scw_function_cron:
    id: 3e0b6d1a-94c7-4b1e-8a53-f2c19e70d4b8
    name: morning-report

- name: Delete it
  scw.cloud.scw_function_cron:
    namespace: shop
    function: resize
    name: morning-report
    state: absent
"""

RETURN = r"""
cron:
  description:
    - The cron as the API shows it. V({}) after it was deleted. In check mode, the cron as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    function_id: {description: ID of the function., type: str, returned: always}
    schedule: {description: When the function is called., type: str, returned: always}
    args: {description: What the function gets., type: dict, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(pending), V(deleting), V(error), V(locked) or V(unknown) otherwise.", type: str, returned: always}
  sample:
    id: 3e0b6d1a-94c7-4b1e-8a53-f2c19e70d4b8
    name: daily-report
    function_id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
    schedule: 0 6 * * MON-FRI
    args: {kind: daily, recipients: [sales, support]}
    status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import CRON
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(CRON)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
