#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_deploy
short_description: Deploy Serverless Functions of Scaleway again
version_added: 0.1.0
description:
  - Builds a function from the code that was uploaded last, and starts it. The settings of the function stay as they are.
  - A change made with M(scw.cloud.scw_function), of code or of settings, deploys the function by itself. Use this module where the same code has to be built
    again, such as for newer versions of the libraries that it installs, or where another tool uploaded the code.
  - A function in status C(error) can be deployed again. One without code is refused.
  - In the diff, C(updated_at) stands for the deployment.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.all_children
seealso:
  - module: scw.cloud.scw_function
  - module: scw.cloud.scw_function_code
options:
  namespace:
    description:
      - Namespace the function belongs to, by name or ID. Needed unless O(function) is an ID.
    type: str
    aliases: [namespace_id]
  function:
    description:
      - Function, by name or ID. It must exist.
      - In check mode, a name that does not exist is taken for a function that an earlier task creates, and a warning says so. The same holds for a function
        that has no code yet.
    type: str
    required: true
    aliases: [function_id]
  wait:
    description:
      - Whether to wait until the function is deployed, and to fail with the reason if it cannot be built. That can take some minutes.
      - With V(false) the task returns the function as it is right after the request. It still waits for an earlier change to finish before it writes.
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
    support: none
    details:
      - Each run deploys the function. Use it as a handler, or with a condition.
notes:
  - If the answer to the request for a deployment is lost, the task looks whether the function is deployed. Only if nothing of it shows, the request is sent
    again, and a warning says that there may have been two deployments. If the task fails before that is known, it says so in RV(error.may_have_changed).
"""

EXAMPLES = r"""
- name: Deploy a function again
  scw.cloud.scw_function_deploy:
    namespace: shop
    function: resize

- name: Deploy it by its ID, and do not wait
  scw.cloud.scw_function_deploy:
    function: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
    region: nl-ams
    wait: false

# Among the handlers of the play: deploys once, however many tasks notify it, and only if one of them changed something.
- name: Deploy the function
  scw.cloud.scw_function_deploy:
    namespace: shop
    function: resize

# In a play that runs every night.
- name: Build all functions with the newest versions of their libraries
  scw.cloud.scw_function_deploy:
    namespace: shop
    function: "{{ item }}"
  loop: [resize, notify]
"""

RETURN = r"""
function:
  description:
    - The function as the API shows it, see M(scw.cloud.scw_function). With O(wait=true), after the deployment.
    - In check mode, the function as it would be.
  returned: success
  type: dict
  sample:
    id: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
    name: resize
    namespace_id: 8a6f0f3e-0c3f-4f43-9d0a-5f4a2c1b7e22
    runtime: python313
    status: ready
    error_message: null
    build_message: null
    runtime_message: ""
    created_at: "2026-07-03T15:02:18.882085Z"
    updated_at: "2026-07-03T15:04:01.250000Z"
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    done: {description: What had been done., type: list, elements: str, returned: if the function was found}
    not_done: {description: What was not done., type: list, elements: str, returned: if the function was found}
    may_have_changed:
      description: Whether the request for a deployment was sent, and it is not known whether it had an effect.
      type: bool
      returned: if that is so
    status: {description: The status of the function., type: str, returned: if the deployment failed}
    reason:
      description: Why the deployment failed, in the words of the API. These are its C(error_message), C(build_message) and C(runtime_message).
      type: str
      returned: if the deployment failed
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.deploy import deploy_spec, manage_deploy
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(deploy_spec(), manage_deploy)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
