#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_private_network_info
short_description: List private networks of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists the private networks that a load balancer is attached to. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_private_network
options:
  lb:
    description:
      - Load balancer, by name or ID. If there is no such load balancer, the list is empty and a warning says so.
    type: str
    aliases: [lb_id]
    required: true
"""

EXAMPLES = r"""
- name: List the private networks of a load balancer
  scw.cloud.scw_lb_private_network_info:
    lb: web
  register: found

- name: List those of one given by its ID
  scw.cloud.scw_lb_private_network_info:
    lb: 2c7e0f0a-1f9e-4b8c-8d0d-8c5d8b6f9a55
    zone: nl-ams-1

- name: Fail unless all of them are in order
  ansible.builtin.assert:
    that: found.private_networks | rejectattr('status', 'eq', 'ready') | list == []
"""

RETURN = r"""
private_networks:
  description:
    - The attachments as the API shows them, oldest first. See M(scw.cloud.scw_lb_private_network) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
      private_network_id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
      ipam_ids: [7e5a4f0e-9b0c-4e83-a5f2-5c3f4e0d3b6a]
      status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import PRIVATE_NETWORK
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(PRIVATE_NETWORK)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
