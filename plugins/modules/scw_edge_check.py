#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_edge_check
short_description: Check domains, certificates and origins for Scaleway Edge Services
version_added: 0.1.0
description:
  - Asks the API whether a domain, a certificate or a load balancer can be used by a pipeline, before it is.
  - The problems of a pipeline otherwise show only some time after it was built, in its C(errors).
  - It changes nothing, and never reports a change. It fails if something cannot be used, unless O(fail_if_invalid=false).
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
seealso:
  - module: scw.cloud.scw_edge_pipeline
options:
  domain:
    description:
      - Checks whether a domain leads to a pipeline. At least one of O(domain), O(pem_chain) and O(lb_origin) is needed.
    type: dict
    suboptions:
      fqdn:
        description:
          - The full domain name, such as V(www.example.com).
        type: str
        required: true
      cname:
        description:
          - What its CNAME record has to lead to, which is the C(default_fqdn) of the DNS stage of the pipeline.
        type: str
        required: true
  pem_chain:
    description:
      - Checks whether a certificate can be used for a domain. Exactly one of O(pem_chain.secret), O(pem_chain.raw) and O(pem_chain.file) is needed.
    type: dict
    suboptions:
      fqdn:
        description:
          - The full domain name that the certificate is for.
        type: str
        required: true
      secret:
        description:
          - A secret in Scaleway's Secret Manager that holds the certificate with its chain and private key.
        type: dict
        suboptions:
          secret_id:
            description:
              - ID of the secret.
            type: str
            required: true
          region:
            description:
              - Region of the secret.
            type: str
            choices: [fr-par, nl-ams, pl-waw]
            required: true
      raw:
        description:
          - The certificate with its chain and private key, in PEM. It is sent to the API and shown nowhere.
        type: str
      file:
        description:
          - Path of a file on the controller with the same, as O(pem_chain.raw). It may be encrypted with Ansible Vault.
          - A relative path is looked for as Ansible looks for files, in C(files) beside the play or in the role.
        type: path
  lb_origin:
    description:
      - Checks whether a load balancer answers as an origin.
      - In check mode it is left out, with a warning, if the load balancer does not exist yet.
    type: dict
    suboptions:
      lb:
        description:
          - Load balancer, by name or ID.
        type: str
        required: true
        aliases: [lb_id]
      zone:
        description:
          - Zone of the load balancer.
        type: str
        required: true
      frontend:
        description:
          - Its frontend, by name or ID.
        type: str
        required: true
        aliases: [frontend_id]
      is_ssl:
        description:
          - Whether the frontend is reached by TLS. When unset, it is not.
        type: bool
      domain_name:
        description:
          - Host name that requests are sent with.
        type: str
      has_websocket:
        description:
          - Whether the origin takes websockets. When unset, it does not.
        type: bool
      private_network_id:
        description:
          - ID of the private network in which the load balancer is reached.
        type: str
  fail_if_invalid:
    description:
      - Whether to fail if something cannot be used. With V(false), RV(checks) tells.
    type: bool
    default: true
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
  action:
    description: Reads a file on the controller, see O(pem_chain.file).
    support: full
  async:
    description: Can run in the background.
    support: full
  action_group:
    description: Use C(group/scw.cloud.scw) in C(module_defaults) to set options for this module.
    support: full
    membership: [scw.cloud.scw]
"""

EXAMPLES = r"""
- name: Check a load balancer before a pipeline is put in front of it
  scw.cloud.scw_edge_check:
    lb_origin: {lb: shop, zone: fr-par-1, frontend: https, is_ssl: true, domain_name: www.example.com}

- name: Check the certificate for it, which a file on the controller holds
  scw.cloud.scw_edge_check:
    pem_chain: {fqdn: www.example.com, file: www.example.com.pem}

- name: Wait until the domain leads to the pipeline
  scw.cloud.scw_edge_check:
    domain: {fqdn: www.example.com, cname: "{{ result.pipeline.stages.dns.default_fqdn }}"}
    fail_if_invalid: false
  register: preflight
  until: preflight.checks.domain.is_valid
  retries: 30
  delay: 20

- name: Check a certificate in Secret Manager and an origin at once
  scw.cloud.scw_edge_check:
    pem_chain:
      fqdn: www.example.com
      secret: {secret_id: 6170692e-7363-616c-6577-61792e636f6d, region: fr-par}
    lb_origin: {lb: shop, zone: fr-par-1, frontend: https}
"""

RETURN = r"""
checks:
  description: What the API said, by the options that were given. A failed task has the same as RV(error.checks).
  returned: success
  type: dict
  contains:
    domain:
      description: The domain.
      type: dict
      returned: with O(domain)
      contains:
        fqdn: {description: The domain name., type: str, returned: always}
        cname: {description: What it has to lead to., type: str, returned: always}
        is_valid: {description: Whether it can be used., type: bool, returned: always}
    pem_chain:
      description: The certificate.
      type: dict
      returned: with O(pem_chain)
      contains:
        fqdn: {description: The domain name., type: str, returned: always}
        is_valid: {description: Whether the certificate can be used for it., type: bool, returned: always}
    lb_origin:
      description: The load balancer.
      type: dict
      returned: with O(lb_origin)
      contains:
        lb_id: {description: ID of the load balancer., type: str, returned: always}
        zone: {description: Its zone., type: str, returned: always}
        frontend_id: {description: ID of the frontend., type: str, returned: always}
        is_valid: {description: Whether it can be used., type: bool, returned: always}
        error_type:
          description: "What is wrong if it cannot be used: V(timeout), V(connection_refused), V(tls_error) or V(unknown)."
          type: str
          returned: always
  sample:
    lb_origin:
      lb_id: 6a4ff0c7-08bf-43e7-bc88-034764d2416f
      zone: fr-par-1
      frontend_id: b10c27d1-cd18-47c4-a2f8-a202ae9d0568
      is_valid: false
      error_type: connection_refused
error:
  description: Why the task failed, as data.
  returned: failure
  type: dict
  contains:
    checks: {description: "The same as RV(checks).", type: dict, returned: if something cannot be used}
"""

from ansible_collections.scw.cloud.plugins.module_utils.edge.checks import FILES, checks_spec, run_checks
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import explicit

PROGRAM = explicit(checks_spec(), run_checks, files=FILES)


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
