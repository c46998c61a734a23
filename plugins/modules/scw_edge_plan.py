#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_plan
short_description: Select the plan of a project for Scaleway Edge Services
version_added: 0.1.0
description:
  - Selects the plan of a project, or ends it. A project needs a plan before its first pipeline; without one the API refuses pipelines with status 403.
  - A plan costs money as long as it is selected. M(scw.cloud.scw_edge_plan_info) tells what each includes.
  - The project is that of O(project_id), of the environment or of the profile.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
seealso:
  - module: scw.cloud.scw_edge_plan_info
  - module: scw.cloud.scw_edge_pipeline
options:
  plan_name:
    description:
      - The plan. Needed unless O(state=absent).
      - Another one takes the place of the present one at once.
    type: str
    choices: [starter, professional, advanced]
  state:
    description:
      - V(present) gives the project the plan.
      - V(absent) ends its plan, whichever it is. The pipelines of the project must be deleted before.
    type: str
    choices: [present, absent]
    default: present
attributes:
  check_mode:
    description: Can run in check mode and predict the change without writing anything.
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
"""

EXAMPLES = r"""
- name: Have a plan before the first pipeline
  scw.cloud.scw_edge_plan:
    plan_name: starter

- name: Change to one with a larger limit
  scw.cloud.scw_edge_plan:
    plan_name: professional
    project_id: 6170692e-7363-616c-6577-61792e636f6d

- name: End the plan after the last pipeline
  scw.cloud.scw_edge_plan:
    state: absent
"""

RETURN = r"""
plan:
  description:
    - The plan of the project as the API shows it. V({}) after it was ended. In check mode, the plan as it would be.
  returned: success
  type: dict
  contains:
    plan_name: {description: Name of the plan., type: str, returned: if there is a plan}
  sample:
    plan_name: starter
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    not_done: {description: What was not done., type: list, elements: str, returned: if something was to be done}
    may_have_changed:
      description: Whether a request was sent, and it is not known whether it had an effect.
      type: bool
      returned: if that is so
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.plans import manage_plan, plan_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(plan_spec(), manage_plan)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
