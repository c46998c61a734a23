# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of modules whose tasks give children inline."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.tree import Branch, Tree
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.reconcile import reconcile
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_options import (
    children_spec,
    concerns_children,
    tree_files,
    tree_spec,
)
from ansible_collections.scw.cloud.plugins.module_utils.program import Job, Program


def managing_tree(tree: Tree) -> Program:
    """The program that manages a resource with the children that its task gives inline."""

    def work(job: Job) -> dict[str, Any]:
        task = Task(tree.resource, job.params, job.check_mode, job.warn)
        if concerns_children(tree, job.params):
            # Imported here: many tasks are about the resource alone.
            from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_reconcile import reconcile_tree

            outcome = reconcile_tree(tree, task, job.client)
        else:
            outcome = reconcile(task, job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, tree.resource.name: outcome.result}

    return Program(tree_spec(tree), work, tree_files(tree))


def managing_children(branch: Branch) -> Program:
    """The program that manages all children of one kind in their parent."""

    def work(job: Job) -> dict[str, Any]:
        from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_reconcile import reconcile_children

        outcome = reconcile_children(branch, Task(branch.resource, job.params, job.check_mode, job.warn), job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, **outcome.result}

    return Program(children_spec(branch), work)
