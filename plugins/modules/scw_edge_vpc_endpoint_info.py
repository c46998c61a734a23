#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_vpc_endpoint_info
short_description: List VPC endpoints of Scaleway Edge Services
version_added: 0.1.0
description:
  - Lists VPC endpoints, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_edge_vpc_endpoint
options:
  id:
    description:
      - ID of one VPC endpoint. The list is empty if it does not exist.
    type: str
    aliases: [vpc_endpoint_id]
"""

EXAMPLES = r"""
- name: List all VPC endpoints that the key can see
  scw.cloud.scw_edge_vpc_endpoint_info:
  register: found

- name: Show their private networks
  ansible.builtin.debug:
    msg: "{{ found.vpc_endpoints | map(attribute='private_network_id') }}"

- name: Look up one by ID
  scw.cloud.scw_edge_vpc_endpoint_info:
    id: 0d3c9f81-7ba6-4e52-94d0-6a5e2f8b1c37
"""

RETURN = r"""
vpc_endpoints:
  description:
    - The VPC endpoints as the API shows them, oldest first. See M(scw.cloud.scw_edge_vpc_endpoint) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0d3c9f81-7ba6-4e52-94d0-6a5e2f8b1c37
      private_network_id: b7e2d4f6-0c18-4935-8a7d-e1f3c5b90246
      region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import VPC_ENDPOINT
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(VPC_ENDPOINT)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
