# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field of an API object is: its option, its wire form, and when two of its values are the same.

Pure: no I/O, no clock, no product. A value passes through these forms:

    option (what the user wrote) --parse--> wire (what requests carry) --canonical--> comparable

Unset is ``None`` and never reaches a field: the caller prunes it. ``""``, ``[]`` and ``{}`` mean "clear this".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource

UNKNOWN = "<known after apply>"
"""Stands, in check mode, for a value that only the real run can know."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

Resolve = Callable[["Resource", str], str]
"""Turns the name of a resource into its ID."""

Reader = Callable[[Mapping[str, Any]], Any]


def is_id(value: str) -> bool:
    """Whether ``value`` is an ID (a UUID, or the stand-in for one in check mode) and not a name."""
    return value == UNKNOWN or UUID.fullmatch(value) is not None


def blank(value: Any) -> bool:
    """Whether ``value`` means "nothing": the API answers null, "", [] and {} for the same thing (recorded: lb)."""
    return value is None or (isinstance(value, (str, list, dict)) and not value)


@dataclass(frozen=True)
class Field:
    """One writable field of an API object.

    ``name`` is the option and, unless said otherwise, the key in requests (``key``) and in answers (``read``: a
    dotted path, with ``[]`` for "of each element", or a function of the object).
    """

    name: str
    _: KW_ONLY
    aliases: tuple[str, ...] = ()
    key: str = ""
    update_key: str = ""  # where the update call spells the key differently
    read: str | Reader = ""
    required: bool = False  # in every task that gives the object around it
    on_create: bool = False  # needed to create the resource, or the object around it
    creatable: bool = True  # False: the create call does not take it, an update follows
    mutable: bool = True
    way_out: str = ""  # what to do instead of changing an immutable field
    initial: Any = None  # sent on create when unset, because the API demands a value
    when: tuple[str, Any] | None = None  # meaningful only if this sibling has this value

    def __post_init__(self) -> None:
        if self.mutable and self.way_out:
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
        if self.required and not self.when:
            spec["required"] = True
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

    def canonical(self, value: Any) -> Any:
        """Comparable form of a wire value. Idempotent, and leaves alone what it does not know."""
        return value

    def resolve(self, value: Any, resolve: Resolve) -> Any:
        """``value`` with names of resources replaced by IDs."""
        return value

    def same(self, wanted: Any, current: Any) -> bool:
        """Whether ``current`` already is what ``wanted`` asks for."""
        if blank(wanted) and blank(current):
            return True
        return bool(self.canonical(wanted) == self.canonical(current))

    def complete(self, wanted: Any, where: str) -> Any:
        """What a create has to send; raises InvalidOption where something needed is missing."""
        return wanted

    def merge(self, wanted: Any, current: Any, where: str) -> Any:
        """What a full replace has to send so that only ``wanted`` changes."""
        return wanted

    def carry(self, current: Any) -> Any:
        """What a full replace has to send to leave ``current`` as it is."""
        return current

    def encode(self, value: Any) -> Any:
        """``value`` with the keys that requests use; None where it must not be sent."""
        return value

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        """Before and after, as shown to the user."""
        return current, wanted


@dataclass(frozen=True)
class Str(Field):
    """Text. ``ignore_case``: the server changes the case of what it stores (recorded: LB types)."""

    ignore_case: bool = False

    def canonical(self, value: Any) -> Any:
        return value.lower() if self.ignore_case and isinstance(value, str) else value


@dataclass(frozen=True)
class Uuid(Field):
    """An ID that is never looked up by name."""

    def parse(self, value: Any, where: str) -> str:
        text = str(value)
        if not is_id(text):
            raise InvalidOption(where, f"{text!r} is not an ID. An ID looks like 11111111-1111-1111-1111-111111111111.")
        return text if text == UNKNOWN else text.lower()


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
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            allowed = f"from {self.low} to {self.high}" if self.high is not None else f"of at least {self.low}"
            raise InvalidOption(where, f"{number} is not a number {allowed}.")
        return number

    def canonical(self, value: Any) -> Any:
        return 0 if value is None and self.zero_is_null else value


@dataclass(frozen=True)
class Enum(Field):
    """One of ``choices``, the API's own words."""

    choices: tuple[str, ...] = ()

    def shape(self) -> dict[str, Any]:
        return {"type": "str", "choices": list(self.choices)}


_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_MILLISECONDS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


@dataclass(frozen=True)
class Duration(Field):
    """A length of time such as ``30s``, ``5m`` or ``1m30s``; ``""`` clears it.

    The API has two encodings, sometimes in one object: whole milliseconds as a number (``text=False``) and seconds as
    a string such as ``"0.500s"`` (``text=True``). A number without a unit is milliseconds in the first; the
    second refuses it, because there it could mean either.
    """

    text: bool = False

    def parse(self, value: Any, where: str) -> int | str:
        written = str(value).strip().lower().replace(" ", "")
        if not written:
            return ""
        if not self.text and written.isdigit():
            return int(written)
        milliseconds = self._milliseconds(written)
        if milliseconds is None or milliseconds != int(milliseconds):
            bare = "" if self.text else ", or a whole number of milliseconds"
            raise InvalidOption(where, f"{value!r} is not a duration. Write it like 500ms, 30s, 5m or 1h{bare}.")
        whole = int(milliseconds)
        return self._seconds(whole) if self.text else whole

    def canonical(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._milliseconds(value)
        return value

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
        written = str(value).strip()
        if self.canonical(written) is None:
            kinds = "an IPv4 or IPv6 address or network such as 192.0.2.1 or 10.0.0.0/8" if self.network else "an IPv4 or IPv6 address"
            raise InvalidOption(where, f"{written!r} is not {kinds}.")
        return written

    def canonical(self, value: Any) -> str | None:
        # Imported here: only tasks that carry addresses pay for it.
        import ipaddress

        try:
            if self.network:
                return str(ipaddress.ip_network(str(value)))
            return str(ipaddress.ip_address(str(value)))
        except ValueError:
            return None


@dataclass(frozen=True)
class Ref(Field):
    """Another resource, by name or ID. The option drops ``_id``; with ``_id`` it is an alias.

    ``to`` yields the resource, so that two resources can refer to each other.
    """

    to: Callable[[], Resource] | None = None

    @property
    def target(self) -> Resource:
        """The resource that is referred to."""
        if self.to is None:
            raise ValueError(f"{self.name}: a reference needs its target")
        return self.to()

    def parse(self, value: Any, where: str) -> str:
        text = str(value).strip()
        if not text:
            raise InvalidOption(where, f"is empty. Give the name or the ID of the {self.target.title}.")
        return text.lower() if UUID.fullmatch(text) else text

    def resolve(self, value: Any, resolve: Resolve) -> str:
        return value if is_id(value) else resolve(self.target, value)


@dataclass(frozen=True)
class ListOf(Field):
    """A list of ``item``. ``ordered=False``: the order has no meaning. ``empty_as``: what the server makes of []."""

    item: Field = Str("")
    ordered: bool = True
    empty_as: tuple[Any, ...] = ()

    def shape(self) -> dict[str, Any]:
        item = self.item.shape()
        spec: dict[str, Any] = {"type": "list", "elements": item.pop("type")}
        return {**spec, **item}

    def parse(self, value: Any, where: str) -> list[Any]:
        return [self.item.parse(element, f"{where}[{index}]") for index, element in enumerate(value)]

    def canonical(self, value: Any) -> list[Any]:
        elements = [self.item.canonical(element) for element in (value or self.empty_as)]
        return elements if self.ordered else sorted(set(elements), key=str)

    def resolve(self, value: Any, resolve: Resolve) -> list[Any]:
        return [self.item.resolve(element, resolve) for element in value]

    def same(self, wanted: Any, current: Any) -> bool:
        return self.canonical(wanted) == self.canonical(current)

    def carry(self, current: Any) -> list[Any]:
        return [self.item.carry(element) for element in current]

    def encode(self, value: Any) -> list[Any]:
        return [self.item.encode(element) for element in value]


@dataclass(frozen=True)
class Object(Field):
    """Nested fields. What the user leaves out of it is left alone.

    ``one_of`` names fields of which exactly one may be present: choosing another replaces the present one.
    """

    fields: tuple[Field, ...] = ()
    one_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Field.__post_init__(self)
        unknown = set(self.one_of) - {nested.name for nested in self.fields}
        if unknown:
            raise ValueError(f"{self.name}: one_of names unknown fields {sorted(unknown)}")

    def shape(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "dict"}
        if self.fields:
            spec["options"] = {nested.name: nested.option() for nested in self.fields}
        if self.one_of:
            spec["mutually_exclusive"] = [list(self.one_of)]
        needed = [[*nested.when, [nested.name]] for nested in self.fields if nested.when and nested.required]
        return {**spec, "required_if": needed} if needed else spec

    def parse(self, value: Any, where: str) -> dict[str, Any]:
        return {nested.name: nested.parse(value[nested.name], f"{where}.{nested.name}") for nested in self._set(value)}

    def resolve(self, value: Any, resolve: Resolve) -> dict[str, Any]:
        return {**value, **{nested.name: nested.resolve(value[nested.name], resolve) for nested in self._set(value)}}

    def same(self, wanted: Any, current: Any) -> bool:
        current = current or {}
        for nested in self._set(wanted):
            if nested.name in self.one_of and current.get(nested.name) is None:
                return False
            if not nested.same(wanted[nested.name], nested.value(current)):
                return False
        return True

    def complete(self, wanted: Any, where: str) -> dict[str, Any]:
        completed: dict[str, Any] = {}
        for nested in self.fields:
            value = wanted.get(nested.name, nested.initial)
            if value is not None:
                completed[nested.name] = nested.complete(value, f"{where}.{nested.name}")
            elif nested.on_create:
                raise InvalidOption(f"{where}.{nested.name}", f"is needed to set {where}.")
        return completed

    def merge(self, wanted: Any, current: Any, where: str) -> dict[str, Any]:
        if blank(current):
            return self.complete(wanted, where)
        switched = any(name in wanted for name in self.one_of)
        merged: dict[str, Any] = {}
        for nested in self.fields:
            present = nested.value(current)
            if nested.name in wanted:
                merged[nested.name] = nested.merge(wanted[nested.name], present, f"{where}.{nested.name}")
            elif present is not None and not (switched and nested.name in self.one_of):
                merged[nested.name] = nested.carry(present)
        return {nested.name: merged[nested.name] for nested in self._set(merged) if nested.applies(merged)}

    def carry(self, current: Any) -> dict[str, Any]:
        return self.merge({}, current, self.name)

    def encode(self, value: Any) -> dict[str, Any]:
        encoded = {nested.wire: nested.encode(value[nested.name]) for nested in self._set(value)}
        return {key: nested for key, nested in encoded.items() if nested is not None}

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        current = current or {}
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for nested in self._set(wanted):
            present = nested.value(current)
            absent = nested.name in self.one_of and present is None
            if absent or not nested.same(wanted[nested.name], present):
                before[nested.name], after[nested.name] = nested.difference(wanted[nested.name], present)
        chosen = [name for name in self.one_of if name in wanted]
        before.update({name: current[name] for name in self.one_of if chosen and name not in chosen and current.get(name) is not None})
        return {key: value for key, value in before.items() if value is not None}, after

    def _set(self, value: Mapping[str, Any]) -> list[Field]:
        return [nested for nested in self.fields if nested.name in value]


def read_path(obj: Any, path: str) -> Any:
    """The value at a dotted path; ``a[].b`` is the list of ``b`` of each element of ``a``."""
    head, _dot, rest = path.partition(".")
    each = head.endswith("[]")
    value = obj.get(head.removesuffix("[]")) if isinstance(obj, Mapping) else None
    if not rest or value is None:
        return value
    return [read_path(element, rest) for element in value] if each else read_path(value, rest)


def write_path(obj: dict[str, Any], path: str, value: Any) -> None:
    """The inverse of ``read_path``, in place; what lies beside the written leaf is dropped, being stale."""
    head, _dot, rest = path.partition(".")
    if not rest:
        obj[head] = value
    elif head.endswith("[]"):
        obj[head.removesuffix("[]")] = [_nest(rest, element) for element in value]
    else:
        obj[head] = _nest(rest, value)


def _nest(path: str, value: Any) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    write_path(nested, path, value)
    return nested


def prune(value: Any) -> Any:
    """``value`` without unset options, at every depth: Ansible passes them as ``None``."""
    if isinstance(value, Mapping):
        return {key: prune(nested) for key, nested in value.items() if nested is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [prune(nested) for nested in value]
    return value
