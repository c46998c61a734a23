# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup ``scw.cloud.account``."""

from __future__ import annotations

DOCUMENTATION = r"""
name: account
short_description: Everything in a Scaleway account, read at once
version_added: 0.1.0
author:
  - scw.cloud contributors (@scw-cloud)
description:
  - Reads load balancers, pipelines of Edge Services, containers and functions, with all that belongs to them, from all
    locations side by side. It changes nothing.
  - It sends far fewer requests, and takes far less time, than a task for each list would.
  - The playbook C(scw.cloud.report) draws what it returns, by the filter P(scw.cloud.topology#filter).
options:
  _terms:
    description: The products to read, of V(lb), V(edge), V(container) and V(function). All of them when none is given.
    type: list
    elements: str
  zones:
    description:
      - Zones to read. Containers and functions are read in the regions around them.
      - When neither O(zones) nor O(regions) is set, all locations are read. Pipelines have none and are always read.
    type: list
    elements: str
    default: []
    choices: [fr-par-1, fr-par-2, nl-ams-1, nl-ams-2, nl-ams-3, pl-waw-1, pl-waw-2, pl-waw-3]
  regions:
    description: Regions to read, with all of their zones.
    type: list
    elements: str
    default: []
    choices: [fr-par, nl-ams, pl-waw]
  projects:
    description:
      - IDs of the projects to read.
      - When unset, everything is read that the API key may see, whatever the default project is.
    type: list
    elements: str
    default: []
  strict_permissions:
    description:
      - Whether it is an error that the API answers 403 for one of the locations.
      - With V(false) the location is left out with a warning.
    type: bool
    default: true
  profile:
    description:
      - Name of a profile in the configuration file.
      - When unset, E(SCW_PROFILE) is used, then C(active_profile) of the file.
    type: str
  config_file:
    description: Path of Scaleway's configuration file. When unset, E(SCW_CONFIG_PATH) or the usual place is used.
    type: str
  api_timeout:
    description: How long to wait for the answer to one request, in seconds.
    type: int
    default: 60
  fetch_timeout:
    description: How long reading everything may take, in seconds.
    type: int
    default: 300
requirements:
  - Python 3.10 or newer
  - The Python library L(requests, https://pypi.org/project/requests/), where Ansible runs
notes:
  - The key comes from E(SCW_SECRET_KEY) or the profile.
  - Secrets and their hashes are left out.
"""

EXAMPLES = r"""
- name: Show the names of all containers
  ansible.builtin.debug:
    msg: "{{ lookup('scw.cloud.account', 'container').containers | map(attribute='name') }}"

- name: Find addresses that are paid for and attached to nothing
  ansible.builtin.debug:
    msg: "{{ found.ips | rejectattr('lb_id') | map(attribute='ip_address') }}"
  vars:
    found: "{{ lookup('scw.cloud.account', 'lb', regions=['fr-par']) }}"

- name: Draw everything in one project
  ansible.builtin.set_fact:
    picture: "{{ found | scw.cloud.topology }}"
  vars:
    found: "{{ lookup('scw.cloud.account', projects=['6170692e-7363-616c-6577-61792e636f6d']) }}"
"""

RETURN = r"""
_raw:
  description:
    - One dictionary of lists, whose elements are the objects as the API shows them, with their C(zone) or C(region).
    - Load balancers have their C(frontends), C(backends), C(acls), C(routes), C(certificates), C(private_networks), the
      C(stats) of their servers, and in C(servers) what these come to, as M(scw.cloud.scw_lb_stats_info) returns them.
    - Pipelines have their C(dns_stages), C(tls_stages), C(cache_stages), C(route_stages) with C(route_rules),
      C(waf_stages) and C(backend_stages).
    - Containers have the name of their C(namespace), their C(domains) and C(triggers); functions also their C(crons).
  type: list
  elements: dict
  contains:
    load_balancers: {description: Load balancers., type: list, elements: dict}
    ips: {description: Flexible IPs for load balancers., type: list, elements: dict}
    pipelines: {description: Pipelines of Edge Services., type: list, elements: dict}
    containers: {description: Containers., type: list, elements: dict}
    container_namespaces: {description: Namespaces of containers., type: list, elements: dict}
    functions: {description: Functions., type: list, elements: dict}
    function_namespaces: {description: Namespaces of functions., type: list, elements: dict}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display

from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError
from ansible_collections.scw.cloud.plugins.plugin_utils.account import PRODUCTS, Scope, fetch_account

CREDENTIALS = ("profile", "config_file", "api_timeout", "fetch_timeout")


class LookupModule(LookupBase):
    """The plugin."""

    def run(self, terms: Sequence[Any], variables: Mapping[str, Any] | None = None, **options: Any) -> list[Any]:
        """One dictionary of all lists."""
        self.set_options(var_options=variables, direct=options)
        products = [str(term) for term in self._flatten(terms)] or list(PRODUCTS)
        unknown = sorted(set(products) - set(PRODUCTS))
        if unknown:
            raise AnsibleError(
                f"scw.cloud.account: no product is called {unknown[0]!r}. Products: {', '.join(PRODUCTS)}."
            )
        credentials = {name: self.get_option(name) for name in CREDENTIALS}
        scope = Scope(products, *(self.get_option(name) for name in ("zones", "regions", "projects")))
        try:
            account, left_out = fetch_account(
                scope, credentials, strict_permissions=self.get_option("strict_permissions")
            )
        except ScwError as error:
            raise AnsibleError(f"scw.cloud.account: {error}") from None
        for location, reason in left_out.items():
            Display().warning(f"scw.cloud.account: not everything is there, {location} is left out: {reason}")
        return [account]
