# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a function is made of: defaults, normal forms, and values that must suit each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.durations import trimmed
from emulator.errors import invalid_argument
from emulator.functions.runtimes import RUNTIMES

# What a function shows for fields its creation leaves out (recorded).
DEFAULTS: dict[str, Any] = {
    "description": "",
    "min_scale": 0,
    "max_scale": 5,
    "runtime": "",
    "memory_limit": 256,
    "timeout": "300s",
    "handler": "",
    "privacy": "public",
    "http_option": "enabled",
    "sandbox": "v2",
    "tags": [],
}


def settings_after(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings after a write: what is missing, null or unknown stays as it was (recorded).

    Answers 400 where values do not suit each other.
    """
    given = {name: values[name] for name in before if values.get(name) is not None}
    chosen = {name: value for name, value in given.items() if value != f"unknown_{name}"}
    settings = {**before, **chosen}
    settings["timeout"] = trimmed(settings["timeout"])
    _require_runtime(settings["runtime"], before["runtime"])
    settings["handler"] = settings["handler"] or RUNTIMES[settings["runtime"]].default_handler
    if settings["min_scale"] > settings["max_scale"]:
        raise invalid_argument("min_scale", f"value must not exceed max_scale, which is {settings['max_scale']}")
    return settings


def _require_runtime(name: str, before: str) -> None:
    """Answer 400 to none, and to one newly chosen that has no support any more."""
    if not name:
        raise invalid_argument("runtime", "argument is required", "required")
    runtime = RUNTIMES[name]
    if name != before and runtime.status in ("end_of_support", "end_of_life"):
        raise invalid_argument("runtime", runtime.message)
