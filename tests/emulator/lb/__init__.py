# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Load Balancer product."""

from __future__ import annotations

from emulator.lb import bulk, settling, status_rules
from emulator.lb.facts import LB_FACTS, REGIONS, ZONES
from emulator.lb.operation_table import OPERATIONS
from emulator.lb.state import LbState
from emulator.lb.statistics import STATISTICS_CONTROL
from emulator.operations import Product

LOAD_BALANCER: Product[LbState] = Product(
    name="lb",
    operations=OPERATIONS,
    facts=LB_FACTS,
    zones=ZONES,
    regions=REGIONS,
    open=LbState,
    records=LbState.records,
    catch_up=settling.observe_all,
    seed=bulk.create,
    seed_kinds=bulk.SEED_KINDS,
    force_status=status_rules.force,
    status_kinds=status_rules.STATUS_KINDS,
    controls={"stats": STATISTICS_CONTROL},
    targets={"lb": LbState.lb_target, "lb_frontend": LbState.frontend_target},
)
