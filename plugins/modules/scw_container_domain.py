#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_domain
short_description: Manage domains of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Has a container answer at a domain of yours too, with a certificate that Scaleway issues and renews.
  - A domain is found by its host name within its container, or by its ID.
  - The host name must lead to the container already, by a CNAME record for the host of its RV(scw.cloud.scw_container#module:container.public_endpoint).
    Otherwise the API refuses the domain, or gives up on it after some minutes, and the task fails with its reason.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_container_domain_info
  - module: scw.cloud.scw_container
options:
  id:
    description:
      - ID of an existing domain. It never creates one.
    type: str
    aliases: [domain_id]
  container:
    description:
      - Container the domain belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace of the container, by name or ID. Needed if O(container) is a name.
    type: str
    aliases: [namespace_id]
  hostname:
    description:
      - Host name, without scheme and path. Case has no meaning, and neither has a dot at its end. Needed to create a domain. Cannot be changed.
    type: str
  tags:
    description:
      - Tags, all of them. The order has no meaning. V([]) removes all.
    type: list
    elements: str
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 600
"""

EXAMPLES = r"""
- name: Have a container answer at a domain
  scw.cloud.scw_container_domain:
    namespace: shop
    container: web
    hostname: shop.example.com

- name: Tag it
  scw.cloud.scw_container_domain:
    namespace: shop
    container: web
    hostname: shop.example.com
    tags: [production]

- name: Have it no longer answer there
  scw.cloud.scw_container_domain:
    namespace: shop
    container: web
    hostname: shop.example.com
    state: absent
"""

RETURN = r"""
domain:
  description:
    - The domain as the API shows it. V({}) after it was deleted. In check mode, the domain as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    hostname: {description: Host name., type: str, returned: always}
    container_id: {description: ID of the container., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(updating), V(deleting), V(error) or V(locked) otherwise.", type: str, returned: always}
    error_message: {description: Why it is in status V(error); empty while it is V(ready)., type: str, returned: when it is at rest}
    tags: {description: Tags., type: list, elements: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 9e2a1c54-6b0d-4a8e-b5a7-d0c4e3f21a66
    hostname: shop.example.com
    container_id: 0c2d5b38-9d1f-4f4c-8f3e-7a1b2c3d4e5f
    status: ready
    error_message: ""
    tags: []
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import DOMAIN
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(DOMAIN)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
