#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_info
short_description: List Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists the functions of a namespace, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function
options:
  id:
    description:
      - ID of one function. The list is empty if it does not exist.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace, by name or ID. Needed unless O(id) is set. If there is no such namespace, the list is empty and a warning says so.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Only functions with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the functions of a namespace
  scw.cloud.scw_function_info:
    namespace: shop
  register: found

- name: Show which will soon need another runtime
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.runtime_message }}"
  loop: "{{ found.functions | selectattr('runtime_message') }}"

- name: Look up one by name
  scw.cloud.scw_function_info:
    namespace: shop
    name: resize

- name: Look up one by ID
  scw.cloud.scw_function_info:
    id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
"""

RETURN = r"""
functions:
  description:
    - The functions as the API shows them, oldest first. See M(scw.cloud.scw_function) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
      name: resize
      status: ready
      runtime: python313
      domain_name: shopx3k9q2vb-resize.functions.fnc.fr-par.scw.cloud
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(FUNCTION)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
