# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load balancers, and the servers behind them, as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: scw_lb
short_description: Scaleway load balancers, and the servers behind them, as hosts
version_added: 0.1.0
author:
  - scw.cloud contributors (@scw-cloud)
description:
  - Makes a host of every load balancer, in the group C(scw_lb). With O(servers), the servers behind them become hosts too.
  - The name of the file must end in C(.scw_lb.yml) or C(.scw_lb.yaml).
extends_documentation_fragment:
  - scw.cloud.inventory
  - constructed
  - inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [scw.cloud.scw_lb]
  zones:
    description:
      - Zones to list. Together with O(regions), those in either.
      - When neither is set, all zones.
    type: list
    elements: str
    default: []
    choices: [fr-par-1, fr-par-2, nl-ams-1, nl-ams-2, nl-ams-3, pl-waw-1, pl-waw-2, pl-waw-3]
  regions:
    description: Regions whose zones to list.
    type: list
    elements: str
    default: []
    choices: [fr-par, nl-ams, pl-waw]
  tags:
    description: Only load balancers with at least one of these tags are wanted. Use O(filters) to demand several.
    type: list
    elements: str
    default: []
  status:
    description: Only load balancers in one of these statuses are wanted.
    type: list
    elements: str
    default: []
    choices: [unknown, ready, pending, stopped, error, locked, migrating, to_create, creating, to_delete, deleting]
  include:
    description:
      - Details that hosts get as variables of the same names, such as C(scw_frontends). Each costs further requests for every load balancer.
      - V(certificates) also adds the names of the certificates to C(scw_domains).
    type: list
    elements: str
    default: []
    choices: [frontends, backends, acls, routes, certificates, private_networks, stats]
  servers:
    description:
      - Whether to make a host of every address in the pools of the backends.
      - They are in the group C(scw_servers), in a group for their load balancer such as C(scw_servers_lb_web), and in one for their backend such as
        C(scw_servers_backend_web_api).
      - An address that an earlier inventory source has as C(ansible_host) or as the name of a host is no new host; that host joins the groups.
      - Their variables are C(scw_lb), C(scw_lb_id), C(scw_lb_zone), C(scw_backend), C(scw_backend_id) and C(scw_server_ip), null where a server is behind
        several, and C(scw_behind), a list of all of them.
      - O(hostnames), O(compose), O(groups) and O(keyed_groups) are about load balancers only.
    type: bool
    default: false
seealso:
  - module: scw.cloud.scw_lb_info
"""

EXAMPLES = r"""
# production.scw_lb.yml: every load balancer, the key comes from SCW_SECRET_KEY or a profile
plugin: scw.cloud.scw_lb

---
# What is tagged web in fr-par, without what is being deleted, and with frontends as variables
plugin: scw.cloud.scw_lb
regions: [fr-par]
tags: [web]
include: [frontends]
filters:
  - exclude: scw_status in ['to_delete', 'deleting']
keyed_groups:
  - key: scw_type
    prefix: type

---
# The key from a lookup, names that tell the zone, and a cache
plugin: scw.cloud.scw_lb
secret_key: "{{ lookup('ansible.builtin.env', 'PRODUCTION_SECRET_KEY') }}"
hostnames:
  - scw_name ~ '.' ~ scw_zone
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: /tmp/scw_inventory
cache_timeout: 600

---
# The servers behind the load balancers, for a play on scw_servers_backend_web_api with serial 1
plugin: scw.cloud.scw_lb
names: [web]
servers: true
"""

from ansible_collections.scw.cloud.plugins.plugin_utils.inventory import ScwInventory
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_lb import PRODUCT


class InventoryModule(ScwInventory):
    """The plugin."""

    NAME = "scw.cloud.scw_lb"
    product = PRODUCT
