#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_frontend
short_description: Manage frontends of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes a frontend, that is a port of a load balancer whose traffic goes to a backend.
  - A frontend is found by its name within its load balancer, or by its ID.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_frontend_info
  - module: scw.cloud.scw_lb_backend
  - module: scw.cloud.scw_lb_certificate
  - module: scw.cloud.scw_lb_acl
options:
  id:
    description:
      - ID of an existing frontend. It never creates one.
      - Together with O(name), the frontend is renamed.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer the frontend belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Name of the frontend. Needed to create one.
    type: str
  inbound_port:
    description:
      - Port to listen on, from 1 to 65535. Needed to create a frontend.
    type: int
  backend:
    description:
      - Backend of the same load balancer that gets the traffic, by name or ID. Needed to create a frontend.
    type: str
    aliases: [backend_id]
  timeout_client:
    description:
      - How long a client may be idle, such as V(30s), or a number of milliseconds. V("") removes the limit.
    type: str
  certificates:
    description:
      - Certificates of the same load balancer, by name or ID, all of them. The order has no meaning. Set to V([]) to remove all and with them TLS.
    type: list
    elements: str
    aliases: [certificate_ids]
  enable_http3:
    description:
      - Whether to offer HTTP/3. A new frontend does not.
    type: bool
  connection_rate_limit:
    description:
      - The most new connections per second. V(0) means no limit.
    type: int
  enable_access_logs:
    description:
      - Whether to write access logs. A new frontend does not.
    type: bool
"""

EXAMPLES = r"""
- name: Create a frontend on port 80
  scw.cloud.scw_lb_frontend:
    lb: web
    name: http
    inbound_port: 80
    backend: app
    timeout_client: 30s

- name: Send its traffic to another backend
  scw.cloud.scw_lb_frontend:
    lb: web
    name: http
    backend: maintenance

- name: Speak TLS with a certificate of the load balancer
  scw.cloud.scw_lb_frontend:
    lb: web
    name: https
    inbound_port: 443
    backend: app
    certificates: [shop]

- name: Delete the frontend and its ACLs
  scw.cloud.scw_lb_frontend:
    lb: web
    name: http
    state: absent
"""

RETURN = r"""
frontend:
  description:
    - The frontend as the API shows it. V({}) after it was deleted. In check mode, the frontend as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    inbound_port: {description: Port it listens on., type: int, returned: always}
    backend: {description: The backend that gets the traffic., type: dict, returned: always}
    lb: {description: The load balancer., type: dict, returned: always}
    timeout_client: {description: Milliseconds or null., type: int, returned: always}
    certificate: {description: Deprecated in the API; see RV(frontend.certificate_ids)., type: dict, returned: always}
    certificate_ids: {description: IDs of the certificates., type: list, elements: str, returned: always}
    enable_http3: {description: Whether HTTP/3 is offered., type: bool, returned: always}
    connection_rate_limit: {description: The most new connections per second; null if there is no limit., type: int, returned: always}
    enable_access_logs: {description: Whether access logs are written., type: bool, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 04962aad-34b8-4e41-a1f1-f1f51fcea841
    name: http
    inbound_port: 80
    backend: {id: ff274810-359d-44c6-b87c-ac2ed0195c89, name: app}
    timeout_client: 30000
    certificate_ids: []
    enable_http3: false
    connection_rate_limit: null
    enable_access_logs: false
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(FRONTEND)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
