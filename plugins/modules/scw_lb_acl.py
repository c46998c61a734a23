#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_acl
short_description: Manage ACLs of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes an ACL of a frontend, that is a rule that allows, denies or redirects matching traffic.
  - An ACL is found by its name within its frontend, or by its ID.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
seealso:
  - module: scw.cloud.scw_lb_acl_info
  - module: scw.cloud.scw_lb_frontend
options:
  id:
    description:
      - ID of an existing ACL. It never creates one.
      - Together with O(name), the ACL is renamed.
    type: str
    aliases: [acl_id]
  frontend:
    description:
      - Frontend the ACL belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer of the frontend, by name or ID. Needed if O(frontend) is a name.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Name of the ACL. Needed to create one.
    type: str
  index:
    description:
      - Position of the ACL. They are applied in ascending order, from V(0); the first that matches decides. Needed to create an ACL.
    type: int
  description:
    description:
      - Free text. Set to V("") to clear it.
    type: str
  action:
    description:
      - What to do with matching traffic. Needed to create an ACL.
    type: dict
    suboptions:
      type:
        description:
          - Let it through, refuse it, or redirect the client.
        type: str
        choices: [allow, deny, redirect]
        required: true
      redirect:
        description:
          - Where to redirect to. Needed with O(action.type=redirect), and meaningless with the others.
        type: dict
        suboptions:
          type:
            description:
              - V(location) redirects to a URL, V(scheme) to the same URL with another scheme.
            type: str
            choices: [location, scheme]
            required: true
          target:
            description:
              - URL such as V(https://example.com), or scheme such as V(https).
            type: str
            required: true
          code:
            description:
              - HTTP status of the redirect. V(302) if a redirect is chosen without it.
            type: int
            choices: [301, 302, 303, 307, 308]
  match:
    description:
      - Which traffic the ACL is about. What is left out of it is left alone; an ACL created without any matches everything.
    type: dict
    suboptions:
      ip_subnet:
        description:
          - IPv4 or IPv6 addresses and networks of clients, all of them. The order has no meaning.
          - V([]) means everyone, which the API shows as V(0.0.0.0/0).
        type: list
        elements: str
      ips_edge_services:
        description:
          - Whether to match the addresses of Scaleway's Edge Services, so that only they reach the frontend.
        type: bool
      http_filter:
        description:
          - What to look at in a request. V(acl_http_filter_none) stops looking. Only for frontends whose backend speaks HTTP.
        type: str
        choices: [acl_http_filter_none, path_begin, path_end, regex, http_header_match]
      http_filter_value:
        description:
          - Values of which one must match, all of them. The order has no meaning. Needed with every O(match.http_filter) but V(acl_http_filter_none).
        type: list
        elements: str
      http_filter_option:
        description:
          - Name of the header. Needed with O(match.http_filter=http_header_match).
        type: str
      invert:
        description:
          - Whether the ACL is about all traffic that does B(not) match.
        type: bool
"""

EXAMPLES = r"""
- name: Let the office in
  scw.cloud.scw_lb_acl:
    lb: web
    frontend: http
    name: office
    index: 0
    action:
      type: allow
    match:
      ip_subnet: [203.0.113.0/24, 2001:db8::/32]

- name: Refuse everyone else
  scw.cloud.scw_lb_acl:
    lb: web
    frontend: http
    name: others
    index: 10
    action:
      type: deny
    match:
      ip_subnet: [0.0.0.0/0]

- name: Send clients to HTTPS
  scw.cloud.scw_lb_acl:
    lb: web
    frontend: http
    name: to-https
    index: 0
    action:
      type: redirect
      redirect:
        type: scheme
        target: https
        code: 301
    match:
      http_filter: path_begin
      http_filter_value: [/]

- name: Delete an ACL
  scw.cloud.scw_lb_acl:
    lb: web
    frontend: http
    name: office
    state: absent
"""

RETURN = r"""
acl:
  description:
    - The ACL as the API shows it. V({}) after it was deleted. In check mode, the ACL as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    index: {description: Position., type: int, returned: always}
    description: {description: Free text., type: str, returned: always}
    action: {description: What happens to matching traffic., type: dict, returned: always}
    match: {description: Which traffic it is about., type: dict, returned: always}
    frontend: {description: The frontend., type: dict, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 51291a75-c277-4034-9af0-ce33f5d0aaf3
    name: office
    index: 0
    description: ""
    action: {type: allow, redirect: null}
    match:
      ip_subnet: [203.0.113.0/24]
      ips_edge_services: false
      http_filter: acl_http_filter_none
      http_filter_value: []
      http_filter_option: null
      invert: false
    frontend: {id: 04962aad-34b8-4e41-a1f1-f1f51fcea841, name: http}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(ACL)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
