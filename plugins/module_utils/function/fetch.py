# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, their code as a file on this machine: the archive that was uploaded last, byte by byte."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Protocol

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.engine.redeployment import named
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Missing, Refused
from ansible_collections.scw.cloud.plugins.module_utils.function.archive import (
    CHUNK,
    Entries,
    Unreadable,
    differences,
    read_entries,
)
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION
from ansible_collections.scw.cloud.plugins.module_utils.function.storage import StoredCode
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.values import is_id, is_unknown


class Files(Protocol):
    """What Ansible does with files on this machine."""

    @property
    def folder(self) -> str:
        """Where temporary files go."""

    def place(self, source: str, path: str) -> None:
        """Move the file at ``source`` to ``path``, where it is at once and as a whole."""

    def set_attributes(self, path: str, diff: dict[str, Any]) -> bool:
        """Give the file the owner, group, mode and so on of the task; whether it had others. ``diff`` is added to."""


def fetch_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that fetches code."""
    own = {
        "function": {**named(FUNCTION).option(), "required": True},
        **{ancestor.name: named(ancestor).option() for ancestor in FUNCTION.ancestors},
        "dest": {"type": "path", "required": True},
        "wait_timeout": {"type": "int", "default": 300},
    }
    return {**explicit_spec(LOCATION, own), "add_file_common_args": True}


def fetch_code(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], files: Files, *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that fetches the code of a function. Raises ScwError."""
    dest = str(params["dest"])
    _check_destination(dest)
    lookup = Lookup(FUNCTION, client, {**params, "id": None}, warn, predict=False)
    function = _find(lookup, params)
    diff: dict[str, Any] = {"before": {}, "after": {}}
    new = not os.path.exists(dest)
    with tempfile.TemporaryDirectory(dir=files.folder) as folder:
        fetched = os.path.join(folder, "code.zip")
        with open(fetched, "w+b") as target:
            stored = StoredCode(client, lookup, function).read(target, _md5(dest))
            if not stored.exists:
                raise Refused(f"{FUNCTION.label(function)} has no code. Upload it with src of scw_function.")
            if stored.fetched:
                diff = _diff(dest, target)
        if stored.fetched and not check_mode:
            files.place(fetched, dest)
    changed = files.set_attributes(dest, {} if new else diff)
    return {"changed": changed or stored.fetched, "diff": diff, "dest": dest, "function": function}


def _check_destination(dest: str) -> None:
    """Refuse a place where no file can be."""
    folder = os.path.dirname(dest) or "."
    if os.path.isdir(dest) or not os.path.basename(dest):
        raise InvalidOption("dest", f"{dest!r} is a folder. Give the path of a file.")
    if os.path.exists(dest) and not os.path.isfile(dest):
        raise InvalidOption("dest", f"{dest!r} is there, and is no file.")
    if not os.path.isdir(folder):
        raise InvalidOption("dest", f"the folder {folder!r} does not exist. Create it first.")


def _find(lookup: Lookup, params: Mapping[str, Any]) -> Values:
    """The function. One that does not exist has no code, in check mode too."""
    given = named(FUNCTION).parse(params["function"], "function")
    if is_unknown(given):
        raise names_nothing("function")
    if is_id(given):
        found = lookup.existing("function", FUNCTION, given)
        lookup.check_ancestors(FUNCTION, found)
        return found
    by_name = lookup.find({"name": given}, must_exist=True)
    if by_name is None:
        raise Missing(f"No function {given!r} exists in namespace {params['namespace']!r}.", name=given)
    return by_name


def _md5(path: str) -> str:
    """The entity tag that object storage gives such a file; "" without a file."""
    digest = hashlib.md5(usedforsecurity=False)
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InvalidOption("dest", f"cannot read {path!r} to compare it: {error.strerror}.") from None
    return digest.hexdigest()


def _diff(dest: str, target: BinaryIO) -> dict[str, Any]:
    """The files that differ inside of both archives, and that the archives do."""
    before: dict[str, Any] = {}
    there: Entries = {}
    if os.path.exists(dest):
        with open(dest, "rb") as file:
            before, there = {"archive": _described(file)}, _entries(file)
    gone, new = differences(there, _entries(target))
    after = {"archive": _described(target), "code": new}
    headers = {"before_header": dest, "after_header": dest}
    return {"before": {**before, "code": gone} if before else {}, "after": after, **headers}


def _described(file: BinaryIO) -> str:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return f"{size} bytes, sha256 {digest.hexdigest()[:16]}"


def _entries(file: BinaryIO) -> Entries:
    """What an archive holds; nothing if it cannot be read."""
    file.seek(0)
    try:
        return read_entries(file)
    except Unreadable:
        return {}
