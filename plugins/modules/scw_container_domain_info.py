#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_domain_info
short_description: List domains of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Lists the domains of a container, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_container_domain
options:
  id:
    description:
      - ID of one domain. The list is empty if it does not exist.
    type: str
    aliases: [domain_id]
  container:
    description:
      - Container, by name or ID. Needed unless O(id) is set. If there is no such container, the list is empty and a warning says so.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace of the container, by name or ID. Needed if O(container) is a name.
    type: str
    aliases: [namespace_id]
"""

EXAMPLES = r"""
- name: List the domains of a container
  scw.cloud.scw_container_domain_info:
    namespace: shop
    container: web
  register: found

- name: Show which do not work, and why
  ansible.builtin.debug:
    msg: "{{ item.hostname }}: {{ item.error_message }}"
  loop: "{{ found.domains | selectattr('status', 'eq', 'error') }}"

- name: Look up one by ID
  scw.cloud.scw_container_domain_info:
    id: 9e2a1c54-6b0d-4a8e-b5a7-d0c4e3f21a66
"""

RETURN = r"""
domains:
  description:
    - The domains as the API shows them, oldest first. See M(scw.cloud.scw_container_domain) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 9e2a1c54-6b0d-4a8e-b5a7-d0c4e3f21a66
      hostname: shop.example.com
      status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import DOMAIN
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(DOMAIN)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
