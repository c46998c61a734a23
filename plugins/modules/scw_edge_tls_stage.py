#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_tls_stage
short_description: Manage TLS stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a TLS stage, which has the certificate for the domains of a pipeline.
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
  - module: scw.cloud.scw_edge_tls_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_dns_stage
  - module: scw.cloud.scw_edge_cache_stage
  - module: scw.cloud.scw_edge_backend_stage
options:
  id:
    description:
      - ID of an existing TLS stage. It never creates one.
    type: str
    aliases: [tls_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  managed_certificate:
    description:
      - Whether the platform gets and renews a certificate of Let's Encrypt. V(true) ends the use of O(secrets).
    type: bool
  secrets:
    description:
      - Secrets of Secret Manager that hold certificates of yours, each with its chain and its key. Their order has no meaning.
      - These and no others. V([]) removes all. Secrets end the use of a managed certificate.
    type: list
    elements: dict
    suboptions:
      secret_id:
        description:
          - ID of the secret.
        type: str
        required: true
      region:
        description:
          - Region of the secret.
        type: str
        required: true
        choices: [fr-par, nl-ams, pl-waw]

  cache_stage:
    description:
      - Cache stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(backend_stage), O(route_stage) and O(waf_stage).
    type: str
    aliases: [cache_stage_id]

  backend_stage:
    description:
      - Backend stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(cache_stage), O(route_stage) and O(waf_stage).
    type: str
    aliases: [backend_stage_id]

  route_stage:
    description:
      - Route stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(cache_stage), O(backend_stage) and O(waf_stage).
    type: str
    aliases: [route_stage_id]

  waf_stage:
    description:
      - WAF stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(cache_stage), O(backend_stage) and O(route_stage).
    type: str
    aliases: [waf_stage_id]
"""

EXAMPLES = r"""
- name: Have the platform get a certificate
  scw.cloud.scw_edge_tls_stage:
    pipeline: shop
    managed_certificate: true
    cache_stage: only

- name: Use a certificate of one's own
  scw.cloud.scw_edge_tls_stage:
    pipeline: shop
    secrets:
      - secret_id: 3f7e1c94-60ab-4d58-b2e9-5c8d0a1f7b26
        region: fr-par

- name: Have it lead to the backend, without a cache
  scw.cloud.scw_edge_tls_stage:
    pipeline: shop
    backend_stage: only

- name: Delete it
  scw.cloud.scw_edge_tls_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
tls_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    managed_certificate: {description: Whether the platform brings the certificate., type: bool, returned: always}
    secrets: {description: "Secrets that hold certificates, with C(secret_id) and C(region).", type: list, elements: dict, returned: always}
    certificate_expires_at: {description: "When the certificate expires, in UTC; null where that is not known.", type: str, returned: always}
    cache_stage_id: {description: ID of the cache stage that requests go to next., type: str, returned: when it leads there}
    backend_stage_id: {description: ID of the backend stage that requests go to next., type: str, returned: when it leads there}
    route_stage_id: {description: ID of the route stage that requests go to next., type: str, returned: when it leads there}
    waf_stage_id: {description: ID of the WAF stage that requests go to next., type: str, returned: when it leads there}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: e8c5a0d3-9b74-4216-bf3e-1d60a7c4f582
    managed_certificate: true
    secrets: []
    certificate_expires_at: "2026-10-19T09:36:38Z"
    cache_stage_id: 91d6b2a8-4f05-4c3e-8e7b-a2c0d5f18e69
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import TLS_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(TLS_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
