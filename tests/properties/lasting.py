# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account holds, told in a way that two accounts with the same things in them tell alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from behaviour.expectations import is_hash_of

SECRETS = ("f1rst-s3cret", "s3cond-s3cret")
"""The secrets of all tests: only hashes are held, and those differ each time."""

Held = Mapping[str, list[dict[str, Any]]]

RESTLESS = frozenset(
    {
        "id",
        # What the emulator makes up.
        "ip_address",
        "reverse",
        "public_endpoint",
        "domain_name",
        "url",
        "suffix",
        "registry_namespace_id",
        "mnq_credential_id",
        "fingerprint",
        "not_valid_before",
        "not_valid_after",
        # What follows from the course of time, and not from what is there.
        "created_at",
        "updated_at",
        "uploaded_at",
        "ready_at",
        "expires_at",
        "status",
        "error_message",
        "errors",
        "live_ids",
        "instances",
        # Left over from a change that is done.
        "next_type",
        "release_ip",
        "flaw",
    }
)
LEAVING = frozenset({"to_delete", "deleting"})
OWN_HOST = ".svc.edge.scw.cloud"


def lasting(state: Held) -> dict[str, list[dict[str, Any]]]:
    """Everything in an account by kind: without times and addresses, and with names instead of IDs.

    What is being deleted counts as gone, with what is inside of it.
    """
    names = _names(state)
    going = _going(state)
    there = {kind: [one for one in held if one.get("id") not in going] for kind, held in state.items()}
    return {kind: sorted((_plain(one, names) for one in held), key=str) for kind, held in there.items() if held}


def _going(state: Held) -> set[str]:
    """IDs of what is being deleted, and of what goes with a load balancer: all of it, unless it keeps its addresses."""
    going = {one["id"] for held in state.values() for one in held if one.get("status") in LEAVING}
    keeping = {lb["id"] for lb in state.get("lbs", ()) if not lb["release_ip"]}
    for _level in ("in the load balancer", "in a frontend"):
        for kind, held in state.items():
            around = going - keeping if kind == "ips" else going
            going |= {one["id"] for one in held if "id" in one and around & {one.get("lb_id"), one.get("frontend_id")}}
    return going


def _names(state: Held) -> dict[str, str]:
    """What to call each object: its kind and name; where it has none, its kind and content."""
    names = {one["id"]: f"{kind} {one.get('name', '')}" for kind, held in state.items() for one in held if "id" in one}
    nameless = [(kind, one) for kind, held in state.items() for one in held if "id" in one and "name" not in one]
    return {**names, **{one["id"]: f"{kind} {_plain(one, names)}" for kind, one in nameless}}


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(nested, names) for key, nested in value.items() if key not in RESTLESS}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(nested, names) for nested in value if not str(nested).endswith(OWN_HOST)]
    if isinstance(value, str) and value.startswith("$argon2id$"):
        return _revealed(value)
    return names.get(value, value) if isinstance(value, str) else value


@cache
def _revealed(hashed: str) -> str:
    return next(secret for secret in SECRETS if is_hash_of(secret, hashed))
