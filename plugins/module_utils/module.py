# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine as an Ansible module: the only file that knows AnsibleModule."""

from __future__ import annotations

import os
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.scw.cloud.plugins.module_utils.client import REQUESTS_ERROR, Client, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.options import info_spec, present_spec
from ansible_collections.scw.cloud.plugins.module_utils.reconcile import Task, list_objects, reconcile
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource

INFO_SECONDS = 300
"""How long an info task may take: it waits for nothing but the network."""


def run(resource: Resource) -> NoReturn:
    """Run the module that manages ``resource``."""
    module = AnsibleModule(supports_check_mode=True, **present_spec(resource))
    task = Task(resource, module.params, module.check_mode, module.warn)
    try:
        with _client(module, _positive(module, "wait_timeout"), "Run the task again, or raise wait_timeout.") as client:
            outcome = reconcile(task, client)
    except ScwError as error:
        _fail(module, error)
    module.exit_json(changed=outcome.changed, diff=outcome.diff, **{resource.name: outcome.result})


def run_info(resource: Resource) -> NoReturn:
    """Run the module that lists ``resource``."""
    module = AnsibleModule(supports_check_mode=True, **info_spec(resource))
    try:
        with _client(module, INFO_SECONDS, "Run the task again.") as client:
            objects = list_objects(resource, client, module.params, module.warn)
    except ScwError as error:
        _fail(module, error)
    module.exit_json(changed=False, **{resource.plural: objects})


def _client(module: AnsibleModule, seconds: float, advice: str) -> Client:
    if REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_ERROR)
    settings = load_settings(module.params, os.environ)
    # A key from the environment or a profile is unknown to Ansible; this makes it scrub every result.
    module.no_log_values.add(settings.secret_key)
    clock = Clock()
    return Client(
        settings, timeout=_positive(module, "api_timeout"), deadline=Deadline(clock, seconds, advice), clock=clock
    )


def _positive(module: AnsibleModule, option: str) -> int:
    seconds = int(module.params[option])
    if seconds < 1:
        raise InvalidOption(option, f"{seconds} is not a number of seconds of at least 1.")
    return seconds


def _fail(module: AnsibleModule, error: ScwError) -> NoReturn:
    # After a write whose answer is lost nobody knows; saying "changed" is the safe side.
    changed = bool(error.data.get("done") or error.data.get("may_have_changed"))
    result: dict[str, Any] = {"changed": changed, "error": error.data}
    module.fail_json(msg=str(error), **result)
