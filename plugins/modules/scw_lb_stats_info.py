#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_stats_info
short_description: Show the health of the servers behind Scaleway load balancers
version_added: 0.1.0
description:
  - Lists the statistics of a load balancer, that is how each of its instances sees each server of each backend.
  - An empty list is no failure. A server that was just added may be missing for a while.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_backend_server
  - module: scw.cloud.scw_lb_backend_info
options:
  lb:
    description:
      - Load balancer, by name or ID. If it does not exist, the lists are empty and a warning says so.
    type: str
    required: true
    aliases: [lb_id]
  backend:
    description:
      - Only servers of this backend, by name or ID. If it does not exist, the lists are empty and a warning says so.
    type: str
    aliases: [backend_id]
  server_ip:
    description:
      - Only servers with one of these IPv4 or IPv6 addresses, in any spelling.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Look at all servers
  scw.cloud.scw_lb_stats_info:
    lb: web
  register: stats

- name: Name those that are not well
  ansible.builtin.debug:
    msg: "{{ stats.servers | rejectattr('healthy') | map(attribute='ip') | unique }}"

- name: Look at one server of one backend
  scw.cloud.scw_lb_stats_info:
    lb: web
    backend: app
    server_ip: [10.0.0.11]

- name: Wait until a backend has at least two servers that are well
  scw.cloud.scw_lb_stats_info:
    lb: web
    backend: app
  register: stats
  until: stats.servers | selectattr('healthy') | length >= 2
  retries: 30
  delay: 5
"""

RETURN = r"""
backend_servers_stats:
  description:
    - The statistics as the API shows them, one entry for each instance of the load balancer, backend and server.
  returned: success
  type: list
  elements: dict
  contains:
    instance_id: {description: ID of the instance of the load balancer., type: str, returned: always}
    backend_id: {description: ID of the backend., type: str, returned: always}
    ip: {description: Address of the server., type: str, returned: always}
    server_state: {description: "V(stopped), V(starting), V(running) or V(stopping).", type: str, returned: always}
    server_state_changed_at: {description: When the state changed., type: str, returned: always}
    last_health_check_status:
      description: What the last check said. V(unknown), V(neutral), V(failed), V(passed) or V(condpass).
      type: str
      returned: always
  sample:
    - instance_id: 0a3ec4a1-7a1b-4e43-8b0e-0c8d7ac4a5c6
      backend_id: ff274810-359d-44c6-b87c-ac2ed0195c89
      ip: 10.0.0.11
      server_state: running
      server_state_changed_at: "2026-01-08T15:04:34Z"
      last_health_check_status: passed
servers:
  description:
    - What the statistics come to, one entry for each backend and server.
  returned: success
  type: list
  elements: dict
  contains:
    backend_id: {description: ID of the backend., type: str, returned: always}
    ip: {description: Address of the server., type: str, returned: always}
    healthy:
      description:
        - Whether the server is V(running), with a last check of V(passed) or V(neutral), on every instance that shows any server of the backend.
      type: bool
      returned: always
    states: {description: The different states that the instances show., type: list, elements: str, returned: always}
  sample:
    - backend_id: ff274810-359d-44c6-b87c-ac2ed0195c89
      ip: 10.0.0.11
      healthy: true
      states: [running]
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import list_statistics, statistics_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(statistics_spec(), list_statistics, predicts=False)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
