# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stages are made of: defaults, normal forms, and values that must suit each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.durations import trimmed
from emulator.edge.origins import origin_after
from emulator.edge.records import Pipeline
from emulator.edge.state import EdgeState
from emulator.edge.views import default_fqdn
from emulator.errors import invalid_argument
from emulator.operations import Call

Settings = dict[str, Any]
# What a stage shows for fields its creation leaves out; the time to live is the one of the vendor's own clients.
_DEFAULTS: dict[str, Settings] = {
    "dns": {"fqdns": [], "wildcard_domain": False, "full_private": False},
    "tls": {"secrets": [], "managed_certificate": False},
    "cache": {"fallback_ttl": "3600s", "include_cookies": False},
    "waf": {"mode": "unknown_mode", "paranoia_level": 1},
    "route": {},
    "backend": {},
}


def settings_after(
    kind: str, state: EdgeState, call: Call, pipeline: Pipeline, before: Mapping[str, Any] | None
) -> Settings:
    """Return the settings after a write: what is missing or null stays as it was (recorded); before is None at first.

    Answers 400 where values do not suit each other.
    """
    start = _DEFAULTS[kind] if before is None else before
    if kind == "backend":
        return origin_after(state.world, call, pipeline, dict(start))
    settings = {name: call.value(name, value) for name, value in start.items()}
    finish = _FINISHES.get(kind)
    return finish(settings, call, pipeline, start) if finish else settings


def _finished_dns(settings: Settings, _call: Call, pipeline: Pipeline, _start: Mapping[str, Any]) -> Settings:
    """The default name may be sent back, and is not kept."""
    fqdns = [fqdn for fqdn in settings["fqdns"] if fqdn != default_fqdn(pipeline.id)]
    if len({fqdn.lower() for fqdn in fqdns}) < len(fqdns):
        raise invalid_argument("fqdns", "values must differ")
    return {**settings, "fqdns": fqdns}


def _finished_tls(settings: Settings, call: Call, _pipeline: Pipeline, _start: Mapping[str, Any]) -> Settings:
    """A certificate is managed or comes from secrets; an update takes them as tls_secrets_config (documented)."""
    given = call.value("secrets") or call.value("tls_secrets_config", {}).get("tls_secrets")
    is_cleared = call.value("tls_secrets_config") is not None and not given
    if given and call.value("managed_certificate", False):
        raise invalid_argument("managed_certificate", "a managed certificate needs no secrets")
    if given:
        secrets = [{**secret, "secret_id": secret["secret_id"].lower()} for secret in given]
        return {"secrets": secrets, "managed_certificate": False}
    if settings["managed_certificate"] or is_cleared:
        return {**settings, "secrets": []}
    return settings


def _finished_cache(settings: Settings, _call: Call, _pipeline: Pipeline, _start: Mapping[str, Any]) -> Settings:
    return {**settings, "fallback_ttl": trimmed(settings["fallback_ttl"])}


def _finished_waf(settings: Settings, _call: Call, _pipeline: Pipeline, start: Mapping[str, Any]) -> Settings:
    """The unknown mode changes nothing (recorded), and is no mode to begin with."""
    mode = start["mode"] if settings["mode"] == "unknown_mode" else settings["mode"]
    if mode == "unknown_mode":
        raise invalid_argument("mode", "argument is required", "required")
    return {**settings, "mode": mode}


_FINISHES: Mapping[str, Callable[[Settings, Call, Pipeline, Mapping[str, Any]], Settings]] = {
    "dns": _finished_dns,
    "tls": _finished_tls,
    "cache": _finished_cache,
    "waf": _finished_waf,
}
