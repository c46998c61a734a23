# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine as an Ansible module, for tasks that give children inline."""

from __future__ import annotations

from typing import Any, NoReturn

from ansible_collections.scw.cloud.plugins.module_utils.managed import Task
from ansible_collections.scw.cloud.plugins.module_utils.module import Job, execute
from ansible_collections.scw.cloud.plugins.module_utils.tree import Branch, Tree
from ansible_collections.scw.cloud.plugins.module_utils.tree_options import children_spec, tree_spec
from ansible_collections.scw.cloud.plugins.module_utils.tree_reconcile import reconcile_children, reconcile_tree


def run_tree(tree: Tree) -> NoReturn:
    """Run the module that manages a resource with the children that its task gives inline."""

    def work(job: Job) -> dict[str, Any]:
        outcome = reconcile_tree(tree, Task(tree.resource, job.params, job.check_mode, job.warn), job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, tree.resource.name: outcome.result}

    execute(tree_spec(tree), work)


def run_children(branch: Branch) -> NoReturn:
    """Run the module that manages all children of one kind in their parent."""

    def work(job: Job) -> dict[str, Any]:
        outcome = reconcile_children(branch, Task(branch.resource, job.params, job.check_mode, job.warn), job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, **outcome.result}

    execute(children_spec(branch), work)
