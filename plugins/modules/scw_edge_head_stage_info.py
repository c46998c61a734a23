#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_head_stage_info
short_description: Show the head stage of a pipeline of Scaleway Edge Services
version_added: 0.1.0
description:
  - Shows by which DNS stage requests come into a pipeline. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_edge_head_stage
  - module: scw.cloud.scw_edge_pipeline_info
options:
  pipeline:
    description:
      - Pipeline, by name or ID. If there is no such pipeline, the list is empty and a warning says so.
    type: str
    required: true
    aliases: [pipeline_id]
"""

EXAMPLES = r"""
- name: Look up the head of a pipeline
  scw.cloud.scw_edge_head_stage_info:
    pipeline: shop
  register: found

- name: Make sure that the pipeline is open
  ansible.builtin.assert:
    that: found.head_stages | length == 1
"""

RETURN = r"""
head_stages:
  description:
    - The heads. See M(scw.cloud.scw_edge_head_stage) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
      dns_stage_id: 5a92f7c1-8e36-4b0d-9d45-c6e1b3a08f74
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import HEAD_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(HEAD_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
