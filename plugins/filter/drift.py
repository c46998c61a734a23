# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters about a declaration: what differs from it as data and as lines of text, and what is wrong with itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.drift import drift, problem, table


def compare(results: Any, module: str, declared: Any) -> list[dict[str, str]]:
    """The filter ``drift``."""
    return drift(module, declared, results)


class FilterModule:
    """The filters by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """What Ansible asks for."""
        return {"drift": compare, "drift_problem": problem, "drift_table": table}
