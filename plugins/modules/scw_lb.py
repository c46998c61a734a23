#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb
short_description: Manage Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes a load balancer.
  - A load balancer is found by its name within the project, or by its ID. Names are not unique in the API; if several match, the task fails and lists the IDs.
  - What belongs to it can be given inline, in O(certificates), O(private_networks), O(backends) and O(frontends), or by modules of its own.
    Inline, all of it is compared with what is there before anything is written, names refer to what the same task creates,
    and an interrupted task is completed by the next run.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.lb_inline
  - scw.cloud.state
  - scw.cloud.state.lb_wait
requirements:
  - The Python library L(cryptography, https://pypi.org/project/cryptography/) 41 or newer, if O(certificates[].custom_certificate) is used
attributes:
  action:
    description: Reads files on the controller, see O(certificates[].custom_certificate.certificate_chain_file).
    support: full
  async:
    description: Can run in the background.
    support: full
seealso:
  - module: scw.cloud.scw_lb_info
  - module: scw.cloud.scw_lb_ip
  - module: scw.cloud.scw_lb_subscriber
options:
  id:
    description:
      - ID of an existing load balancer. It never creates one.
      - Together with O(name), the load balancer is renamed.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Name of the load balancer. Needed to create one.
    type: str
  description:
    description:
      - Free text. Set to V("") to clear it.
    type: str
  type:
    description:
      - Commercial type, such as V(lb-s), V(lb-gp-m), V(lb-gp-l) or V(lb-gp-xl), in any case. Needed to create a load balancer.
      - Changing it migrates the load balancer in place, which interrupts traffic for some seconds.
    type: str
  tags:
    description:
      - Tags of the load balancer, all of them. The order has no meaning. Set to V([]) to remove all.
    type: list
    elements: str
  ssl_compatibility_level:
    description:
      - The oldest TLS versions and ciphers that clients may use. The API's default is V(ssl_compatibility_level_intermediate).
    type: str
    choices: [ssl_compatibility_level_intermediate, ssl_compatibility_level_modern, ssl_compatibility_level_old]
  ips:
    description:
      - Flexible IPs of the load balancer, all of them, each by ID or by address.
      - More can be added later. None can be taken away while the load balancer exists, because the API has no call to detach an IP.
    type: list
    elements: str
    aliases: [ip_ids]
  assign_flexible_ip:
    description:
      - Whether to give the load balancer a new IPv4 address when it is created without O(ips). The API's default is V(true).
      - With V(false) and without O(ips) the load balancer is private.
      - Cannot be changed after creation. With O(ips), it is not compared.
    type: bool
  assign_flexible_ipv6:
    description:
      - Whether to give the load balancer a new IPv6 address when it is created without O(ips). The API's default is V(false).
      - Cannot be changed after creation. With O(ips), it is not compared.
    type: bool
  subscriber:
    description:
      - Who is told when servers behind the load balancer go up or down, by name or ID. See M(scw.cloud.scw_lb_subscriber).
      - Set to V("") to tell nobody.
    type: str
    aliases: [subscriber_id]
  release_ip:
    description:
      - Whether to release the IPs of the load balancer for good when it is deleted. Otherwise they are kept, and cost.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Create a public load balancer
  scw.cloud.scw_lb:
    name: web
    type: lb-s
    zone: fr-par-1
    tags: [web, production]

- name: Reserve an address
  scw.cloud.scw_lb_ip:
    tags: [shop]
  register: address

- name: Create a load balancer on it, so that the address outlives the load balancer
  scw.cloud.scw_lb:
    name: shop
    type: lb-s
    ips: ["{{ address.ip.id }}"]

- name: Build a whole load balancer in one task
  scw.cloud.scw_lb:
    name: shop
    type: lb-s
    certificates:
      - name: shop
        letsencrypt: {common_name: shop.example.com}
    backends:
      - name: app
        forward_protocol: http
        forward_port: 8080
        server_ip: [10.0.0.11, 10.0.0.12]
        health_check: {http_config: {uri: /health}}
    frontends:
      - name: http
        inbound_port: 80
        backend: app
        acls:
          - name: to-https
            action: {type: redirect, redirect: {type: scheme, target: https, code: 301}}
            match: {http_filter: path_begin, http_filter_value: [/]}
      - name: https
        inbound_port: 443
        backend: app
        certificates: [shop]

- name: Put another server behind it, and leave everything else alone
  scw.cloud.scw_lb:
    name: shop
    backends:
      - name: app
        server_ip: [10.0.0.11, 10.0.0.12, 10.0.0.13]

- name: Keep exactly these backends and frontends
  scw.cloud.scw_lb:
    name: shop
    purge: true
    backends:
      - name: app
    frontends:
      - name: https

- name: Move the first one to a larger type, in place
  scw.cloud.scw_lb:
    name: web
    type: lb-gp-m

- name: Create a private one
  scw.cloud.scw_lb:
    name: internal
    type: lb-s
    assign_flexible_ip: false

- name: Delete it and keep its addresses
  scw.cloud.scw_lb:
    name: web
    state: absent
"""

RETURN = r"""
lb:
  description:
    - The load balancer as the API shows it, with the children that the task gives inline under the names of their options.
    - V({}) after it was deleted. In check mode, the load balancer as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    description: {description: Free text., type: str, returned: always}
    status:
      description: Status. V(ready) means in service. It stays V(ready) while frontends, backends or ACLs change.
      type: str
      returned: always
    type: {description: Commercial type in lower case., type: str, returned: always}
    ip:
      description: Its IPs, in the order they were given.
      type: list
      elements: dict
      returned: always
    instances: {description: Its instances and their status., type: list, elements: dict, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    ssl_compatibility_level: {description: TLS compatibility level., type: str, returned: always}
    frontend_count: {description: Number of frontends., type: int, returned: always}
    backend_count: {description: Number of backends., type: int, returned: always}
    private_network_count: {description: Number of attached private networks., type: int, returned: always}
    route_count: {description: Number of routes., type: int, returned: always}
    subscriber: {description: Who is told about its status; null if nobody., type: dict, returned: always}
    project_id: {description: ID of the project., type: str, returned: always}
    organization_id: {description: ID of the organization., type: str, returned: always}
    zone: {description: Zone., type: str, returned: always}
    region: {description: Region., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
    certificates:
      description: The certificates that O(certificates) names, in its order. See M(scw.cloud.scw_lb_certificate) for their keys.
      type: list
      elements: dict
      returned: when O(certificates) is given
    private_networks:
      description: The attachments that O(private_networks) names, in its order. See M(scw.cloud.scw_lb_private_network) for their keys.
      type: list
      elements: dict
      returned: when O(private_networks) is given
    backends:
      description: The backends that O(backends) names, in its order. See M(scw.cloud.scw_lb_backend) for their keys.
      type: list
      elements: dict
      returned: when O(backends) is given
    frontends:
      description:
        - The frontends that O(frontends) names, in its order. See M(scw.cloud.scw_lb_frontend) for their keys.
        - Each has C(acls) and C(routes) beside these, as far as the task gives them for it. See M(scw.cloud.scw_lb_acl) and M(scw.cloud.scw_lb_route).
      type: list
      elements: dict
      returned: when O(frontends) is given
  sample:
    id: 6a4ff0c7-08bf-43e7-bc88-034764d2416f
    name: web
    description: ""
    status: ready
    type: lb-s
    ip:
      - id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
        ip_address: 51.159.10.20
        lb_id: 6a4ff0c7-08bf-43e7-bc88-034764d2416f
        reverse: 51-159-10-20.lb.fr-par.scw.cloud
    tags: [web, production]
    zone: fr-par-1
    region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import LB_TREE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.tree_program import managing_tree

PROGRAM = managing_tree(LB_TREE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
