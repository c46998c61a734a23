#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_token_info
short_description: List tokens of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Lists the tokens of a function or of a namespace, or looks up one of them, without what callers send. An empty list is no failure.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_function_token
options:
  id:
    description:
      - ID of one token. The list is empty if it does not exist.
    type: str
    aliases: [token_id]
  function:
    description:
      - Function the tokens are for, by name or ID. If there is no such function, the list is empty and a warning says so.
      - When unset, the tokens for O(namespace) as a whole are listed, without those for single functions of it.
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, or the one that the tokens are for, by name or ID. Needed unless O(id) is set, or O(function) is an ID.
    type: str
    aliases: [namespace_id]
  description:
    description:
      - Only tokens with exactly this description.
    type: str
"""

EXAMPLES = r"""
- name: List the tokens of a function
  scw.cloud.scw_function_token_info:
    namespace: shop
    function: resize
  register: found

- name: Show when they expire
  ansible.builtin.debug:
    msg: "{{ item.description }}: {{ item.expires_at }}"
  loop: "{{ found.tokens }}"

- name: List the tokens of one description for a whole namespace
  scw.cloud.scw_function_token_info:
    namespace: shop
    description: audit

- name: Look up one by ID
  scw.cloud.scw_function_token_info:
    id: 3f0a7c1e-2d54-4a83-8f6c-0b9d1e7a5c42
"""

RETURN = r"""
tokens:
  description:
    - The tokens as the API shows them. See M(scw.cloud.scw_function_token) for their keys.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3f0a7c1e-2d54-4a83-8f6c-0b9d1e7a5c42
      token: <hidden>
      public_key: ""
      description: web shop
      expires_at: "2026-10-01T15:02:20Z"
      function_id: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
      status: ready
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.tokens import list_tokens, tokens_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(tokens_spec(), list_tokens, predicts=False)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
