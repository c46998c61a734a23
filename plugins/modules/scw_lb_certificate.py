#!/usr/bin/python
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: scw_lb_certificate
short_description: Manage certificates of Scaleway load balancers
version_added: 0.1.0
description:
  - Creates, renames and deletes a certificate of a load balancer, which Let's Encrypt issues or which you bring.
  - To use it, name it in O(scw.cloud.scw_lb_frontend#module:certificates).
  - A certificate is found by its name within its load balancer, or by its ID.
  - The API never shows the certificate you brought. So its names and its validity are compared with what the API shows.
author:
  - scw.cloud contributors (@scw-cloud)
extends_documentation_fragment:
  - scw.cloud.api
  - scw.cloud.lb_location
  - scw.cloud.state
  - scw.cloud.state.lb_wait
requirements:
  - The Python library L(cryptography, https://pypi.org/project/cryptography/) 41 or newer, if O(custom_certificate) is used
attributes:
  action:
    description: Reads files on the controller, see O(custom_certificate.certificate_chain_file).
    support: full
  async:
    description: Can run in the background.
    support: full
seealso:
  - module: scw.cloud.scw_lb_certificate_info
  - module: scw.cloud.scw_lb_frontend
options:
  id:
    description:
      - ID of an existing certificate. It never creates one.
      - Together with O(name), the certificate is renamed.
    type: str
    aliases: [certificate_id]
  lb:
    description:
      - Load balancer the certificate belongs to, by name or ID. Needed unless O(id) is set. Cannot be changed.
    type: str
    aliases: [lb_id]
  name:
    description:
      - Name of the certificate. Needed to create one.
    type: str
  letsencrypt:
    description:
      - Have Let's Encrypt issue the certificate. The load balancer renews it.
      - Either this or O(custom_certificate) is needed to create a certificate. It cannot be changed after creation.
    type: dict
    suboptions:
      common_name:
        description:
          - Domain of the certificate. It must lead to the load balancer already.
        type: str
        required: true
      subject_alternative_name:
        description:
          - Further domains, all of them. They must lead to the load balancer too. The order has no meaning, and the common name counts anyway.
        type: list
        elements: str
  custom_certificate:
    description:
      - Bring a certificate. It cannot be changed after creation.
      - A certificate that has expired is refused when it would be written.
    type: dict
    suboptions:
      certificate_chain:
        description:
          - The private key, the certificate and the certificates of its issuers in PEM, each followed by the one that issued it. The root need not be there.
          - It is sent to the API only, and never shown.
          - Needed, unless O(custom_certificate.certificate_chain_file) is set.
        type: str
      certificate_chain_file:
        description:
          - Path of a file on the controller that holds O(custom_certificate.certificate_chain). It is looked for as other files of a play, in C(files) first.
          - It may be encrypted with Ansible Vault.
        type: path
  rotate:
    description:
      - Whether a certificate of that name that is another one than wanted, or in status V(error), is replaced. Otherwise the task fails.
      - The new one is created first, and must get ready; then every frontend that uses the old one gets it instead; then the old one is deleted.
      - If the new one gets into status V(error), it is deleted again and nothing else changes.
      - If this is interrupted, two certificates have the name. The next run with V(true) completes it.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Have a certificate issued
  scw.cloud.scw_lb_certificate:
    lb: web
    name: shop
    letsencrypt:
      common_name: shop.example.com
      subject_alternative_name: [www.shop.example.com]

- name: Use it
  scw.cloud.scw_lb_frontend:
    lb: web
    name: https
    inbound_port: 443
    backend: app
    certificates: [shop]

- name: Bring a certificate, from a file in the directory "files" that Ansible Vault encrypted
  scw.cloud.scw_lb_certificate:
    lb: web
    name: internal
    custom_certificate:
      certificate_chain_file: internal.pem

- name: Put it together from what another tool wrote on the controller
  scw.cloud.scw_lb_certificate:
    lb: web
    name: internal
    custom_certificate:
      certificate_chain: "{{ lookup('ansible.builtin.file', 'privkey.pem') ~ '\n' ~ lookup('ansible.builtin.file', 'fullchain.pem') }}"

- name: Replace it by a newer one, without a moment in which a frontend is without
  scw.cloud.scw_lb_certificate:
    lb: web
    name: internal
    rotate: true
    custom_certificate:
      certificate_chain_file: internal-2027.pem

- name: Rename it
  scw.cloud.scw_lb_certificate:
    id: 68c0a03b-8118-4028-8237-1e5389791511
    name: intranet

- name: Delete it
  scw.cloud.scw_lb_certificate:
    lb: web
    name: intranet
    state: absent
"""

RETURN = r"""
certificate:
  description:
    - The certificate as the API shows it. V({}) after it was deleted. In check mode, the certificate as it would be.
  returned: success
  type: dict
  contains:
    id: {description: ID., type: str, returned: always}
    name: {description: Name., type: str, returned: always}
    type: {description: "V(custom), or V(letsencrypt), which older answers spell V(letsencryt).", type: str, returned: always}
    status: {description: "V(pending), V(ready) or V(error).", type: str, returned: always}
    status_details: {description: Why it is in status V(error)., type: str, returned: always}
    common_name: {description: Its domain., type: str, returned: always}
    subject_alternative_name: {description: Further domains., type: list, elements: str, returned: always}
    fingerprint: {description: Fingerprint; empty if you brought the certificate., type: str, returned: always}
    not_valid_before: {description: From when it is valid. V(0001-01-01T00:00:00Z) until it is issued., type: str, returned: always}
    not_valid_after: {description: Until when it is valid. V(0001-01-01T00:00:00Z) until it is issued., type: str, returned: always}
    lb: {description: The load balancer., type: dict, returned: always}
    created_at: {description: When it was created., type: str, returned: always}
    updated_at: {description: When it last changed., type: str, returned: always}
  sample:
    id: 68c0a03b-8118-4028-8237-1e5389791511
    name: shop
    type: letsencrypt
    status: ready
    status_details: null
    common_name: shop.example.com
    subject_alternative_name: [www.shop.example.com]
    fingerprint: 9a4b6e696124f10557f6dad8beb089205fab5d4b
    not_valid_before: "2026-07-21T09:36:39Z"
    not_valid_after: "2026-10-19T09:36:38Z"
"""

from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.module import execute
from ansible_collections.scw.cloud.plugins.module_utils.program import managing

PROGRAM = managing(CERTIFICATE, beside=(FRONTEND,))


def main() -> None:
    execute(PROGRAM)


if __name__ == "__main__":
    main()
