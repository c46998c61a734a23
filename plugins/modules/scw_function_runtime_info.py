#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_runtime_info
short_description: List the runtimes of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists the runtimes that a function can have, with how long each is supported. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function
options:
  name:
    description:
      - Only the runtime with exactly this name, such as V(python313).
    type: str
  language:
    description:
      - Only runtimes of this language, such as V(Python). Case has no meaning.
    type: str
  status:
    description:
      - Only runtimes in this status. New functions can have those that are V(available) or V(beta).
    type: str
    choices: [beta, available, deprecated, end_of_support, end_of_life]
"""

EXAMPLES = r"""
- name: List all runtimes
  scw.cloud.scw_function_runtime_info:
  register: found

- name: Show which have reached their end, and what the API says about them
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.status_message }}"
  loop: "{{ found.runtimes | selectattr('status', 'eq', 'end_of_life') }}"

- name: List those of Python that new functions can have
  scw.cloud.scw_function_runtime_info:
    language: python
    status: available

- name: Look up one
  scw.cloud.scw_function_runtime_info:
    name: node24
"""

RETURN = r"""
runtimes:
  description:
    - The runtimes as the API shows them.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: "Name, as in O(scw.cloud.scw_function#module:runtime).", type: str, returned: always}
    language: {description: Language., type: str, returned: always}
    version: {description: Version of the language., type: str, returned: always}
    default_handler: {description: "What a function gets for O(scw.cloud.scw_function#module:handler) if its task gives none.", type: str, returned: always}
    code_sample: {description: A small function for this runtime., type: str, returned: always}
    status: {description: "V(available), V(beta), V(deprecated), V(end_of_support), V(end_of_life) or V(unknown_status).", type: str, returned: always}
    status_message: {description: What the API says about the status., type: str, returned: always}
    extension: {description: Ending of the names of files in this language., type: str, returned: always}
    implementation: {description: Implementation of the language., type: str, returned: always}
    logo_url: {description: URL of a logo., type: str, returned: always}
  sample:
    - name: python313
      language: Python
      version: "3.13"
      default_handler: handler.handle
      status: available
      status_message: ""
      extension: py
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.runtimes import list_runtimes, runtimes_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(runtimes_spec(), list_runtimes, predicts=False)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
