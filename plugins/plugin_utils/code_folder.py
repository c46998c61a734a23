# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of code as a zip archive. The same files make the same bytes, wherever and whenever they are packed.

Names are sorted, times are fixed, and of the modes only "executable" is kept. Files are copied in chunks.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from ansible_collections.scw.cloud.plugins.module_utils.function.archive import MOST_BYTES, MOST_UNPACKED

CHUNK = 1024 * 1024
FIRST_OF_1980 = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can hold."""

IGNORED = (
    ".ansible",
    ".DS_Store",
    ".env",
    ".git",
    ".gitignore",
    ".hg",
    ".idea",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".venv",
    ".vscode",
    "__pycache__",
    "*.pyc",
    "*.swp",
    "Thumbs.db",
)
"""What is left out of an archive unless the task says otherwise."""


class Unpackable(Exception):
    """The folder cannot be packed; the message is a sentence about it."""


def pack(folder: str, target: BinaryIO, ignore: Sequence[str] = IGNORED) -> None:
    """Write the archive of ``folder`` to ``target``. Raises Unpackable.

    ``ignore``: patterns as the shell has them. One without a slash is matched with the name of every file and folder,
    one with a slash with the whole path below ``folder``. A slash at the end has no meaning.
    """
    files = sorted(_files(Path(folder), ignore))
    if not files:
        raise Unpackable("it has no files, or all of them are ignored.")
    unpacked = sum(path.stat().st_size for _name, path in files)
    if unpacked > MOST_UNPACKED:
        raise Unpackable(f"its files have {unpacked} bytes; the platform takes at most {MOST_UNPACKED}.")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, path in files:
            _add(archive, name, path)
    target.flush()
    packed = target.tell()
    if packed > MOST_BYTES:
        raise Unpackable(f"its archive has {packed} bytes; the platform takes at most {MOST_BYTES}.")


def _files(root: Path, ignore: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Name in the archive and path of every file that is not ignored."""
    top = root.resolve()

    def below(folder: Path, prefix: str, around: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
        for entry in folder.iterdir():
            name = f"{prefix}{entry.name}"
            if _is_ignored(name, ignore):
                continue
            real = _real(entry, name, top)
            mode = real.stat().st_mode
            if stat.S_ISDIR(mode):
                if real in around:
                    raise Unpackable(f"{name!r} is a symbolic link that leads to a folder around itself.")
                yield from below(real, f"{name}/", (*around, real))
            elif stat.S_ISREG(mode):
                yield _encodable(name), real
            else:
                raise Unpackable(f"{name!r} is neither a file nor a folder.")

    yield from below(top, "", (top,))


def _real(entry: Path, name: str, top: Path) -> Path:
    """Where an entry leads, which must be inside of the folder."""
    if not entry.is_symlink():
        return entry
    try:
        real = entry.resolve(strict=True)
    except FileNotFoundError:
        raise Unpackable(f"{name!r} is a symbolic link to nothing.") from None
    except (OSError, RuntimeError):
        raise Unpackable(f"{name!r} is a symbolic link that leads in a circle.") from None
    if not real.is_relative_to(top):
        raise Unpackable(f"{name!r} is a symbolic link that leads outside of the folder. Copy what it leads to.")
    return real


def _is_ignored(name: str, patterns: Sequence[str]) -> bool:
    last = name.rpartition("/")[2]
    given = (pattern.rstrip("/") for pattern in patterns)
    return any(fnmatchcase(name if "/" in pattern else last, pattern.lstrip("/")) for pattern in given)


def _encodable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Unpackable(f"the name {os.fsencode(name)!r} is not UTF-8.") from None
    return name


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    info = zipfile.ZipInfo(name, FIRST_OF_1980)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, wherever this runs
    executable = path.stat().st_mode & stat.S_IXUSR
    info.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
    with open(path, "rb") as source, archive.open(info, "w") as packed:
        while chunk := source.read(CHUNK):
            packed.write(chunk)
