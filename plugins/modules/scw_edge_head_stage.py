#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_head_stage
short_description: Set the head stage of a pipeline of Scaleway Edge Services
version_added: 0.1.0
description:
  - Sets, swaps and removes the head of a pipeline, that is the DNS stage by which requests come in. A pipeline without it serves nothing.
  - There is one in a pipeline, so that the pipeline finds it.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_head_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_dns_stage
options:
  pipeline:
    description:
      - Pipeline, by name or ID.
    type: str
    required: true
    aliases: [pipeline_id]
  dns_stage:
    description:
      - DNS stage that is to be the head, by ID. V(only) stands for the only one of the pipeline.
      - Needed where there is no head yet.
    type: str
    aliases: [dns_stage_id]
"""

EXAMPLES = r"""
- name: Open the pipeline
  scw.cloud.scw_edge_head_stage:
    pipeline: shop
    dns_stage: only

- name: Have requests come in by another DNS stage, and fail if the pipeline finds fault with that
  scw.cloud.scw_edge_head_stage:
    pipeline: shop
    dns_stage: 5a92f7c1-8e36-4b0d-9d45-c6e1b3a08f74
    pipeline_errors: fail

- name: Close the pipeline
  scw.cloud.scw_edge_head_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
head_stage:
  description:
    - The head. V({}) after it was removed. In check mode, the head as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID of the pipeline., type: str, returned: always}
    dns_stage_id: {description: ID of the DNS stage., type: str, returned: always}
  sample:
    id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    dns_stage_id: 5a92f7c1-8e36-4b0d-9d45-c6e1b3a08f74
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import HEAD_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(HEAD_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
