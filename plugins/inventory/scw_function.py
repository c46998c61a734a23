# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless functions as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: scw_function
short_description: Scaleway serverless functions as hosts
version_added: 0.1.0
author:
  - scw.cloud contributors (@scw-cloud)
description:
  - Makes a host of every function, in the group C(scw_function), and in those for its namespace and runtime such as C(scw_namespace_shop)
    and C(scw_runtime_python313).
  - Functions of one name get their region, or namespace and region, behind it, such as C(resize.fr-par) and C(resize.shop.fr-par).
  - The name of the file must end in C(.scw_function.yml) or C(.scw_function.yaml).
extends_documentation_fragment:
  - scw.cloud.inventory
  - constructed
  - inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [scw.cloud.scw_function]
  regions:
    description:
      - Regions to list.
      - When unset, all regions.
    type: list
    elements: str
    default: []
    choices: [fr-par, nl-ams, pl-waw]
  tags:
    description: Only functions with at least one of these tags are wanted. Use O(filters) to demand several.
    type: list
    elements: str
    default: []
  status:
    description: Only functions in one of these statuses are wanted.
    type: list
    elements: str
    default: []
    choices: [unknown, ready, deleting, error, locked, creating, pending, created]
  include:
    description:
      - Details that hosts get as variables, C(scw_custom_domains), C(scw_crons) and C(scw_triggers). Domains and crons cost a request for every function,
        triggers one for every namespace.
      - V(domains) also adds the names of the domains to C(scw_domains).
    type: list
    elements: str
    default: []
    choices: [domains, crons, triggers]
seealso:
  - module: scw.cloud.scw_function_info
notes:
  - Secret environment variables are neither shown nor cached. The others are shown.
"""

EXAMPLES = r"""
# production.scw_function.yml: every function, the key comes from SCW_SECRET_KEY or a profile
plugin: scw.cloud.scw_function

---
# Functions in fr-par that are in error, with their crons
plugin: scw.cloud.scw_function
regions: [fr-par]
status: [error]
include: [crons]

---
# Names that tell the namespace
plugin: scw.cloud.scw_function
hostnames:
  - "{{ scw_name }}.{{ scw_namespace }}"
"""

from ansible_collections.scw.cloud.plugins.plugin_utils.inventory import ScwInventory
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_function import PRODUCT


class InventoryModule(ScwInventory):
    """The plugin."""

    NAME = "scw.cloud.scw_function"
    product = PRODUCT
