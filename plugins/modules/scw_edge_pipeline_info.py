#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_pipeline_info
short_description: List pipelines of Scaleway Edge Services
version_added: 0.1.0
description:
  - Lists pipelines, or looks up one of them. An empty list is no failure.
  - Their stages are listed by modules of their own, such as M(scw.cloud.scw_edge_dns_stage_info).
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_dns_stage_info
  - module: scw.cloud.scw_edge_backend_stage_info
options:
  id:
    description:
      - ID of one pipeline. The list is empty if it does not exist.
    type: str
    aliases: [pipeline_id]
  name:
    description:
      - Only pipelines of exactly this name.
    type: str
  has_backend_stage_lb:
    description:
      - Only pipelines with a load balancer as an origin.
    type: bool
"""

EXAMPLES = r"""
- name: List all pipelines that the key can see
  scw.cloud.scw_edge_pipeline_info:
  register: found

- name: Show what is wrong with them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.errors | map(attribute='message') | join('; ') }}"
  loop: "{{ found.pipelines | selectattr('errors') }}"

- name: Look up one by name
  scw.cloud.scw_edge_pipeline_info:
    name: shop
"""

RETURN = r"""
pipelines:
  description:
    - The pipelines as the API shows them, oldest first. See M(scw.cloud.scw_edge_pipeline) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
      name: shop
      status: ready
      errors: []
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import PIPELINE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(PIPELINE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
