#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_trigger
short_description: Manage triggers of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Creates, changes and deletes a trigger, that is what sends requests to a container by a schedule, or for the messages of a queue.
  - A trigger is found by its name within its container, or by its ID.
  - Exactly one of O(cron_config), O(sqs_config) and O(nats_config) says what it is. This cannot be changed; delete the trigger and create another one.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
attributes:
  idempotent:
    description: A second run with the same options changes nothing.
    support: partial
    details:
      - With O(update_secrets=always) every run writes the secrets again, which is a change.
  action:
    description: Reads files on the controller, see O(nats_config.credentials_file).
    support: full
  async:
    description: Can run in the background.
    support: full
seealso:
  - module: scw.cloud.scw_container_trigger_info
  - module: scw.cloud.scw_container
options:
  id:
    description:
      - ID of an existing trigger. It never creates one.
      - Together with O(name), the trigger is renamed, unless another one of the container has that name.
    type: str
    aliases: [trigger_id]
  container:
    description:
      - Container the trigger belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace of the container, by name or ID. Needed if O(container) is a name.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Name of the trigger. Needed to create one.
    type: str
  description:
    description:
      - Description. V("") removes it.
    type: str
  tags:
    description:
      - Tags, all of them. The order has no meaning. V([]) removes all.
    type: list
    elements: str
  destination_config:
    description:
      - Which request the container gets. What is left out of it is left alone.
    type: dict
    suboptions:
      http_path:
        description:
          - Path of the request. A new trigger gets V(/).
        type: str
      http_method:
        description:
          - Method of the request. A new trigger gets V(post).
        type: str
        choices: [get, post, put, patch, delete]
  cron_config:
    description:
      - Send requests by a schedule.
    type: dict
    suboptions:
      schedule:
        description:
          - When, in the five fields of cron; minute, hour, day of the month, month and day of the week. Such as V(*/15 6-22 * * MON-FRI).
          - Needed to create a trigger of this kind.
        type: str
      timezone:
        description:
          - Time zone of the schedule, such as V(Europe/Paris) or V(UTC). Needed to create a trigger of this kind.
        type: str
      body:
        description:
          - Body of the request. A new trigger sends none.
          - A mapping or a list is sent as JSON, as the filter C(to_json) writes it.
        type: raw
      headers:
        description:
          - Further headers of the request, all of them. V({}) removes all.
          - The API shows them in clear, and so does the result. If one holds a token, set C(no_log) for the task.
        type: dict
  sqs_config:
    description:
      - Send a request for each message of a queue that speaks the protocol of Amazon SQS.
      - Each of its options is needed to create a trigger of this kind.
    type: dict
    suboptions:
      region:
        description:
          - Region of the queue, such as V(fr-par).
        type: str
      endpoint:
        description:
          - URL of the service, such as V(https://sqs.mnq.fr-par.scaleway.com).
        type: str
      access_key_id:
        description:
          - Access key of the queue. With another one, O(sqs_config.secret_access_key) is written too.
        type: str
      secret_access_key:
        description:
          - Secret key of the queue. It is sent to the API only, and never shown. O(update_secrets) says when it is written.
        type: str
      queue_url:
        description:
          - URL of the queue.
        type: str
  nats_config:
    description:
      - Send a request for each message of a subject of NATS.
      - Each of its options is needed to create a trigger of this kind.
    type: dict
    suboptions:
      server_urls:
        description:
          - URLs of the servers, all of them, such as V(nats://nats.mnq.fr-par.scaleway.com:4222).
        type: list
        elements: str
      subject:
        description:
          - Subject.
        type: str
      credentials_file_content:
        description:
          - Content of the file with the credentials. It is sent to the API only, and never shown. O(update_secrets) says when it is written.
          - Needed, unless O(nats_config.credentials_file) is set.
        type: str
      credentials_file:
        description:
          - Path of a file on the controller that holds O(nats_config.credentials_file_content). It is looked for as other files of a play, in C(files) first.
          - It may be encrypted with Ansible Vault.
        type: path
  update_secrets:
    description:
      - When O(sqs_config.secret_access_key) and O(nats_config.credentials_file_content) are written. The API shows nothing that they could be compared with.
      - V(on_create) writes them only together with the trigger itself, and leaves them alone after that.
        If something else in O(sqs_config) or O(nats_config) changes, such as the access key, they are written along with it, so that both parts of a pair fit.
      - V(always) writes them in every run, which is then a change.
    type: str
    choices: [always, on_create]
    default: on_create
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 600
"""

EXAMPLES = r"""
- name: Send a request every weekday at six in the morning
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: daily-report
    destination_config:
      http_path: /reports
    cron_config:
      schedule: 0 6 * * MON-FRI
      timezone: Europe/Paris
      body: {kind: daily}

- name: Send it at seven, and change nothing else
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: daily-report
    cron_config:
      schedule: 0 7 * * MON-FRI

- name: Send a request for each message of a queue
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: orders
    sqs_config:
      region: fr-par
      endpoint: https://sqs.mnq.fr-par.scaleway.com
      queue_url: https://sqs.mnq.fr-par.scaleway.com/project-6170692e/orders
      access_key_id: "{{ vault_queue_access_key }}"
      secret_access_key: "{{ vault_queue_secret_key }}"

- name: Give it another secret key
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: orders
    sqs_config:
      secret_access_key: "{{ vault_new_queue_secret_key }}"
    update_secrets: always

- name: Send a request for each message of a subject, with credentials from a file that Ansible Vault encrypted
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: events
    nats_config:
      server_urls: [nats://nats.mnq.fr-par.scaleway.com:4222]
      subject: shop.events
      credentials_file: nats.creds

- name: Delete it
  scw.cloud.scw_container_trigger:
    namespace: shop
    container: web
    name: events
    state: absent
"""

RETURN = r"""
trigger:
  description:
    - The trigger as the API shows it. V({}) after it was deleted. In check mode, the trigger as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    container_id: {description: ID of the container., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(updating), V(deleting), V(error) or V(locked) otherwise.", type: str, returned: always}
    error_message: {description: Why it is in status V(error); empty while it is V(ready)., type: str, returned: when it is at rest}
    source_type: {description: "V(cron), V(sqs) or V(nats).", type: str, returned: always}
    destination_config: {description: Which request the container gets., type: dict, returned: always}
    cron_config: {description: Its schedule., type: dict, returned: for a trigger of this kind}
    sqs_config: {description: Its queue; without the secret key., type: dict, returned: for a trigger of this kind}
    nats_config: {description: Its servers and subject; without the credentials., type: dict, returned: for a trigger of this kind}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 51f0b7f2-3c1a-4d7e-9f6b-2a4c6e8f0b13
    name: daily-report
    container_id: 0c2d5b38-9d1f-4f4c-8f3e-7a1b2c3d4e5f
    status: ready
    source_type: cron
    destination_config: {http_path: /reports, http_method: post}
    cron_config:
      schedule: 0 6 * * MON-FRI
      timezone: Europe/Paris
      body: '{"kind": "daily"}'
      headers: {}
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(TRIGGER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
