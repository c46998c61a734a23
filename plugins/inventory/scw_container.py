# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless containers as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: scw_container
short_description: Scaleway serverless containers as hosts
version_added: 0.1.0
author:
  - scw.cloud contributors (@scw-cloud)
description:
  - Makes a host of every container, in the group C(scw_container), and in one for its namespace such as C(scw_namespace_shop).
  - Containers of one name get their region, or namespace and region, behind it, such as C(web.fr-par) and C(web.shop.fr-par).
  - The name of the file must end in C(.scw_container.yml) or C(.scw_container.yaml).
extends_documentation_fragment:
  - scw.cloud.inventory
  - constructed
  - inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [scw.cloud.scw_container]
  regions:
    description:
      - Regions to list.
      - When unset, all regions.
    type: list
    elements: str
    default: []
    choices: [fr-par, nl-ams, pl-waw]
  tags:
    description: Only containers with at least one of these tags are wanted. Use O(filters) to demand several.
    type: list
    elements: str
    default: []
  status:
    description: Only containers in one of these statuses are wanted.
    type: list
    elements: str
    default: []
    choices: [unknown_status, updating, deleting, locking, ready, error, locked, creating, upgrading]
  include:
    description:
      - Details that hosts get as variables, C(scw_custom_domains) and C(scw_triggers). Each costs one list for every region.
      - V(domains) also adds the names of the domains to C(scw_domains).
    type: list
    elements: str
    default: []
    choices: [domains, triggers]
seealso:
  - module: scw.cloud.scw_container_info
notes:
  - Secret environment variables are neither shown nor cached. The others are shown.
"""

EXAMPLES = r"""
# production.scw_container.yml: every container, the key comes from SCW_SECRET_KEY or a profile
plugin: scw.cloud.scw_container

---
# What is tagged web in fr-par, with its domains
plugin: scw.cloud.scw_container
regions: [fr-par]
tags: [web]
include: [domains]

---
# Groups by image and privacy, without what failed
plugin: scw.cloud.scw_container
filters:
  - exclude: scw_status == 'error'
keyed_groups:
  - key: scw_image.split('/')[-1].split(':')[0]
    prefix: image
groups:
  open_to_all: scw_privacy == 'public'
"""

from ansible_collections.scw.cloud.plugins.plugin_utils.inventory import ScwInventory
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_container import PRODUCT


class InventoryModule(ScwInventory):
    """The plugin."""

    NAME = "scw.cloud.scw_container"
    product = PRODUCT
