# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, their code: a zip archive, read and compared.

Two archives are the same if they hold the same files. Order, times and compression do not count, because every tool
that packs chooses them as it likes.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED = 500 * 1024 * 1024
"""Limits of the platform (docs): bytes of an archive, and of all files in it."""

MOST_LISTED = 16 * 1024 * 1024
"""Bytes of the table of contents: some hundred thousand files, which are in memory together."""

CHUNK = 1024 * 1024
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,  # among them UnicodeError, of a name
)
"""What ``zipfile`` raises for archives that are damaged."""
_LONGEST_END = 22 + 65535 + 76  # of an archive: its end with the longest comment, and what stands before it
_UNIX = 3
_ENCRYPTED = 1
_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Entries = Mapping[str, "Entry"]


@dataclass(frozen=True)
class Entry:
    """One file of an archive. ``executable`` is None where the archive does not say.

    The content of a symbolic ``link`` is where it leads.
    """

    size: int
    sha256: str
    executable: bool | None
    link: bool = False

    def same(self, other: Entry | None) -> bool:
        """Whether both are the same file."""
        if other is None or (self.size, self.sha256, self.link) != (other.size, other.sha256, other.link):
            return False
        return self.executable == other.executable or None in (self.executable, other.executable)

    def __str__(self) -> str:
        kind = ", symbolic link" if self.link else ", executable" if self.executable else ""
        return f"{self.size} bytes, sha256 {self.sha256[:16]}{kind}"


class Unreadable(Exception):
    """The file is no archive that a function could be made of; the message completes "the archive …"."""


@dataclass(frozen=True)
class Archive:
    """An archive on this machine, which ``option`` of the task gives. Read in chunks, never as a whole."""

    path: str
    option: str

    def check(self) -> None:
        """Refuse what no function could be made of. Raises InvalidOption."""
        if self.size and self.entries:
            return
        raise InvalidOption(self.option, "the archive is empty.")

    @cached_property
    def size(self) -> int:
        """Bytes. Raises InvalidOption if there are too many, or no file."""
        try:
            found = Path(self.path).stat()
        except OSError as error:
            raise InvalidOption(self.option, f"cannot read the archive: {error.strerror}.") from None
        if not stat.S_ISREG(found.st_mode):
            raise InvalidOption(self.option, "is no file.")
        size = found.st_size
        if size > MOST_BYTES:
            raise InvalidOption(self.option, f"the archive has {size} bytes; the platform takes at most {MOST_BYTES}.")
        return size

    @cached_property
    def md5(self) -> str:
        """What object storage shows as the entity tag of such an object."""
        digest = hashlib.md5(usedforsecurity=False)
        with open(self.path, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @cached_property
    def entries(self) -> Entries:
        """Its files by name. Raises InvalidOption if it cannot be unpacked."""
        try:
            with open(self.path, "rb") as file:
                return read_entries(file)
        except Unreadable as error:
            raise InvalidOption(self.option, f"the archive {error}.") from None
        except OSError as error:
            raise InvalidOption(self.option, f"cannot read the archive: {error.strerror}.") from None


def read_entries(file: BinaryIO) -> Entries:
    """The files of an archive by name. Raises Unreadable."""
    try:
        if _listed(file) > MOST_LISTED:
            raise Unreadable(f"has a table of contents of more than {MOST_LISTED} bytes")
        with zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
            _check(found)
            return {_name(info): _entry(archive, info) for info in found}
    except _DAMAGES as error:
        raise Unreadable(f"cannot be unpacked ({error or error.__class__.__name__})") from None


def _listed(file: BinaryIO) -> int:
    """Bytes of the table of contents, as the end of the archive says, where ``zipfile`` looks for it (APPNOTE 4.3)."""
    start = max(0, file.seek(0, 2) - _LONGEST_END)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\5\6")
    if place < 0:
        return 0
    large = tail[place - 76 : place - 20] if tail[place - 20 : place - 16] == b"PK\6\7" else b""
    if large.startswith(b"PK\6\6"):
        return int(struct.unpack("<Q", large[40:48])[0])
    return int(struct.unpack("<L", tail[place + 12 : place + 16])[0])


def _name(info: zipfile.ZipInfo) -> str:
    """Where a file lies: some tools write ``./handler.py``."""
    return str(PurePosixPath(info.filename))


def _check(found: list[zipfile.ZipInfo]) -> None:
    names = [_name(info) for info in found]
    strange = [name for name in names if ".." in PurePosixPath(name).parts or name.startswith("/")]
    if strange:
        raise Unreadable(f"holds {strange[0]!r}, which leads outside of it")
    doubled = [name for name, times in Counter(names).items() if times > 1]
    if doubled:
        raise Unreadable(f"holds {doubled[0]!r} more than once")
    if any(info.flag_bits & _ENCRYPTED for info in found):
        raise Unreadable("is encrypted")
    if any(info.compress_type not in _USUAL for info in found):
        raise Unreadable("is compressed by another method than deflate, which few tools can unpack")
    unpacked = sum(info.file_size for info in found)
    if unpacked > MOST_UNPACKED:
        raise Unreadable(f"has {unpacked} bytes when unpacked; the platform takes at most {MOST_UNPACKED}")


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    digest, size = hashlib.sha256(), 0
    with archive.open(info) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    mode = info.external_attr >> 16
    known = info.create_system == _UNIX and mode
    link = bool(known and stat.S_ISLNK(mode))
    return Entry(size, digest.hexdigest(), bool(mode & stat.S_IXUSR) if known and not link else None, link)


def differences(before: Entries, after: Entries) -> tuple[dict[str, Any], dict[str, Any]]:
    """The files that differ, on both sides, as shown to the user."""
    changed = [name for name in sorted({**before, **after}) if not _same(before, after, name)]
    return tuple({name: str(side[name]) for name in changed if name in side} for side in (before, after))  # type: ignore[return-value]


def _same(before: Entries, after: Entries, name: str) -> bool:
    return name in before and before[name].same(after.get(name))


def lacks_handler(entries: Entries, runtime: str, handler: str) -> str:
    """The file that a handler such as ``handler.handle`` is looked for in, if the archive has none; "" otherwise.

    Only runtimes of scripts name a file: those that are compiled name a function of the whole.
    """
    if not runtime.startswith(("node", "python", "php")) or "." not in handler:
        return ""
    module = handler.rpartition(".")[0]
    places = {module, module.replace(".", "/")}
    # What a folder is imported by, in the languages that can.
    main = "index" if runtime.startswith("node") else "__init__"
    places |= {f"{place}/{main}" for place in places}
    if any(name.rpartition(".")[0] in places for name in entries):
        return ""
    return f"{module}.{'js' if runtime.startswith('node') else 'php' if runtime.startswith('php') else 'py'}"
