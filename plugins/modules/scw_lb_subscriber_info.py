#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_subscriber_info
short_description: List subscribers to the status of Scaleway load balancers
version_added: 0.1.0
description:
  - Lists subscribers, or looks up one of them. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_lb_subscriber
options:
  id:
    description:
      - ID of one subscriber. The list is empty if it does not exist.
    type: str
    aliases: [subscriber_id]
  name:
    description:
      - Only subscribers with exactly this name.
    type: str
"""

EXAMPLES = r"""
- name: List all subscribers of a zone
  scw.cloud.scw_lb_subscriber_info:
    zone: fr-par-1

- name: Look up one by name
  scw.cloud.scw_lb_subscriber_info:
    name: on-call

- name: Look up one by ID
  scw.cloud.scw_lb_subscriber_info:
    id: 5b2c6a0e-9d3f-4a57-8f0b-6a1f1d1c9f10
"""

RETURN = r"""
subscribers:
  description:
    - The subscribers as the API shows them. See M(scw.cloud.scw_lb_subscriber) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 5b2c6a0e-9d3f-4a57-8f0b-6a1f1d1c9f10
      name: on-call
      email_config: {email: on-call@example.com}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import SUBSCRIBER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import listing

PROGRAM = listing(SUBSCRIBER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
