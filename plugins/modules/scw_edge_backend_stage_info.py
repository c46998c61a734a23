#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_backend_stage_info
short_description: List backend stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Lists the backend stages of a pipeline, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_edge_backend_stage
  - module: scw.cloud.scw_edge_pipeline_info
options:
  id:
    description:
      - ID of one stage. The list is empty if it does not exist.
    type: str
    aliases: [backend_stage_id]
  pipeline:
    description:
      - Pipeline, by name or ID. Needed unless O(id) is set. If there is no such pipeline, the list is empty and a warning says so.
    type: str
    aliases: [pipeline_id]
  bucket_name:
    description:
      - Only stages with the bucket of this name.
    type: str
  bucket_region:
    description:
      - Only stages with a bucket in this region.
    type: str
    choices: [fr-par, nl-ams, pl-waw]
  lb_id:
    description:
      - Only stages with the load balancer of this ID.
    type: str
"""

EXAMPLES = r"""
- name: List the backend stages of a pipeline
  scw.cloud.scw_edge_backend_stage_info:
    pipeline: shop
  register: found

- name: Show their IDs
  ansible.builtin.debug:
    msg: "{{ found.backend_stages | map(attribute='id') }}"

- name: Find the stage of a bucket
  scw.cloud.scw_edge_backend_stage_info:
    pipeline: shop
    bucket_name: shop-pictures

- name: Look up one by ID
  scw.cloud.scw_edge_backend_stage_info:
    id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
"""

RETURN = r"""
backend_stages:
  description:
    - The stages as the API shows them, oldest first. See M(scw.cloud.scw_edge_backend_stage) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
      pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
      scaleway_s3: {bucket_name: shop-pictures, bucket_region: fr-par, is_website: false}
      status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(BACKEND_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
