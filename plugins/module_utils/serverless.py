# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What containers and functions have alike: regions, names, environments, credentials of triggers. Pure.

A task that gives variables or secrets means exactly these, unless it says that they are merged into what is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.fields import Bool, Enum
from ansible_collections.scw.cloud.plugins.module_utils.maps import HashedMap, MapOf, Secrets
from ansible_collections.scw.cloud.plugins.module_utils.resource import Location, Update, Values
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


def check_name(wanted: Values) -> None:
    """Refuse a name that nothing can be created with (recorded refusal)."""
    name = wanted.get("name", "")
    if name and not NAME.fullmatch(name):
        raise InvalidOption(
            "name",
            f"{name!r} must begin with a letter, go on with letters, digits or hyphens, and not end with a hyphen.",
        )


def check_scale(wanted: Values, current: Values) -> None:
    """Refuse fewer instances at most than at least, whichever of the two the task changes."""
    both = {name: wanted.get(name, current.get(name)) for name in ("min_scale", "max_scale")}
    least, most = both["min_scale"], both["max_scale"]
    changes = any(name in wanted and wanted[name] != current.get(name) for name in both)
    if changes and least is not None and most is not None and least > most:
        given = "min_scale" if "min_scale" in wanted else "max_scale"
        raise InvalidOption(given, f"min_scale {least} is more than max_scale {most}.")


def prepare_environment(fields: tuple[MapOf, ...], wanted: Values, current: Values | None) -> Values:
    """Environments as the task means them: merged into what is there, and secrets written when they should be."""
    prepared = dict(wanted)
    for field in fields:
        if field.name not in wanted:
            continue
        values = wanted[field.name]
        if current is not None and wanted.get(MERGE.name):
            values = type(values)({**field.canonical(field.value(current)), **values})
        _check_variables(field.name, values)
        prepared[field.name] = values
        if current is None or not isinstance(field, HashedMap):
            continue
        if wanted.get(UPDATE_SECRETS.name) == "on_create":
            del prepared[field.name]
        elif wanted.get(UPDATE_SECRETS.name) == "always":
            prepared[field.name] = _forced(values)
    return prepared


def _forced(values: Mapping[str, str]) -> Secrets:
    forced = Secrets(values)
    forced.always = True
    return forced


def _check_variables(option: str, variables: Mapping[str, str]) -> None:
    """Refuse what the platform reserves for itself (docs)."""
    if len(variables) > MOST_VARIABLES:
        raise InvalidOption(option, f"has {len(variables)} variables; at most {MOST_VARIABLES} are allowed.")
    for name in variables:
        if name in RESERVED or name.startswith(RESERVED_PREFIX):
            raise InvalidOption(
                f"{option}.{name}", "is reserved: the platform sets PORT and all that begins with SCW_."
            )


def prepare_credentials(credentials: Collection[str], wanted: Values, current: Values | None) -> Values:
    """Leave out credentials that are to be written at creation only: no answer shows them, so none can be compared."""
    if current is None or wanted.get(UPDATE_CREDENTIALS.name) == "always":
        return wanted
    return {
        name: {key: nested for key, nested in value.items() if key not in credentials}
        if isinstance(value, dict)
        else value
        for name, value in wanted.items()
    }
