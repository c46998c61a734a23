# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the files that tasks of scw_container_trigger name."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.container import TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.options import controller_files
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_files import ControllerFiles


class ActionModule(ControllerFiles):
    """The action of the module."""

    files = controller_files(TRIGGER)
