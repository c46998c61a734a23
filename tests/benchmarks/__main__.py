# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures everything, and writes the tables to the file that is given."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.function_code import compare_code
from benchmarks.inventory import compare_inventories
from benchmarks.load_balancer import compare_acls, compare_trees
from benchmarks.pipelines import compare_pipelines

INTRODUCTION = """# Measurements

Made by `make bench`, against the emulator, with everything on one machine. The seconds of different runs cannot be
compared, because machines differ; those of one run can. The emulator takes several writes in a row, as the recordings
show of the real load balancer, and every change is under way for one look.
"""


def main() -> None:
    """Measure and write."""
    tables = [compare_trees(), compare_acls(), compare_code(), compare_pipelines(), compare_inventories()]
    Path(sys.argv[1]).write_text("\n\n".join([INTRODUCTION.rstrip(), *tables]) + "\n")


if __name__ == "__main__":
    main()
