#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container
short_description: Manage Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Creates, changes and deletes a serverless container.
  - A container is found by its name within its namespace, or by its ID.
  - Every change rolls the container out again. To do so without a change, when the image was pushed again under the same tag,
    use M(scw.cloud.scw_container_redeploy).
  - If its instances cannot start, the API gives up after about five minutes, and the task fails with the reason that the API gives.
    Such a container can still be changed and deleted.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
  - scw.cloud.serverless_environment
attributes:
  idempotent:
    description: A second run with the same options changes nothing.
    support: partial
    details:
      - With O(update_secrets=always) every run writes the secrets again, which is a change.
notes:
  - A container with O(privacy=private) answers only requests that carry a secret key of IAM in the header C(X-Auth-Token).
    The key needs the permission set C(ContainersPrivateAccess). An example shows how a play makes such a request.
seealso:
  - module: scw.cloud.scw_container_info
  - module: scw.cloud.scw_container_namespace
  - module: scw.cloud.scw_container_domain
  - module: scw.cloud.scw_container_trigger
options:
  id:
    description:
      - ID of an existing container. It never creates one.
    type: str
    aliases: [container_id]
  namespace:
    description:
      - Namespace the container belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Name of the container. Needed to create one. Cannot be changed.
      - It begins with a letter, goes on with letters, digits and hyphens, and ends with a letter or a digit.
    type: str
  image:
    description:
      - Image to run, such as V(rg.fr-par.scw.cloud/shop/web:1.4). Needed to create a container.
      - It is compared as text. An image that was pushed again under the same tag is no change.
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
  min_scale:
    description:
      - How many instances run at least, from 0 to 50 and not more than O(max_scale). A new container gets V(0), so that it costs nothing while nobody uses it.
    type: int
  max_scale:
    description:
      - How many instances run at most, from 1 to 50, and not fewer than O(min_scale). A new container gets V(5).
    type: int
  memory_limit_bytes:
    description:
      - Memory of an instance, such as V(256MB), V(1GB) or V(512MiB), or a number of bytes. A new container gets V(2048MB).
      - Which amounts are allowed follows from O(mvcpu_limit); V(2000m) go with 2000 MB to 8000 MB, for example.
        The API refuses a pair that does not fit, and names what does.
    type: str
  mvcpu_limit:
    description:
      - Share of processors of an instance, in thousandths of a vCPU, such as V(500m) or V(500). Not a fraction of one. A new container gets V(1000m).
    type: str
  local_storage_limit_bytes:
    description:
      - Local storage of an instance, written as O(memory_limit_bytes). A new container gets V(1GB).
    type: str
  timeout:
    description:
      - Time within which a request must be answered, such as V(30s) or V(5m). It needs a unit. A new container gets V(300s).
    type: str
  privacy:
    description:
      - V(public) answers everybody. V(private) answers only requests with a key of IAM. A new container is V(public).
    type: str
    choices: [public, private]
  protocol:
    description:
      - Protocol to speak with the container. A new container gets V(http1).
    type: str
    choices: [http1, h2c]
  port:
    description:
      - Port the container listens on, from 1 to 65535. The platform needs 8008, 8012, 8013, 8022, 9090 and 9091 for itself.
      - The container finds it in its environment variable C(PORT). A new container gets V(8080).
    type: int
  https_connections_only:
    description:
      - Whether requests over plain HTTP are sent on to HTTPS. A new container answers both.
    type: bool
  sandbox:
    description:
      - Version of the environment in which instances run. A new container gets V(v2).
    type: str
    choices: [v1, v2]
  scaling_option:
    description:
      - When another instance is started. Exactly one of its options says so, and replaces the present one.
      - A new container gets O(scaling_option.concurrent_requests_threshold=50).
    type: dict
    suboptions:
      concurrent_requests_threshold:
        description:
          - How many requests at once an instance answers.
        type: int
      cpu_usage_threshold:
        description:
          - Use of processors in percent, from 1 to 100.
        type: int
      memory_usage_threshold:
        description:
          - Use of memory in percent, from 1 to 100.
        type: int
  liveness_probe:
    description:
      - How to find out whether a running instance is well; one that is not is restarted. What is left out of it is left alone.
      - A new container gets a TCP check of O(port) every 10 seconds, which may fail 30 times in a row.
      - The kind of check is chosen by O(liveness_probe.tcp) or O(liveness_probe.http); the other one replaces the present one.
        One of them is needed to set a probe where there is none.
    type: dict
    suboptions: &probe
      failure_threshold:
        description:
          - How many checks in a row must fail. Needed to set a probe where there is none.
        type: int
      interval:
        description:
          - Time between two checks, such as V(10s). It needs a unit. The API chooses it if it is left out where there is no probe.
        type: str
      timeout:
        description:
          - Time within which a check must succeed, such as V(1s). It needs a unit. The API chooses it if it is left out where there is no probe.
        type: str
      tcp:
        description:
          - Connect only. It has no settings, so write V({}).
        type: dict
      http:
        description:
          - Send an HTTP request.
        type: dict
        suboptions:
          path:
            description:
              - Path to request.
            type: str
            required: true
  startup_probe:
    description:
      - How to find out whether an instance has started; until then it gets no requests and the liveness probe does not run.
      - A new container has none. The API has no call to remove it again.
      - Its kind of check is chosen as that of O(liveness_probe).
    type: dict
    suboptions: *probe
  private_network_id:
    description:
      - ID of a private network the container is attached to, so that it reaches what is inside. V("") detaches it.
    type: str
    aliases: [private_network]
  command:
    description:
      - What to run in place of the entry point of the image. V([]) goes back to that of the image.
    type: list
    elements: str
  args:
    description:
      - Arguments of O(command) or of the entry point. V([]) goes back to those of the image.
    type: list
    elements: str
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 900
"""

EXAMPLES = r"""
- name: Create a container
  scw.cloud.scw_container:
    namespace: shop
    name: web
    image: rg.fr-par.scw.cloud/shop/web:1.4
    port: 8080
    min_scale: 1
    max_scale: 10
    mvcpu_limit: 500m
    memory_limit_bytes: 512MB
    environment_variables:
      GREETING: Hello
    secret_environment_variables:
      SESSION_KEY: "{{ vault_session_key }}"
    liveness_probe:
      failure_threshold: 5
      interval: 10s
      timeout: 1s
      http:
        path: /health
  register: web

- name: Wait until it answers
  ansible.builtin.uri:
    url: "{{ web.container.public_endpoint }}"
  register: answer
  until: answer.status == 200
  retries: 5

- name: Run another image, and change nothing else
  scw.cloud.scw_container:
    namespace: shop
    name: web
    image: rg.fr-par.scw.cloud/shop/web:1.5

- name: Add another instance when the processors are busy
  scw.cloud.scw_container:
    namespace: shop
    name: web
    scaling_option:
      cpu_usage_threshold: 70

- name: Replace one secret and keep the others, for which the task need not know them
  scw.cloud.scw_container:
    namespace: shop
    name: web
    secret_environment_variables:
      SESSION_KEY: "{{ vault_new_session_key }}"
    merge_environment_variables: true

- name: Let it answer only those who have a key
  scw.cloud.scw_container:
    namespace: shop
    name: web
    privacy: private

- name: Call it with a key of IAM
  ansible.builtin.uri:
    url: "{{ web.container.public_endpoint }}"
    headers:
      X-Auth-Token: "{{ vault_iam_secret_key }}"
  no_log: true

- name: Detach it from its private network
  scw.cloud.scw_container:
    namespace: shop
    name: web
    private_network_id: ""

- name: Delete it with its domains and triggers
  scw.cloud.scw_container:
    namespace: shop
    name: web
    state: absent
"""

RETURN = r"""
container:
  description:
    - The container as the API shows it. V({}) after it was deleted. In check mode, the container as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    namespace_id: {description: ID of the namespace., type: str, returned: always}
    public_endpoint: {description: URL at which it answers., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(updating), V(deleting), V(error) or V(locked) otherwise.", type: str, returned: always}
    error_message: {description: Why it is in status V(error); empty while it is V(ready)., type: str, returned: when it is at rest}
    image: {description: Image., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    min_scale: {description: How many instances run at least., type: int, returned: always}
    max_scale: {description: How many instances run at most., type: int, returned: always}
    memory_limit_bytes: {description: Memory of an instance in bytes., type: int, returned: always}
    mvcpu_limit: {description: Share of processors of an instance in thousandths of a vCPU., type: int, returned: always}
    local_storage_limit_bytes: {description: Local storage of an instance in bytes., type: int, returned: always}
    timeout: {description: "Time within which a request must be answered, such as V(300s).", type: str, returned: always}
    privacy: {description: Whom it answers., type: str, returned: always}
    protocol: {description: Protocol spoken with it., type: str, returned: always}
    port: {description: Port it listens on., type: int, returned: always}
    https_connections_only: {description: Whether requests over plain HTTP are sent on to HTTPS., type: bool, returned: always}
    sandbox: {description: Version of its environment., type: str, returned: always}
    scaling_option: {description: When another instance is started; only the chosen key is there., type: dict, returned: always}
    liveness_probe: {description: How its instances are checked while they run., type: dict, returned: always}
    startup_probe: {description: How its instances are checked while they start; null if they are not., type: dict, returned: always}
    private_network_id: {description: ID of its private network., type: str, returned: when it is attached to one}
    command: {description: What runs in place of the entry point., type: list, elements: str, returned: always}
    args: {description: Arguments., type: list, elements: str, returned: always}
    environment_variables: {description: Environment variables., type: dict, returned: always}
    secret_environment_variables: {description: Names of secret environment variables with argon2id hashes of their values., type: dict, returned: always}
    region: {description: Region., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 0c2d5b38-9d1f-4f4c-8f3e-7a1b2c3d4e5f
    name: web
    namespace_id: 4cb3f0ac-7f6a-4a0b-9a55-3f5a6c1d2e70
    public_endpoint: https://shop4cb3f0ac-web.functions.fnc.fr-par.scw.cloud
    status: ready
    error_message: ""
    image: rg.fr-par.scw.cloud/shop/web:1.4
    min_scale: 1
    max_scale: 10
    memory_limit_bytes: 512000000
    mvcpu_limit: 500
    timeout: 300s
    privacy: public
    port: 8080
    scaling_option: {concurrent_requests_threshold: 50}
    environment_variables: {GREETING: Hello}
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(CONTAINER)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
