#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_backend_stage
short_description: Manage backend stages of Scaleway Edge Services
version_added: 0.1.0
description:
  - Creates, changes and deletes a backend stage, that is the last stage of a pipeline. It says where requests go in the end, to an origin.
  - It is found by its origin within its pipeline, which is a bucket, a load balancer with a frontend, a container or a function; or by its ID.
  - Exactly one of O(scaleway_s3), O(scaleway_lb), O(scaleway_serverless_container) and O(scaleway_serverless_function) is the origin.
    To change it to another one, set O(id) as well.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.edge_services
  - scw.cloud.edge_services.pipeline_errors
  - scw.cloud.edge_services.wait
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_edge_backend_stage_info
  - module: scw.cloud.scw_edge_pipeline
  - module: scw.cloud.scw_edge_waf_stage
  - module: scw.cloud.scw_edge_route_stage
  - module: scw.cloud.scw_edge_cache_stage
  - module: scw.cloud.scw_edge_plan
options:
  id:
    description:
      - ID of an existing backend stage. It never creates one.
    type: str
    aliases: [backend_stage_id]

  pipeline:
    description:
      - Pipeline the stage belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [pipeline_id]

  scaleway_s3:
    description:
      - A bucket of Object Storage. O(scaleway_s3.bucket_name) and O(scaleway_s3.bucket_region) find the stage again.
      - Whether the bucket exists is not checked.
    type: dict
    suboptions:
      bucket_name:
        description:
          - Name of the bucket.
        type: str
        required: true
      bucket_region:
        description:
          - Region of the bucket.
        type: str
        required: true
        choices: [fr-par, nl-ams, pl-waw]
      is_website:
        description:
          - Whether the bucket is served as a website. A new stage uses V(false).
        type: bool
  scaleway_lb:
    description:
      - A load balancer. O(scaleway_lb.lbs[].lb) and O(scaleway_lb.lbs[].frontend) find the stage again.
    type: dict
    suboptions:
      lbs:
        description:
          - The load balancers; in practice one.
        type: list
        elements: dict
        required: true
        suboptions:
          lb:
            description:
              - Load balancer, by name or ID.
            type: str
            required: true
            aliases: [lb_id]
          zone:
            description:
              - Zone of the load balancer, such as V(fr-par-1).
            type: str
            required: true
          frontend:
            description:
              - Frontend of the load balancer that takes the requests, by name or ID.
            type: str
            required: true
            aliases: [frontend_id]
          is_ssl:
            description:
              - Whether requests are sent to it by HTTPS. A new stage uses V(false).
            type: bool
          domain_name:
            description:
              - Domain name that requests are sent to, which the certificate of the frontend has to be about. V("") removes it.
            type: str
          has_websocket:
            description:
              - Whether WebSocket connections are allowed. A new stage uses V(false).
            type: bool
          private_network_id:
            description:
              - ID of the private network by which the load balancer is reached.
            type: str
  scaleway_serverless_container:
    description:
      - A container of Serverless Containers. O(scaleway_serverless_container.container) finds the stage again.
    type: dict
    suboptions:
      region:
        description:
          - Region of the container.
        type: str
        required: true
        choices: [fr-par, nl-ams, pl-waw]
      container:
        description:
          - Container, by ID, or by the names of its namespace and its own, such as V(shop/api).
        type: str
        required: true
        aliases: [container_id]
  scaleway_serverless_function:
    description:
      - A function of Serverless Functions. O(scaleway_serverless_function.function) finds the stage again.
    type: dict
    suboptions:
      region:
        description:
          - Region of the function.
        type: str
        required: true
        choices: [fr-par, nl-ams, pl-waw]
      function:
        description:
          - Function, by ID, or by the names of its namespace and its own, such as V(shop/resize).
        type: str
        required: true
        aliases: [function_id]
"""

EXAMPLES = r"""
- name: Have a pipeline serve a bucket
  scw.cloud.scw_edge_backend_stage:
    pipeline: shop
    scaleway_s3:
      bucket_name: shop-pictures
      bucket_region: fr-par
  register: pictures

- name: Serve it as a website, and change nothing else
  scw.cloud.scw_edge_backend_stage:
    pipeline: shop
    scaleway_s3:
      bucket_name: shop-pictures
      bucket_region: fr-par
      is_website: true

- name: Have a pipeline serve what is behind a load balancer
  scw.cloud.scw_edge_backend_stage:
    pipeline: shop
    scaleway_lb:
      lbs:
        - lb: shop
          zone: fr-par-1
          frontend: https
          is_ssl: true
          domain_name: shop.example.com

- name: Have a pipeline serve a container
  scw.cloud.scw_edge_backend_stage:
    pipeline: shop
    scaleway_serverless_container:
      region: fr-par
      container: shop/api

- name: Put a function in the place of the bucket
  scw.cloud.scw_edge_backend_stage:
    id: "{{ pictures.backend_stage.id }}"
    scaleway_serverless_function:
      region: fr-par
      function: shop/resize

- name: Delete the stage of a container
  scw.cloud.scw_edge_backend_stage:
    pipeline: shop
    scaleway_serverless_container:
      region: fr-par
      container: shop/api
    state: absent
"""

RETURN = r"""
backend_stage:
  description:
    - The stage as the API shows it. V({}) after it was deleted. In check mode, the stage as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    pipeline_id: {description: ID of the pipeline., type: str, returned: always}
    scaleway_s3: {description: The bucket., type: dict, returned: for a bucket}
    scaleway_lb: {description: "The load balancer, with C(id) and C(frontend_id).", type: dict, returned: for a load balancer}
    scaleway_serverless_container: {description: "The container, as C(container_id).", type: dict, returned: for a container}
    scaleway_serverless_function: {description: "The function, as C(function_id).", type: dict, returned: for a function}
    status: {description: "V(active) if requests pass the stage since the last deployment, V(inactive) otherwise.", type: str, returned: always}
    created_at: {description: "When it was created, in UTC.", type: str, returned: always}
    updated_at: {description: "When it was last changed, in UTC.", type: str, returned: always}
  sample:
    id: 2b8f6a34-7d10-4f8e-b1c5-90a3e6d4c712
    scaleway_s3: {bucket_name: shop-pictures, bucket_region: fr-par, is_website: false}
    pipeline_id: 6f1c2f0e-3a55-4b0b-9f0a-0d5e2c7b91a4
    status: active
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(BACKEND_STAGE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
