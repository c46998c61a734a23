# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that every module shares: how to reach the API and on whose behalf."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  access_key:
    description:
      - Access key of the API key, C(SCW) and 17 letters or digits.
      - The API does not need it. It is accepted so that the same variables serve all of Scaleway's tools, and its form is checked.
      - When unset, E(SCW_ACCESS_KEY) or the profile is used.
    type: str
  secret_key:
    description:
      - Secret key of the API key, a UUID. It is sent to the API only, and never shown.
      - When unset, E(SCW_SECRET_KEY) or the profile is used. Without any of them the task fails.
    type: str
  api_url:
    description:
      - Base URL of the API.
      - When unset, E(SCW_API_URL) or the profile is used, and last V(https://api.scaleway.com).
      - A URL with V(http://) is accepted for addresses of this machine only, unless O(api_allow_insecure) is V(true).
    type: str
  api_timeout:
    description:
      - How long to wait for the answer to one request, in seconds. Some creations answer after 27 seconds.
    type: int
    default: 60
  api_allow_insecure:
    description:
      - Whether to accept any TLS certificate, and plain HTTP to other machines. For tests only.
      - When unset, E(SCW_INSECURE) or the profile is used, and last V(false).
    type: bool
  profile:
    description:
      - Name of a profile in the configuration file. It must exist.
      - When unset, E(SCW_PROFILE) is used, then C(active_profile) of the file. What the profile does not set comes from the top level of the file.
    type: str
  config_file:
    description:
      - Path of Scaleway's configuration file, on the host that runs the module. It must exist.
      - When unset, E(SCW_CONFIG_PATH) is used, then C($XDG_CONFIG_HOME/scw/config.yaml), then C(~/.config/scw/config.yaml). None of these need exist.
    type: path
  organization_id:
    description:
      - ID of the organization. Used only if no project is known; resources are then looked up and created in its default project.
      - Modules that only list resources restrict the list to an organization only if this option is set.
      - When unset, E(SCW_DEFAULT_ORGANIZATION_ID) or the profile is used.
    type: str
  project_id:
    description:
      - ID of the project. Resources are looked up by name in this project and created in it. It cannot be changed after creation.
      - What a task names by an ID is taken from whichever project it is in. Only of a resource that tells its project itself,
        and that the task is about, it is refused if that is another one than this option says.
      - When unset, E(SCW_DEFAULT_PROJECT_ID) or the profile is used.
      - Modules that only list resources restrict the list to a project only if this option is set.
    type: str
requirements:
  - Python 3.10 or newer on the host that runs the module
  - The Python library L(requests, https://pypi.org/project/requests/)
  - The Python library L(PyYAML, https://pypi.org/project/PyYAML/), if a configuration file is used
notes:
  - An option wins over the environment variable, which wins over the profile of the configuration file, as in Scaleway's own tools.
  - Set options for many tasks at once with C(module_defaults) and the group C(scw.cloud.scw).
"""
