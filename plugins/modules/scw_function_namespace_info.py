#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_namespace_info
short_description: List namespaces of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists namespaces of functions, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function_namespace
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
  scw.cloud.scw_function_namespace_info:
    region: nl-ams
  register: found

- name: Show which are not in order, and why
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.error_message }}"
  loop: "{{ found.namespaces | selectattr('status', 'eq', 'error') }}"

- name: Look up one by name
  scw.cloud.scw_function_namespace_info:
    name: shop

- name: List those of one project
  scw.cloud.scw_function_namespace_info:
    project_id: 6170692e-7363-616c-6577-61792e636f6d
"""

RETURN = r"""
namespaces:
  description:
    - The namespaces as the API shows them, oldest first. See M(scw.cloud.scw_function_namespace) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 7a1f3c60-2b7e-4f0d-9c52-0b8f6c2d9e11
      name: shop
      status: ready
      registry_endpoint: rg.fr-par.scw.cloud/funcscwshopx3k9q2vb
      region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(NAMESPACE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
