# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that every inventory plugin shares: how to reach the API, which hosts, what they are called."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  access_key:
    description:
      - Access key of the API key, C(SCW) and 17 letters or digits. The API does not need it; its form is checked.
      - May be a template. When unset, E(SCW_ACCESS_KEY) or the profile is used.
    type: str
  secret_key:
    description:
      - Secret key of the API key, a UUID. It is sent to the API only, never shown and never cached.
      - May be a template, such as one with a lookup. When unset, E(SCW_SECRET_KEY) or the profile is used.
      - It is not needed while the cache is fresh.
    type: str
  api_url:
    description:
      - Base URL of the API. May be a template.
      - When unset, E(SCW_API_URL) or the profile is used, and last V(https://api.scaleway.com).
    type: str
  api_timeout:
    description: How long to wait for the answer to one request, in seconds.
    type: int
    default: 60
  api_allow_insecure:
    description:
      - Whether to accept any TLS certificate, and plain HTTP to other machines. For tests only.
      - When unset, E(SCW_INSECURE) or the profile is used, and last V(false).
    type: bool
  fetch_timeout:
    description: How long fetching everything may take, in seconds, with the pauses after answers such as 429 and 503.
    type: int
    default: 300
  profile:
    description:
      - Name of a profile in the configuration file. It must exist. May be a template.
      - When unset, E(SCW_PROFILE) is used, then C(active_profile) of the file.
    type: str
  config_file:
    description:
      - Path of Scaleway's configuration file. It must exist. May be a template.
      - When unset, E(SCW_CONFIG_PATH) is used, then C($XDG_CONFIG_HOME/scw/config.yaml), then C(~/.config/scw/config.yaml). None of these need exist.
    type: str
  projects:
    description:
      - IDs of the projects to list.
      - When unset, everything is listed that the API key may see, whatever the default project is.
    type: list
    elements: str
    default: []
  strict_permissions:
    description:
      - Whether it is an error that the API answers 403 for one of the locations.
      - With V(false) the location is left out with a warning. What is not complete is never cached.
      - All other errors are always errors, in whichever location. They name it, and no host is added.
    type: bool
    default: true
  names:
    description:
      - Patterns of names as the shell has them, such as V(web-*). Only hosts whose name in the API fits one of them are wanted.
    type: list
    elements: str
    default: []
  filters:
    description:
      - Which hosts to keep, decided by the first filter that is true for them.
      - Hosts for which none is true are left out if the last filter is an C(include), and kept if it is an C(exclude).
      - An expression that fails for a host, because it uses something undefined for example, is an error.
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description: Jinja expression, without braces. Hosts for which it is true are kept.
        type: str
      exclude:
        description: Jinja expression, without braces. Hosts for which it is true are left out.
        type: str
  hostnames:
    description:
      - What to call the hosts, in order of preference. Each is the name of a variable, an expression as in O(compose), or a template with braces.
      - Those that give nothing, or nothing that a host can be called, are passed over. After them come the name in the API, the name with the location
        behind it such as V(web.fr-par-1), and the ID.
      - A name that several have, or that a host or group has already, is used by none of them; each goes on to its next one.
    type: list
    elements: str
    default: []
  hostvars_prefix:
    description: What the names of all variables begin with that the plugin sets, but C(ansible_connection) and C(ansible_host).
    type: str
    default: scw_
  default_groups:
    description:
      - Whether to make groups of location, status and tags beside the one of all hosts, such as C(scw_zone_fr_par_1), C(scw_region_fr_par),
        C(scw_status_ready) and C(scw_tag_web).
    type: bool
    default: true
requirements:
  - Python 3.10 or newer
  - The Python library L(requests, https://pypi.org/project/requests/), where Ansible runs
notes:
  - Names, tags and all other text from the API are never evaluated as templates.
  - Hosts are managed by the API, so C(ansible_connection) is C(local). O(compose) can change that.
  - A source that fails is only a warning to Ansible, unless E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) is set.
  - Variables that begin with C(ansible_) and groups called C(all) or C(ungrouped) cannot come from the API.
"""
