#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_route
short_description: Manage routes of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes a route of a frontend, that is a rule that sends part of its traffic to another backend.
  - A route has no name. It is found by what it picks, that is by O(match.sni), O(match.host_header) or O(match.path_begin), within its frontend, or by its ID.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_route_info
  - module: scw.cloud.scw_lb_frontend
  - module: scw.cloud.scw_lb_backend
options:
  id:
    description:
      - ID of an existing route. It never creates one.
      - Together with O(match), what the route picks is changed.
    type: str
    aliases: [route_id]
  frontend:
    description:
      - Frontend the route belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer of the frontend, by name or ID. Needed if O(frontend) or O(backend) is a name.
    type: str
    aliases: [lb_id]
  backend:
    description:
      - Backend of the same load balancer that gets the traffic, by name or ID. Needed to create a route.
      - A route by O(match.sni) needs a backend that speaks TCP, the others one that speaks HTTP.
    type: str
    aliases: [backend_id]
  match:
    description:
      - Which traffic the route picks. Exactly one of O(match.sni), O(match.host_header) and O(match.path_begin) says so. Needed to create a route.
    type: dict
    suboptions:
      sni:
        description:
          - Server name that the client asks for in the TLS handshake.
        type: str
      host_header:
        description:
          - Host header of the request.
        type: str
      path_begin:
        description:
          - Beginning of the path of the request, such as V(/api).
        type: str
      match_subdomains:
        description:
          - Whether O(match.sni) or O(match.host_header) also picks the subdomains of its name. A new route does not.
        type: bool
"""

EXAMPLES = r"""
- name: Send requests for the API to its own servers
  scw.cloud.scw_lb_route:
    lb: web
    frontend: http
    backend: api
    match:
      host_header: api.example.com

- name: Send them to other servers
  scw.cloud.scw_lb_route:
    lb: web
    frontend: http
    backend: api-v2
    match:
      host_header: api.example.com

- name: Pick TLS connections by the name they ask for, and those to its subdomains
  scw.cloud.scw_lb_route:
    lb: web
    frontend: tls
    backend: shops
    match:
      sni: shops.example.com
      match_subdomains: true

- name: Delete a route
  scw.cloud.scw_lb_route:
    lb: web
    frontend: http
    match:
      host_header: api.example.com
    state: absent
"""

RETURN = r"""
route:
  description:
    - The route as the API shows it. V({}) after it was deleted. In check mode, the route as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    frontend_id: {description: ID of the frontend., type: str, returned: always}
    backend_id: {description: ID of the backend that gets the traffic., type: str, returned: always}
    match: {description: Which traffic it picks; only the chosen key is there., type: dict, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 13c90986-d817-4ac0-a21d-ec8209fa3b16
    frontend_id: 04962aad-34b8-4e41-a1f1-f1f51fcea841
    backend_id: ff274810-359d-44c6-b87c-ac2ed0195c89
    match: {host_header: api.example.com, match_subdomains: false}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(ROUTE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
