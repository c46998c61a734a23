#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_certificate_info
short_description: List certificates of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists the certificates of a load balancer, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_certificate
options:
  id:
    description:
      - ID of one certificate. The list is empty if it does not exist.
    type: str
    aliases: [certificate_id]
  lb:
    description:
      - Load balancer, by name or ID. Needed unless O(id) is set. If there is no such load balancer, the list is empty and a warning says so.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Only certificates with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the certificates of a load balancer
  scw.cloud.scw_lb_certificate_info:
    lb: web
  register: found

- name: Show which expire within a month
  ansible.builtin.debug:
    msg: "{{ found.certificates | rejectattr('not_valid_after', 'gt', month_from_now) | map(attribute='name') }}"
  vars:
    month_from_now: "{{ '%Y-%m-%dT%H:%M:%SZ' | strftime(now(utc=true).timestamp() + 30 * 86400, utc=true) }}"

- name: Look up one by name
  scw.cloud.scw_lb_certificate_info:
    lb: web
    name: shop

- name: Look up one by ID
  scw.cloud.scw_lb_certificate_info:
    id: 68c0a03b-8118-4028-8237-1e5389791511
"""

RETURN = r"""
certificates:
  description:
    - The certificates as the API shows them, oldest first. See M(scw.cloud.scw_lb_certificate) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 68c0a03b-8118-4028-8237-1e5389791511
      name: shop
      type: letsencrypt
      status: ready
      common_name: shop.example.com
      not_valid_after: "2026-10-19T09:36:38Z"
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(CERTIFICATE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
