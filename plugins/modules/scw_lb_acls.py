#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_acls
short_description: Manage all ACLs of a frontend of Scaleway load balancers at once
version_added: 0.1.0
description:
  - Makes the ACLs of a frontend exactly those of a list, in its order. With O(purge=false), ACLs that are not in the list stay.
  - ACLs are told apart by their names. If several differ, all are written at once, so clients never meet half of the change; they may get new IDs then.
  - Each ACL is written by itself with O(purge=false), if one is given by its ID, if all are removed, and in the older regional API, which lacks the call.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.lb_inline.acls
  - scw.cloud.state.lb_wait
  - scw.cloud.state.all_children
seealso:
  - module: scw.cloud.scw_lb_acl
  - module: scw.cloud.scw_lb_acl_info
  - module: scw.cloud.scw_lb
options:
  lb:
    description:
      - Load balancer of the frontend, by name or ID. Needed if O(frontend) is a name.
    type: str
    aliases: [lb_id]
  frontend:
    description:
      - Frontend, by name or ID.
    type: str
    aliases: [frontend_id]
    required: true
  acls:
    required: true
  purge:
    description:
      - Whether to delete ACLs of the frontend that are not in O(acls).
      - With V(false) they stay, and so does what other tasks add meanwhile. Then give each ACL an O(acls[].index), to put it where it belongs among them.
    type: bool
    default: true
"""

EXAMPLES = r"""
- name: Let the office in and nobody else
  scw.cloud.scw_lb_acls:
    lb: web
    frontend: https
    acls:
      - name: office
        action: {type: allow}
        match: {ip_subnet: [203.0.113.0/24, 2001:db8::/32]}
      - name: others
        action: {type: deny}
        match: {ip_subnet: [0.0.0.0/0, "::/0"]}

- name: Add one that refuses a path, and leave the others alone
  scw.cloud.scw_lb_acls:
    lb: web
    frontend: https
    purge: false
    acls:
      - name: no-admin
        index: 50
        action: {type: deny}
        match: {http_filter: path_begin, http_filter_value: [/admin]}

- name: Let nobody in except through Edge Services
  scw.cloud.scw_lb_acls:
    lb: web
    frontend: https
    only_edge_services: true
    acls: []

- name: Remove all ACLs
  scw.cloud.scw_lb_acls:
    lb: web
    frontend: https
    acls: []
"""

RETURN = r"""
acls:
  description:
    - The ACLs of the list as the API shows them, in their order. See M(scw.cloud.scw_lb_acl) for their keys. In check mode, the ACLs as they would be.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 51291a75-c277-4034-9af0-ce33f5d0aaf3
      name: office
      index: 0
      action: {type: allow, redirect: null}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import ACLS
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.tree_program import managing_children

PROGRAM = managing_children(ACLS)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
