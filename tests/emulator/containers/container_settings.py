# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a container is made of: defaults, normal forms, and values that must suit each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.containers.facts import BLOCKED_PORTS, MEGABYTE
from emulator.durations import trimmed
from emulator.errors import invalid_argument

_LIVENESS: dict[str, Any] = {"failure_threshold": 30, "interval": "10s", "timeout": "1s", "tcp": {}}
# What a container shows for fields its creation leaves out (recorded; the port is documented).
DEFAULTS: dict[str, Any] = {
    "description": "",
    "min_scale": 0,
    "max_scale": 5,
    "memory_limit_bytes": 2_048_000_000,
    "mvcpu_limit": 1000,
    "local_storage_limit_bytes": 1_000_000_000,
    "timeout": "300s",
    "privacy": "public",
    "image": "",
    "protocol": "http1",
    "port": 8080,
    "https_connections_only": False,
    "sandbox": "v2",
    "scaling_option": {"concurrent_requests_threshold": 50},
    "tags": [],
    "command": [],
    "args": [],
    "liveness_probe": _LIVENESS,
    "startup_probe": None,
}
# An update spells this one without the second s (recorded).
_GIVEN_AS = {"https_connection_only": "https_connections_only"}


def settings_after(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings after a write: what is missing, null or unknown stays as it was (recorded).

    Answers 400 where values do not suit each other.
    """
    given = {_GIVEN_AS.get(name, name): value for name, value in values.items() if value is not None}
    chosen = {name: given[name] for name in before if name in given and given[name] != f"unknown_{name}"}
    settings = {**before, **{name: _normal(name, value) for name, value in chosen.items()}}
    _require_suitable(settings)
    return settings


def _normal(name: str, value: Any) -> Any:
    if name == "timeout":
        return trimmed(value)
    if name == "scaling_option":
        return _scaling(value)
    if name == "startup_probe" and all(part is None for part in value.values()):
        return None
    return _probe(value) if name in ("liveness_probe", "startup_probe") else value


def _scaling(given: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {name: value for name, value in given.items() if value is not None}
    if not chosen:
        raise invalid_argument("scaling_option", "one of its thresholds must be set", "required")
    return chosen


def _probe(given: Mapping[str, Any]) -> dict[str, Any]:
    """Build the stored probe: it replaces the one before as a whole (recorded), TCP where no check is chosen."""
    defaults = {name: _LIVENESS[name] for name in ("failure_threshold", "interval", "timeout")}
    chosen = {name: value for name, value in given.items() if value is not None}
    probe = {name: chosen.get(name, default) for name, default in defaults.items()}
    check = {"http": dict(chosen["http"])} if "http" in chosen else {"tcp": {}}
    return {**probe, "interval": trimmed(probe["interval"]), "timeout": trimmed(probe["timeout"]), **check}


def _require_suitable(settings: Mapping[str, Any]) -> None:
    if settings["min_scale"] > settings["max_scale"]:
        raise invalid_argument("min_scale", f"value must not exceed max_scale, which is {settings['max_scale']}")
    if settings["port"] in BLOCKED_PORTS:
        raise invalid_argument("port", f"port {settings['port']} is reserved")
    cpu = settings["mvcpu_limit"]
    # Reported by users for 2000 mvCPU; every recorded pair lies within.
    if not cpu * MEGABYTE <= settings["memory_limit_bytes"] <= 4 * cpu * MEGABYTE:
        bounds = f"a minimum of {cpu} MB and a maximum of {4 * cpu} MB of memory"
        raise invalid_argument("memory_limit_bytes", f"{cpu} mvCPU require {bounds}")
