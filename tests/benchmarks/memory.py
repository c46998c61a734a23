# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much memory a play takes, with tasks of Ansible and with ours; the process of a module is in ``where``."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.load_balancer import whole
from benchmarks.plays import Tasks, Watched, bench

TIMES = 5


def compare_memory() -> str:
    """The table: plays of a few tasks that change nothing."""
    small = {"scw.cloud.scw_lb": {"name": "shop", "type": "lb-s"}}
    large = {"scw.cloud.scw_lb": whole()}
    plays: Mapping[str, Tasks] = {
        "`ansible.builtin.debug`": [{"ansible.builtin.debug": {"msg": "hello"}}],
        "`ansible.builtin.ping`": [{"ansible.builtin.ping": {}}],
        "`scw_lb`": [small],
        "`scw_lb` with 150 resources": [large],
    }
    with bench(settle_reads=0) as run:
        run.run([{"name": "All", **task} for task in (small, large)], changes=True)
        named = {name: [{"name": "Watched", **task} for task in tasks] * TIMES for name, tasks in plays.items()}
        found = {name: run.watched(tasks) for name, tasks in named.items()}
    return written(found)


def written(found: Mapping[str, Watched]) -> str:
    """The table."""
    lines = [
        "## Memory of a play in the controller",
        "",
        f"Peaks in MiB, of plays of {TIMES} tasks with nothing to do. A worker is a copy of Ansible's process and "
        "shares most of its memory.",
        "",
        "| tasks | `ansible-playbook` | largest worker |",
        "|---|---|---|",
        *(f"| {name} | {one.controller / 1024:.0f} | {one.workers / 1024:.0f} |" for name, one in found.items()),
    ]
    return "\n".join(lines)
