# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all modules for Edge Services say, and options that those share which change the configuration of a pipeline."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
notes:
  - Edge Services is a global product, it has no zone and no region. Those of its origins are options of their own.
  - A project needs a plan before its first pipeline, see M(scw.cloud.scw_edge_plan). Without one the API answers 403.
  - The API may answer 403 for what does not exist. Where a task takes that answer so, a warning says it, because a missing permission looks the same.
"""

    PIPELINE_ERRORS = r"""
options:
  pipeline_errors:
    description:
      - What to do if the pipeline says, once the change is in effect, that something is wrong with its configuration; such as a domain without CNAME record.
      - V(warn) tells it as a warning, tasks about a single stage only after a change. V(fail) fails, even if there was nothing to change.
        V(ignore) says nothing.
      - That a pipeline has no head stage yet is never told.
      - The API looks at the configuration only after it has taken it, so the change is made in any case. Without O(wait) nobody looks.
    type: str
    choices: [fail, warn, ignore]
    default: warn
"""

    WAIT = r"""
options:
  wait_timeout:
    description:
      - Deadline for the whole task, waits included, in seconds.
    type: int
    default: 300
"""
