#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_info
short_description: List Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Lists the containers of a namespace, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_container
options:
  id:
    description:
      - ID of one container. The list is empty if it does not exist.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace, by name or ID. Needed unless O(id) is set. If there is no such namespace, the list is empty and a warning says so.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Only containers with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the containers of a namespace
  scw.cloud.scw_container_info:
    namespace: shop
  register: found

- name: Show where they answer
  ansible.builtin.debug:
    msg: "{{ dict(found.containers | map(attribute='name') | zip(found.containers | map(attribute='public_endpoint'))) }}"

- name: Look up one by name
  scw.cloud.scw_container_info:
    namespace: shop
    name: web

- name: Look up one by ID
  scw.cloud.scw_container_info:
    id: 0c2d5b38-9d1f-4f4c-8f3e-7a1b2c3d4e5f
"""

RETURN = r"""
containers:
  description:
    - The containers as the API shows them, oldest first. See M(scw.cloud.scw_container) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0c2d5b38-9d1f-4f4c-8f3e-7a1b2c3d4e5f
      name: web
      status: ready
      image: rg.fr-par.scw.cloud/shop/web:1.4
      public_endpoint: https://shop4cb3f0ac-web.functions.fnc.fr-par.scw.cloud
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(CONTAINER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
