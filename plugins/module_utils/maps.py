# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that are maps of texts, among them secrets. Pure.

A secret is in requests and nowhere else: not in differences, results or messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingLibrary
from ansible_collections.scw.cloud.plugins.module_utils.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

HIDDEN = "<secret>"
NEW = "<new secret>"


@dataclass(frozen=True)
class MapOf(Field):
    """Names and texts. What is set is the whole map."""

    def shape(self) -> dict[str, Any]:
        return {"type": "dict"}

    def parse(self, value: Any, where: str) -> dict[str, str]:
        return {str(name): self._text(text, f"{where}.{name}") for name, text in value.items()}

    @staticmethod
    def _text(value: Any, where: str) -> str:
        if isinstance(value, (bool, float, list, dict)):
            raise InvalidOption(where, "is not a text. Put it in quotes.")
        return str(value)

    def canonical(self, value: Any) -> Any:
        return dict(value) if isinstance(value, Mapping) else {}

    def carry(self, current: Any) -> Any:
        return self.canonical(current)

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        present = self.canonical(current)
        before = {name: text for name, text in present.items() if wanted.get(name) != text}
        after = {name: text for name, text in wanted.items() if present.get(name) != text}
        return before, after


@dataclass(frozen=True)
class Json(Field):
    """An object of the user's own, with whatever JSON can hold."""

    def shape(self) -> dict[str, Any]:
        return {"type": "dict"}

    def canonical(self, value: Any) -> Any:
        return dict(value) if isinstance(value, Mapping) else {}


class Secrets(dict[str, str]):
    """Secret texts by name. ``always``: they are written even if they are there already. Prints as names only."""

    always = False

    def __repr__(self) -> str:
        return repr(dict.fromkeys(self, HIDDEN))


@dataclass(frozen=True)
class HashedMap(MapOf):
    """Secrets that answers show as argon2id hashes, with which they are compared.

    An update keeps a secret that it carries as "", and removes what it does not carry (recorded: containers v1).
    """

    def shape(self) -> dict[str, Any]:
        return {"type": "dict", "no_log": True}

    def parse(self, value: Any, where: str) -> Secrets:
        return Secrets({str(name): self._secret(text, f"{where}.{name}") for name, text in value.items()})

    def _secret(self, value: Any, where: str) -> str:
        text = self._text(value, where)
        if not text:
            raise InvalidOption(where, "is empty. A secret has a value; leave it out to remove it.")
        return text

    def same(self, wanted: Any, current: Any) -> bool:
        present = self.canonical(current)
        return set(wanted) == set(present) and not any(self.merge(wanted, current, self.name).values())

    def kept(self, wanted: Any, current: Any) -> bool:
        present = self.canonical(current)
        if set(wanted) != set(present):
            return False
        try:
            return all(matches(text, present[name]) for name, text in wanted.items())
        except MissingLibrary:  # too late to refuse: they are written
            return True

    def merge(self, wanted: Any, current: Any, where: str) -> Any:
        present, forced = self.canonical(current), isinstance(wanted, Secrets) and wanted.always
        return {name: "" if self._stays(text, present.get(name), forced) else text for name, text in wanted.items()}

    @staticmethod
    def _stays(text: str, hashed: Any, forced: bool) -> bool:
        return hashed is not None and (text == hashed or (not forced and matches(text, hashed)))

    def encode(self, value: Any) -> Any:
        return dict(value)

    def predicted(self, value: Any) -> Any:
        return dict.fromkeys(value, UNKNOWN)

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        present = self.canonical(current)
        changed = {name for name, text in self.merge(wanted, current, self.name).items() if text}
        gone = set(present) - set(wanted)
        before = {name: HIDDEN for name in present if name in changed | gone}
        return before, {name: NEW if name in present else HIDDEN for name in wanted if name in changed}


@dataclass(frozen=True)
class HashedPairs(HashedMap):
    """Secrets as a list of pairs, which answers show with their hashes.

    An update leaves alone what it does not carry, and removes what it carries as null (recorded: functions).
    """

    def canonical(self, value: Any) -> Any:
        if not isinstance(value, list):
            return HashedMap.canonical(self, value)
        return {pair.get("key"): pair.get("hashed_value") for pair in value if isinstance(pair, Mapping)}

    def merge(self, wanted: Any, current: Any, where: str) -> Any:
        gone = set(self.canonical(current)) - set(wanted)
        return {**dict.fromkeys(gone), **HashedMap.merge(self, wanted, current, where)}

    def encode(self, value: Any) -> Any:
        return [{"key": name, "value": text} for name, text in sorted(value.items()) if text != ""]

    def predicted(self, value: Any) -> Any:
        return [{"key": name, "hashed_value": UNKNOWN} for name, text in sorted(value.items()) if text is not None]


class SecretText(str):
    """A secret. Whoever prints values for a message does not get it."""

    def __repr__(self) -> str:
        return HIDDEN


@dataclass(frozen=True)
class Secret(Field):
    """A secret text that no answer shows. So it cannot be compared: whoever sets it, writes it."""

    def shape(self) -> dict[str, Any]:
        return {"type": "str", "no_log": True}

    def parse(self, value: Any, where: str) -> SecretText:
        if not str(value):
            raise InvalidOption(where, "is empty.")
        return SecretText(value)

    def same(self, wanted: Any, current: Any) -> bool:
        return False

    def kept(self, wanted: Any, current: Any) -> bool:
        return True

    def encode(self, value: Any) -> Any:
        return str(value)

    def predicted(self, value: Any) -> Any:
        return None

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        return HIDDEN, NEW


@lru_cache(maxsize=256)
def matches(text: str, hashed: str) -> bool:
    """Whether a hash is one of this text, or the same hash. Raises MissingLibrary where that cannot be found out."""
    if text == hashed:
        return True
    # Imported here: only tasks with secrets need the library.
    try:
        from argon2.exceptions import InvalidHashError, VerificationError
        from argon2.low_level import Type, verify_secret
    except ImportError as error:
        raise MissingLibrary(
            "Python's argon2-cffi is needed on the machine where the module runs, to compare secrets: install it there "
            "with pip install argon2-cffi, or set update_secrets to always or on_create."
        ) from error
    try:
        return bool(verify_secret(str(hashed).encode(), text.encode(), Type.ID))
    except (InvalidHashError, VerificationError):
        return False
