#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_plan_info
short_description: List the plans of Scaleway Edge Services
version_added: 0.1.0
description:
  - Lists the plans on offer with what each includes, and tells which one a project has.
  - The project is that of O(project_id), of the environment or of the profile.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.state.info
seealso:
  - module: scw.cloud.scw_edge_plan
options:
  billing:
    description:
      - Whether to tell what the project has used and what that costs, in RV(billing). It takes one more request.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: See which plans there are, and which one the project has
  scw.cloud.scw_edge_plan_info:
  register: found

- name: Stop if the project has none
  ansible.builtin.assert:
    that: found.current_plan is not none

- name: Show how many pipelines its plan includes
  ansible.builtin.debug:
    msg: "{{ (found.plans | selectattr('plan_name', 'eq', found.current_plan.plan_name) | first).pipeline_limit }}"

- name: See what the project owes this month
  scw.cloud.scw_edge_plan_info:
    project_id: 6170692e-7363-616c-6577-61792e636f6d
    billing: true
"""

RETURN = r"""
plans:
  description: The plans on offer as the API shows them.
  returned: success
  type: list
  elements: dict
  contains:
    plan_name: {description: "Name, as in O(scw.cloud.scw_edge_plan#module:plan_name).", type: str, returned: always}
    package_gb: {description: Gigabytes from the cache that the plan includes., type: int, returned: always}
    pipeline_limit: {description: Pipelines that the plan includes., type: int, returned: always}
    waf_requests: {description: Requests through a WAF that the plan includes., type: int, returned: always}
    backend_limit: {description: Backends that a pipeline can have., type: int, returned: always}
    wildcard_domain: {description: Whether pipelines can answer for wildcard domains., type: bool, returned: always}
  sample:
    - plan_name: starter
      package_gb: 100
      pipeline_limit: 1
      waf_requests: 0
      backend_limit: 1
      wildcard_domain: false
current_plan:
  description: The plan of the project as the API shows it; null if it has none.
  returned: success
  type: dict
  sample:
    plan_name: starter
billing:
  description: What the project has used and what that costs, as the API shows it.
  returned: with O(billing=true)
  type: dict
  sample:
    pipeline_number: 1
    total_cost: {currency_code: EUR, units: 1, nanos: 0}
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.plans import list_plans, plans_spec
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(plans_spec(), list_plans, predicts=False)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
