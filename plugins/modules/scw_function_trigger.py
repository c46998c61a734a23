#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_trigger
short_description: Manage triggers of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Creates, changes and deletes a trigger, that is what calls a function for the messages of a queue.
  - A trigger is found by its name within its function, or by its ID.
  - Exactly one of O(scw_sqs_config), O(scw_nats_config) and O(sqs_config) says what it follows. This cannot be changed;
    delete the trigger and create another one.
  - To call a function by a schedule, use M(scw.cloud.scw_function_cron).
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
seealso:
  - module: scw.cloud.scw_function_trigger_info
  - module: scw.cloud.scw_function
  - module: scw.cloud.scw_function_cron
options:
  id:
    description:
      - ID of an existing trigger. It never creates one.
      - Together with O(name), the trigger is renamed, unless another one of the function has that name.
    type: str
    aliases: [trigger_id]
  function:
    description:
      - Function the trigger belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, by name or ID. Needed if O(function) is a name.
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
  scw_sqs_config:
    description:
      - Call the function for each message of a queue of Scaleway Messaging and Queuing that speaks the protocol of Amazon SQS.
        Scaleway takes care of the credentials.
      - Each of its options is needed to create a trigger of this kind. None can be changed.
    type: dict
    suboptions:
      queue:
        description:
          - Name of the queue.
        type: str
      mnq_project_id:
        description:
          - ID of the project of the queue.
        type: str
      mnq_region:
        description:
          - Region of the queue, such as V(fr-par).
        type: str
  scw_nats_config:
    description:
      - Call the function for each message of a subject of Scaleway Messaging and Queuing that speaks the protocol of NATS.
        Scaleway takes care of the credentials.
      - Each of its options is needed to create a trigger of this kind. None can be changed.
    type: dict
    suboptions:
      subject:
        description:
          - Subject.
        type: str
      mnq_nats_account_id:
        description:
          - ID of the NATS account.
        type: str
      mnq_project_id:
        description:
          - ID of the project of the account.
        type: str
      mnq_region:
        description:
          - Region of the account, such as V(fr-par).
        type: str
  sqs_config:
    description:
      - Call the function for each message of any queue that speaks the protocol of Amazon SQS, with credentials of your own.
      - Each of its options is needed to create a trigger of this kind.
    type: dict
    suboptions:
      endpoint:
        description:
          - URL of the service, such as V(https://sqs.mnq.fr-par.scaleway.com). Cannot be changed.
        type: str
      queue_url:
        description:
          - URL of the queue. Cannot be changed.
        type: str
      access_key:
        description:
          - Access key of the queue. It is never shown. O(update_secrets) says when it is written.
        type: str
      secret_key:
        description:
          - Secret key of the queue. It is sent to the API only, and never shown. O(update_secrets) says when it is written.
        type: str
  update_secrets:
    description:
      - When O(sqs_config.access_key) and O(sqs_config.secret_key) are written. They are not compared with anything.
      - V(on_create) writes them only together with the trigger itself, and leaves them alone after that. So after a change of keys
        set V(always) once; of the two, neither is ever shown.
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
- name: Call a function for each message of a queue of Scaleway
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: pictures
    scw_sqs_config:
      queue: pictures
      mnq_project_id: 6170692e-7363-616c-6577-61792e636f6d
      mnq_region: fr-par

- name: Describe it, and change nothing else
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: pictures
    description: New pictures of the shop

- name: Call it for each message of a subject
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: events
    scw_nats_config:
      subject: shop.events
      mnq_nats_account_id: AAMZQ7S3YQ5XWBLDPJ2NR4CTUVH6KEGO
      mnq_project_id: 6170692e-7363-616c-6577-61792e636f6d
      mnq_region: fr-par

- name: Call it for each message of a queue with a key of its own
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: orders
    sqs_config:
      endpoint: https://sqs.mnq.fr-par.scaleway.com
      queue_url: https://sqs.mnq.fr-par.scaleway.com/project-6170692e/orders
      access_key: "{{ vault_queue_access_key }}"
      secret_key: "{{ vault_queue_secret_key }}"

- name: Give it another key
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: orders
    sqs_config:
      access_key: "{{ vault_new_queue_access_key }}"
      secret_key: "{{ vault_new_queue_secret_key }}"
    update_secrets: always

- name: Delete it
  scw.cloud.scw_function_trigger:
    namespace: shop
    function: resize
    name: orders
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
    function_id: {description: ID of the function., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(pending), V(deleting), V(error) or V(unknown_status) otherwise.", type: str, returned: always}
    error_message: {description: Why it is in status V(error); null otherwise., type: str, returned: always}
    input_type: {description: "V(scw_sqs), V(scw_nats) or V(sqs).", type: str, returned: always}
    scw_sqs_config:
      description: Its queue, and in C(mnq_credential_id) the ID of the credentials that Scaleway made.
      type: dict
      returned: for a trigger of this kind
    scw_nats_config:
      description: Its subject, and in C(mnq_credential_id) the ID of the credentials that Scaleway made.
      type: dict
      returned: for a trigger of this kind
    sqs_config: {description: Its queue; without the secret key., type: dict, returned: for a trigger of this kind}
  sample:
    id: d2a7c5f0-6b13-4e98-8c40-7f1e9b3d5a26
    name: pictures
    description: ""
    function_id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
    status: ready
    error_message: null
    input_type: scw_sqs
    scw_sqs_config:
      queue: pictures
      mnq_project_id: 6170692e-7363-616c-6577-61792e636f6d
      mnq_region: fr-par
      mnq_credential_id: 0b9e4d72-1c58-4f3a-a6d7-e5f20c8b1934
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(TRIGGER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
