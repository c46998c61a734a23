#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_vpc_endpoint
short_description: Manage VPC endpoints of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates and deletes a VPC endpoint, by which pipelines are reached from a private network. Nothing about it can be changed.
  - It is found by its private network, or by its ID.
  - M(scw.cloud.scw_edge_pipeline) says which pipelines use it.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_vpc_endpoint_info
  - module: scw.cloud.scw_edge_pipeline
options:
  id:
    description:
      - ID of an existing VPC endpoint. It never creates one.
    type: str
    aliases: [vpc_endpoint_id]
  private_network_id:
    description:
      - ID of the private network. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [private_network]
  region:
    description:
      - Region of the private network. Needed to create a VPC endpoint. Cannot be changed.
    type: str
    choices: [fr-par, nl-ams, pl-waw]
"""

EXAMPLES = r"""
- name: Have pipelines reached from a private network
  scw.cloud.scw_edge_vpc_endpoint:
    private_network_id: b7e2d4f6-0c18-4935-8a7d-e1f3c5b90246
    region: fr-par
  register: endpoint

- name: Have one pipeline reached by it
  scw.cloud.scw_edge_pipeline:
    name: shop
    vpc_endpoints: ["{{ endpoint.vpc_endpoint.id }}"]

- name: Delete the VPC endpoint of a private network
  scw.cloud.scw_edge_vpc_endpoint:
    private_network_id: b7e2d4f6-0c18-4935-8a7d-e1f3c5b90246
    state: absent

- name: Delete one by ID
  scw.cloud.scw_edge_vpc_endpoint:
    id: 0d3c9f81-7ba6-4e52-94d0-6a5e2f8b1c37
    state: absent
"""

RETURN = r"""
vpc_endpoint:
  description:
    - The VPC endpoint as the API shows it. V({}) after it was deleted. In check mode, the VPC endpoint as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    private_network_id: {description: ID of the private network., type: str, returned: always}
    region: {description: Region., type: str, returned: always}
    project_id: {description: ID of the project., type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 0d3c9f81-7ba6-4e52-94d0-6a5e2f8b1c37
    private_network_id: b7e2d4f6-0c18-4935-8a7d-e1f3c5b90246
    region: fr-par
    project_id: 6170692e-7363-616c-6577-61792e636f6d
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import VPC_ENDPOINT
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(VPC_ENDPOINT)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
