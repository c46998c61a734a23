# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where load balancers and what belongs to them live."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  zone:
    description:
      - Zone of the load balancer. One of V(fr-par-1), V(fr-par-2), V(nl-ams-1), V(nl-ams-2), V(nl-ams-3), V(pl-waw-1), V(pl-waw-2), V(pl-waw-3).
      - When unset, E(SCW_DEFAULT_ZONE) or the profile is used, and last V(fr-par-1).
    type: str
  region:
    description:
      - Region of the load balancer, to use the older regional API instead of the zoned one. One of V(fr-par), V(nl-ams), V(pl-waw).
      - Only this option selects the regional API; a default region in the environment or the profile does not.
      - Mutually exclusive with O(zone).
    type: str
"""
