#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_container_namespace
short_description: Manage namespaces of Scaleway Serverless Containers
version_added: 0.1.0
description:
  - Creates, changes and deletes a namespace, in which containers run and share environment variables.
  - A namespace is found by its name within its project and region, or by its ID.
  - A change of environment variables rolls out all containers of the namespace again.
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
seealso:
  - module: scw.cloud.scw_container_namespace_info
  - module: scw.cloud.scw_container
options:
  state:
    description:
      - V(present) makes the namespace exist with what the task says; what the task does not say is left alone.
      - V(absent) makes it not exist. B(All its containers are deleted along with it), with their domains and triggers. The diff lists their names.
  id:
    description:
      - ID of an existing namespace. It never creates one.
    type: str
    aliases: [namespace_id]
  name:
    description:
      - Name of the namespace. Needed to create one. Cannot be changed.
      - It begins with a letter, goes on with letters, digits and hyphens, and ends with a letter or a digit.
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
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 600
"""

EXAMPLES = r"""
- name: Create a namespace with variables that all of its containers get
  scw.cloud.scw_container_namespace:
    name: shop
    tags: [production]
    environment_variables:
      LOG_LEVEL: info
    secret_environment_variables:
      DATABASE_URL: "{{ vault_database_url }}"

- name: Add one variable to those that are there
  scw.cloud.scw_container_namespace:
    name: shop
    environment_variables:
      FEATURES: checkout
    merge_environment_variables: true

- name: Remove all variables that are not secret
  scw.cloud.scw_container_namespace:
    name: shop
    environment_variables: {}

- name: Delete the namespace with all of its containers
  scw.cloud.scw_container_namespace:
    name: shop
    state: absent
"""

RETURN = r"""
namespace:
  description:
    - The namespace as the API shows it. V({}) after it was deleted. In check mode, the namespace as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    description: {description: Description., type: str, returned: always}
    status: {description: "V(ready) at rest; V(creating), V(updating), V(deleting), V(error) or V(locked) otherwise.", type: str, returned: always}
    environment_variables: {description: Environment variables., type: dict, returned: always}
    secret_environment_variables: {description: Names of secret environment variables with argon2id hashes of their values., type: dict, returned: always}
    tags: {description: Tags., type: list, elements: str, returned: always}
    project_id: {description: ID of the project., type: str, returned: always}
    organization_id: {description: ID of the organization., type: str, returned: always}
    region: {description: Region., type: str, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 4cb3f0ac-7f6a-4a0b-9a55-3f5a6c1d2e70
    name: shop
    description: ""
    status: ready
    environment_variables: {LOG_LEVEL: info}
    secret_environment_variables: {}
    tags: [production]
    region: fr-par
"""

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(NAMESPACE)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
