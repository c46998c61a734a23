# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables of containers and functions, and what is said about them together."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  environment_variables:
    description:
      - Environment variables, all of them, unless O(merge_environment_variables) is V(true). V({}) removes all.
      - At most 100. C(PORT) and names that begin with C(SCW_) are reserved for the platform. Names have no blanks and no C(=).
      - A name that is in O(secret_environment_variables) too is refused.
      - Put values in quotes that must arrive as they are written. YAML reads V(0123) with its leading zero, V(12:30) and V(1_000)
        as other numbers, which this module cannot see. Numbers with a fraction and words such as V(true) are refused without quotes.
      - A variable without a value is refused. Leave it out to remove it; V("") is an empty text.
    type: dict
  secret_environment_variables:
    description:
      - Environment variables that are secret, all of them, unless O(merge_environment_variables) is V(true). V({}) removes all.
      - At most 100, of which none is empty. Names are restricted as those of O(environment_variables).
      - Their values are sent to the API only, and never shown. The API shows an argon2id hash of each instead, and so does the result.
      - Ansible hides the text of a secret wherever it appears in a result. Short secrets such as V(5) or V(web) thereby spoil IDs,
        names and numbers in it. Put what is short and no secret in O(environment_variables).
    type: dict
  merge_environment_variables:
    description:
      - Whether O(environment_variables) and O(secret_environment_variables) are added to those that are there. Otherwise they replace them.
    type: bool
    default: false
  update_secrets:
    description:
      - When secrets that exist already are written. Those that the task adds are always written, unless this is V(on_create).
      - V(changed) compares each with its hash, and writes those that differ. This needs the Python library C(argon2-cffi),
        and for a moment the memory that the hash demands, usually 64 MiB. What has a hash of another kind is written in every run, with a warning.
      - V(always) writes all of them, so every run is a change, and whatever gets them is rolled out again.
      - V(on_create) writes O(secret_environment_variables) only together with the resource itself, and leaves them alone after that.
    type: str
    choices: [changed, always, on_create]
    default: changed
requirements:
  - The Python library L(argon2-cffi, https://pypi.org/project/argon2-cffi/), if O(secret_environment_variables) is compared with what is there
"""
