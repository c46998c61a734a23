#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_route_info
short_description: List routes of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists the routes of a frontend, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_route
options:
  id:
    description:
      - ID of one route. The list is empty if it does not exist.
    type: str
    aliases: [route_id]
  frontend:
    description:
      - Frontend, by name or ID. Needed unless O(id) is set. If there is no such frontend, the list is empty and a warning says so.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer of the frontend, by name or ID. Needed if O(frontend) is a name.
    type: str
    aliases: [lb_id]
"""

EXAMPLES = r"""
- name: List the routes of a frontend
  scw.cloud.scw_lb_route_info:
    lb: web
    frontend: http
  register: found

- name: Show the host names they pick
  ansible.builtin.debug:
    msg: "{{ found.routes | map(attribute='match') | selectattr('host_header', 'defined') | map(attribute='host_header') }}"

- name: Look up one by ID
  scw.cloud.scw_lb_route_info:
    id: 13c90986-d817-4ac0-a21d-ec8209fa3b16
"""

RETURN = r"""
routes:
  description:
    - The routes as the API shows them, oldest first. See M(scw.cloud.scw_lb_route) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 13c90986-d817-4ac0-a21d-ec8209fa3b16
      backend_id: ff274810-359d-44c6-b87c-ac2ed0195c89
      match: {host_header: api.example.com, match_subdomains: false}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(ROUTE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
