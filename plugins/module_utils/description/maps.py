# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that are maps of texts, among them secrets. Pure.

A secret is in requests and nowhere else: not in differences, results or messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field, Str, text_of
from ansible_collections.scw.cloud.plugins.module_utils.errors import Incomparable, InvalidOption, MissingLibrary
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

HIDDEN = "<secret>"
NEW = "<new secret>"

_HASH = re.compile(r"\$argon2id\$v=[0-9]+\$m=[0-9]+,t=[0-9]+,p=[0-9]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+")
_UNREADABLE = -32
"""What argon2 calls a text that it cannot take apart."""


@dataclass(frozen=True)
class MapOf(Field):
    """Names and texts. What is set is the whole map."""

    def shape(self) -> dict[str, Any]:
        return {"type": "dict"}

    def parse(self, value: Any, where: str) -> dict[str, str]:
        return {text_of(name, where): self._text(text, f"{where}.{name}") for name, text in value.items()}

    @staticmethod
    def _text(value: Any, where: str) -> str:
        if value is None:
            raise InvalidOption(where, "has no value. Leave it out to remove it, or put the text in quotes.")
        if isinstance(value, (bool, float, list, dict)):
            raise InvalidOption(where, "is not a text. Put it in quotes.")
        return text_of(value, where)

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
    """An object of the user's own, with whatever JSON can hold; null is one of these values."""

    def shape(self) -> dict[str, Any]:
        return {"type": "dict"}

    def parse(self, value: Any, where: str) -> Any:
        text_of(json.dumps(value, ensure_ascii=False), where)
        return value

    def canonical(self, value: Any) -> Any:
        return _comparable(value) if isinstance(value, Mapping) else {}


def _comparable(value: Any) -> Any:
    """A value of JSON in a form that tells true from 1, as Python does not."""
    if isinstance(value, Mapping):
        return {str(key): _comparable(nested) for key, nested in value.items()}
    if isinstance(value, list):
        return [_comparable(nested) for nested in value]
    return (value,) if isinstance(value, bool) else value


@dataclass(frozen=True)
class JsonText(Str):
    """Text. An object or a list is sent as JSON, spelled as by Ansible's ``to_json``."""

    def shape(self) -> dict[str, Any]:
        return {"type": "raw"}

    def parse(self, value: Any, where: str) -> str:
        if isinstance(value, (bool, float)):
            raise InvalidOption(where, "is not a text. Put it in quotes.")
        return Str.parse(self, json.dumps(value) if isinstance(value, (dict, list)) else value, where)


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
        return Secrets({text_of(name, where): self._secret(text, f"{where}.{name}") for name, text in value.items()})

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
            return all(self._stays(text, present[name], forced=False) for name, text in wanted.items())
        except (MissingLibrary, Incomparable):  # too late to refuse: they are written
            return True

    def merge(self, wanted: Any, current: Any, where: str) -> Any:
        present, forced = self.canonical(current), isinstance(wanted, Secrets) and wanted.always
        staying = {
            name for name, text in wanted.items() if name in present and self._stays(text, present[name], forced=forced)
        }
        return {name: "" if name in staying else text for name, text in wanted.items()}

    @staticmethod
    def _stays(text: str, hashed: Any, *, forced: bool) -> bool:
        """Whether what is there stays: it is carried along, or a hash of the same text."""
        return bool(text == hashed) or (not forced and bool(matches(text, hashed)))

    def doubt(self, wanted: Any, current: Any) -> str:
        if isinstance(wanted, Secrets) and wanted.always:
            return ""
        present = self.canonical(current)
        both = [name for name, text in wanted.items() if name in present and present[name] != text]
        unread = [name for name in both if matches(wanted[name], present[name]) is None]
        if not unread:
            return ""
        return (
            f"the API shows {', '.join(sorted(unread))} with hashes that are not argon2id. They cannot be compared, so "
            "every run writes them. Set update_secrets to on_create to leave them alone."
        )

    def encode(self, value: Any) -> Any:
        return dict(value)

    def predicted(self, value: Any) -> Any:
        return dict.fromkeys(value, UNKNOWN)

    def announced(self, value: Any) -> Any:
        return dict.fromkeys(value, HIDDEN)

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
        pairs = [pair for pair in value if isinstance(pair, Mapping) and isinstance(pair.get("key"), str)]
        return {pair["key"]: pair.get("hashed_value") for pair in pairs}

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

    is_secret: ClassVar[bool] = True
    shown_unset: bool = False

    def shape(self) -> dict[str, Any]:
        return {"type": "str", "no_log": True}

    def parse(self, value: Any, where: str) -> SecretText:
        text = text_of(value, where)
        if not text:
            raise InvalidOption(where, "is empty.")
        return SecretText(text)

    def same(self, wanted: Any, current: Any) -> bool:
        return False

    def kept(self, wanted: Any, current: Any) -> bool:
        return True

    def carry(self, current: Any) -> Any:
        return current or None  # what is shown as "" would be emptied by it

    def encode(self, value: Any) -> Any:
        return None if value is None else str(value)

    def predicted(self, value: Any) -> Any:
        return None

    def announced(self, value: Any) -> Any:
        return HIDDEN

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        return HIDDEN, NEW


def matches(text: str, hashed: Any) -> bool | None:
    """Whether a hash is one of this text; None if it is no hash that can be read.

    Raises MissingLibrary or Incomparable where that cannot be found out.
    """
    return verified(text, hashed) if isinstance(hashed, str) and _HASH.fullmatch(hashed) else None


@lru_cache(maxsize=256)
def verified(text: str, hashed: str) -> bool | None:
    # Imported here: only tasks with secrets need the library.
    try:
        from argon2.exceptions import VerificationError, VerifyMismatchError
        from argon2.low_level import Type, error_to_str, verify_secret
    except ImportError as error:
        raise MissingLibrary(
            "Python's argon2-cffi is needed on the machine where the module runs, to compare secrets: install it there "
            "with pip install argon2-cffi, or set update_secrets to always or on_create."
        ) from error
    try:
        return bool(verify_secret(hashed.encode(), text.encode(), Type.ID))
    except VerifyMismatchError:
        return False
    except (VerificationError, MemoryError) as error:
        if str(error) == error_to_str(_UNREADABLE):
            return None
        raise Incomparable(
            f"Could not compare a secret with the hash that the API shows ({error or 'out of memory'}). "
            "Give the machine where the module runs more memory, or set update_secrets to always or on_create."
        ) from None
