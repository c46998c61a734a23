# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration file, and settings loaded with it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings, load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError
from unit.samples import SECRET

KEY = {"SCW_SECRET_KEY": SECRET}
OTHER = "99999999-9999-4999-8999-999999999999"


class Config:
    """A configuration file, and settings loaded with it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, content: Any) -> None:
        """Write ``content``: text as it is, anything else as YAML."""
        self.path.write_text(content if isinstance(content, str) else yaml.safe_dump(content))

    def load(self, environment: dict[str, str] | None = None, **options: Any) -> Settings:
        """Settings with this file in the environment."""
        return load_settings(options, {"SCW_CONFIG_PATH": str(self.path), **(environment or {})})

    def refusal(self, environment: dict[str, str] | None = None, **options: Any) -> str:
        """All that the error shows: message, data and traceback with its chain."""
        with pytest.raises(ConfigError) as raised:
            self.load(environment, **options)
        return "".join(traceback.format_exception(raised.value)) + repr(raised.value.data)
