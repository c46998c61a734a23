#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_cache_stage
short_description: Manage cache stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a cache stage, which keeps answers so that the same request need not reach the backend again.
  - It is found as the only one of its kind in the pipeline, or by its ID. Where there are several, the task fails and lists them.
  - To have the cache forget what it keeps, use M(scw.cloud.scw_edge_purge).
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_cache_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_backend_stage
  - module: scw.cloud.scw_edge_waf_stage
  - module: scw.cloud.scw_edge_route_stage
  - module: scw.cloud.scw_edge_purge
options:
  id:
    description:
      - ID of an existing cache stage. It never creates one.
    type: str
    aliases: [cache_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  fallback_ttl:
    description:
      - How long an answer is kept that does not say so itself, such as V(30m) or V(12h). V(0s) keeps none of these.
    type: str
  include_cookies:
    description:
      - Whether answers to requests with different cookies are kept apart.
    type: bool

  backend_stage:
    description:
      - Backend stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(waf_stage) and O(route_stage).
    type: str
    aliases: [backend_stage_id]

  waf_stage:
    description:
      - WAF stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(backend_stage) and O(route_stage).
    type: str
    aliases: [waf_stage_id]

  route_stage:
    description:
      - Route stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(backend_stage) and O(waf_stage).
    type: str
    aliases: [route_stage_id]
"""

EXAMPLES = r"""
- name: Keep answers for an hour
  scw.cloud.scw_edge_cache_stage:
    pipeline: shop
    fallback_ttl: 1h
    backend_stage: only

- name: Keep them for a day, and change nothing else
  scw.cloud.scw_edge_cache_stage:
    pipeline: shop
    fallback_ttl: 24h

- name: Put a WAF stage between cache and backend
  scw.cloud.scw_edge_cache_stage:
    pipeline: shop
    waf_stage: only

- name: Delete it
  scw.cloud.scw_edge_cache_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
cache_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    fallback_ttl: {description: "How long answers are kept that do not say so, in seconds.", type: str, returned: always}
    include_cookies: {description: Whether answers to different cookies are kept apart., type: bool, returned: always}
    backend_stage_id: {description: ID of the backend stage that requests go to next., type: str, returned: when it leads there}
    waf_stage_id: {description: ID of the WAF stage that requests go to next., type: str, returned: when it leads there}
    route_stage_id: {description: ID of the route stage that requests go to next., type: str, returned: when it leads there}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 91d6b2a8-4f05-4c3e-8e7b-a2c0d5f18e69
    fallback_ttl: 3600s
    include_cookies: false
    backend_stage_id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import CACHE_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(CACHE_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
