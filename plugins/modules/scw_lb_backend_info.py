#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_backend_info
short_description: List backends of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists backends, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_backend
options:
  id:
    description:
      - ID of one backend. The list is empty if it does not exist.
    type: str
    aliases: [backend_id]
  lb:
    description:
      - Load balancer, by name or ID. Needed unless O(id) is set. If no load balancer has this name, the list is empty and a warning says so.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Only backends with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the backends of a load balancer
  scw.cloud.scw_lb_backend_info:
    lb: web

- name: Look up one by name
  scw.cloud.scw_lb_backend_info:
    lb: web
    name: app
  register: found

- name: Show its servers
  ansible.builtin.debug:
    msg: "{{ found.backends | map(attribute='pool') | flatten }}"
"""

RETURN = r"""
backends:
  description:
    - The backends as the API shows them, oldest first. See M(scw.cloud.scw_lb_backend) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: ff274810-359d-44c6-b87c-ac2ed0195c89
      name: app
      forward_protocol: http
      forward_port: 8080
      pool: [10.0.0.11, 10.0.0.12]
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(BACKEND)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
