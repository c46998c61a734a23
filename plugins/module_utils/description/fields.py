# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field of an API object is: its option, its wire form, and when two of its values are the same.

Pure: no I/O, no clock, no product. A value passes through these forms:

    option (what the user wrote) --parse--> wire (what requests carry) --canonical--> comparable

Unset is ``None`` and never reaches a field: the caller prunes it. ``""`` and ``[]`` mean "clear this".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, blank, is_id, read_path

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource

Resolve = Callable[["Resource", Any, "Mapping[str, Any]"], str]
"""Turns what names a resource into its ID; takes where it is too: options of its location and of what is around it."""

Reader = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One writable field of an API object.

    ``name`` is the option and, unless said otherwise, the key in requests (``key``) and in answers (``read``: a
    dotted path, with ``[]`` for "of each element", or a function of the object).
    """

    is_secret: ClassVar[bool] = False  # nothing may show the value

    name: str = field(kw_only=False)
    aliases: tuple[str, ...] = ()
    key: str = ""
    update_key: str = ""  # where the update call spells the key differently
    read: str | Reader = ""
    required: bool = False  # in every task that gives the object around it
    on_create: bool = False  # needed to create the resource, or the object around it
    creatable: bool = True  # False: the create call does not take it, an update follows
    mutable: bool = True
    settable_once: bool = False  # can be given to a resource that has none, but not changed
    way_out: str = ""  # what to do instead of changing a field that is fixed
    initial: Any = None  # sent on create when unset, because the API demands a value
    default: Any = UNKNOWN  # what the API makes of it when a create leaves it out, as far as that is known
    when: tuple[str, Any] | None = None  # meaningful only if this sibling has this value
    shown_unset: bool = True  # False: objects lack the key while it is unset
    hidden: bool = False  # no option, and only sent when the resource's ``prepare`` asks for it
    looks_secret: bool = False  # is called like something secret, and says only where that is
    file: str = ""  # inside an object: a sibling option, the path of a file on the controller that holds the value

    def __post_init__(self) -> None:
        if self.mutable and not self.settable_once and self.way_out:
            raise ValueError(f"{self.name}: a mutable field needs no way out")
        if not self.creatable and (self.on_create or self.initial is not None):
            raise ValueError(f"{self.name}: needed on create, but the create call does not take it")

    @property
    def wire(self) -> str:
        """Key in create requests."""
        return self.key or self.name

    @property
    def wire_update(self) -> str:
        """Key in update requests."""
        return self.update_key or self.wire

    def value(self, obj: Mapping[str, Any]) -> Any:
        """The field's value in an API object; ``None`` where it is missing."""
        read = self.read or self.name
        return read(obj) if callable(read) else read_path(obj, read)

    def option(self) -> dict[str, Any]:
        """Ansible's argument specification of this field."""
        spec = self.shape()
        if self.aliases:
            spec["aliases"] = list(self.aliases)
        if self.required and not self.when and not self.file:
            spec["required"] = True
        if self.looks_secret:
            spec["no_log"] = False
        return spec

    def shape(self) -> dict[str, Any]:
        """Type of the option, without its name."""
        return {"type": "str"}

    def applies(self, siblings: Mapping[str, Any]) -> bool:
        """Whether the field means anything beside these values."""
        return self.when is None or siblings.get(self.when[0]) == self.when[1]

    def parse(self, value: Any, where: str) -> Any:
        """Wire form of what the user wrote; raises InvalidOption naming ``where``."""
        return value

    def beside(self, value: Any, siblings: Mapping[str, Any]) -> Any:
        """``value`` without what its ``siblings`` in the same object say already."""
        return value

    def canonical(self, value: Any) -> Any:
        """Comparable form of a wire value. Idempotent, and leaves alone what it does not know."""
        return value

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> Any:
        """``value`` with names of resources replaced by IDs; ``siblings`` are the other values of the same object."""
        return value

    def same(self, wanted: Any, current: Any) -> bool:
        """Whether ``current`` already is what ``wanted`` asks for."""
        if blank(wanted) and blank(current):
            return True
        return bool(self.canonical(wanted) == self.canonical(current))

    def kept(self, wanted: Any, current: Any) -> bool:
        """Whether ``current`` shows that ``wanted`` was written."""
        return self.same(wanted, current)

    def complete(self, wanted: Any, where: str) -> Any:
        """What a create has to send; raises InvalidOption where something needed is missing."""
        return wanted

    def hint(self, value: Any) -> Any:
        """``value`` as a filter of the API takes it."""
        return value

    def merge(self, wanted: Any, current: Any, where: str) -> Any:
        """What a full replace has to send so that only ``wanted`` changes."""
        return wanted

    def carry(self, current: Any) -> Any:
        """What a full replace has to send to leave ``current`` as it is."""
        return current

    def fixed(self, wanted: Any, current: Any) -> list[tuple[str, Any, Any]]:
        """Which parts of ``current`` differ and cannot change: the path of each, what it is, and what is wanted."""
        return [] if self.mutable and not (self.settable_once and current) else [(self.name, current, wanted)]

    def changeable(self, value: Any) -> Any:
        """``value`` without the parts that no update carries."""
        return value

    def encode(self, value: Any) -> Any:
        """``value`` with the keys that requests use; None where it must not be sent."""
        return value

    def predicted(self, value: Any) -> Any:
        """``value`` as answers show it once it was sent."""
        return self.encode(value)

    def omitted(self) -> Any:
        """What answers show after a create that left the field out; UNKNOWN where nobody knows."""
        return deepcopy(self.default)

    def made(self, value: Any) -> Any:
        """``value`` as answers show it once a create carried it."""
        return self.predicted(value)

    def announced(self, value: Any) -> Any:
        """``value`` as the difference that a create makes shows it."""
        return self.predicted(value)

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        """Before and after, as shown to the user."""
        return current, wanted

    def doubt(self, wanted: Any, current: Any) -> str:
        """Which part of ``current`` counts as different only because it cannot be read, as a sentence; "" if none."""
        return ""

    def outdated(self, value: Any, now: float) -> str:
        """Why ``value`` must not be written any more at ``now`` (seconds since 1970); "" while it may."""
        return ""


def text_of(value: Any, where: str) -> str:
    """``value`` as a text that JSON can carry. Raises InvalidOption, which does not show it: it may be secret."""
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidOption(
            where, "is not valid UTF-8. It may come from a file in another encoding; convert it, or send it as Base64."
        ) from None
    return text


@dataclass(frozen=True)
class Str(Field):
    """Text.

    ``ignore_case``: the server changes the case of what it stores (recorded: LB types). ``unset_as``: a pattern of what
    the server shows after "" was sent.
    """

    ignore_case: bool = False
    may_be_empty: bool = True
    unset_as: str = ""

    def parse(self, value: Any, where: str) -> str:
        text = text_of(value, where)
        if not text.strip() and not self.may_be_empty:
            raise InvalidOption(where, "must not be empty.")
        return text

    def canonical(self, value: Any) -> Any:
        return value.lower() if self.ignore_case and isinstance(value, str) else value

    def predicted(self, value: Any) -> Any:
        return self.canonical(value)

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        return current, self.canonical(wanted)

    def same(self, wanted: Any, current: Any) -> bool:
        if wanted == "" and self.unset_as and re.fullmatch(self.unset_as, str(current)):
            return True
        return Field.same(self, wanted, current)


@dataclass(frozen=True)
class Uuid(Field):
    """An ID that is never looked up by name."""

    may_be_empty: bool = False

    def parse(self, value: Any, where: str) -> str:
        text = str(value)
        if self.may_be_empty and not text:
            return text
        if not is_id(text):
            raise InvalidOption(where, f"{text!r} is not an ID. An ID looks like 6170692e-7363-616c-6577-61792e636f6d.")
        return text if text == UNKNOWN else text.lower()

    def predicted(self, value: Any) -> Any:
        return value or None


@dataclass(frozen=True)
class Bool(Field):
    """True or false; null in answers means false."""

    def shape(self) -> dict[str, Any]:
        return {"type": "bool"}

    def canonical(self, value: Any) -> bool:
        return bool(value)


@dataclass(frozen=True)
class Int(Field):
    """Whole number between ``low`` and ``high`` inclusive. ``zero_is_null``: the server answers null for 0."""

    low: int | None = None
    high: int | None = None
    choices: tuple[int, ...] = ()
    zero_is_null: bool = False

    def shape(self) -> dict[str, Any]:
        return {"type": "int", "choices": list(self.choices)} if self.choices else {"type": "int"}

    def parse(self, value: Any, where: str) -> int:
        number = int(value)
        if number.bit_length() > _BITS:
            raise InvalidOption(where, "is a number that no computer counts to.")
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            raise InvalidOption(where, f"{number} is not a number {self._allowed()}.")
        return number

    def _allowed(self) -> str:
        if self.low is None:
            return f"of at most {self.high}"
        return f"of at least {self.low}" if self.high is None else f"from {self.low} to {self.high}"

    def canonical(self, value: Any) -> Any:
        return 0 if value is None and self.zero_is_null else value


@dataclass(frozen=True)
class Enum(Field):
    """One of ``choices``, the API's own words."""

    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Field.__post_init__(self)
        if not self.choices:
            raise ValueError(f"{self.name}: needs choices")

    def shape(self) -> dict[str, Any]:
        return {"type": "str", "choices": list(self.choices)}


_BITS = 63
_DURATION = re.compile(r"(?:[0-9]{1,15}(?:\.[0-9]{1,12})?(?:ms|s|m|h|d))+")
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)")
_WHOLE = re.compile(r"[0-9]{1,15}")
_MILLISECONDS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


@dataclass(frozen=True)
class Duration(Field):
    """A length of time such as ``30s``, ``5m`` or ``1m30s``; ``""`` clears it.

    The API has two encodings, sometimes in one object: whole milliseconds as a number (``text=False``) and seconds as
    a string such as ``"0.500s"`` (``text=True``). A number without a unit is milliseconds in the first; the
    second refuses it, because there it could mean either.
    """

    text: bool = False
    may_be_empty: bool = True

    def parse(self, value: Any, where: str) -> int | str:
        written = str(value).strip().lower().replace(" ", "")
        if not written and self.may_be_empty:
            return ""
        if not self.text and _WHOLE.fullmatch(written):
            return int(written)
        milliseconds = self._milliseconds(written)
        if milliseconds is None or milliseconds != int(milliseconds):
            bare = "" if self.text else ", or a whole number of milliseconds"
            raise InvalidOption(where, f"{value!r} is not a duration. Write it like 500ms, 30s, 5m or 1h{bare}.")
        whole = int(milliseconds)
        return self._seconds(whole) if self.text else whole

    def canonical(self, value: Any) -> Any:
        milliseconds = self._milliseconds(value) if isinstance(value, str) else None
        return value if milliseconds is None else milliseconds

    def encode(self, value: Any) -> Any:
        return None if value == "" else value

    @staticmethod
    def _milliseconds(written: str) -> float | None:
        if not _DURATION.fullmatch(written):
            return None
        return sum(round(float(number) * _MILLISECONDS[unit], 6) for number, unit in _DURATION_PART.findall(written))

    @staticmethod
    def _seconds(milliseconds: int) -> str:
        seconds, rest = divmod(milliseconds, 1000)
        return f"{seconds}.{rest:03d}s" if rest else f"{seconds}s"


@dataclass(frozen=True)
class Address(Field):
    """An IPv4 or IPv6 address, or with ``network=True`` also a network such as ``10.0.0.0/8``."""

    network: bool = False

    def parse(self, value: Any, where: str) -> str:
        # Imported here, as below: only tasks that carry addresses pay for it.
        import ipaddress

        written = str(value).strip()
        try:
            ipaddress.ip_network(written) if self.network else ipaddress.ip_address(written)
        except ValueError as error:
            problem = f"{written!r} is not an IPv4 or IPv6 address"
            if self.network:
                problem += " or network such as 192.0.2.1 or 10.0.0.0/8"
            raise InvalidOption(where, f"{problem}{self._network_of(written)}.") from error
        return written

    def canonical(self, value: Any) -> Any:
        import ipaddress

        try:
            return str(ipaddress.ip_network(str(value)) if self.network else ipaddress.ip_address(str(value)))
        except ValueError:
            return value

    def hint(self, value: Any) -> Any:
        return self.canonical(value)

    def _network_of(self, written: str) -> str:
        """The network an address with a prefix length lies in."""
        import ipaddress

        try:
            network = ipaddress.ip_network(written, strict=False)
        except ValueError:
            return ""
        return f"; the network of this address is {network}" if self.network else ""
