#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_subscriber
short_description: Manage subscribers to the status of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, changes and deletes a subscriber, that is an e-mail address or a webhook that is told when servers behind a load balancer go up or down.
  - To subscribe one to a load balancer, use O(scw.cloud.scw_lb#module:subscriber).
  - A subscriber is found by its name within the project, or by its ID.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_lb_subscriber_info
  - module: scw.cloud.scw_lb
options:
  id:
    description:
      - ID of an existing subscriber. It never creates one.
      - Together with O(name), the subscriber is renamed.
    type: str
    aliases: [subscriber_id]
  name:
    description:
      - Name of the subscriber. Needed to create one.
    type: str
  email_config:
    description:
      - Send an e-mail. Either this or O(webhook_config) is needed to create a subscriber; choosing the other one replaces it.
    type: dict
    suboptions:
      email:
        description:
          - E-mail address.
        type: str
        required: true
  webhook_config:
    description:
      - Call a URL.
    type: dict
    suboptions:
      uri:
        description:
          - URL to call.
        type: str
        required: true
  wait_timeout:
    description:
      - Deadline for the whole task in seconds.
    type: int
    default: 300
"""

EXAMPLES = r"""
- name: Create somebody to tell
  scw.cloud.scw_lb_subscriber:
    name: on-call
    email_config:
      email: on-call@example.com

- name: Tell them about a load balancer
  scw.cloud.scw_lb:
    name: web
    subscriber: on-call

- name: Call a webhook instead
  scw.cloud.scw_lb_subscriber:
    name: on-call
    webhook_config:
      uri: https://alerts.example.com/scaleway

- name: Tell nobody about the load balancer
  scw.cloud.scw_lb:
    name: web
    subscriber: ""

- name: Delete the subscriber
  scw.cloud.scw_lb_subscriber:
    name: on-call
    state: absent
"""

RETURN = r"""
subscriber:
  description:
    - The subscriber as the API shows it. V({}) after it was deleted. In check mode, the subscriber as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    email_config: {description: The e-mail address., type: dict, returned: if it gets e-mails}
    webhook_config: {description: The URL., type: dict, returned: if it is a webhook}
  sample:
    id: 5b2c6a0e-9d3f-4a57-8f0b-6a1f1d1c9f10
    name: on-call
    email_config: {email: on-call@example.com}
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import SUBSCRIBER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(SUBSCRIBER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
