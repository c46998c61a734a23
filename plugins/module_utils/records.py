# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``dataclass``, ``field`` and ``replace`` as the standard library has them, without compiling code for each class.

A module runs in a new process for every task. There the code that the standard library writes and compiles for the
classes of this collection takes more time than everything else they do. Here all classes share the same few functions.
Type checkers see the ones of the standard library. Left out is what is not used: classes with slots or an order, and
fields that are no argument, or that only some of the methods know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:
    MISSING = object()

    class field:  # noqa: N801 - the name of the standard library
        """How one field differs from the others of its class; the value of its attribute until the class is made."""

        def __init__(self, *, default_factory=None, repr=True, kw_only=None):
            self.default_factory = default_factory
            self.repr = repr
            self.kw_only = kw_only

    class Layout:
        """What the shared methods know about a class, and about its bases before it.

        ``names``: all fields in order. ``by_name``: those that are given by name only, ``positional``: the others.
        ``defaults``, ``factories``: what those have that are not given. ``shown``: those that texts show.
        """

        def __init__(self, base=None):
            self.names = list(base.names) if base else []
            self.by_name = set(base.by_name) if base else set()
            self.positional = []
            self.defaults = dict(base.defaults) if base else {}
            self.factories = dict(base.factories) if base else {}
            self.shown = set(base.shown) if base else set()

        def add(self, name, given, kw_only):
            """Add a field, or put it in the place of one of the same name; ``given``: what the class says of it."""
            said = given if isinstance(given, field) else field()
            if name not in self.names:
                self.names.append(name)
            for known in (self.by_name, self.shown):
                known.discard(name)
            for known in (self.defaults, self.factories):
                known.pop(name, None)
            if kw_only if said.kw_only is None else said.kw_only:
                self.by_name.add(name)
            if said.default_factory is not None:
                self.factories[name] = said.default_factory
            elif given is not said and given is not MISSING:
                self.defaults[name] = given
            if said.repr:
                self.shown.add(name)

    def dataclass(cls=None, *, frozen=False, kw_only=False):
        """Give a class the methods of a dataclass: a constructor, equality, a text, and with ``frozen`` no changes."""
        if cls is None:
            return lambda decorated: dataclass(decorated, frozen=frozen, kw_only=kw_only)
        base = next((vars(one)["_layout"] for one in cls.__mro__[1:] if "_layout" in vars(one)), None)
        layout = Layout(base)
        for name, hint in cls.__annotations__.items():
            if not str(hint).startswith("ClassVar"):
                given = getattr(cls, name, MISSING)
                layout.add(name, given, kw_only)
                if isinstance(given, field):
                    delattr(cls, name)
        layout.positional = [name for name in layout.names if name not in layout.by_name]
        cls._layout = layout
        methods = {"__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash if frozen else None}
        if frozen:
            methods.update(__setattr__=_refuse, __delattr__=_refuse)
        for name, method in methods.items():
            # A class that says itself how to do it keeps its way; every class has an empty __hash__ beside an __eq__.
            if vars(cls).get(name) is None:
                setattr(cls, name, method)
        return cls

    def replace(instance, **changes):
        """A copy of ``instance`` with other values."""
        values = {name: getattr(instance, name) for name in instance._layout.names}
        return instance.__class__(**{**values, **changes})

    def _init(self, *args, **given):
        layout = self._layout
        values = {**layout.defaults, **given}
        if args:
            by_place = dict(zip(layout.positional, args, strict=False))
            if len(args) > len(layout.positional) or not given.keys().isdisjoint(by_place):
                raise TypeError(f"{self.__class__.__name__} takes {layout.positional} once each, and nothing else")
            values.update(by_place)
        for name, make in layout.factories.items():
            if name not in values:
                values[name] = make()
        if len(values) != len(layout.names) or not values.keys() <= set(layout.names):
            differing = sorted(values.keys() ^ set(layout.names))
            raise TypeError(f"{self.__class__.__name__} lacks, or does not have, {differing}")
        self.__dict__.update(values)
        after = getattr(self, "__post_init__", None)
        if after is not None:
            after()

    def _values(self):
        return tuple(self.__dict__[name] for name in self._layout.names)

    def _repr(self):
        shown = [f"{name}={self.__dict__[name]!r}" for name in self._layout.names if name in self._layout.shown]
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _eq(self, other):
        return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _refuse(self, name, *_value):
        raise AttributeError(f"cannot change {name!r}: {self.__class__.__name__} is frozen")


__all__ = ["dataclass", "field", "replace"]
