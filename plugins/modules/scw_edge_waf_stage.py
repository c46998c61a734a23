#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_waf_stage
short_description: Manage WAF stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a WAF stage, a web application firewall that looks at requests before they reach the backend.
  - It is found as the only one of its kind in the pipeline, or by its ID. Where there are several, the task fails and lists them.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_waf_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_backend_stage
  - module: scw.cloud.scw_edge_route_stage
  - module: scw.cloud.scw_edge_cache_stage
options:
  id:
    description:
      - ID of an existing WAF stage. It never creates one.
    type: str
    aliases: [waf_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  mode:
    description:
      - What happens to a request that looks malicious. V(enable) blocks it, V(log_only) lets it pass and notes it, V(disable) does not look.
      - Needed to create a stage.
    type: str
    choices: [disable, log_only, enable]
  paranoia_level:
    description:
      - How easily a request is taken as malicious, from V(1) to V(4). The higher, the more false alarms.
      - Needed to create a stage.
    type: int

  backend_stage:
    description:
      - Backend stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
    type: str
    aliases: [backend_stage_id]
"""

EXAMPLES = r"""
- name: Block malicious requests
  scw.cloud.scw_edge_waf_stage:
    pipeline: shop
    mode: enable
    paranoia_level: 2
    backend_stage: only

- name: Only note them, and change nothing else
  scw.cloud.scw_edge_waf_stage:
    pipeline: shop
    mode: log_only

- name: Have it lead to another backend
  scw.cloud.scw_edge_waf_stage:
    pipeline: shop
    backend_stage: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712

- name: Delete it
  scw.cloud.scw_edge_waf_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
waf_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    mode: {description: What happens to requests that look malicious., type: str, returned: always}
    paranoia_level: {description: How easily a request is taken as malicious., type: int, returned: always}
    backend_stage_id: {description: ID of the backend stage that requests go to next., type: str, returned: when it leads there}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 4c7d9e52-0b3f-4a68-8d21-f56a1c0e9b37
    mode: enable
    paranoia_level: 2
    backend_stage_id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import WAF_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(WAF_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
