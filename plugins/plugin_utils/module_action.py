# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of every module: it runs the module's program in the controller where it can.

A process of its own, in which everything is imported anew, takes most of the time of a task on this machine. In the
controller the imports are paid once for the whole play. Options, results and waits are the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.scw.cloud.plugins.module_utils.api import config_file, failures
from ansible_collections.scw.cloud.plugins.module_utils.api.answer import DEEPEST, is_deep
from ansible_collections.scw.cloud.plugins.module_utils.api.client import REQUESTS_ERROR
from ansible_collections.scw.cloud.plugins.module_utils.engine import (
    listing,
    reconcile,
    rivals,
    rotation,
    tree_reconcile,
    verification,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError
from ansible_collections.scw.cloud.plugins.module_utils.program import Call, Program, failure, perform
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_code import ControllerCode
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_files import ControllerFiles

PRELOADED = (config_file, failures, listing, reconcile, rivals, rotation, tree_reconcile, verification)
"""What a module imports only when it needs it: here, it is imported once for all the processes that run tasks."""

SWITCH = "scw_run_in_controller"
"""The variable that turns this off."""


class ModuleAction(ControllerFiles, ControllerCode):
    """Runs ``program``, which is that of the module of the same name."""

    program: ClassVar[Program]
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task; raises AnsibleActionFail for options that name unusable files."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            result.update(self._result(task_vars or {}))
        except AnsibleActionFail as error:
            # Before ansible-core 2.19 it brings a traceback along, which would be shown with -vvv.
            error.result.pop("exception", None)
            raise
        return result

    def _result(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        """What the program returns for the options of the task, with files and code in the place of their paths."""
        if is_deep(self._task.args):
            raise AnsibleActionFail(f"The options are nested more than {DEEPEST} levels deep.")
        here = self._runs_here(task_vars)
        options = self.filled(self._task.args, self.program.files)
        code = self.program.code
        if code and options.get(code) is not None and options.get("state") != "absent":
            with self.packed(options, code, bring=not here) as packed:
                return self._outcome(packed, task_vars, here=here)
        return self._outcome(options, task_vars, here=here)

    def _runs_here(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the controller is where the task is to run, as the user that runs Ansible, and can run it."""
        connection = self._connection
        if self.program.on_target or self._task.async_val or REQUESTS_ERROR:
            return False
        if connection.transport != "local" or connection.become is not None:
            return False
        wanted = self._templar.template(task_vars.get(SWITCH, True))
        try:
            return bool(boolean(wanted))
        except TypeError:
            raise AnsibleActionFail(f"{SWITCH}: {wanted!r} is neither true nor false.") from None

    def _outcome(self, options: dict[str, Any], task_vars: dict[str, Any], *, here: bool) -> dict[str, Any]:
        if here:
            return self._performed(options, task_vars)
        in_background = self._task.async_val
        result: dict[str, Any] = self._execute_module(
            module_args=options, task_vars=task_vars, wrap_async=in_background
        )
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _performed(self, options: Mapping[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """The result of the program, which is that of AnsibleModule."""
        given = plain(options)
        with self._surroundings():
            validated = ArgumentSpecValidator(**_rules(self.program)).validate(given)
            params, secrets = validated.validated_parameters, set(validated._no_log_values)
            twice = "Both option {option} and its alias {alias} are set."
            warnings = [twice.format(**both) for both in validated._warnings]
            if validated.error_messages:
                result: dict[str, Any] = {"failed": True, "msg": self._refusal(validated.errors)}
            else:
                call = Call(given, params, secrets, self._task.check_mode, warnings.append)
                result = attempt(self.program, call)
        if _shows_options(task_vars):
            result["invocation"] = {"module_args": params}
        if warnings:
            result["warnings"] = list(dict.fromkeys(warnings))
        return without(result, secrets)

    def _refusal(self, errors: Any) -> str:
        """What AnsibleModule says about options."""
        if isinstance(errors[0], UnsupportedError):
            return f"Unsupported parameters for ({self._task.action}) module: {errors.msg}"
        return str(errors.msg)

    @contextmanager
    def _surroundings(self) -> Iterator[None]:
        """The environment and the working directory that a module has, until it is done."""
        added: dict[str, Any] = {}
        self._compute_environment_string(added)
        before, folder = dict(os.environ), os.getcwd()
        os.environ.update({str(name): str(value) for name, value in added.items()})
        os.chdir(self._loader.get_basedir())
        try:
            yield
        finally:
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(before)


def attempt(program: Program, call: Call) -> dict[str, Any]:
    """The result of a task, whether it succeeds or fails."""
    try:
        return perform(program, call)
    except ScwError as error:
        return {"failed": True, **failure(error)}


def without(result: dict[str, Any], secrets: set[str]) -> dict[str, Any]:
    """The result with nothing of the secrets in it; what is true, false or null stays so, as in AnsibleModule."""
    kept = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
    return {**remove_values(result, secrets), **kept}


def plain(value: Any) -> Any:
    """A value as it would reach a module: without Ansible's marks, and decrypted."""
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(nested) for key, nested in value.items()}
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(element) for element in value]
    return str(value)


def _rules(program: Program) -> dict[str, Any]:
    """What a validator needs of the arguments of AnsibleModule."""
    names = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")
    rules = {name: program.arguments[name] for name in names if name in program.arguments}
    return {"argument_spec": program.arguments["argument_spec"], **rules}


def _shows_options(task_vars: Mapping[str, Any]) -> bool:
    """Whether results hold the options, which newer versions of Ansible do only if they are asked to."""
    if "INJECT_INVOCATION" not in constants.config.get_configuration_definitions():
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=dict(task_vars)))
