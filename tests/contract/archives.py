# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives with the code of a function."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

HANDLERS = {f"handler.{ending}": "" for ending in ("js", "py", "php", "go", "rs")}
"""A file for each language."""
_LONGEST_COMMENT = 0xFFFF


def archive(files: Mapping[str, str], length: int | None = None) -> bytes:
    """Return a zip of some files, of a certain length by its comment."""
    content = _zipped(files, "")
    if length is None:
        return content
    missing = length - len(content)
    assert 0 <= missing <= _LONGEST_COMMENT, f"these files are {len(content)} bytes, not {length}"
    return _zipped(files, "x" * missing)


def _zipped(files: Mapping[str, str], comment: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
        zipped.comment = comment.encode()
    return kept.getvalue()
