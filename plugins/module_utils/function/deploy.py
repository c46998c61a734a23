# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, deploying again what was uploaded last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.redeployment import Redeployment, redeployment_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import Refused
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION
from ansible_collections.scw.cloud.plugins.module_utils.function.storage import StoredCode

DEPLOY = "/functions/v1beta1/{scope}/functions/{id}/deploy"


def deploy_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that deploys a function again."""
    return redeployment_spec(FUNCTION)


def manage_deploy(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that deploys a function again. Raises ScwError."""
    return _Deploy(FUNCTION, DEPLOY, client, params, warn, check_mode=check_mode).run()


class _Deploy(Redeployment):
    """One task about one function."""

    def examine_settled(self, current: Values) -> None:
        """Refuse a function that has no code: the API would take the request, and give up on the function (recorded).

        Its status tells so only while nobody has tried to deploy it.
        """
        if current.get("ready_at") or StoredCode(self.client, self.lookup, current).exists():
            return
        lacks = f"{FUNCTION.label(current)} has no code that could be deployed"
        if not self.check_mode:
            raise Refused(f"{lacks}. Upload it with src of scw_function, which deploys it too.")
        self.warn(f"{lacks} yet; this check assumes that an earlier task uploads it.")
