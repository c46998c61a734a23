# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options and attributes of modules that manage a resource; the attributes of those that list one."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) makes the resource exist with what the task says; what the task does not say is left alone.
      - V(absent) makes it not exist.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Whether to wait until the change is in effect, and to fail if the API gives up on it.
      - With V(false) the task returns what the API shows right after the change. It still waits for an earlier change to finish before it writes.
    type: bool
    default: true
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
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for all modules, or the group of the product, such as C(group/scw.cloud.lb).
    support: full
    membership: [scw.cloud.scw]
"""

    INFO = r"""
attributes:
  check_mode:
    description: Reads only, so check mode makes no difference.
    support: full
  diff_mode:
    description: Changes nothing, so there is nothing to compare.
    support: N/A
  idempotent:
    description: Changes nothing.
    support: full
  action_group:
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for all modules, or the group of the product, such as C(group/scw.cloud.lb).
    support: full
    membership: [scw.cloud.scw]
"""

    ALL_CHILDREN = r"""
options:
  wait:
    description:
      - Whether to wait until the change is in effect, and to fail if the API gives up on it.
    type: bool
    default: true
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
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for all modules, or the group of the product, such as C(group/scw.cloud.lb).
    support: full
    membership: [scw.cloud.scw]
"""

    LB_WAIT = r"""
options:
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 900
"""
