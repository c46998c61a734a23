# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks of scw_lb_backend."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.modules.scw_lb_backend import PROGRAM
from ansible_collections.scw.cloud.plugins.plugin_utils.module_action import ModuleAction


class ActionModule(ModuleAction):
    """The action of the module."""

    program = PROGRAM
