#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_ip_info
short_description: List flexible IPs of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists flexible IPs, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_ip
options:
  id:
    description:
      - ID of one IP. The list is empty if it does not exist.
    type: str
    aliases: [ip_id]
  ip_address:
    description:
      - Only the IP with this address.
    type: str
  ip_type:
    description:
      - Only IPs of this family. The API's default is V(all).
    type: str
    choices: [all, ipv4, ipv6]
  tags:
    description:
      - Only IPs with one or more of these tags.
    type: list
    elements: str
"""

EXAMPLES = r"""
- name: List all IPs of a zone
  scw.cloud.scw_lb_ip_info:
    zone: fr-par-1
  register: all_ips

- name: List the IPs that no load balancer uses
  ansible.builtin.debug:
    msg: "{{ all_ips.ips | rejectattr('lb_id') | map(attribute='ip_address') }}"

- name: Look up one by its address
  scw.cloud.scw_lb_ip_info:
    ip_address: 51.159.10.20
"""

RETURN = r"""
ips:
  description:
    - The flexible IPs as the API shows them, oldest first. See M(scw.cloud.scw_lb_ip) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
      ip_address: 51.159.10.20
      lb_id: null
      tags: [web]
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(IP)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
