#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_domain
short_description: Manage domains of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Has a function answer at a domain of yours too, with a certificate that Scaleway issues and renews.
  - A domain is found by its host name within its function, or by its ID. It has nothing that could be changed.
  - The host name must lead to the function already, by a CNAME record for its RV(scw.cloud.scw_function#module:function.domain_name).
    Otherwise the API refuses the domain, or gives up on it after some minutes, and the task fails with its reason.
    A new record may take a while to show, so C(until) and C(retries) suit a task that follows its creation.
  - A domain that the API gave up on stays in status C(error). Delete it with O(state=absent), and create it again.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_function_domain_info
  - module: scw.cloud.scw_function
options:
  id:
    description:
      - ID of an existing domain. It never creates one.
    type: str
    aliases: [domain_id]
  function:
    description:
      - Function the domain belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, by name or ID. Needed if O(function) is a name.
    type: str
    aliases: [namespace_id]
  hostname:
    description:
      - Host name, without scheme and path. Case has no meaning. Needed to create a domain. Cannot be changed.
    type: str
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 600
"""

EXAMPLES = r"""
- name: Have a function answer at a domain
  scw.cloud.scw_function_domain:
    namespace: shop
    function: resize
    hostname: images.example.com

- name: Have it answer at another one, whose record is new, and wait longer for the certificate
  scw.cloud.scw_function_domain:
    namespace: shop
    function: resize
    hostname: pictures.example.com
    wait_timeout: 1200
  register: domain
  until: domain is success
  retries: 10
  delay: 30

- name: Have it no longer answer at the first
  scw.cloud.scw_function_domain:
    namespace: shop
    function: resize
    hostname: images.example.com
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
    function_id: {description: ID of the function., type: str, returned: always}
    url: {description: URL at which the function answers; empty until the domain is ready., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(pending), V(deleting), V(error) or V(unknown) otherwise.", type: str, returned: always}
    error_message: {description: Why it is in status V(error); null otherwise., type: str, returned: always}
  sample:
    id: 8f4c2e19-0d6b-4a37-b5e1-6c9a3d7f2b40
    hostname: images.example.com
    function_id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
    url: https://images.example.com
    status: ready
    error_message: null
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import DOMAIN
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(DOMAIN)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
