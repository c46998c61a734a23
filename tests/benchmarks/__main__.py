# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures everything and writes the tables to a file, ``--write FILE``; or prints the tables that are named."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ansible.plugins.loader import init_plugin_loader

INTRODUCTION = """# Measurements

Made by `make bench`, against the emulator, with everything on one machine. Times of different runs cannot be
compared, because machines differ; those of one run can. The emulator takes several writes in a row, as the recordings
show of the real load balancer, and every change is under way for one look. Nothing is encrypted, and no way is long.
"""


def tables() -> Mapping[str, Callable[[], str]]:
    """What makes each table, by the name that asks for it."""
    from benchmarks.function_code import compare_code
    from benchmarks.inventory import compare_inventories
    from benchmarks.load_balancer import compare_acls, compare_trees
    from benchmarks.memory import compare_memory
    from benchmarks.no_op_requests import compare_requests
    from benchmarks.pipelines import compare_pipelines
    from benchmarks.tasks import compare_tasks
    from benchmarks.where import compare_parts

    return {
        "tasks": compare_tasks,
        "where": compare_parts,
        "requests": compare_requests,
        "load_balancer": compare_trees,
        "acls": compare_acls,
        "pipelines": compare_pipelines,
        "code": compare_code,
        "inventory": compare_inventories,
        "memory": compare_memory,
    }


def main() -> None:
    """Measure, and write or print."""
    init_plugin_loader()
    known = tables()
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, and make tables of it.")
    parser.add_argument("--write", type=Path, help="the file for the tables, instead of printing them")
    parser.add_argument("table", nargs="*", choices=[[], *known], help="which to make; by default all")
    given = parser.parse_args()
    made = []
    for name in given.table or known:
        started = time.monotonic()
        made.append(known[name]())
        sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    if given.write:
        given.write.write_text("\n\n".join([INTRODUCTION.rstrip(), *made]) + "\n")
    else:
        sys.stdout.write("\n\n".join(made) + "\n")


if __name__ == "__main__":
    main()
