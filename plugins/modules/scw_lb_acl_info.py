#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_acl_info
short_description: List ACLs of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists ACLs, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_acl
options:
  id:
    description:
      - ID of one ACL. The list is empty if it does not exist.
    type: str
    aliases: [acl_id]
  frontend:
    description:
      - Frontend, by name or ID. Needed unless O(id) is set. If no frontend has this name, the list is empty and a warning says so.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer of the frontend, by name or ID. Needed if O(frontend) is a name.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Only ACLs with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the ACLs of a frontend
  scw.cloud.scw_lb_acl_info:
    lb: web
    frontend: http
  register: found

- name: Show them in the order they are applied
  ansible.builtin.debug:
    msg: "{{ found.acls | sort(attribute='index') | map(attribute='name') }}"

- name: Look up one by ID
  scw.cloud.scw_lb_acl_info:
    id: 51291a75-c277-4034-9af0-ce33f5d0aaf3
"""

RETURN = r"""
acls:
  description:
    - The ACLs as the API shows them, oldest first. See M(scw.cloud.scw_lb_acl) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 51291a75-c277-4034-9af0-ce33f5d0aaf3
      name: office
      index: 0
      action: {type: allow, redirect: null}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(ACL)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
