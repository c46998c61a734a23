#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_code
short_description: Fetch the code of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Writes the archive with the code of a function to a file on the host that runs the module. It is what was uploaded last, byte by byte.
  - If the file has this content already, nothing is transferred. Otherwise it is replaced at once and as a whole.
  - The diff shows which files in the archives differ.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - ansible.builtin.files
seealso:
  - module: scw.cloud.scw_function
  - module: scw.cloud.scw_function_deploy
options:
  namespace:
    description:
      - Namespace the function belongs to, by name or ID. Needed unless O(function) is an ID.
    type: str
    aliases: [namespace_id]
  function:
    description:
      - Function, by name or ID. It must exist and have code, in check mode too.
    type: str
    required: true
    aliases: [function_id]
  dest:
    description:
      - Path of the file, on the host that runs the module. Its folder must exist.
    type: path
    required: true
  wait_timeout:
    description:
      - Deadline for the whole task, the transfer included, in seconds.
    type: int
    default: 300
attributes:
  check_mode:
    description: Can run in check mode and predict the change. It fetches the archive to compare it, and writes nothing.
    support: full
  diff_mode:
    description: Returns what differs, before and after.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
  action_group:
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for this module.
    support: full
    membership: [scw.cloud.scw]
notes:
  - The archive comes from object storage, by a URL that is good for this one transfer. The API key is not sent there, and the URL is shown nowhere.
  - To compare the code of a function with that in a folder, use M(scw.cloud.scw_function) with C(src) in check mode with C(--diff).
"""

EXAMPLES = r"""
- name: Keep the code of a function
  scw.cloud.scw_function_code:
    namespace: shop
    function: resize
    dest: /var/backups/resize.zip
    mode: "0600"

- name: See whether it is still what was kept
  scw.cloud.scw_function_code:
    namespace: shop
    function: resize
    dest: /var/backups/resize.zip
  check_mode: true
  diff: true
  register: kept
  failed_when: kept is changed

- name: Fetch the code of one function, and deploy it as another
  scw.cloud.scw_function_code:
    function: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
    dest: "{{ playbook_dir }}/resize.zip"
  delegate_to: localhost

- name: Deploy it in another namespace
  scw.cloud.scw_function:
    namespace: shop-test
    name: resize
    runtime: python313
    src: "{{ playbook_dir }}/resize.zip"
"""

RETURN = r"""
dest:
  description: Path of the file.
  returned: success
  type: str
  sample: /var/backups/resize.zip
function:
  description: The function as the API shows it, see M(scw.cloud.scw_function).
  returned: success
  type: dict
  sample:
    id: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
    name: resize
    runtime: python313
    status: ready
size:
  description: Bytes of the file.
  returned: success, if the file is there
  type: int
  sample: 78012
mode:
  description: Mode of the file.
  returned: success, if the file is there
  type: str
  sample: "0600"
owner:
  description: Name of the user that owns the file.
  returned: success, if the file is there
  type: str
  sample: root
group:
  description: Name of the group that owns the file.
  returned: success, if the file is there
  type: str
  sample: root
uid:
  description: Number of the user that owns the file.
  returned: success, if the file is there
  type: int
  sample: 0
gid:
  description: Number of the group that owns the file.
  returned: success, if the file is there
  type: int
  sample: 0
state:
  description: Always C(file).
  returned: success, if the file is there
  type: str
  sample: file
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.fetch import fetch_code, fetch_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import Program

PROGRAM = Program(
    fetch_spec(),
    lambda job: fetch_code(job.client, job.params, job.warn, job.files, check_mode=job.check_mode),
    on_target=True,
)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
