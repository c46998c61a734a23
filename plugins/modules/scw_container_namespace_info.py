#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_namespace_info
short_description: List namespaces of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Lists namespaces of containers, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_container_namespace
options:
  id:
    description:
      - ID of one namespace. The list is empty if it does not exist.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Only namespaces with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List all namespaces of a region
  scw.cloud.scw_container_namespace_info:
    region: nl-ams
  register: found

- name: Show which are not in order
  ansible.builtin.debug:
    msg: "{{ found.namespaces | rejectattr('status', 'eq', 'ready') | map(attribute='name') }}"

- name: Look up one by name
  scw.cloud.scw_container_namespace_info:
    name: shop

- name: List those of one project
  scw.cloud.scw_container_namespace_info:
    project_id: 6170692e-7363-616c-6577-61792e636f6d
"""

RETURN = r"""
namespaces:
  description:
    - The namespaces as the API shows them, oldest first. See M(scw.cloud.scw_container_namespace) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 4cb3f0ac-7f6a-4a0b-9a55-3f5a6c1d2e70
      name: shop
      status: ready
      region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(NAMESPACE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
