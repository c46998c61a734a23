# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines of Edge Services as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: scw_edge
short_description: Scaleway Edge Services pipelines as hosts
version_added: 0.1.0
author:
  - scw.cloud contributors (@scw-cloud)
description:
  - Makes a host of every pipeline of Edge Services, in the group C(scw_edge). Pipelines have no location and no tags.
  - The name of the file must end in C(.scw_edge.yml) or C(.scw_edge.yaml).
extends_documentation_fragment:
  - scw.cloud.inventory
  - constructed
  - inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [scw.cloud.scw_edge]
  status:
    description: Only pipelines in one of these statuses are wanted.
    type: list
    elements: str
    default: []
    choices: [unknown_status, ready, error, pending, warning, locked]
  include:
    description: Stages that hosts get as variables of the same names, such as C(scw_backend_stages). They cost no further requests.
    type: list
    elements: str
    default: []
    choices: [dns_stages, tls_stages, cache_stages, backend_stages, waf_stages, route_stages]
"""

EXAMPLES = r"""
# production.scw_edge.yml: every pipeline, the key comes from SCW_SECRET_KEY or a profile
plugin: scw.cloud.scw_edge

---
# What needs attention
plugin: scw.cloud.scw_edge
status: [warning, error]

---
# What has a domain of its own, called by it
plugin: scw.cloud.scw_edge
filters:
  - include: scw_domains | length > 1
hostnames:
  - scw_domains[0]
"""

from ansible_collections.scw.cloud.plugins.plugin_utils.inventory import ScwInventory
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_edge import PRODUCT


class InventoryModule(ScwInventory):
    """The plugin."""

    NAME = "scw.cloud.scw_edge"
    product = PRODUCT
