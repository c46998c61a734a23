#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_frontend_info
short_description: List frontends of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists frontends, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_frontend
options:
  id:
    description:
      - ID of one frontend. The list is empty if it does not exist.
    type: str
    aliases: [frontend_id]
  lb:
    description:
      - Load balancer, by name or ID. Needed unless O(id) is set. If no load balancer has this name, the list is empty and a warning says so.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Only frontends with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List the frontends of a load balancer
  scw.cloud.scw_lb_frontend_info:
    lb: web

- name: Look up one by name
  scw.cloud.scw_lb_frontend_info:
    lb: web
    name: http

- name: Look up one by ID
  scw.cloud.scw_lb_frontend_info:
    id: 04962aad-34b8-4e41-a1f1-f1f51fcea841
"""

RETURN = r"""
frontends:
  description:
    - The frontends as the API shows them, oldest first. See M(scw.cloud.scw_lb_frontend) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 04962aad-34b8-4e41-a1f1-f1f51fcea841
      name: http
      inbound_port: 80
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(FRONTEND)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
