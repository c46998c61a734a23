# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the files that tasks of scw_lb name, for what they give inline."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.lb_tree import LB_TREE
from ansible_collections.scw.cloud.plugins.module_utils.tree_options import tree_files
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_files import ControllerFiles


class ActionModule(ControllerFiles):
    """The action of the module."""

    files = tree_files(LB_TREE)
