# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that a task writes, as another thing that is held beside the account."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any


class File:
    """The file at a path, as it is now; nothing without a path."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path else None
        self._content = self._read()

    def _read(self) -> bytes | None:
        return self._path.read_bytes() if self._path and self._path.exists() else None

    def restore(self) -> None:
        """Have it be as it was."""
        if self._path and self._content is None:
            self._path.unlink(missing_ok=True)
        elif self._path and self._content is not None:
            self._path.write_bytes(self._content)

    def held(self) -> dict[str, list[dict[str, Any]]]:
        """Everything in the folder of the file, by what is in it: so what is left behind shows too."""
        if self._path is None:
            return {}
        found = sorted(self._path.parent.iterdir())
        return {"file": [{"name": one.name, "sha256": hashlib.sha256(one.read_bytes()).hexdigest()} for one in found]}
