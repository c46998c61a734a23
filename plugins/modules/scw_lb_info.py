#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_info
short_description: List Scaleway load balancers
version_added: 0.1.0
description:
  - Lists load balancers, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb
options:
  id:
    description:
      - ID of one load balancer. The list is empty if it does not exist.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Only load balancers with exactly this name.
    type: str
  tags:
    description:
      - Only load balancers with one or more of these tags.
    type: list
    elements: str
  lb_ids:
    description:
      - Only load balancers with these IDs.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: List all load balancers of a zone
  scw.cloud.scw_lb_info:
    zone: fr-par-1
  register: all_lbs

- name: Look up one by name
  scw.cloud.scw_lb_info:
    name: web
  register: found

- name: Show its addresses
  ansible.builtin.debug:
    msg: "{{ found.lbs | map(attribute='ip') | flatten | map(attribute='ip_address') }}"

- name: List those of one project
  scw.cloud.scw_lb_info:
    project_id: 6170692e-7363-616c-6577-61792e636f6d
"""

RETURN = r"""
lbs:
  description:
    - The load balancers as the API shows them, oldest first. See M(scw.cloud.scw_lb) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6a4ff0c7-08bf-43e7-bc88-034764d2416f
      name: web
      status: ready
      type: lb-s
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(LB)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
