# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What containers and functions have alike: regions, names, environments, credentials of triggers. Pure.

A task that gives variables or secrets means exactly these, unless it says that they are merged into what is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool, Enum, Int, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap, MapOf, Secrets
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location, Resource, Update, Values
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

LOCATION = Location(regions=("fr-par", "nl-ams", "pl-waw"))
TIMESTAMPS = {"created_at": UNKNOWN, "updated_at": UNKNOWN}
ANOTHER_NAME = "Create another one, move to it, and delete this one."
PATCH = (Update("PATCH", body="changed"),)

MERGE = Bool("merge_environment_variables", initial=False)
UPDATE_SECRETS = Enum("update_secrets", choices=("changed", "always", "on_create"), initial="changed")
MANNER = (MERGE, UPDATE_SECRETS)
UPDATE_CREDENTIALS = Enum("update_secrets", choices=("always", "on_create"), initial="on_create")

RESERVED = ("PORT",)
RESERVED_PREFIX = "SCW_"
MOST_VARIABLES = 100
NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
VARIABLE = re.compile(r"[^\s=\0]+")
HOSTNAME = re.compile(r"(?:[^\s./:@?#\\]+\.)*[^\s./:@?#\\]+")

MIN_SCALE = Int("min_scale", low=0, high=50, default=0)
MAX_SCALE = Int("max_scale", low=1, high=50, default=5)


@dataclass(frozen=True)
class Hostname(Str):
    """Name of a host, without the dot that may stand for the root."""

    may_be_empty: bool = False
    ignore_case: bool = True

    def parse(self, value: Any, where: str) -> str:
        text = Str.parse(self, value, where).removesuffix(".")
        if not HOSTNAME.fullmatch(text):
            raise InvalidOption(where, f"{text!r} is not the name of a host. Write it like www.example.com.")
        return text


def check_name(wanted: Values) -> None:
    """Refuse a name that nothing can be created with (recorded refusal)."""
    name = wanted.get("name", "")
    if name and not NAME.fullmatch(name):
        raise InvalidOption(
            "name",
            f"{name!r} must begin with a letter, go on with letters, digits or hyphens, and not end with a hyphen.",
        )


def check_scale(wanted: Values, current: Values | None) -> None:
    """Refuse fewer instances at most than at least, whichever of the two the task changes or leaves to the API."""
    before = {
        field.name: field.default if current is None else current.get(field.name) for field in (MIN_SCALE, MAX_SCALE)
    }
    least, most = (wanted.get(name, value) for name, value in before.items())
    changes = any(name in wanted and wanted[name] != value for name, value in before.items())
    if changes and least is not None and most is not None and least > most:
        given = "min_scale" if "min_scale" in wanted else "max_scale"
        new = "" if current is not None or MAX_SCALE.name in wanted else ", which a new one gets. Set max_scale too"
        raise InvalidOption(given, f"min_scale {least} is more than max_scale {most}{new}.")


def prepare_environment(fields: tuple[MapOf, ...], wanted: Values, current: Values | None) -> Values:
    """Environments as the task means them: merged into what is there, and secrets written when they should be."""
    prepared = dict(wanted)
    for field in fields:
        if field.name not in wanted:
            continue
        values = wanted[field.name]
        _check_names(field.name, values)
        if current is not None and wanted.get(MERGE.name):
            values = type(values)({**field.canonical(field.value(current)), **values})
        if len(values) > MOST_VARIABLES:
            raise InvalidOption(field.name, f"has {len(values)} variables; at most {MOST_VARIABLES} are allowed.")
        prepared[field.name] = values
        if current is None or not isinstance(field, HashedMap):
            continue
        if wanted.get(UPDATE_SECRETS.name) == "on_create":
            del prepared[field.name]
        elif wanted.get(UPDATE_SECRETS.name) == "always":
            prepared[field.name] = _forced(values)
    _check_distinct(fields, wanted, prepared, current or {})
    return prepared


def _forced(values: Mapping[str, str]) -> Secrets:
    forced = Secrets(values)
    forced.always = True
    return forced


def _check_names(option: str, variables: Mapping[str, str]) -> None:
    """Refuse what no variable can be called, and what the platform reserves for itself (docs)."""
    for name in variables:
        if not VARIABLE.fullmatch(name):
            raise InvalidOption(option, f"{name!r} is not the name of a variable. It must have no blank and no '='.")
        if name in RESERVED or name.startswith(RESERVED_PREFIX):
            raise InvalidOption(
                f"{option}.{name}", "is reserved: the platform sets PORT and all that begins with SCW_."
            )


def _check_distinct(fields: tuple[MapOf, ...], wanted: Values, prepared: Values, current: Values) -> None:
    """Refuse a variable that the task makes both open and secret."""
    whole = {field.name: set(prepared.get(field.name, field.canonical(field.value(current)))) for field in fields}
    for field in fields:
        others = {name: other for other, names in whole.items() if other != field.name for name in names}
        twice = sorted(name for name in wanted.get(field.name, ()) if name in others and name in whole[field.name])
        if twice:
            raise InvalidOption(
                f"{field.name}.{twice[0]}", f"is in {others[twice[0]]} too. Remove it from one of them."
            )


def prepare_credentials(
    resource: Resource, credentials: Collection[str], wanted: Values, current: Values | None
) -> Values:
    """Leave out credentials that are to be written at creation only: no answer shows them, so none can be compared.

    They are written nevertheless where something else in their object changes, so that the parts of a pair stay one.
    """
    if current is None or wanted.get(UPDATE_CREDENTIALS.name) == "always":
        return wanted
    prepared = dict(wanted)
    for name, value in wanted.items():
        if isinstance(value, dict) and any(key in credentials for key in value):
            rest = {key: nested for key, nested in value.items() if key not in credentials}
            field = resource.field(name)
            prepared[name] = rest if field.same(rest, field.value(current)) else value
    return prepared
