# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program as an Ansible module, in a process of its own: the only file that knows AnsibleModule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.scw.cloud.plugins.module_utils.api.client import REQUESTS_ERROR
from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError
from ansible_collections.scw.cloud.plugins.module_utils.program import Call, Program, failure, perform


def execute(program: Program) -> NoReturn:
    """Run a program as a module."""
    module = _Module(supports_check_mode=True, **program.arguments)
    if REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_ERROR)
    secrets = module.no_log_values
    call = Call(module.given, module.params, secrets, module.check_mode, module.warn, Files(module))
    # Not ended while an error is handled: ansible-core 2.18 would add its traceback to the result with -vvv.
    end: Callable[..., NoReturn] = module.exit_json
    try:
        result = perform(program, call)
    except ScwError as error:
        end, result = module.fail_json, failure(error)
    end(**result)


class _Module(AnsibleModule):
    """A module whose log holds no secret: AnsibleModule logs nested options as Python writes them, with escapes.

    ``given``: the options as the task has them, before Ansible converts them.
    """

    def _load_params(self) -> None:
        super()._load_params()
        self.given = deepcopy(self.params)

    def log(self, msg: str, log_args: Mapping[str, Any] | None = None) -> None:
        masked = {key: self._masked(str(value)) for key, value in (log_args or {}).items()}
        super().log(self._masked(msg), log_args=masked)

    def _masked(self, text: str) -> str:
        for secret in self.no_log_values:
            text = text.replace(repr(str(secret))[1:-1], "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")
        return text

    @contextmanager
    def raising_failures(self) -> Iterator[None]:
        """Raise what would end the module; before ansible-core 2.19 its methods for files do that by themselves."""
        self.fail_json = _raise  # type: ignore[method-assign]
        try:
            yield
        finally:
            del self.fail_json


def _raise(msg: str, **_more: Any) -> NoReturn:
    # No OSError, which these methods would catch.
    raise RuntimeError(msg)


class Files:
    """Files on this machine, as Ansible takes them. Only for modules with ``add_file_common_args``."""

    def __init__(self, module: _Module) -> None:
        self._module = module

    @property
    def folder(self) -> str:
        """Where temporary files go."""
        return str(self._module.tmpdir)

    def place(self, source: str, path: str) -> None:
        """Move the file at ``source`` to ``path``, where it is at once and as a whole."""
        try:
            with self._module.raising_failures():
                self._module.atomic_move(source, path, unsafe_writes=self._module.params["unsafe_writes"])
        except Exception as error:  # noqa: BLE001 - Ansible raises no other
            reason = getattr(error.__cause__ or error.__context__, "strerror", None) or str(error)
            raise ScwError(f"Could not write {path!r}: {reason}.") from None

    def set_attributes(self, path: str, diff: dict[str, Any]) -> bool:
        """Give the file the owner, group, mode and so on of the task; whether it had others. ``diff`` is added to."""
        wanted = self._module.load_file_common_arguments(self._module.params, path=path)
        return bool(self._module.set_fs_attributes_if_different(wanted, False, diff))
