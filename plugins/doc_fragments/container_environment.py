# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables of containers, and what is said about them together."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  environment_variables:
    description:
      - Environment variables, all of them, unless O(merge_environment_variables) is V(true). V({}) removes all.
      - At most 100. C(PORT) and names that begin with C(SCW_) are reserved for the platform.
      - Put numbers with a fraction and words such as V(true) in quotes, so that they reach the container as they are written.
    type: dict
  secret_environment_variables:
    description:
      - Environment variables that are secret, all of them, unless O(merge_environment_variables) is V(true). V({}) removes all.
      - At most 100, of which none is empty. Names are restricted as those of O(environment_variables).
      - Their values are sent to the API only, and never shown. The API shows an argon2id hash of each instead, and so does the result.
    type: dict
  merge_environment_variables:
    description:
      - Whether O(environment_variables) and O(secret_environment_variables) are added to those that are there. Otherwise they replace them.
    type: bool
    default: false
  update_secrets:
    description:
      - When secrets that exist already are written. Those that the task adds are always written, unless this is V(on_create).
      - V(changed) compares each with its hash, and writes those that differ. This needs the Python library C(argon2-cffi).
      - V(always) writes all of them, so every run is a change and rolls the containers out again.
      - V(on_create) writes O(secret_environment_variables) only together with the resource itself, and leaves them alone after that.
    type: str
    choices: [changed, always, on_create]
    default: changed
requirements:
  - The Python library L(argon2-cffi, https://pypi.org/project/argon2-cffi/), if O(secret_environment_variables) is compared with what is there
"""
