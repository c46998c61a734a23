#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_backend_server
short_description: Add and remove single servers of backends of Scaleway load balancers
version_added: 0.1.0
description:
  - Adds servers to the pool of a backend, or removes them, and leaves the other servers of the pool alone.
  - Tasks may run side by side, because each sends only what it adds or removes.
  - To say which servers a pool has altogether, use O(scw.cloud.scw_lb_backend#module:server_ip) instead.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_backend
  - module: scw.cloud.scw_lb_stats_info
options:
  lb:
    description:
      - Load balancer the backend belongs to, by name or ID. Needed unless O(backend) is an ID.
    type: str
    aliases: [lb_id]
  backend:
    description:
      - Backend, by name or ID. It must exist, except that nothing needs to be removed from a backend that does not.
    type: str
    required: true
    aliases: [backend_id]
  server_ip:
    description:
      - IPv4 or IPv6 addresses of the servers to add or to remove, in any spelling. With V([]) there is nothing to do.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) puts the servers into the pool.
      - V(absent) takes them out of it.
    type: str
    choices: [present, absent]
    default: present
  allow_empty:
    description:
      - Whether O(state=absent) may take the last server out of the pool. Otherwise the task fails before it would.
    type: bool
    default: false
  wait_for_health:
    description:
      - Whether to wait, after the change or without one, until the statistics of the load balancer show that the servers take part, or no longer do.
      - With O(state=present), every server has to be C(running) on every instance of the load balancer, with a last check that says C(passed), or C(neutral)
        which leaves it to the state. A check that says C(condpass) does not count, because with it a server asks for no new sessions.
      - With O(state=absent), no instance may know the servers any more, or it has to show them as C(stopped).
      - If that does not happen within O(wait_timeout), the task fails and tells for each server what was seen. The change stays.
      - In check mode nothing is waited for.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Add two servers
  scw.cloud.scw_lb_backend_server:
    lb: web
    backend: app
    server_ip: [10.0.0.13, 10.0.0.14]

- name: Remove one, even if it is the last
  scw.cloud.scw_lb_backend_server:
    lb: web
    backend: app
    server_ip: [10.0.0.13]
    state: absent
    allow_empty: true

# A rolling update. In the play over the group: serial: 1
- name: Take this host out, and wait until it gets no traffic
  scw.cloud.scw_lb_backend_server:
    lb: web
    backend: app
    server_ip: ["{{ ansible_host }}"]
    state: absent
    wait_for_health: true
  delegate_to: localhost

- name: Update it
  ansible.builtin.package:
    name: app
    state: latest

- name: Put it back, and go on when its health checks pass
  scw.cloud.scw_lb_backend_server:
    lb: web
    backend: app
    server_ip: ["{{ ansible_host }}"]
    wait_for_health: true
    wait_timeout: 300
  delegate_to: localhost
"""

RETURN = r"""
backend:
  description:
    - The backend as the API shows it, see M(scw.cloud.scw_lb_backend). V({}) if it does not exist and O(state=absent).
    - In check mode, the backend with the pool as it would be.
  returned: success
  type: dict
  sample:
    id: ff274810-359d-44c6-b87c-ac2ed0195c89
    name: app
    forward_protocol: http
    forward_port: 8080
    pool: [10.0.0.11, 10.0.0.12, 10.0.0.13]
servers:
  description:
    - What the statistics show of the servers, one entry for each server and instance of the load balancer.
    - Empty when no instance knows them any more.
  returned: success, if O(wait_for_health=true) and not in check mode
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
      ip: 10.0.0.13
      server_state: running
      server_state_changed_at: "2026-01-08T15:04:34Z"
      last_health_check_status: passed
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    done: {description: What had been written., type: list, elements: str, returned: if the backend was found}
    not_done: {description: What was not written., type: list, elements: str, returned: if the backend was found}
    servers:
      description:
        - The servers that were not as wanted when O(wait_timeout) had passed, as in RV(servers).
        - Where an instance shows nothing about a server yet, the state is null.
      type: list
      elements: dict
      returned: if O(wait_for_health=true) took too long
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.servers import manage_servers, servers_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(servers_spec(), manage_servers)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
