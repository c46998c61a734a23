# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, tokens of a function or of all functions of a namespace, as resources and options.

A token is fixed once it is made, and only the answer to its creation shows it (recorded). So several may have the same
description, one after the other, and which of them counts is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Duration, Field, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Settle, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.listing import Listing
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Missing
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FAILED, FUNCTION, LEAVING, NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.moments import moment
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

HIDDEN = "<hidden>"
"""What the API shows in the place of a token."""


@dataclass(frozen=True)
class Instant(Field):
    """A moment with its offset from UTC, such as ``2027-01-31T12:00:00Z``; the same one may be written in many ways."""

    def parse(self, value: Any, where: str) -> str:
        # YAML reads a moment without quotes as such, and Ansible writes it with a space.
        parsed = moment(str(value).strip().upper().replace(" ", "T", 1))
        if parsed is None or not 1970 < parsed[0].year < 9999:
            raise InvalidOption(
                where, f"{value!r} is not a moment. Write it like 2027-01-31T12:00:00Z or 2027-01-31T13:00:00+01:00."
            )
        fraction = parsed[1].rstrip("0")
        return f"{_in_utc(parsed[0])}{f'.{fraction}' if fraction else ''}Z"

    def canonical(self, value: Any) -> Any:
        return moment(value) or value


def _in_utc(date: datetime) -> str:
    return date.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")


def in_seconds(token: Values) -> float | None:
    """When a token expires, in seconds since 1970; None if it never does."""
    parsed = moment(token.get("expires_at"))
    return None if parsed is None else parsed[0].timestamp() + float(f"0.{parsed[1]}")


def seconds_from(now: float, duration: Any) -> float:
    """The whole second that is ``duration`` later than ``now``."""
    return float(int(now + EXPIRES_IN.canonical(duration) / 1000))


def as_moment(seconds: float) -> str:
    """Seconds since 1970 as the API writes moments."""
    return f"{_in_utc(datetime.fromtimestamp(seconds, tz=timezone.utc))}Z"


DESCRIPTION = Str("description", may_be_empty=False, mutable=False)
EXPIRES_AT = Instant("expires_at", mutable=False, way_out="Choose another description, or delete the token first.")
EXPIRES_IN = Duration("expires_in", text=True, may_be_empty=False)
RENEW_BEFORE = Duration("renew_before", text=True, may_be_empty=False)


def _token_of(parent: Resource, key: str) -> Resource:
    return Resource(
        name="token",
        plural="tokens",
        title="token",
        item="/functions/v1beta1/{scope}/tokens/{id}",
        collection="/functions/v1beta1/{scope}/tokens",
        items="tokens",
        location=LOCATION,
        parent=parent,
        parent_path=key,
        parent_key=key,
        identity=(("description",),),
        fields=(DESCRIPTION, EXPIRES_AT),
        updates=(),
        settle=Settle(ready=frozenset({"ready"}), failed=FAILED, leaving=LEAVING),
        computed={key: UNKNOWN, "token": UNKNOWN, "public_key": UNKNOWN, "status": "ready"},
    )


OF_FUNCTION = _token_of(FUNCTION, "function_id")
OF_NAMESPACE = _token_of(NAMESPACE, "namespace_id")

FINDERS = (
    Uuid("id", aliases=("token_id",)),
    Ref("function", aliases=("function_id",), to=lambda: FUNCTION),
    Ref("namespace", aliases=("namespace_id",), to=lambda: NAMESPACE),
)


def token_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that manages tokens."""
    own = {field.name: field.option() for field in (*FINDERS, DESCRIPTION, EXPIRES_AT, EXPIRES_IN, RENEW_BEFORE)}
    own["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    own["wait"] = {"type": "bool", "default": True}
    own["wait_timeout"] = {"type": "int", "default": OF_FUNCTION.wait_timeout}
    spec = explicit_spec(LOCATION, own)
    exclusive = [["expires_at", "expires_in"], ["id", "expires_in"], ["id", "renew_before"]]
    return {
        **spec,
        "mutually_exclusive": [*spec["mutually_exclusive"], *exclusive],
        "required_one_of": [["id", "description"], ["id", "function", "namespace"]],
        "required_by": {"renew_before": ["expires_in"]},
    }


def tokens_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists tokens."""
    own = {field.name: field.option() for field in (*FINDERS, DESCRIPTION)}
    return {**explicit_spec(LOCATION, own), "required_one_of": [["id", "function", "namespace"]]}


def kind_of(params: Mapping[str, Any]) -> Resource:
    """Tokens of the place that the task names: a function, or else a namespace."""
    return OF_NAMESPACE if params.get("function") is None else OF_FUNCTION


def lies_there(lookup: Lookup, params: Mapping[str, Any], token: Values) -> bool:
    """Whether a token that was found by its ID is of the kind of place that the task names, if it names one."""
    parent = lookup.resource.parent
    return parent is None or params.get(parent.name) is None or bool(token.get(lookup.resource.parent_key))


def list_tokens(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> dict[str, Any]:
    """The result of an info task: the tokens as the API shows them, which is without their values."""
    description = params["description"]
    lookup = Listing(kind_of(params), client, params, warn, predict=False)
    try:
        found = lookup.all({})
    except Missing as error:
        warn(str(error))
        found = []
    return {
        "changed": False,
        "tokens": [
            one
            for one in found
            if lies_there(lookup, params, one) and (description is None or one.get("description") == description)
        ],
    }
