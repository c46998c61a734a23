# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials and defaults: option > environment > profile > built-in default, with the vendor's names and order.

Files: ``SCW_CONFIG_PATH``, else ``$XDG_CONFIG_HOME/scw/config.yaml``, else ``~/.config/scw/config.yaml``. Profile:
option > ``SCW_PROFILE`` > ``active_profile`` of the file; it lies over the top-level keys (docs: Scaleway config file).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field
from ansible_collections.scw.cloud.plugins.module_utils.values import UUID, region_of

DEFAULT_API_URL = "https://api.scaleway.com"
DEFAULT_ZONE = "fr-par-1"

# Setting -> environment names in order of preference (the later ones are deprecated spellings), key in a profile.
_SOURCES: dict[str, tuple[tuple[str, ...], str]] = {
    "access_key": (("SCW_ACCESS_KEY", "SCALEWAY_ACCESS_KEY"), "access_key"),
    "secret_key": (("SCW_SECRET_KEY", "SCW_TOKEN", "SCALEWAY_TOKEN"), "secret_key"),
    "api_url": (("SCW_API_URL",), "api_url"),
    "api_allow_insecure": (("SCW_INSECURE", "SCW_TLSVERIFY"), "insecure"),
    "organization_id": (
        ("SCW_DEFAULT_ORGANIZATION_ID", "SCW_ORGANIZATION", "SCALEWAY_ORGANIZATION"),
        "default_organization_id",
    ),
    "project_id": (("SCW_DEFAULT_PROJECT_ID",), "default_project_id"),
    "region": (("SCW_DEFAULT_REGION", "SCW_REGION", "SCALEWAY_REGION"), "default_region"),
    "zone": (("SCW_DEFAULT_ZONE", "SCW_ZONE", "SCALEWAY_ZONE"), "default_zone"),
}
_OLD_REGIONS = {"par1": "fr-par", "ams1": "nl-ams"}
_ACCESS_KEY = re.compile(r"SCW[A-Z0-9]{17}", re.IGNORECASE)
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")


@dataclass(frozen=True)
class Settings:
    """What a client needs to know. ``zone`` and ``region`` are defaults for tasks that say neither."""

    secret_key: str = field(repr=False)
    api_url: str
    api_allow_insecure: bool
    project_id: str | None
    organization_id: str | None
    zone: str
    region: str


def load_settings(options: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Settings from the task's options, ``environment`` and the configuration file.

    Raises ConfigError, which names the source of a wrong value and never a key itself.
    """
    profile, origin = _profile(options, environment)
    found: dict[str, Any] = {}
    for name, (variables, key) in _SOURCES.items():
        value, source = _pick(name, options, environment, variables, profile, key, origin)
        found[name] = _check(name, value, source)
    if not found["secret_key"]:
        raise ConfigError(
            "No API key: set the option secret_key, the environment variable SCW_SECRET_KEY, "
            "or a profile in the configuration file."
        )
    zone, region = _default_location(found["zone"], found["region"])
    api_url = (found["api_url"] or DEFAULT_API_URL).rstrip("/")
    insecure = bool(found["api_allow_insecure"])
    _refuse_plain_http(api_url, insecure)
    return Settings(found["secret_key"], api_url, insecure, found["project_id"], found["organization_id"], zone, region)


def _pick(
    name: str,
    options: Mapping[str, Any],
    environment: Mapping[str, str],
    variables: tuple[str, ...],
    profile: Mapping[str, Any],
    key: str,
    origin: str,
) -> tuple[Any, str]:
    """The strongest value and where it comes from. A variable set to "" counts as set, as in the vendor's tools."""
    if options.get(name) is not None:
        return options[name], f"the option {name}"
    for variable in variables:
        if variable in environment:
            return _modern(variable, environment[variable]), f"the environment variable {variable}"
    return profile.get(key), f"{key} in {origin}"


def _modern(variable: str, value: str) -> str:
    """The value of a variable as its successor would have it."""
    if variable == "SCW_TLSVERIFY":
        return "false" if _boolean(value, f"the environment variable {variable}") else "true"
    region = _OLD_REGIONS.get(value)
    if region is None:
        return value
    return f"{region}-1" if variable.endswith("ZONE") else region


def _check(name: str, value: Any, source: str) -> Any:
    if value is None:
        return None
    if isinstance(value, (dict, list)):  # whose text may be without end, because YAML can repeat parts of a file
        raise ConfigError(f"{source} is not a text.")
    if name == "api_allow_insecure":
        return _boolean(value, source)
    text = str(value).strip()
    if not text:
        raise ConfigError(f"{source} is set but empty. Give it a value, or do not set it.")
    if name == "access_key" and not _ACCESS_KEY.fullmatch(text):
        raise ConfigError(
            f"{source} is not an access key: it must be SCW followed by 17 letters or digits. The value is not shown."
        )
    if name == "secret_key" and not UUID.fullmatch(text):
        raise ConfigError(f"{source} is not a secret key: it must be a UUID. The value is not shown.")
    if name in ("project_id", "organization_id") and not UUID.fullmatch(text):
        raise ConfigError(f"{source} is not an ID: {text!r}. It must be a UUID.")
    if name == "api_url":
        _check_url(text, source)
    return text


def _boolean(value: Any, source: str) -> bool:
    text = str(value).strip().lower()
    if text in ("1", "true", "t", "yes", "on"):
        return True
    if text in ("0", "false", "f", "no", "off", ""):
        return False
    raise ConfigError(f"{source} is {value!r}. It must be true or false.")


def _check_url(url: str, source: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in url or "?" in url or "#" in url or any(letter.isspace() for letter in url):
        raise ConfigError(f"{source} is not the base URL of an API such as {DEFAULT_API_URL}.")


def is_in_clear(url: str) -> bool:
    """Whether what goes to ``url`` can be read on the way."""
    parts = urlsplit(url)
    return parts.scheme == "http" and not _LOOPBACK.fullmatch(parts.hostname or "")


def _refuse_plain_http(url: str, insecure: bool) -> None:
    if is_in_clear(url) and not insecure:
        raise ConfigError(
            f"api_url {url!r} would send the API key in clear. "
            "Use https, or set api_allow_insecure if that is what you want."
        )


def _default_location(zone: str | None, region: str | None) -> tuple[str, str]:
    """Zone and region; the one that is not configured follows from the other."""
    zone = zone or (f"{region}-1" if region else DEFAULT_ZONE)
    return zone, region or region_of(zone)


def _profile(options: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """The effective profile and how messages call it.

    A named profile must exist, and so must a file named by the option; a missing file is otherwise no error.
    """
    name = options.get("profile") or environment.get("SCW_PROFILE")
    path = _config_path(options, environment)
    if not path or not os.path.exists(path):
        if options.get("config_file") or name:
            wanted = f"profile {name!r}: " if name else ""
            raise ConfigError(f"{wanted}the configuration file {path or '~/.config/scw/config.yaml'} does not exist.")
        return {}, "the configuration file"
    # Imported here: many tasks have no configuration file.
    from ansible_collections.scw.cloud.plugins.module_utils.api.config_file import read_settings, without_nulls

    content = without_nulls(read_settings(path))
    profiles = content.pop("profiles", {})
    name = name or content.pop("active_profile", None)
    if not isinstance(profiles, dict) or not isinstance(name, str | None):
        raise ConfigError(f"{path}: profiles must map names to settings, and active_profile must be one of the names.")
    if not name or (name == "default" and name not in profiles):
        return content, path
    if not isinstance(profiles.get(name), dict):
        known = ", ".join(sorted(map(str, profiles))) or "none"
        raise ConfigError(f"profile {name!r} is not in {path}. Profiles there: {known}.")
    return {**content, **without_nulls(profiles[name])}, f"profile {name!r} of {path}"


def _config_path(options: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    """Path of the configuration file; "" where there is no home to look in."""
    explicit = options.get("config_file") or environment.get("SCW_CONFIG_PATH")
    if explicit:
        return os.path.expanduser(explicit)
    home = environment.get("HOME")
    base = environment.get("XDG_CONFIG_HOME") or (os.path.join(home, ".config") if home else "")
    return os.path.join(base, "scw", "config.yaml") if base else ""
