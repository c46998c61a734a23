# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where resources of products that have regions only live."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  region:
    description:
      - Region. One of V(fr-par), V(nl-ams), V(pl-waw).
      - When unset, E(SCW_DEFAULT_REGION) or the profile is used, then the region of the default zone, and last V(fr-par).
    type: str
"""
