# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Building a function from its archive: unpacks it and looks for what the runtime needs."""

from __future__ import annotations

import io
import zipfile
import zlib

from emulator.functions.facts import LARGEST_CONTENT
from emulator.functions.runtimes import RUNTIMES

# Recorded, of functions that never had code.
INTERNAL = "internal error"
NOT_BUILT = "an error occurred during function source code build step"
FAILING_FILE = "FAIL"


def flaw_of(content: bytes | None, runtime: str, handler: str) -> str | None:
    """Return what is wrong with an archive, in the words of the API where they were recorded; None for nothing.

    A file FAIL at the top makes the build fail with the text in it.
    """
    if content is None:
        return INTERNAL
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _flaw_inside(archive, runtime, handler)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return NOT_BUILT


def _flaw_inside(archive: zipfile.ZipFile, runtime: str, handler: str) -> str | None:
    if sum(item.file_size for item in archive.infolist()) > LARGEST_CONTENT or archive.testzip() is not None:
        return NOT_BUILT
    names = archive.namelist()
    if FAILING_FILE in names:
        return archive.read(FAILING_FILE).decode(errors="replace").strip() or INTERNAL
    return None if _has_handler(names, runtime, handler) else NOT_BUILT


def _has_handler(names: list[str], runtime: str, handler: str) -> bool:
    """Say whether a source file is there: the one before the handler's dot, or any where there is no such thing."""
    language = RUNTIMES[runtime].language
    module, dot, _function = handler.rpartition(".")
    if language.handler.count(".") and dot:
        return any(f"{module}.{ending}" in names for ending in language.endings)
    return any(name.endswith(tuple(f".{ending}" for ending in language.endings)) for name in names)
