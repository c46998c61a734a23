#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_pipeline
short_description: Manage Scaleway Edge Services pipelines
version_added: 0.1.0
description:
  - Creates, changes and deletes a pipeline, that is what stands between the internet and an origin such as a bucket, a load balancer, a container or a
    function, with certificates, a cache, rules and a web application firewall.
  - A pipeline is found by its name within the project, or by its ID. Names are not unique in the API; if several match, the task fails and lists the IDs.
  - Its stages can be given inline, in O(stages), or by modules of their own. Inline, all of it is compared with what is there before anything is written,
    the links between the stages are made by themselves, and an interrupted task is completed by the next run.
  - O(state=absent) deletes the stages from the head of the pipeline down, and the pipeline last.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.edge_inline
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_pipeline_info
  - module: scw.cloud.scw_edge_plan
  - module: scw.cloud.scw_edge_check
  - module: scw.cloud.scw_edge_purge
  - module: scw.cloud.scw_edge_head_stage
options:
  id:
    description:
      - ID of an existing pipeline. It never creates one.
      - Together with O(name), the pipeline is renamed.
    type: str
    aliases: [pipeline_id]
  name:
    description:
      - Name of the pipeline. Needed to create one.
    type: str
  description:
    description:
      - Free text. Set to V("") to clear it.
    type: str
  vpc_endpoints:
    description:
      - IDs of the VPC endpoints by which the pipeline can be reached from private networks. These and no others, in any order; V([]) removes all.
      - See M(scw.cloud.scw_edge_vpc_endpoint).
    type: list
    elements: str
    aliases: [vpc_endpoint_ids]
"""

EXAMPLES = r"""
- name: Have a plan, without which the API refuses pipelines
  scw.cloud.scw_edge_plan:
    plan_name: starter

- name: Serve a bucket at a domain, with a certificate and a cache
  scw.cloud.scw_edge_pipeline:
    name: site
    stages:
      dns: {fqdns: [www.example.com]}
      tls: {managed_certificate: true}
      cache: {fallback_ttl: 1h}
      backends:
        - scaleway_s3: {bucket_name: site, bucket_region: fr-par, is_website: true}
  register: site

- name: Show what the CNAME record of the domain has to lead to
  ansible.builtin.debug:
    msg: "{{ site.pipeline.stages.dns.default_fqdn }}"

- name: Put a firewall before a load balancer
  scw.cloud.scw_edge_pipeline:
    name: shop
    stages:
      dns: {fqdns: [shop.example.com]}
      tls:
        secrets:
          - {secret_id: 6170692e-7363-616c-6577-61792e636f6d, region: fr-par}
      waf: {mode: enable, paranoia_level: 2}
      backends:
        - scaleway_lb:
            lbs:
              - {lb: shop, zone: fr-par-1, frontend: https, is_ssl: true, domain_name: shop.example.com}

- name: Serve an API and a site at one domain, and protect what changes something
  scw.cloud.scw_edge_pipeline:
    name: both
    stages:
      dns: {fqdns: [both.example.com]}
      tls: {managed_certificate: true}
      route:
        backend_stage: site
        route_rules:
          - rule_http_match: {method_filters: [post, put, delete], path_filter: {value: "/api/.*"}}
            waf_stage: only
          - rule_http_match: {path_filter: {value: "/api/.*"}}
            backend_stage: api
      waf: {mode: enable, paranoia_level: 1, backend_stage: api}
      backends:
        - name: site
          scaleway_s3: {bucket_name: site, bucket_region: fr-par}
        - name: api
          scaleway_serverless_container: {region: fr-par, container: shop/api}

- name: Put a cache before a function, at the domain that the platform gives
  scw.cloud.scw_edge_pipeline:
    name: images
    stages:
      dns: {}
      cache: {fallback_ttl: 12h}
      backends:
        - scaleway_serverless_function: {region: nl-ams, function: shop/resize}

- name: Insert a cache between the certificate and the firewall, and leave everything else alone
  scw.cloud.scw_edge_pipeline:
    name: shop
    stages:
      tls: {}
      cache: {fallback_ttl: 30m}
      waf: {}

- name: Keep exactly these stages, so that the firewall goes
  scw.cloud.scw_edge_pipeline:
    name: shop
    purge: true
    stages:
      dns: {}
      tls: {}
      cache: {}
      backends:
        - scaleway_lb:
            lbs:
              - {lb: shop, zone: fr-par-1, frontend: https}

- name: Fail if the API says that something is wrong with it
  scw.cloud.scw_edge_pipeline:
    name: site
    pipeline_errors: fail

- name: Delete it with all of its stages
  scw.cloud.scw_edge_pipeline:
    name: site
    state: absent
"""

RETURN = r"""
pipeline:
  description:
    - The pipeline as the API shows it, with the stages that the task gives inline.
    - V({}) after it was deleted. In check mode, the pipeline as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    description: {description: Free text., type: str, returned: always}
    status:
      description: "Status. V(ready) means in service, V(warning) and V(error) that something is wrong, which RV(pipeline.errors) tells."
      type: str
      returned: always
    errors:
      description: What is wrong with the configuration, each with C(stage), C(code), C(severity), C(type) and C(message).
      type: list
      elements: dict
      returned: always
    vpc_endpoint_ids: {description: IDs of its VPC endpoints., type: list, elements: str, returned: always}
    project_id: {description: ID of the project., type: str, returned: always}
    organization_id: {description: ID of the organization., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
    stages:
      description:
        - The stages that O(stages) gives, under the names of its options. Their keys are those that the modules of the stages return, such as
          M(scw.cloud.scw_edge_dns_stage); C(backends) is a list in the order of O(stages.backends).
      type: dict
      returned: when O(stages) gives any
    head_stage:
      description: Which DNS stage requests come in by. See M(scw.cloud.scw_edge_head_stage).
      type: dict
      returned: when O(stages.dns) is given
  sample:
    id: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11
    name: site
    description: ""
    status: ready
    errors: []
    vpc_endpoint_ids: []
    project_id: 6170692e-7363-616c-6577-61792e636f6d
    organization_id: 6170692e-7363-616c-6577-61792e636f6d
    created_at: "2026-07-22T09:22:10.071419Z"
    updated_at: "2026-07-22T09:22:13.204118Z"
    stages:
      dns:
        id: 2b8f4b1e-5f0f-4c57-8d0e-0f7d7a1d9c41
        fqdns: [www.example.com]
        default_fqdn: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11.svc.edge.scw.cloud
        backend_stage_id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
      backends:
        - id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
          scaleway_s3: {bucket_name: site, bucket_region: fr-par, is_website: true}
    head_stage:
      dns_stage_id: 2b8f4b1e-5f0f-4c57-8d0e-0f7d7a1d9c41
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.tree import PIPELINE_TREE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.tree_program import managing_tree

PROGRAM = managing_tree(PIPELINE_TREE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
