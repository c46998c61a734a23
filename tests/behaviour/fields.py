# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields at every depth of a resource, and values for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Field,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.links import Elsewhere, Link
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap, Json, MapOf, Secret
from ansible_collections.scw.cloud.plugins.module_utils.description.pem import Pem
from ansible_collections.scw.cloud.plugins.module_utils.description.quantities import Megabytes, Millicpu, Size
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from behaviour.account import Use
from behaviour.samples import COMPANIONS, NOT_CLEARABLE, NOT_IN_FULL, ONE_WAY, RESTORED, VALUES, Value, plain
from contract.certificates import custom_chain
from naming import key_of


@dataclass(frozen=True)
class Leaf:
    """One field without fields of its own; ``chain`` leads to it from the top-level field."""

    resource: Resource
    chain: tuple[Field, ...]

    @property
    def top(self) -> Field:
        """The option of the module it is in."""
        return self.chain[0]

    @property
    def field(self) -> Field:
        """The field itself."""
        return self.chain[-1]

    @property
    def path(self) -> str:
        """Dotted path as in the options."""
        return ".".join(field.name for field in self.chain)

    @property
    def key(self) -> str:
        """Its key in the samples."""
        return f"{key_of(self.resource)}.{self.path}"

    @property
    def is_mutable(self) -> bool:
        """Whether neither it nor what it is in is fixed."""
        return all(field.mutable for field in self.chain)

    @property
    def is_branch(self) -> bool:
        """Whether it only chooses a kind and has no value of its own."""
        return isinstance(self.field, Object)

    @property
    def is_identity(self) -> bool:
        """Whether tasks find the resource by it."""
        names = [name.replace("[]", "") for alternative in self.resource.identity for name in alternative]
        return any(name == self.path or name.startswith(f"{self.path}.") for name in names)

    @property
    def is_beside_identity(self) -> bool:
        """Whether it cannot be given together with that by which tasks find the resource."""
        return bool(self.resource.identity) and self.resource.identity[0][0].partition(".")[0] in self.rivals

    @property
    def companions(self) -> Mapping[str, Any]:
        """Other options that it needs with it."""
        return COMPANIONS.get(self.key, {})

    @property
    def rivals(self) -> set[str]:
        """Options that cannot be given beside it."""
        groups = [set(group.fields) for group in self.resource.one_of if self.top.name in group.fields]
        return {name for group in groups for name in group} - {self.top.name}

    def __str__(self) -> str:
        return self.key


def leaves(resource: Resource) -> Iterator[Leaf]:
    """Every leaf of the resource."""
    for field in options_of(resource):
        for chain in _chains(field):
            yield Leaf(resource, chain)


def points_elsewhere(resource: Resource) -> bool:
    """Whether it refers to resources of other products."""
    waiting: list[Field] = list(resource.fields)
    while waiting:
        field = waiting.pop()
        if isinstance(field, Elsewhere):
            return True
        inner = field.item if isinstance(field, ListOf) else field
        waiting += inner.fields if isinstance(inner, Object) else ()
    return False


def options_of(resource: Resource) -> tuple[Field, ...]:
    """The fields that tasks can give."""
    return tuple(field for field in resource.fields if not field.hidden)


def _chains(field: Field) -> Iterator[tuple[Field, ...]]:
    if isinstance(field, Object) and field.fields:
        for nested in field.fields:
            for chain in _chains(nested):
                yield (field, *chain)
    else:
        yield (field,)


def pair(key: str, field: Field) -> tuple[Value, Value]:
    """Two different values of a field."""
    return VALUES[key] if key in VALUES else _generated(key, field)


def _generated(key: str, field: Field) -> tuple[Value, Value]:
    if isinstance(field, Bool):
        return plain(True), plain(False)
    if isinstance(field, Int):
        low = field.low or 0
        first, second = field.choices[:2] if field.choices else (low + 3, low + 7)
        return plain(first), plain(second)
    if isinstance(field, Enum):
        return plain(field.choices[-1]), plain(field.choices[0])
    if isinstance(field, Duration):
        return (Value("30s", "30s"), Value("1m", "60s")) if field.text else (Value("30s", 30_000), Value("1m", 60_000))
    if isinstance(field, Address):
        return plain("10.0.0.1"), plain("2001:db8::1")
    if isinstance(field, Link):
        first, second = (Use(f"{key_of(field.target)}-{which}") for which in "ab")
        return plain(first), plain(second)
    if isinstance(field, ListOf):
        first_item, second_item = _generated(key, field.item)
        return _listed(second_item, first_item), _listed(first_item)
    if isinstance(field, Object):
        return plain({}), plain({})
    if isinstance(field, Str):
        name = field.name or key.rpartition(".")[2]
        return plain(f"{name}-one"), plain(f"{name}-two")
    return _of_its_own(key, field)


def _of_its_own(key: str, field: Field) -> tuple[Value, Value]:
    """Two values of a field that only some products have."""
    if isinstance(field, Pem):
        return _brought("one.example.com"), _brought("two.example.com")
    if isinstance(field, HashedMap):
        return plain({"TOKEN": "first-of-all"}), plain({"TOKEN": "second-to-none"})
    if isinstance(field, MapOf):
        return plain({"ONE": "1", "TWO": "two"}), plain({"TWO": "2", "THREE": ""})
    if isinstance(field, Json):
        return plain({"one": [1, {"deep": None}], "two": 2.5}), plain({"one": [1, {"deep": True}], "three": "3"})
    if isinstance(field, Secret):
        return Value("kept-for-ourselves", None), Value("kept-even-better", None)
    raise TypeError(f"{key}: no values for {type(field).__name__}; give some in samples.py")


def _brought(common_name: str) -> Value:
    """A certificate with its key: written as PEM, shown by what it says."""
    names = [f"www.{common_name}", f"shop.{common_name}"]
    validity = {"not_valid_before": "2026-01-01T00:00:00Z", "not_valid_after": "2027-01-01T00:00:00Z"}
    return Value(
        custom_chain(common_name, names),
        {"common_name": common_name, "subject_alternative_name": names, **validity},
    )


def _listed(*items: Value) -> Value:
    return Value([item.written for item in items], [item.shown for item in items])


def full(key: str, field: Field) -> Value:
    """A value with everything in it: of a choice, the first kind that has settings, or the first."""
    if not isinstance(field, Object) or not field.fields:
        return pair(key, field)[0]
    chosen = _kind(field)
    parts: dict[str, Value] = {}
    for nested in field.fields:
        chosen_against = nested.name in field.one_of and nested.name != chosen
        if not chosen_against and nested.applies(_written(parts)):
            parts[nested.name] = full(f"{key}.{nested.name}", nested)
    return _object(parts)


def _kind(field: Object) -> str | None:
    with_settings = (name for name in field.one_of if getattr(_named(field, name), "fields", ()))
    return next(with_settings, next(iter(field.one_of), None))


def placed(leaf: Leaf, value: Value, *, everything: bool) -> Value:
    """The value of the leaf's option that has ``value`` at the leaf: alone, or with everything else around it."""
    return _placed(leaf.chain, f"{key_of(leaf.resource)}.{leaf.top.name}", value, everything)


def _placed(chain: tuple[Field, ...], key: str, value: Value, everything: bool) -> Value:
    around, *inner = chain
    if not inner or not isinstance(around, Object):
        return value
    chosen = inner[0]
    parts = {chosen.when[0]: plain(chosen.when[1])} if chosen.when else {}
    parts[chosen.name] = _placed(tuple(inner), f"{key}.{chosen.name}", value, everything)
    in_choice = chosen.name in around.one_of
    kind = None if in_choice else _kind(around)
    for nested in around.fields:
        other_kind = nested.name in around.one_of and nested.name != kind
        needed = nested.required or everything
        if nested.name not in parts and not other_kind and needed and nested.applies(_written(parts)):
            parts[nested.name] = full(f"{key}.{nested.name}", nested)
    return _object(parts)


def _named(around: Object, name: str) -> Field:
    return next(nested for nested in around.fields if nested.name == name)


def _written(parts: Mapping[str, Value]) -> dict[str, Any]:
    return {name: value.written for name, value in parts.items()}


def _object(parts: Mapping[str, Value]) -> Value:
    return Value(_written(parts), {name: value.shown for name, value in parts.items()})


def full_values(resource: Resource) -> dict[str, Value]:
    """A value for every option that goes together with the others."""
    excluded = set(NOT_IN_FULL.get(key_of(resource), ()))
    excluded |= {name for group in resource.one_of for name in group.fields[1:]}
    return {
        field.name: full(f"{key_of(resource)}.{field.name}", field)
        for field in options_of(resource)
        if field.name not in excluded
    }


def emptied(leaf: Leaf) -> Value | None:
    """What clears the leaf; None where nothing does."""
    field = leaf.field
    if not leaf.is_mutable or leaf.key in NOT_CLEARABLE or leaf.key in ONE_WAY or field.required or field.on_create:
        return None
    if leaf.is_identity and len(leaf.resource.identity) == 1:
        return None
    if isinstance(field, ListOf):
        return Value([], list(field.empty_as))
    if isinstance(field, (MapOf, Json)):
        return plain({})
    clearable = isinstance(field, (Str, Duration, Uuid, Ref)) and field.may_be_empty
    return Value("", RESTORED.get(leaf.key)) if clearable else None


def nested(path: str, value: Any) -> dict[str, Any]:
    """``value`` at a dotted path, and nothing else."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return dict(value)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with what ``over`` says, at every depth."""
    both = {
        name: merged(base[name], value)
        for name, value in over.items()
        if isinstance(value, Mapping) and isinstance(base.get(name), Mapping)
    }
    return {**base, **over, **both}


def spelled_otherwise(field: Field, written: Any) -> Any:
    """``written`` as another person would write the same."""
    if isinstance(field, Object) and isinstance(written, dict):
        by_name = {nested.name: nested for nested in field.fields}
        return {name: spelled_otherwise(by_name[name], value) for name, value in written.items()}
    if isinstance(field, ListOf):
        items = [spelled_otherwise(field.item, item) for item in written]
        return items if field.ordered else [*reversed(items)]
    if isinstance(field, Duration):
        return f" {_seconds(written) * 1000:g} MS"
    if isinstance(field, Address):
        return _address_otherwise(field, written)
    if isinstance(field, Pem):
        return "The key:\r\n  " + written.replace("\n", " \r\n  ") + "\r\n# the end"
    if isinstance(field, Size):
        return str(field.parse(written, field.name))
    if isinstance(field, Millicpu):
        return written.removesuffix("m")
    if isinstance(field, Megabytes):
        return f"{field.parse(written, field.name)} MiB"
    if isinstance(field, (Uuid, Link)):
        return written.upper()
    if isinstance(field, Bool):
        return "yes" if written else "no"
    if isinstance(field, Int):
        return str(written)
    return written.swapcase() if isinstance(field, Str) and field.ignore_case else written


def _seconds(written: str) -> float:
    factor = {"ms": 0.001, "s": 1, "m": 60}
    unit = next(unit for unit in factor if written.endswith(unit))
    return float(written.removesuffix(unit)) * factor[unit]


def _address_otherwise(field: Address, written: str) -> str:
    longer = written.upper().replace("2001:DB8::", "2001:0DB8:0:0::")
    return f"{longer}/{128 if ':' in longer else 32}" if field.network and "/" not in longer else longer
