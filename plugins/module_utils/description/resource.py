# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a resource is: where it lives, how it is found, how it is written, how it settles.

A product file is a list of ``Resource`` objects and nothing else. They are data: the engine reads them, they do not
call it. A description that contradicts itself is refused when it is built, so importing a product proves it sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.errors import Forbidden, NotFound
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field
from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown, read_path


@dataclass(frozen=True)
class Location:
    """Where a product's resources live: the options a task may give, and the path element that follows from them.

    ``words`` are parts of paths that the zoned and the regional API spell differently, as ``{placeholder}`` of paths:
    by placeholder, then by ``zone`` or ``region``. A product with neither is global: its paths have no ``{scope}``,
    and messages call the place ``title``.
    """

    zones: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    title: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Settle:
    """When a resource has settled after a change.

    ``status`` and ``parts`` are paths in the object. Statuses in neither ``ready`` nor ``failed`` are transient; those
    in ``leaving`` end with the resource gone. With ``parts``, all the statuses found there must also be outside
    ``busy_parts``. ``unclear``: what leaves shows the same transient status as what arrives.
    """

    ready: frozenset[str]
    failed: frozenset[str]
    status: str = "status"
    reasons: tuple[str, ...] = ()
    leaving: frozenset[str] = frozenset()
    parts: str = ""
    busy_parts: frozenset[str] = frozenset()
    unclear: bool = False

    def is_busy(self, obj: Mapping[str, Any]) -> bool:
        """Whether a change is still under way."""
        parts = read_path(obj, self.parts) if self.parts else None
        busy = any(str(part) in self.busy_parts for part in parts or ())
        return busy or str(read_path(obj, self.status)) not in self.ready | self.failed

    def state(self, obj: Mapping[str, Any]) -> str:
        """What messages call the state: its status, or that of the parts that are busy although it is ready."""
        status = read_path(obj, self.status)
        parts = read_path(obj, self.parts) if self.parts else None
        busy = [str(part) for part in parts or () if str(part) in self.busy_parts]
        return (
            f"busy ({self.parts.partition('[')[0]} {', '.join(busy)})"
            if busy and str(status) in self.ready
            else repr(status)
        )

    def is_failed(self, obj: Mapping[str, Any]) -> bool:
        """Whether the API gave up on the resource."""
        return str(read_path(obj, self.status)) in self.failed

    def reason(self, obj: Mapping[str, Any]) -> str:
        """Why it failed, in the API's words; "" where it does not say."""
        return "; ".join(str(obj[key]) for key in self.reasons if obj.get(key))


@dataclass(frozen=True)
class OneOf:
    """Fields of a resource of which at most one is present; ``switchable``: writing another replaces it."""

    fields: tuple[str, ...]
    on_create: bool = True
    switchable: bool = True

    def chosen(self, values: Mapping[str, Any]) -> str | None:
        """The field of the group that ``values`` has; an empty text chooses nothing, it takes away."""
        return next((name for name in self.fields if values.get(name, "") != ""), None)


Beside = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Update:
    """One call that writes ``fields`` of an existing resource; by default all that no other call writes, to its item.

    ``body``: "changed" sends only what changes, "all" every field of the call (the API resets what is missing),
    "value" sends the only field itself. ``beside``: what the body carries beside the fields, for this current object.
    Keys may be dotted, for objects in each other; so may those of fields.
    """

    method: str
    body: str
    path: str = ""
    fields: tuple[str, ...] = ()
    beside: Beside | None = None

    def __post_init__(self) -> None:
        if self.body not in ("changed", "all", "value"):
            raise ValueError(f"{self.path}: unknown kind of body {self.body!r}")
        if self.body == "value" and len(self.fields) != 1:
            raise ValueError(f"{self.path}: only a single field can be the whole body")


@dataclass(frozen=True)
class Call:
    """A call that is not the usual one for its purpose.

    ``kinds``: the kinds of location that have it. ``id_key``: by kind of location, the key of the body that names the
    resource, where the path does not. ``beside``: as in ``Update``.
    """

    method: str
    path: str
    beside: Beside | None = None
    kinds: tuple[str, ...] = ("zone", "region", "global")
    id_key: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problems:
    """What an object says is wrong with its configuration. ``option`` says what to make of it: fail, warn or ignore."""

    option: str
    read: Callable[[Mapping[str, Any]], list[str]]


@dataclass(frozen=True)
class Part:
    """What belongs to an object but has a list of its own: ``name`` is its key here, and in the answer of ``path``.

    ``order``: the key of its elements that says their order, should the answer have another.
    """

    name: str
    path: str
    order: str = ""


SELF = object()
"""In a request body: the ID of the resource the plan is about, which a create only learns from its answer."""


@dataclass(frozen=True)
class Request:
    """One write. ``{id}`` in the path, like ``SELF`` in the body, stands for the ID of the resource."""

    method: str
    path: str
    body: Any
    does: str
    id_key: Mapping[str, str] = field(default_factory=dict)  # as in ``Call``


OWN_OPTIONS = frozenset(
    ("id", "state", "wait", "wait_timeout", "zone", "region", "access_key", "secret_key", "api_url", "api_timeout")
    + ("api_allow_insecure", "profile", "config_file", "organization_id", "project_id")
)
"""Options that modules have beside the fields of their resource."""

Values = dict[str, Any]
Prepare = Callable[[Values, "Values | None"], Values]
Steps = Callable[[Values, Values], "tuple[Request, ...]"]


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of API resource.

    Paths hold ``{scope}`` (``zones/fr-par-1``), ``{id}`` and, in ``collection``, the name of the parent. ``identity``
    lists alternatives in order of preference: the first whose leading field the task gives identifies the resource
    among its siblings, by the exact values of all the fields of that alternative that the task gives. None: it is the
    only one of its parent. Without ``item`` it is read from the list of its siblings.

    Hooks, for the few things that are not data: ``prepare`` completes or reduces what is wanted, ``steps`` yields
    writes that belong to other resources, for the fields in ``stepped``.
    """

    name: str
    plural: str
    title: str
    item: str = ""
    collection: str
    items: str
    location: Location
    fields: tuple[Field, ...]
    updates: tuple[Update, ...]
    identity: tuple[tuple[str, ...], ...] = (("name",),)
    parent: Resource | None = None
    parent_path: str = ""  # where an object tells the ID of its parent
    parent_key: str = ""  # key of the parent in create bodies and list queries, where no path names it
    one_of: tuple[OneOf, ...] = ()
    handles: tuple[Field, ...] = ()  # options that, like the ID, name an existing resource and never create one
    manner: tuple[Field, ...] = ()  # options about how to take others, which no object has: for ``prepare``
    takes_along: Callable[[], tuple[Resource, ...]] = tuple  # kinds of children that go with it
    filters: tuple[Field, ...] = ()  # query parameters of the list call
    id_key: str = "id"  # field that is the ID, where the user chooses it
    has_id: bool = True  # False: there is one at most in its parent, whose ID stands for its own
    parts: tuple[Part, ...] = ()  # what has to be read besides the object
    absent_if_forbidden: bool = False  # what does not exist may be answered with 403 (recorded: edge)
    advice: Mapping[int, str] = field(default_factory=dict)  # by status: what to do about a refusal
    problems: Problems | None = None
    create: Call | None = None
    delete: Call | None = None
    set_all: Call | None = None  # replaces all its siblings at once
    rotation: str = ""  # option that asks for another of the same name in its place, where its content is fixed
    delete_options: tuple[Field, ...] = ()  # query parameters of the delete call, with their defaults in ``initial``
    settle: Settle | None = None
    settles_in_parent: bool = False  # its changes show in the status of the outermost parent (recorded: lb)
    project_scoped: bool = False  # belongs to a project: looked up in it and created in it
    takes_organization: bool = True  # a create may name the organization in the place of its default project
    computed: Mapping[str, Any]  # read-only keys of the object, with what check mode predicts for them
    wait_timeout: int = 300
    prepare: Prepare | None = None
    steps: Steps | None = None
    stepped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {field.name for field in self.fields}
        carried = [name for update in self.updates for name in self.written_by(update)] + list(self.stepped)
        options = (*self.handles, *self.fields, *self.manner)
        spelled = [name for option in options for name in (option.name, *option.aliases)]
        problems = {
            "writes unknown fields": set(carried) - known,
            "groups unknown fields": {name for group in self.one_of for name in group.fields} - known,
            "is identified by unknown fields": {
                name for names in self.identity for name in names if not self._has(name)
            },
            "writes fields twice": {name for name in carried if carried.count(name) > 1},
            "has options twice": {name for name in spelled if spelled.count(name) > 1},
            "never updates mutable fields": {field.name for field in self.fields if field.mutable} - set(carried),
            "has an unknown ID": {self.id_key} - known - {"id"},
            "updates immutable fields": {field.name for field in self.fields if not field.mutable} & set(carried),
            "has fields with the name of an own option": set(spelled)
            & (OWN_OPTIONS if self.is_located else OWN_OPTIONS - {"zone", "region"}),
            "has paths with unknown placeholders": self._placeholders()
            - {"id", *self.location.words}
            - ({"scope"} if self.is_located else set())
            - self._places(),
        }
        wrong = [f"{problem}: {sorted(names)}" for problem, names in problems.items() if names]
        wrong += self._faults_of_paths()
        if wrong:
            raise ValueError(f"{self.name} {'; '.join(wrong)}")

    def _faults_of_paths(self) -> list[str]:
        in_path = self.parent is not None and f"{{{self.parent.name}}}" in self.collection
        scoped = [path for path in (self.item, self.collection) if path and self.is_located]
        faults = {
            "lacks {scope} in its paths": any("{scope}" not in path for path in scoped),
            "lacks {id} in the path of its item": bool(self.item) and "{id}" not in self.item,
            "has no ID of its own, but others beside it": not self.has_id and (not self.parent or bool(self.identity)),
            "is the only one of no parent": not self.identity and self.parent is None,
            "has no item that an update could go to": not self.item and any(not update.path for update in self.updates),
            "must name its parent either in the path of its collection or by a key": (self.parent is not None)
            != (in_path != bool(self.parent_key)),
            "does not say where its objects tell their parent": self.parent is not None and not self.parent_path,
        }
        return [fault for fault, found in faults.items() if found]

    def _has(self, name: str) -> bool:
        try:
            self.field(name)
        except StopIteration:
            return False
        return True

    def _placeholders(self) -> set[str]:
        calls = [call.path for call in (self.create, self.delete, self.set_all, *self.parts) if call]
        paths = [self.item, self.collection, *calls, *(update.path for update in self.updates)]
        return {name for path in paths for name in re.findall(r"\{(\w+)\}", path)}

    def _places(self) -> set[str]:
        return {ancestor.name for ancestor in self.ancestors}

    def written_by(self, update: Update) -> tuple[str, ...]:
        """Names of the fields that one of the update calls writes."""
        if update.fields:
            return update.fields
        elsewhere = {name for other in self.updates for name in other.fields} | set(self.stepped)
        return tuple(field.name for field in self.fields if field.mutable and field.name not in elsewhere)

    @property
    def is_located(self) -> bool:
        """Whether it lives in a zone or region."""
        return bool(self.location.zones or self.location.regions)

    @property
    def ancestors(self) -> tuple[Resource, ...]:
        """Parent, its parent, and so on outwards."""
        return (self.parent, *self.parent.ancestors) if self.parent else ()

    @property
    def root(self) -> Resource:
        """The outermost resource around this one: itself if it has no parent."""
        return self.ancestors[-1] if self.parent else self

    def field(self, name: str) -> Field:
        """The field of that name; ``match.sni`` is ``sni`` in the field ``match``, ``lbs[].id`` is one in a list."""
        steps = name.split(".")
        names = [step.removesuffix("[]") for step in steps]
        field = next(field for field in (*self.handles, *self.fields) if field.name == names[0])
        for around, nested_name in zip(steps, names[1:], strict=False):
            holder = getattr(field, "item", None) if around.endswith("[]") else field
            field = next(nested for nested in getattr(holder, "fields", ()) if nested.name == nested_name)
        return field

    def value(self, name: str, obj: Mapping[str, Any]) -> Any:
        """What ``obj`` has for the field of that name, which may be dotted as above."""
        return self._value(name.split("."), "", obj)

    def _value(self, steps: list[str], around: str, obj: Any) -> Any:
        path = f"{around}{steps[0]}"
        value = self.field(path.removesuffix("[]")).value(obj) if isinstance(obj, Mapping) else None
        if len(steps) == 1 or value is None:
            return value
        if not steps[0].endswith("[]"):
            return self._value(steps[1:], f"{path}.", value)
        return [self._value(steps[1:], f"{path}.", element) for element in value] if isinstance(value, list) else None

    @property
    def named_by(self) -> Field:
        """The field by which other tasks name this resource."""
        return self.handles[0] if self.handles else self.field(self.identity[0][0])

    def identifies(self, name: str, wanted: Any, obj: Mapping[str, Any]) -> bool:
        """Whether ``obj`` has this value for a field, dotted as above, of its identity."""
        field, present = self.field(name), self.value(name, obj)
        if "[]" not in name:
            return field.same(wanted, present)
        return isinstance(present, list) and len(present) == len(wanted) and all(map(field.same, wanted, present))

    @property
    def plural_title(self) -> str:
        """For messages: ``load balancers``."""
        return f"{self.title}s"

    def parent_route(self, ancestor: Resource) -> str:
        """Path in an object to ``ancestor`` as it is embedded there."""
        steps, child = [], self
        while child.parent and child is not ancestor:
            steps.append(child.parent_path.removesuffix(".id"))
            child = child.parent
        return ".".join(steps)

    def parent_id(self, obj: Mapping[str, Any], ancestor: Resource) -> str | None:
        """ID of ``ancestor`` as the object tells it; None where it does not."""
        embedded = read_path(obj, self.parent_route(ancestor))
        told = embedded.get("id") if isinstance(embedded, Mapping) else embedded
        return told if isinstance(told, str) else None

    def is_leaving(self, obj: Mapping[str, Any]) -> bool:
        """Whether the resource is being deleted."""
        return self.settle is not None and str(read_path(obj, self.settle.status)) in self.settle.leaving

    def is_gone(self, error: Exception) -> bool:
        """Whether this answer to a read or delete means that the resource does not exist."""
        return isinstance(error, NotFound) or (self.absent_if_forbidden and isinstance(error, Forbidden))

    def label(self, obj: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None = None) -> str:
        """How messages speak of one resource: ``frontend 'https' (11111111-…)``."""
        values = {**(wanted or {}), **(obj or {})}
        leading = [alternative[0] for alternative in self.identity] + [handle.name for handle in self.handles]
        name = next(
            (found for key in leading if (found := _told(read_path(values, key)) or self._shown(key, obj))), None
        )
        name = ", ".join(map(str, name)) if isinstance(name, list) else name
        own_id = obj.get("id") if obj else None
        known = own_id and not is_unknown(own_id) and own_id != name
        return " ".join([self.title, *([repr(name)] if name else []), *([f"({own_id})"] if known else [])])

    def _shown(self, name: str, obj: Mapping[str, Any] | None) -> Any:
        return _told(self.value(name, obj)) if obj and self._has(name) else None


def _told(found: Any) -> Any:
    """What was found, unless a part of it was not."""
    return found if found and (not isinstance(found, list) or all(found)) else None


def fill(path: str, words: Mapping[str, str], **values: str) -> str:
    """``path`` filled out. ``words`` are ours and may hold placeholders; ``values`` are quoted for a URL."""
    for word, spelled in words.items():
        path = path.replace(f"{{{word}}}", spelled)
    return path.format_map({key: quote(value, safe="") for key, value in values.items()})
