# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's configuration file: read as text, so that no key turns into a number, and within bounds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MOST_BYTES = 1024 * 1024  # of a configuration file
_MOST_MERGED = 10_000  # settings that a mapping takes over from others


def read_settings(path: str) -> dict[str, Any]:
    """What the file holds, as text. Raises ConfigError, which shows nothing of it."""
    try:
        import yaml
    except ImportError as error:
        raise ConfigError(
            f"Reading {path} needs the Python library PyYAML, which is missing. Install it or use the environment."
        ) from error

    class TextLoader(yaml.SafeLoader):
        """Takes every value as the text it was written as, so that no key turns into a number or a date."""

        yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile("<<"))]}

        def flatten_mapping(self, node: Any) -> None:
            super().flatten_mapping(node)
            if len(node.value) > _MOST_MERGED:
                raise yaml.YAMLError

    try:
        content = yaml.load(_text(path), Loader=TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, KeyError, AttributeError) as error:
        # The error's text quotes the file, which holds keys.
        mark = getattr(error, "problem_mark", None)
        raise ConfigError(f"{path} is not valid YAML{f' (line {mark.line + 1})' if mark else ''}.") from None
    if content is None or (isinstance(content, str) and content in _NULLS):
        return {}
    if not isinstance(content, dict):
        raise ConfigError(f"{path} must hold a mapping of settings.")
    return content


def _text(path: str) -> str:
    """What a file holds. Not waited for, as a pipe would be, and not without end, as a device is."""
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
                raise ConfigError(f"{path} is no file of at most {_MOST_BYTES} bytes.")
            return file.read(_MOST_BYTES).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Could not read {path}: {error.__class__.__name__}.") from error


def without_nulls(content: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that have a value."""
    return {key: value for key, value in content.items() if not (isinstance(value, str) and value in _NULLS)}
