# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Edge Services product. It is global: no zone and no region in its paths."""

from __future__ import annotations

from emulator.edge import bulk, settling, status_rules
from emulator.edge.controls import CONTROLS
from emulator.edge.facts import EDGE_FACTS
from emulator.edge.operation_table import OPERATIONS
from emulator.edge.state import EdgeState
from emulator.operations import Product

EDGE_SERVICES: Product[EdgeState] = Product(
    name="edge-services",
    operations=OPERATIONS,
    facts=EDGE_FACTS,
    zones=(),
    regions=(),
    open=EdgeState,
    records=EdgeState.records,
    catch_up=settling.observe_all,
    seed=bulk.create,
    seed_kinds=bulk.SEED_KINDS,
    force_status=status_rules.force,
    status_kinds=status_rules.STATUS_KINDS,
    controls=CONTROLS,
)
