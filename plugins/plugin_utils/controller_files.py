# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that name files on the controller.

Such a file is found as Ansible finds files, decrypted if Ansible Vault encrypted it, and its content takes the place of
its path before the module runs. What the task itself says is left as it is, so no content shows with ``-vvv``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleActionFail, AnsibleError, AnsibleFileNotFound
from ansible.plugins.action import ActionBase

Read = Callable[[str, str], str]
"""Yields the content of a file; takes the option that names it, for messages, and its path."""


def with_contents(options: Mapping[str, Any], files: Mapping[str, str], read: Read) -> dict[str, Any]:
    """A copy of ``options`` with contents in the place of paths; ``files`` as ``options.controller_files`` yields it.

    Leaves alone what the module refuses better: a path beside the content, and values of the wrong type.
    """
    filled: Any = options
    for path, content in files.items():
        filled = _filled(filled, path.split("."), content, "", read)
    return dict(filled)


def without_files(options: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    """A copy of ``options`` without those that files belong to: what is to be deleted needs none."""
    holding = {path.partition(".")[0].removesuffix("[]") for path in files}
    return {name: value for name, value in options.items() if name not in holding}


def _filled(value: Any, steps: list[str], content: str, where: str, read: Read) -> Any:
    if not isinstance(value, Mapping):
        return value
    head, *rest = steps
    name = head.removesuffix("[]")
    given, option = value.get(name), f"{where}{name}"
    if not rest:
        if not isinstance(given, str) or value.get(content) is not None:
            return value
        return {**{key: other for key, other in value.items() if key != name}, content: read(option, given)}
    if head == name:
        return {**value, name: _filled(given, rest, content, f"{option}.", read)} if name in value else value
    if not isinstance(given, list):
        return value
    elements = [_filled(one, rest, content, f"{option}[{index}].", read) for index, one in enumerate(given)]
    return {**value, name: elements}


class ControllerFiles(ActionBase):
    """An action that gives a module the contents of files."""

    def filled(self, options: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
        """Options with contents in the place of paths; raises AnsibleActionFail for a file that cannot be used.

        ``files``: see ``options.controller_files``.
        """
        absent = options.get("state") == "absent"
        return without_files(options, files) if absent else with_contents(options, files, self._content)

    def _content(self, option: str, path: str) -> str:
        if not path.strip():
            raise AnsibleActionFail(f"{option}: is empty. Give the path of a file on the controller.")
        try:
            content = self._read(path)
        except (AnsibleFileNotFound, FileNotFoundError) as error:
            searched = " ".join(str(error).split())
            raise AnsibleActionFail(f"{option}: no file {path!r} on the controller. {searched}") from None
        except (AnsibleError, OSError) as error:
            raise AnsibleActionFail(f"{option}: cannot read {path!r} on the controller: {_reason(error)}") from None
        except UnicodeDecodeError:
            raise AnsibleActionFail(f"{option}: {path!r} on the controller is no text file.") from None
        if not content.strip():
            raise AnsibleActionFail(f"{option}: {path!r} on the controller is an empty file.")
        return content

    def _read(self, path: str) -> str:
        """The text of a file; one that is encrypted is decrypted into a temporary file, which does not stay."""
        found = self._find_needle("files", path)
        plain = self._loader.get_real_file(found)
        try:
            with open(plain, encoding="utf-8", newline="") as file:
                text = file.read()
        finally:
            self._loader.cleanup_tmp_file(plain)
        if "\0" in text:
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "a zero byte")
        return text


def _reason(error: Exception) -> str:
    """Why, in one line."""
    return " ".join(str(error).split())
