# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Serverless Containers API of a few lines, written from its documentation and recordings.

A PATCH changes what it names; maps and objects are replaced as a whole. Of a map of secrets, "" keeps what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from unit import container_samples

NAMES = st.text("abc", min_size=1, max_size=4)
TEXT = st.text("xyz ", max_size=4)
WORDS = st.lists(NAMES, max_size=2)
TAGS = st.lists(NAMES, max_size=3, unique=True)
VARIABLES = st.dictionaries(NAMES, TEXT, max_size=2)
# None of them is a variable too.
SECRETS = st.dictionaries(NAMES.map(str.upper), NAMES, max_size=2)
SECONDS = st.integers(1, 900).map(lambda seconds: f"{seconds}s")
SIZE = st.sampled_from(["256MB", "1GB", "512MiB", "2048000000"])
PERCENT = st.integers(1, 100)


def _wish(needed: dict[str, Any], more: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=more)


def _one_of(branches: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(*(st.fixed_dictionaries({name: branch}) for name, branch in branches.items()))


def _probe() -> st.SearchStrategy[dict[str, Any]]:
    settings = _wish({"failure_threshold": st.integers(1, 9)}, {"interval": SECONDS, "timeout": SECONDS})
    kinds = _one_of({"tcp": st.just({}), "http": _wish({"path": st.sampled_from(["/", "/a"])}, {})})
    return st.tuples(settings, kinds).map(lambda parts: parts[0] | parts[1])


def wishes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Options that a task for this kind of resource may give; always enough to create it."""
    return {"namespace": _namespace, "container": _container, "domain": _domain, "trigger": _trigger}[kind]()


def _environment() -> dict[str, Any]:
    return {
        "environment_variables": VARIABLES,
        "secret_environment_variables": SECRETS,
        "merge_environment_variables": st.booleans(),
        "update_secrets": st.sampled_from(["changed", "on_create"]),
    }


def _namespace() -> st.SearchStrategy[dict[str, Any]]:
    return _wish({"name": NAMES}, {"description": TEXT, "tags": TAGS, **_environment()})


def _container() -> st.SearchStrategy[dict[str, Any]]:
    thresholds = {"concurrent_requests_threshold": PERCENT, "cpu_usage_threshold": PERCENT}
    more = {
        "description": TEXT,
        "tags": TAGS,
        "min_scale": st.integers(0, 3),
        "max_scale": st.integers(4, 6),
        "memory_limit_bytes": SIZE,
        "mvcpu_limit": st.sampled_from(["500m", "1000"]),
        "timeout": SECONDS,
        "privacy": st.sampled_from(["public", "private"]),
        "port": st.integers(1, 1024),
        "https_connections_only": st.booleans(),
        "scaling_option": _one_of({**thresholds, "memory_usage_threshold": PERCENT}),
        "liveness_probe": _probe(),
        "startup_probe": _probe(),
        "private_network_id": st.just("") | st.uuids().map(str),
        "command": WORDS,
        "args": WORDS,
    }
    return _wish({"name": NAMES, "image": NAMES}, {**more, **_environment()})


def _domain() -> st.SearchStrategy[dict[str, Any]]:
    return _wish({"hostname": NAMES}, {"tags": TAGS})


def _trigger() -> st.SearchStrategy[dict[str, Any]]:
    schedule = {"schedule": st.sampled_from(["* * * * *", "5 4 * * SUN"]), "timezone": st.sampled_from(["UTC", "CET"])}
    queue = dict.fromkeys(("region", "endpoint", "access_key_id", "secret_access_key", "queue_url"), NAMES)
    subject = {"server_urls": WORDS, "subject": NAMES, "credentials_file_content": NAMES}
    sources = {
        "cron_config": _wish(schedule, {"body": TEXT, "headers": VARIABLES}),
        "sqs_config": _wish(queue, {}),
        "nats_config": _wish(subject, {}),
    }
    destination = {"http_path": st.just("/a"), "http_method": st.sampled_from(["get", "post"])}
    more = {"description": TEXT, "tags": TAGS, "destination_config": _wish({}, destination)}
    return st.tuples(_wish({"name": NAMES}, more), _one_of(sources)).map(lambda parts: parts[0] | parts[1])


FOLLOWING = (
    "id",
    "status",
    "error_message",
    "namespace_id",
    "container_id",
    "public_endpoint",
    "region",
    "source_type",
)
UNSHOWN = ("secret_access_key", "credentials_file_content")


def _created(kind: str) -> dict[str, Any]:
    """What the API makes of a creation that says nothing."""
    shown = getattr(container_samples, kind)()
    kept = {key: value for key, value in shown.items() if key not in FOLLOWING and not key.endswith("_at")}
    return {key: value for key, value in kept.items() if key != "cron_config"}


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
                self.stored = _created(self.kind)
            else:
                assert request.method == "PATCH"
                assert "https_connections_only" not in body, "updates spell it otherwise"
            if "https_connection_only" in body:
                body["https_connections_only"] = body.pop("https_connection_only")
            self._take(body)

    def _take(self, body: dict[str, Any]) -> None:
        secrets = body.pop("secret_environment_variables", None)
        for key in ("destination_config", "cron_config", "sqs_config", "nats_config"):
            if key in body:
                body[key] = {**self.stored.get(key, {}), **body[key]}
        self.stored |= body
        if secrets is not None:
            present = self.stored["secret_environment_variables"]
            assert all(text or name in present for name, text in secrets.items()), "nothing to keep"
            assert not any(text.startswith("$argon2") for text in secrets.values()), "a hash is no secret"
            kept = {name: container_samples.hashed(text) if text else present[name] for name, text in secrets.items()}
            self.stored["secret_environment_variables"] = kept

    def shown(self) -> dict[str, Any]:
        """The resource as a read shows it."""
        shown = {"id": "i", **deepcopy(self.stored)}
        if not shown.get("private_network_id"):
            shown.pop("private_network_id", None)
        for value in shown.values():
            for key in UNSHOWN if isinstance(value, dict) else ():
                value.pop(key, None)
        return shown

    def keys_of(self, options: Iterable[str]) -> set[str]:
        """The keys in which changed options show."""
        return set(options)
