#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_private_network
short_description: Attach Scaleway load balancers to private networks
version_added: 0.1.0
description:
  - Attaches a load balancer to a private network, or detaches it. Other attachments are left alone.
  - An attachment has no ID of its own. It is found by its private network within its load balancer.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_private_network_info
  - module: scw.cloud.scw_lb
options:
  lb:
    description:
      - Load balancer, by name or ID. Cannot be changed.
    type: str
    aliases: [lb_id]
    required: true
  private_network_id:
    description:
      - ID of the private network.
    type: str
    aliases: [private_network]
    required: true
  ipam_ids:
    description:
      - IDs of the addresses that IPAM reserved for the load balancer in the private network, all of them. The order has no meaning.
      - Without them, the API picks an address when it attaches. Cannot be changed while the load balancer is attached.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: Attach a load balancer to a private network
  scw.cloud.scw_lb_private_network:
    lb: web
    private_network_id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1

- name: Attach it with an address that IPAM reserved
  scw.cloud.scw_lb_private_network:
    lb: web
    private_network_id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
    ipam_ids: [7e5a4f0e-9b0c-4e83-a5f2-5c3f4e0d3b6a]

- name: Detach it, which a private network demands before it can be deleted
  scw.cloud.scw_lb_private_network:
    lb: web
    private_network_id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
    state: absent
"""

RETURN = r"""
private_network:
  description:
    - The attachment as the API shows it. V({}) after the load balancer was detached. In check mode, the attachment as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID of the private network once more; the attachment has none., type: str, returned: always}
    private_network_id: {description: ID of the private network., type: str, returned: always}
    ipam_ids: {description: IDs of its addresses in IPAM., type: list, elements: str, returned: always}
    dhcp_config:
      description: Under C(ip_id) the ID of its address in IPAM once more. Attachments from before IPAM have C(static_config) instead.
      type: dict
      returned: always
    status: {description: "V(pending), V(ready) or V(error).", type: str, returned: always}
    lb: {description: The load balancer., type: dict, returned: always}
    created_at: {description: When it was attached., type: str, returned: always}
    updated_at: {description: When that last changed., type: str, returned: always}
  sample:
    id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
    private_network_id: 2fd18a1c-2f6d-44ba-8ff4-3cd8b0f1c8b1
    ipam_ids: [7e5a4f0e-9b0c-4e83-a5f2-5c3f4e0d3b6a]
    status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import PRIVATE_NETWORK
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(PRIVATE_NETWORK)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
