#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_ip
short_description: Manage flexible IPs of Scaleway load balancers
version_added: 0.1.0
description:
  - Reserves, changes and releases a flexible IP for load balancers.
  - An IP has no name. It is found by O(id) or O(ip_address); otherwise by exactly its O(tags), or if these are not set by its O(reverse).
    If there is none, one is reserved with these, so that the next run finds it again.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_lb_ip_info
  - module: scw.cloud.scw_lb
options:
  id:
    description:
      - ID of an existing IP. It never reserves one.
    type: str
    aliases: [ip_id]
  ip_address:
    description:
      - Address of an existing IP. It never reserves one, because an address cannot be chosen.
    type: str
  tags:
    description:
      - Tags of the IP, all of them. The order has no meaning.
      - Without O(id) and O(ip_address) the IP is identified by them, so other tags mean another IP. With one of these, the tags are changed.
    type: list
    elements: str
  is_ipv6:
    description:
      - Whether the IP is an IPv6. A new IP is an IPv4 unless this is V(true). Cannot be changed.
      - Where it is set, it also tells apart an IPv4 and an IPv6 with the same tags or reverse.
    type: bool
  reverse:
    description:
      - Host name that the reverse DNS of the IP shows. The API's default is a name below C(scw.cloud). Set to V("") to go back to it.
      - Without O(id), O(ip_address) and O(tags) the IP is identified by it.
    type: str
  lb:
    description:
      - Load balancer to attach the IP to, by name or ID. The API has no call to detach it again.
    type: str
    aliases: [lb_id]
  wait_timeout:
    description:
      - Deadline for the whole task in seconds.
    type: int
    default: 300
"""

EXAMPLES = r"""
- name: Reserve an IP
  scw.cloud.scw_lb_ip:
    tags: [web]
  register: web_ip

- name: Build a load balancer on it
  scw.cloud.scw_lb:
    name: web
    type: lb-s
    ips: ["{{ web_ip.ip.id }}"]

- name: Set its reverse DNS
  scw.cloud.scw_lb_ip:
    ip_address: "{{ web_ip.ip.ip_address }}"
    reverse: www.example.com

- name: Give a running load balancer an IPv6 too
  scw.cloud.scw_lb_ip:
    tags: [web]
    is_ipv6: true
    lb: web

- name: Release it for good, once no load balancer uses it
  scw.cloud.scw_lb_ip:
    ip_address: "{{ web_ip.ip.ip_address }}"
    state: absent
"""

RETURN = r"""
ip:
  description:
    - The IP as the API shows it. V({}) after it was released. In check mode, the IP as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    ip_address: {description: "Address. Of an IPv6, the first address of its network.", type: str, returned: always}
    reverse: {description: Reverse DNS., type: str, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    lb_id: {description: ID of the load balancer it is attached to; null if none., type: str, returned: always}
    project_id: {description: ID of the project., type: str, returned: always}
    organization_id: {description: ID of the organization., type: str, returned: always}
    zone: {description: Zone., type: str, returned: always}
    region: {description: Region., type: str, returned: always}
  sample:
    id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
    ip_address: 51.159.10.20
    reverse: 51-159-10-20.lb.fr-par.scw.cloud
    tags: [web]
    lb_id: null
    zone: fr-par-1
    region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(IP)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
