# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin for modules that take code from the controller: a folder or an archive, found as Ansible finds files.

A folder is packed on the controller, and the archive brought to where the module runs.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from ansible_collections.scw.cloud.plugins.plugin_utils.code_folder import IGNORED, Unpackable, pack


class ControllerCode(ActionBase):
    """Runs the module of the same name with the path of an archive in the place of its option ``src``."""

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the module; raises AnsibleActionFail for code that cannot be used."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        arguments = dict(self._task.args)
        in_background = self._task.async_val
        place = constants.DEFAULT_LOCAL_TMP  # type: ignore[attr-defined]
        with tempfile.TemporaryDirectory(dir=place) as folder:
            if arguments.get("src") is not None and arguments.get("state") != "absent":
                arguments["src"] = self._bring(self._archive(arguments, Path(folder)))
            result.update(self._execute_module(module_args=arguments, task_vars=task_vars, wrap_async=in_background))
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _archive(self, arguments: dict[str, Any], folder: Path) -> str:
        """Path of the archive on the controller: a new one in ``folder``, or the one that the task gives."""
        given = str(arguments["src"])
        if not given.strip():
            raise AnsibleActionFail("src: is empty. Give the path of a folder or a zip archive on the controller.")
        try:
            found = self._find_needle("files", given)
        except AnsibleError as error:
            searched = " ".join(str(error).split())
            raise AnsibleActionFail(f"src: no folder or archive {given!r} on the controller. {searched}") from None
        if not os.path.isdir(found):
            return str(found)
        packed = folder / "code.zip"
        try:
            with open(packed, "w+b") as target:
                pack(found, target, self._patterns(arguments))
        except (Unpackable, OSError) as error:
            reason = " ".join(str(error).split())
            raise AnsibleActionFail(f"src: cannot pack {given!r} on the controller: {reason}") from None
        return str(packed)

    @staticmethod
    def _patterns(arguments: dict[str, Any]) -> list[str]:
        """What is left out of the archive."""
        patterns = arguments.get("ignore")
        if patterns is None:
            return list(IGNORED)
        if isinstance(patterns, str):
            patterns = patterns.split(",")
        if not isinstance(patterns, list):
            raise AnsibleActionFail("ignore: is not a list of patterns.")
        return [str(pattern).strip() for pattern in patterns]

    def _bring(self, archive: str) -> str:
        """Path of the archive where the module runs."""
        shell = self._connection._shell
        if shell.tmpdir is None:
            self._make_tmp_path()
        place = str(shell.join_path(shell.tmpdir, "code.zip"))
        self._transfer_file(archive, place)
        self._fixup_perms2((shell.tmpdir, place))
        return place
