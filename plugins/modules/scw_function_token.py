#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_function_token
short_description: Manage tokens of Scaleway Serverless Functions
version_added: 0.1.0
description:
  - Makes a token that callers of a private function send in the header C(X-Auth-Token). It is good for one function, or for all functions of a namespace.
  - A token is found by its description in the function or namespace that it is for, or by its ID. Tokens of a namespace are others than those of its functions.
  - The API shows a token only once, in the answer to its creation. So RV(token.token) has it only if this task created it, and is V(<hidden>) in every later
    run. Keep it at once, and set C(no_log) to V(true) for the task, because its result is shown otherwise.
  - A token is fixed once it is made. With O(renew_before), another one is made before it expires, and both are good until it does.
  - Scaleway recommends its IAM for new functions, and calls these tokens deprecated.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.region_location
  - scw.cloud.state
seealso:
  - module: scw.cloud.scw_function_token_info
  - module: scw.cloud.scw_function
options:
  id:
    description:
      - ID of an existing token. It never creates one.
      - Mutually exclusive with O(expires_in) and O(renew_before).
    type: str
    aliases: [token_id]
  function:
    description:
      - Function the token is for, by name or ID. When unset, the token is for all functions of O(namespace).
    type: str
    aliases: [function_id]
  namespace:
    description:
      - Namespace of the function, or the one that the token is for, by name or ID. Needed unless O(id) is set, or O(function) is an ID.
    type: str
    aliases: [namespace_id]
  description:
    description:
      - What tells the token from others of the same function or namespace. Needed unless O(id) is set. Cannot be changed.
      - If several tokens have it, the one that lasts longest counts. They are what renewals leave behind until they expire.
    type: str
  expires_at:
    description:
      - When it expires, as a moment with its offset from UTC, such as V(2027-01-31T12:00:00Z). Moments are compared, not how they are written.
      - Cannot be changed, and must not be in the past when the token is created. When neither this nor O(expires_in) is set, it never expires.
      - Mutually exclusive with O(expires_in).
    type: str
  expires_in:
    description:
      - How long a new token lasts, such as V(90d). Used only when one is created. A token that is there is never compared with it.
    type: str
  renew_before:
    description:
      - Make another token if the one that lasts longest expires within this time, such as V(14d). It must be less than O(expires_in), which is needed too.
      - The old token is left alone, so that whoever has it can go on until it expires. Tokens of O(description) that have expired already are deleted then.
      - When unset, a token that has expired stays, and a warning says so.
    type: str
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 300
notes:
  - Nobody can use a token whose value was lost. If the answer to a creation does not arrive, the task looks for the token, deletes it, and creates another one.
    If it created a token and fails before it can return it, it deletes it again.
  - A token in status C(error) is replaced by another one.
"""

EXAMPLES = r"""
- name: Have a token for a function
  scw.cloud.scw_function_token:
    namespace: shop
    function: resize
    description: web shop
    expires_in: 90d
    renew_before: 14d
  register: made
  no_log: true

- name: Keep it, if it is new
  ansible.builtin.copy:
    content: "{{ made.token.token }}"
    dest: /etc/shop/resize.token
    owner: shop
    mode: "0400"
  when: made is changed
  no_log: true

- name: Have a token for all functions of a namespace, until a certain day
  scw.cloud.scw_function_token:
    namespace: shop
    description: audit
    expires_at: "2027-01-31T12:00:00Z"
  register: audit
  no_log: true

- name: Delete all tokens of the web shop
  scw.cloud.scw_function_token:
    namespace: shop
    function: resize
    description: web shop
    state: absent

- name: Delete one by its ID
  scw.cloud.scw_function_token:
    id: 3f0a7c1e-2d54-4a83-8f6c-0b9d1e7a5c42
    state: absent
"""

RETURN = r"""
token:
  description:
    - The token as the API shows it. V({}) after it was deleted. In check mode, the token as it would be.
    - Its key C(token) is a secret if this task created it. Set C(no_log) to V(true) for the task.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    token: {description: "What callers send, if this task created it; V(<hidden>) otherwise.", type: str, returned: always}
    public_key: {description: "Key that its signature can be checked with, if this task created it; empty otherwise.", type: str, returned: always}
    description: {description: What tells it from others., type: str, returned: always}
    expires_at: {description: "When it expires, in UTC; null if it never does.", type: str, returned: always}
    function_id: {description: ID of the function., type: str, returned: if it is for one function}
    namespace_id: {description: ID of the namespace., type: str, returned: if it is for a namespace}
    status: {description: "V(ready) at rest; V(creating), V(deleting) or V(error) otherwise.", type: str, returned: always}
  sample:
    id: 3f0a7c1e-2d54-4a83-8f6c-0b9d1e7a5c42
    token: <hidden>
    public_key: ""
    description: web shop
    expires_at: "2026-10-01T15:02:20Z"
    function_id: 1c3b0f52-77d5-4b0e-8f0e-3f9a2f0f6a10
    status: ready
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    done: {description: What had been done., type: list, elements: str, returned: if something was to be written}
    not_done: {description: What was not done., type: list, elements: str, returned: if something was to be written}
    may_have_changed:
      description: Whether the request for a token was sent, and it is not known whether there is one that nobody can use.
      type: bool
      returned: if that is so
"""

from ansible_collections.scw.cloud.plugins.module_utils.function.token import manage_token
from ansible_collections.scw.cloud.plugins.module_utils.function.tokens import token_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(token_spec(), manage_token)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
