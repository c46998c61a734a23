#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_type_info
short_description: List the types of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists the types that a load balancer can have, with what they can do and whether they are in stock.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb
options:
  name:
    description:
      - Only the type with this name, in upper or lower case. The list is empty if there is none.
    type: str
"""

EXAMPLES = r"""
- name: List the types in a zone
  scw.cloud.scw_lb_type_info:
    zone: nl-ams-1
  register: found

- name: Show those that are in stock
  ansible.builtin.debug:
    msg: "{{ found.lb_types | selectattr('stock_status', 'ne', 'out_of_stock') | map(attribute='name') }}"

- name: Look up one
  scw.cloud.scw_lb_type_info:
    name: LB-S
"""

RETURN = r"""
lb_types:
  description:
    - The types as the API shows them.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: "Name, as in O(scw.cloud.scw_lb#module:type).", type: str, returned: always}
    stock_status: {description: "V(unknown), V(low_stock), V(out_of_stock) or V(available).", type: str, returned: always}
    bandwidth: {description: Bandwidth in bits per second., type: int, returned: always}
    multicloud: {description: Whether servers outside of Scaleway are allowed., type: bool, returned: always}
    description: {description: Description., type: str, returned: always}
    region: {description: Region., type: str, returned: always}
    zone: {description: Zone., type: str, returned: always}
  sample:
    - name: lb-s
      stock_status: available
      bandwidth: 200000000
      multicloud: false
      description: ""
      region: fr-par
      zone: fr-par-1
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.types import list_types, types_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(types_spec(), list_types, predicts=False)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
