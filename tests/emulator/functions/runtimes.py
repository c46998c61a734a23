# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runtimes of functions, and how long each may still be used (recorded 2026-07)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language: its name, the handler by default, the endings of source files, and the sign of its runtimes."""

    name: str
    handler: str
    endings: tuple[str, ...]


_LANGUAGES = {
    "node": Language("Node", "handler.handle", ("js", "mjs", "cjs", "ts")),
    "python": Language("Python", "handler.handle", ("py",)),
    "php": Language("PHP", "handler.handle", ("php",)),
    "go": Language("Go", "Handle", ("go",)),
    "rust": Language("Rust", "handle", ("rs",)),
}
_BY_STATUS = {
    "available": "node26 node24 node22 python314 python313 python312 python311 php85 php84 go126 go125 rust196",
    "end_of_support": "node20 node18 python310 python38 php83 php82 go124 go123 go122 go121 go120 rust185 rust179",
    "deprecated": "python39",
    "end_of_life": "node19 node17 node16 node14 node10 node8 python37 python python3 go119 go118 go117 go113 golang"
    " rust165",
}
_EXPLAINED = {"deprecated": "is deprecated", "end_of_support": "has no support", "end_of_life": "is at its end"}
# These have another default than their language (recorded).
_OWN_HANDLERS = {"go113": ".", "golang": "."}


@dataclass(frozen=True)
class Runtime:
    """One runtime; message: what functions that use it say of it."""

    name: str
    status: str
    language: Language
    version: str
    default_handler: str
    message: str

    def view(self) -> dict[str, str]:
        """Show it as the API does; what has no recorded content is empty."""
        return {
            "name": self.name,
            "language": self.language.name,
            "version": self.version,
            "default_handler": self.default_handler,
            "code_sample": "",
            "status": self.status,
            "status_message": self.message,
            "extension": self.language.endings[0],
            "implementation": "",
            "logo_url": "",
        }


def _runtime(name: str, status: str) -> Runtime:
    sign = next(sign for sign in _LANGUAGES if name.startswith(sign))
    language = _LANGUAGES[sign]
    digits = name.removeprefix(sign).removeprefix("lang")
    # node22 is version 22, python313 is version 3.13.
    version = digits if sign == "node" or len(digits) < 2 else f"{digits[0]}.{digits[1:]}"
    message = f"The runtime {name} {_EXPLAINED[status]}." if status in _EXPLAINED else ""
    return Runtime(name, status, language, version, _OWN_HANDLERS.get(name, language.handler), message)


RUNTIMES: dict[str, Runtime] = {
    name: _runtime(name, status) for status, names in _BY_STATUS.items() for name in names.split()
}
