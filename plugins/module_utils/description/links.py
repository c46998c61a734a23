# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References that need more than a name: to what has none, and to what belongs to another product. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Resolve
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import UUID, given, is_id

ONLY = "only"
"""In the place of an ID: the only one there is in the same parent."""


@dataclass(frozen=True)
class Link(Ref):
    """A resource without a name, beside this one: by its ID, or as the only one. ``""`` means none.

    Where one task declares both, it may also be given by the options that identify it.
    """

    may_be_empty: bool = True
    shown_unset: bool = False

    def parse(self, value: Any, where: str) -> Any:
        if isinstance(value, Mapping):
            return {name: self.target.field(name).parse(one, f"{where}.{name}") for name, one in given(value).items()}
        text = str(value)
        words = ("", ONLY) if self.may_be_empty else (ONLY,)
        if text not in words and not is_id(text):
            raise InvalidOption(
                where, f"{text!r} is neither an ID nor {ONLY!r}, which means the only {self.target.title} there is."
            )
        return text.lower() if UUID.fullmatch(text) else text

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> str:
        if value == ONLY:
            return resolve(self.target, {}, {})
        return Ref.resolve(self, value, resolve, siblings)


@dataclass(frozen=True)
class Elsewhere(Ref):
    """A resource of another product. ``at``: the sibling that says its zone or region; ``around``: the one that refers
    to what it belongs to. Without that, its name goes behind the name of what it belongs to: ``shop/api``.
    """

    at: str = ""
    around: str = ""

    def parse(self, value: Any, where: str) -> str:
        text = Ref.parse(self, value, where)
        parent = self.target.parent
        if parent and not self.around and not is_id(text) and (text.count("/") != 1 or "" in text.split("/")):
            raise InvalidOption(
                where, f"{text!r} is neither an ID nor the name of the {parent.title} and its own, such as shop/api."
            )
        return text

    def resolve(self, value: Any, resolve: Resolve, siblings: Mapping[str, Any]) -> str:
        if is_id(value) or not value:
            return str(value)
        place = {self.at: siblings.get(self.at)}
        parent, name = self.target.parent, value
        if parent and self.around:
            place[parent.name] = siblings.get(self.around)
        elif parent:
            place[parent.name], name = value.split("/")
        return resolve(self.target, name, place)
