#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_route_stage
short_description: Manage route stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a route stage with its rules. The first rule that a request matches says where it goes.
    Requests that match none go to O(backend_stage) or O(waf_stage).
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
  - module: scw.cloud.scw_edge_route_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_backend_stage
  - module: scw.cloud.scw_edge_waf_stage
  - module: scw.cloud.scw_edge_cache_stage
options:
  id:
    description:
      - ID of an existing route stage. It never creates one.
    type: str
    aliases: [route_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  route_rules:
    description:
      - The rules, in their order. These and no others; they replace those that are there as a whole. V([]) removes all.
      - What a rule does not say, it does not have.
    type: list
    elements: dict
    suboptions:
      rule_http_match:
        description:
          - What requests match. Without it, all do.
        type: dict
        suboptions:
          method_filters:
            description:
              - Methods of the requests. Without them, all methods.
            type: list
            elements: str
            choices: [get, post, put, patch, delete, head, options]
          path_filter:
            description:
              - What the path of the requests is like.
            type: dict
            suboptions:
              path_filter_type:
                description:
                  - How the value is meant. A new filter uses V(regex).
                type: str
                choices: [regex]
              value:
                description:
                  - Regular expression such as V(/api/.*).
                type: str
                required: true
          host_filter:
            description:
              - What the host name of the requests is like.
            type: dict
            suboptions:
              host_filter_type:
                description:
                  - How the value is meant. A new filter uses V(regex).
                type: str
                choices: [regex]
              value:
                description:
                  - Regular expression such as V(api[.]example[.]com).
                type: str
                required: true
      backend_stage:
        description:
          - Backend stage that matching requests go to, by ID. V(only) stands for the only one of the pipeline.
          - Mutually exclusive with O(route_rules[].waf_stage).
        type: str
        aliases: [backend_stage_id]
      waf_stage:
        description:
          - WAF stage that matching requests go to, by ID. V(only) stands for the only one of the pipeline.
          - Mutually exclusive with O(route_rules[].backend_stage).
        type: str
        aliases: [waf_stage_id]

  waf_stage:
    description:
      - WAF stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(backend_stage).
    type: str
    aliases: [waf_stage_id]

  backend_stage:
    description:
      - Backend stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(waf_stage).
    type: str
    aliases: [backend_stage_id]
"""

EXAMPLES = r"""
- name: Send what is for the API to another backend
  scw.cloud.scw_edge_route_stage:
    pipeline: shop
    backend_stage: "{{ pictures.backend_stage.id }}"
    route_rules:
      - rule_http_match:
          path_filter:
            value: /api/.*
        backend_stage: "{{ api.backend_stage.id }}"

- name: Look at what is posted there first
  scw.cloud.scw_edge_route_stage:
    pipeline: shop
    route_rules:
      - rule_http_match:
          method_filters: [post, put, patch, delete]
          path_filter:
            value: /api/.*
        waf_stage: only
      - rule_http_match:
          path_filter:
            value: /api/.*
        backend_stage: "{{ api.backend_stage.id }}"

- name: Remove all rules
  scw.cloud.scw_edge_route_stage:
    pipeline: shop
    route_rules: []

- name: Delete it
  scw.cloud.scw_edge_route_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
route_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    route_rules:
      description:
        - The rules in their order, which C(position) tells from V(1) on. Links are C(backend_stage_id) or C(waf_stage_id).
      type: list
      elements: dict
      returned: always
    waf_stage_id: {description: ID of the WAF stage that requests go to next., type: str, returned: when it leads there}
    backend_stage_id: {description: ID of the backend stage that requests go to next., type: str, returned: when it leads there}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 8a0e4f17-5c2b-4d93-a6f8-3b1d7c9e2450
    route_rules:
      - rule_http_match: {method_filters: [], path_filter: {path_filter_type: regex, value: /api/.*}}
        backend_stage_id: d5b3c8f0-1e94-4a27-9c60-7f2a8e1b4d35
        position: 1
        route_stage_id: 8a0e4f17-5c2b-4d93-a6f8-3b1d7c9e2450
    backend_stage_id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import ROUTE_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(ROUTE_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
