# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs the code that tasks of scw_function name."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.plugin_utils.controller_code import ControllerCode


class ActionModule(ControllerCode):
    """The action of the module."""
