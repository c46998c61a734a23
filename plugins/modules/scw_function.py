#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function
short_description: Manage Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Creates, changes and deletes a serverless function, and deploys its code from a folder or an archive on the controller.
  - A function is found by its name within its namespace, or by its ID.
  - A function without code stays in status V(created), and its settings can be changed. Every change of another one builds it again
    and rolls it out. If O(src) differs too, code and settings are rolled out together, in one build.
  - If the API cannot build or start it, the task fails with the reason that the API gives. Such a function can still be changed and deleted.
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
  action:
    description: Reads and packs O(src) on the controller.
    support: full
  async:
    description: Can run in the background.
    support: full
notes:
  - A function with O(privacy=private) answers only requests that carry a secret key of IAM in the header C(X-Auth-Token).
    The key needs the permission set C(FunctionsPrivateAccess). An example shows how a play makes such a request.
  - The code is compared with the archive that the API keeps, which is downloaded only if it is not byte for byte the one of the task.
    So nothing about it is remembered on the controller, and a colleague's upload is noticed.
  - The API key is not sent to the object storage that holds the code.
seealso:
  - module: scw.cloud.scw_function_info
  - module: scw.cloud.scw_function_namespace
  - module: scw.cloud.scw_function_runtime_info
  - module: scw.cloud.scw_function_cron
  - module: scw.cloud.scw_function_domain
  - module: scw.cloud.scw_function_trigger
options:
  id:
    description:
      - ID of an existing function. It never creates one.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace the function belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Name of the function. Needed to create one. Cannot be changed.
      - It begins with a letter, goes on with letters, digits and hyphens, and ends with a letter or a digit.
    type: str
  src:
    description:
      - The code of the function, a folder or a zip archive on the controller. It is looked for as other files of a play, in C(files) first.
        Without it the code is left alone.
      - Code is uploaded and deployed only if its files differ from those that were uploaded last, in name, content, or in whether they can be executed.
        Dates, the order of files, and how they are compressed do not count. The diff names the files that differ, each with its size and
        the first part of its SHA-256 hash, and shows nothing of their content.
      - What is the same is deployed again if its last deployment failed, or if it was interrupted before it began.
      - A folder is packed so that the same files make the same archive, without what O(ignore) names. An archive is uploaded as it is.
      - Symbolic links in a folder are packed as what they lead to, which must lie in the folder.
        Files that Ansible Vault encrypted are packed as they are, and not decrypted.
      - The file that O(handler) names must be at its place in the archive; libraries that the function needs must be in it too.
      - The platform takes archives of at most 100 MiB, and 500 MiB when unpacked.
    type: path
  ignore:
    description:
      - What is left out of a folder, as patterns of the shell. A pattern without a slash is matched with the names of files and folders
        at any depth, one with a slash with the whole path below O(src). V([]) packs everything.
      - When unset, C(.ansible), C(.DS_Store), C(.env), C(.git), C(.gitignore), C(.hg), C(.idea), C(.mypy_cache), C(.pytest_cache),
        C(.ruff_cache), C(.svn), C(.venv), C(.vscode), C(__pycache__), C(*.pyc), C(*.swp) and C(Thumbs.db) are left out.
      - It means nothing for an archive.
    type: list
    elements: str
  runtime:
    description:
      - Runtime, such as V(python313). Needed to create a function. M(scw.cloud.scw_function_runtime_info) lists what is on offer.
      - One that does not exist or has reached its end of life is refused before anything is written. One whose support ends is warned of.
    type: str
  handler:
    description:
      - What is called for a request. For Node, PHP and Python, the path of a file in O(src) without its ending, a dot, and the name
        of a function in it, such as V(handler.handle). For Go and Rust, the name of a function.
      - A new function gets what is usual for its runtime.
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
      - How many instances run at least, from 0 to 50. A new function gets V(0), so that it costs nothing while nobody uses it.
    type: int
  max_scale:
    description:
      - How many instances run at most, from 1 to 50, and not fewer than O(min_scale). A new function gets V(5).
    type: int
  memory_limit:
    description:
      - Memory of an instance, such as V(256MB), V(256) or V(2GiB); the API has 1024 megabytes in a gigabyte. A new function gets V(256MB).
      - The platform offers 128, 256, 512, 1024, 2048 and 4096 MB, each with a share of processors that goes with it. The API refuses others.
    type: str
  timeout:
    description:
      - Time within which a request must be answered, such as V(30s) or V(5m). It needs a unit. A new function gets V(300s).
    type: str
  privacy:
    description:
      - V(public) answers everybody. V(private) answers only requests with a key of IAM. A new function is V(public).
    type: str
    choices: [public, private]
  http_option:
    description:
      - V(redirected) sends requests over plain HTTP on to HTTPS, V(enabled) answers both. A new function gets V(enabled).
    type: str
    choices: [enabled, redirected]
  sandbox:
    description:
      - Version of the environment in which instances run. A new function gets V(v2).
    type: str
    choices: [v1, v2]
  private_network_id:
    description:
      - ID of a private network the function is attached to, so that it reaches what is inside. V("") detaches it.
    type: str
    aliases: [private_network]
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 900
"""

EXAMPLES = r"""
- name: Create a function from a folder beside the play, and run it
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    runtime: python313
    handler: handler.handle
    src: functions/resize
    memory_limit: 512MB
    timeout: 30s
    environment_variables:
      LARGEST: "1600"
    secret_environment_variables:
      STORE_KEY: "{{ vault_store_key }}"
  register: resize

- name: Wait until it answers
  ansible.builtin.uri:
    url: "https://{{ resize.function.domain_name }}"
  register: answer
  until: answer.status == 200
  retries: 5

- name: Show what a new version of the code would change
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    src: functions/resize
  check_mode: true
  diff: true

- name: Leave tests out of what is deployed
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    src: functions/resize
    ignore: [__pycache__, "*.pyc", tests, docs/drafts]

- name: Deploy an archive that was built before
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    src: build/resize.zip

- name: Keep an instance ready, and leave the code alone
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    min_scale: 1

- name: Replace one secret and keep the others, for which the task need not know them
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    secret_environment_variables:
      STORE_KEY: "{{ vault_new_store_key }}"
    merge_environment_variables: true

- name: Let it answer only those who have a key
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    privacy: private

- name: Call it with a key of IAM
  ansible.builtin.uri:
    url: "https://{{ resize.function.domain_name }}"
    headers:
      X-Auth-Token: "{{ vault_iam_secret_key }}"
  no_log: true

- name: Delete it with its crons, domains and triggers
  scw.cloud.scw_function:
    namespace: shop
    name: resize
    state: absent
"""

RETURN = r"""
function:
  description:
    - The function as the API shows it. V({}) after it was deleted. In check mode, the function as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    namespace_id: {description: ID of the namespace., type: str, returned: always}
    domain_name: {description: Host name at which it answers., type: str, returned: always}
    status:
      description: V(ready) at rest, or V(created) while it has no code; V(creating), V(pending), V(deleting), V(error), V(locked) or V(unknown) otherwise.
      type: str
      returned: always
    error_message: {description: Why it is in status V(error); null otherwise., type: str, returned: always}
    build_message: {description: What its build is doing; null if none is under way., type: str, returned: always}
    runtime: {description: Runtime., type: str, returned: always}
    runtime_message: {description: What the API says about the runtime; empty while it is supported., type: str, returned: always}
    handler: {description: What is called for a request., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    min_scale: {description: How many instances run at least., type: int, returned: always}
    max_scale: {description: How many instances run at most., type: int, returned: always}
    memory_limit: {description: Memory of an instance in megabytes., type: int, returned: always}
    cpu_limit: {description: Share of processors of an instance in thousandths of a vCPU; it follows from the memory., type: int, returned: always}
    timeout: {description: "Time within which a request must be answered, such as V(300s).", type: str, returned: always}
    privacy: {description: Whom it answers., type: str, returned: always}
    http_option: {description: What happens to requests over plain HTTP., type: str, returned: always}
    sandbox: {description: Version of its environment., type: str, returned: always}
    private_network_id: {description: ID of its private network; null if it is attached to none., type: str, returned: always}
    environment_variables: {description: Environment variables., type: dict, returned: always}
    secret_environment_variables:
      description: Secret environment variables, each with C(key) and C(hashed_value), the argon2id hash of its value.
      type: list
      elements: dict
      returned: always
    region: {description: Region., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
    ready_at: {description: When it was first deployed; null if it never was., type: str, returned: always}
  sample:
    id: c9d0a7f4-5e18-4b7a-9f26-1d3e5a7b9c02
    name: resize
    namespace_id: 7a1f3c60-2b7e-4f0d-9c52-0b8f6c2d9e11
    domain_name: shopx3k9q2vb-resize.functions.fnc.fr-par.scw.cloud
    status: ready
    error_message: null
    runtime: python313
    runtime_message: ""
    handler: handler.handle
    min_scale: 0
    max_scale: 5
    memory_limit: 512
    cpu_limit: 280
    timeout: 30s
    privacy: public
    environment_variables: {LARGEST: "1600"}
    private_network_id: null
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.code import function_spec, manage_function
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(function_spec(), manage_function, code="src")


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
