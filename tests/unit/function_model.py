# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Serverless Functions API of a few lines, written from its documentation and recordings.

A PATCH changes what it names; maps are replaced as a whole. Secrets are pairs: those that are not named stay, and null
removes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from unit import function_samples
from unit.container_model import NAMES, SECONDS, TAGS, TEXT, VARIABLES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | NAMES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
PROJECTS = st.uuids().map(str)
# With names of their own: a variable is not both open and secret.
SECRETS = st.dictionaries(NAMES.map(str.upper), NAMES, max_size=2)


def wishes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Options that a task for this kind of resource may give; always enough to create it."""
    needed, more = {
        "namespace": ({"name": NAMES}, {"description": TEXT, "tags": TAGS, **ENVIRONMENT}),
        "function": ({"name": NAMES, "runtime": NAMES}, {**SETTINGS, **ENVIRONMENT}),
        "cron": (
            {"name": NAMES, "schedule": st.sampled_from(["* * * * *", "5 4 * * SUN"])},
            {"args": st.dictionaries(NAMES, JSON, max_size=2)},
        ),
        "domain": ({"hostname": NAMES}, {}),
        "trigger": ({"name": NAMES}, {"description": TEXT}),
    }[kind]
    wish = st.fixed_dictionaries(needed, optional=more)
    return st.tuples(wish, SOURCES).map(lambda parts: parts[0] | parts[1]) if kind == "trigger" else wish


ENVIRONMENT: dict[str, Any] = {
    "environment_variables": VARIABLES,
    "secret_environment_variables": SECRETS,
    "merge_environment_variables": st.booleans(),
    "update_secrets": st.sampled_from(["changed", "on_create"]),
}
SETTINGS: dict[str, Any] = {
    "handler": NAMES,
    "description": TEXT,
    "tags": TAGS,
    "min_scale": st.integers(0, 3),
    "max_scale": st.integers(4, 6),
    "memory_limit": st.sampled_from(["256MB", "512", "1GiB"]),
    "timeout": SECONDS,
    "privacy": st.sampled_from(["public", "private"]),
    "http_option": st.sampled_from(["enabled", "redirected"]),
    "sandbox": st.sampled_from(["v1", "v2"]),
    "private_network_id": st.just("") | PROJECTS,
}
SOURCES = st.one_of(
    st.fixed_dictionaries({name: st.fixed_dictionaries(dict.fromkeys(keys, NAMES) | more)})
    for name, keys, more in (
        ("scw_sqs_config", ("queue", "mnq_region"), {"mnq_project_id": PROJECTS}),
        ("scw_nats_config", ("subject", "mnq_region", "mnq_nats_account_id"), {"mnq_project_id": PROJECTS}),
        ("sqs_config", ("access_key", "secret_key"), {"endpoint": st.just("e"), "queue_url": st.just("q")}),
    )
)

FOLLOWING = frozenset(
    ("id", "status", "error_message", "namespace_id", "function_id", "domain_name", "cpu_limit", "region", "url")
    + ("input_type", "scw_sqs_config", "registry_endpoint", "registry_namespace_id", "build_message", "ready_at")
)


class Model:
    """One resource of the API."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.stored: dict[str, Any] = {}

    def apply(self, requests: Iterable[Any]) -> None:
        """Take writes, in order."""
        for request in requests:
            body = deepcopy(request.body)
            if request.method == "POST":
                shown = getattr(function_samples, self.kind)()
                self.stored = {key: value for key, value in shown.items() if key not in FOLLOWING}
            else:
                assert request.method == "PATCH"
                assert set(body.get("sqs_config", {})) <= {"access_key", "secret_key"}, "the rest is fixed"
                assert (self.kind == "function") is ("redeploy" in body)
                body.pop("redeploy", None)
            self._take(body)

    def _take(self, body: dict[str, Any]) -> None:
        for pair in body.pop("secret_environment_variables", []):
            known = {one["key"]: one for one in self.stored["secret_environment_variables"]}
            assert pair["value"] != "", "a secret has a value"
            assert pair["value"] or pair["key"] in known, "nothing to remove"
            added = function_samples.pairs(**{pair["key"]: pair["value"]}) if pair["value"] else []
            # The API shows the merged one first, or last.
            self.stored["secret_environment_variables"] = [
                *added,
                *(one for name, one in known.items() if name != pair["key"]),
            ]
        if "sqs_config" in body:
            body["sqs_config"] = {**self.stored.get("sqs_config", {}), **body["sqs_config"], "secret_key": ""}
        if body.get("private_network_id") == "":
            body["private_network_id"] = None
        self.stored |= body

    def shown(self) -> dict[str, Any]:
        """The resource as a read shows it."""
        return {"id": "i", "status": "created", **deepcopy(self.stored)}

    def keys_of(self, options: Iterable[str]) -> set[str]:
        """The keys in which changed options show."""
        return set(options)
