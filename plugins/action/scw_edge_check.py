# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the file that tasks of scw_edge_check name."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.edge_checks import FILES
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_files import ControllerFiles


class ActionModule(ControllerFiles):
    """The action of the module."""

    files = FILES
