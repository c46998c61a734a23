#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_dns_stage
short_description: Manage DNS stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a DNS stage, which says the domains that requests to a pipeline have.
  - It is found as the only one of its kind in the pipeline, or by its ID. Where there are several, the task fails and lists them.
  - Requests reach it once it is the head of the pipeline, see M(scw.cloud.scw_edge_head_stage).
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_dns_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_head_stage
  - module: scw.cloud.scw_edge_tls_stage
  - module: scw.cloud.scw_edge_plan
options:
  id:
    description:
      - ID of an existing DNS stage. It never creates one.
    type: str
    aliases: [dns_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  fqdns:
    description:
      - Full domain names such as V(www.example.com), whose CNAME records lead to C(default_fqdn). These and no others, in any order; V([]) removes all.
      - The domain that the platform gives every pipeline need not be listed, and makes no difference.
      - Problems with a domain show in the pipeline, see O(pipeline_errors).
    type: list
    elements: str
  wildcard_domain:
    description:
      - Whether all domains below those of O(fqdns) count as well. This needs a plan that includes it, and a certificate for them.
    type: bool
  full_private:
    description:
      - Whether the domains can be reached from private networks only.
    type: bool

  tls_stage:
    description:
      - TLS stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(cache_stage) and O(backend_stage).
    type: str
    aliases: [tls_stage_id]

  cache_stage:
    description:
      - Cache stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(tls_stage) and O(backend_stage).
    type: str
    aliases: [cache_stage_id]

  backend_stage:
    description:
      - Backend stage that requests go to next, by ID. V(only) stands for the only one of the pipeline. V("") ends the link.
      - It takes the place of a link to another kind of stage. Mutually exclusive with O(tls_stage) and O(cache_stage).
    type: str
    aliases: [backend_stage_id]
"""

EXAMPLES = r"""
- name: Take requests at a domain
  scw.cloud.scw_edge_dns_stage:
    pipeline: shop
    fqdns: [shop.example.com]
    tls_stage: only
  register: dns

- name: Show where the CNAME record of the domain has to lead to
  ansible.builtin.debug:
    var: dns.dns_stage.default_fqdn

- name: Take requests at another domain as well
  scw.cloud.scw_edge_dns_stage:
    pipeline: shop
    fqdns: [shop.example.com, www.example.com]

- name: Leave TLS out, and have it lead to the backend
  scw.cloud.scw_edge_dns_stage:
    pipeline: shop
    backend_stage: only

- name: Delete it
  scw.cloud.scw_edge_dns_stage:
    pipeline: shop
    state: absent
"""

RETURN = r"""
dns_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    fqdns: {description: "Domains; the API may add its own.", type: list, elements: str, returned: always}
    wildcard_domain: {description: Whether the domains below them count as well., type: bool, returned: always}
    full_private: {description: Whether they can be reached from private networks only., type: bool, returned: always}
    type: {description: "V(auto) without domains, V(managed) with domains and a TLS stage, V(custom) with domains alone.", type: str, returned: always}
    default_fqdn: {description: "Domain that the platform gives the pipeline, empty until it is deployed.", type: str, returned: always}
    default_private_fqdn: {description: The same for private networks., type: str, returned: always}
    tls_stage_id: {description: ID of the TLS stage that requests go to next., type: str, returned: when it leads there}
    cache_stage_id: {description: ID of the cache stage that requests go to next., type: str, returned: when it leads there}
    backend_stage_id: {description: ID of the backend stage that requests go to next., type: str, returned: when it leads there}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 5a92f7c1-8e36-4b0d-9d45-c6e1b3a08f74
    fqdns: [shop.example.com]
    wildcard_domain: false
    full_private: false
    type: managed
    default_fqdn: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4.svc.edge.scw.cloud
    default_private_fqdn: ""
    tls_stage_id: e8c5a0d3-9b74-4216-bf3e-1d60a7c4f582
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import DNS_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(DNS_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
