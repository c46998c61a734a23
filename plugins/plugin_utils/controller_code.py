# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that name code on the controller: a folder or an archive, found as Ansible finds files.

A folder is packed on the controller, and the archive brought to where the module runs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from ansible_collections.scw.cloud.plugins.plugin_utils.code_folder import IGNORED, Unpackable, pack


class ControllerCode(ActionBase):
    """An action that gives a module an archive."""

    @contextmanager
    def packed(self, options: Mapping[str, Any], name: str, *, bring: bool) -> Iterator[dict[str, Any]]:
        """Options with the path of an archive in the place of the option ``name``, while the context lasts.

        ``bring``: whether to bring it to the host of the task. Raises AnsibleActionFail for code that cannot be used.
        """
        place = constants.DEFAULT_LOCAL_TMP  # type: ignore[attr-defined]
        with tempfile.TemporaryDirectory(dir=place) as folder:
            archive = self._archive(options, name, Path(folder))
            yield {**options, name: self._brought(archive) if bring else archive}

    def _archive(self, arguments: Mapping[str, Any], name: str, folder: Path) -> str:
        """Path of the archive on the controller: a new one in ``folder``, or the one that the task gives."""
        given = str(arguments[name])
        if not given.strip():
            raise AnsibleActionFail(f"{name}: is empty. Give the path of a folder or a zip archive on the controller.")
        try:
            found = self._find_needle("files", given)
        except AnsibleError as error:
            searched = " ".join(str(error).split())
            raise AnsibleActionFail(f"{name}: no folder or archive {given!r} on the controller. {searched}") from None
        if not os.path.isdir(found):
            return str(found)
        packed = folder / "code.zip"
        try:
            with open(packed, "w+b") as target:
                pack(found, target, self._patterns(arguments))
        except (Unpackable, OSError) as error:
            reason = " ".join(str(error).split())
            raise AnsibleActionFail(f"{name}: cannot pack {given!r} on the controller: {reason}") from None
        return str(packed)

    @staticmethod
    def _patterns(arguments: Mapping[str, Any]) -> list[str]:
        """What is left out of the archive."""
        patterns = arguments.get("ignore")
        if patterns is None:
            return list(IGNORED)
        if isinstance(patterns, str):
            patterns = patterns.split(",")
        if not isinstance(patterns, list):
            raise AnsibleActionFail("ignore: is not a list of patterns.")
        return [str(pattern).strip() for pattern in patterns]

    def _brought(self, archive: str) -> str:
        """Path of the archive where the module runs."""
        shell = self._connection._shell
        if shell.tmpdir is None:
            self._make_tmp_path()
        place = str(shell.join_path(shell.tmpdir, "code.zip"))
        self._transfer_file(archive, place)
        self._fixup_perms2((shell.tmpdir, place))
        return place
