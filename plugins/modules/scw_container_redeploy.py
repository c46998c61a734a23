#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_redeploy
short_description: Roll out Serverless Containers of Scaleway again
version_added: 0.1.0
description:
  - Starts new instances of a container with what its image is now, and ends the old ones. The settings of the container stay as they are.
  - Use it after pushing an image with the same tag. A change made with M(scw.cloud.scw_container) rolls out the container by itself.
  - A container in status C(error) can be rolled out again.
  - In the diff, C(updated_at) stands for the rollout. If the image was pushed since the last one, C(image_tag) shows the digest and the time of that push.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.all_children
seealso:
  - module: scw.cloud.scw_container
  - module: scw.cloud.scw_container_info
options:
  namespace:
    description:
      - Namespace the container belongs to, by name or ID. Needed unless O(container) is an ID.
    type: str
    aliases: [namespace_id]
  container:
    description:
      - Container, by name or ID. It must exist.
      - In check mode, a name that does not exist is taken for a container that an earlier task creates, and a warning says so.
    type: str
    required: true
    aliases: [container_id]
  when_image_changed:
    description:
      - With V(false), the container is rolled out each time.
      - With V(true), it is rolled out only if the tag of its image was pushed since its last rollout, or if that rollout failed.
      - Scaleway's registry is asked when the tag was pushed, so the image has to be there, as C(rg.<region>.scw.cloud/<namespace>/<image>:<tag>), and the API
        key must be allowed to read it. The tag is C(latest) if the image names none. For an image elsewhere, or one that the registry does not show, the task
        fails.
      - An image with a digest, such as C(<image>@sha256:…), always means the same content. It is rolled out only if its last rollout failed.
      - The push is compared with the C(updated_at) of the container. Every change of the container moves that, because it rolls out the container too.
      - The API tells when a rollout ended, but not when it began, except while it is under way. So a push during a rollout is seen only by a task that runs
        before the rollout ends. A rollout that this task waits for ends with a warning if there was such a push. To be sure after a push, use V(false).
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the rollout is in effect, and to fail with the reason if the API gives up on it. That can take 5 minutes.
      - With V(false) the task returns the container as it is right after the request. It still waits for an earlier change to finish before it writes.
    type: bool
    default: true
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 900
attributes:
  idempotent:
    description: A second run with the same options changes nothing.
    support: partial
    details:
      - With O(when_image_changed=true), unless the rollout failed or the image was pushed again. Otherwise each run rolls out the container.
notes:
  - If the answer to the request for a rollout is lost, the task looks whether the container is rolled out. Only if nothing of it shows, the request is sent
    again, and a warning says that there may have been two rollouts. If the task fails before that is known, it says so in RV(error.may_have_changed).
"""

EXAMPLES = r"""
- name: Roll out a container
  scw.cloud.scw_container_redeploy:
    namespace: shop
    container: api

- name: Roll it out by its ID, and do not wait
  scw.cloud.scw_container_redeploy:
    container: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11
    region: nl-ams
    wait: false

# In a pipeline that builds and pushes an image. The name of the tag stays the same.
- name: Push the image
  community.docker.docker_image_push:
    name: rg.fr-par.scw.cloud/shop/api
    tag: stable
  notify: Roll out the API

# Among the handlers of the play: rolls out once, however many tasks notify it, and only if one of them changed something.
- name: Roll out the API
  scw.cloud.scw_container_redeploy:
    namespace: shop
    container: api

# In a play that runs every hour, and does not push images itself.
- name: Roll out what was pushed since, or failed
  scw.cloud.scw_container_redeploy:
    namespace: shop
    container: "{{ item }}"
    when_image_changed: true
  loop: [api, worker]

- name: See which containers wait for a rollout
  scw.cloud.scw_container_redeploy:
    namespace: shop
    container: api
    when_image_changed: true
  check_mode: true
  diff: true
"""

RETURN = r"""
container:
  description:
    - The container as the API shows it, see M(scw.cloud.scw_container). With O(wait=true), after the rollout.
    - In check mode, the container as it would be.
  returned: success
  type: dict
  sample:
    id: 6f3d6c1f-9a7f-4d2c-a3f2-0c9a9f6a2b11
    name: api
    namespace_id: 2b8f4b1e-5f0f-4c57-8d0e-0f7d7a1d9c41
    image: rg.fr-par.scw.cloud/shop/api:stable
    status: ready
    error_message: ""
    created_at: "2026-05-05T14:42:18.882085Z"
    updated_at: "2026-05-05T14:42:54Z"
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    done: {description: What had been done., type: list, elements: str, returned: if a rollout was due}
    not_done: {description: What was not done., type: list, elements: str, returned: if a rollout was due}
    may_have_changed:
      description: Whether the request for a rollout was sent, and it is not known whether it had an effect.
      type: bool
      returned: if that is so
    status: {description: The status of the container., type: str, returned: if the rollout failed}
    reason: {description: "Why the rollout failed, in the words of the API.", type: str, returned: if the rollout failed}
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.rollout import manage_rollout, rollout_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(rollout_spec(), manage_rollout)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
