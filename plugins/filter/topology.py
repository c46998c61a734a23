# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters that show an account: ``topology`` as a picture, ``topology_table`` as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.scw.cloud.plugins.plugin_utils.topology import topology
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_table import lines, rows


def _account(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise AnsibleFilterError(f"scw.cloud.{name}: give it what the lookup scw.cloud.account returns, a dictionary.")
    return value


def draw(account: Any) -> dict[str, Any]:
    """The filter ``topology``."""
    return topology(_account(account, "topology"))


def tabulate(account: Any) -> list[str]:
    """The filter ``topology_table``."""
    return lines(rows(_account(account, "topology_table")))


class FilterModule:
    """The filters by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """What Ansible asks for."""
        return {"topology": draw, "topology_table": tabulate}
