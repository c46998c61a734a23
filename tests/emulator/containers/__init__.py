# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Serverless Containers product."""

from __future__ import annotations

from emulator.containers import bulk, settling, status_rules
from emulator.containers.facts import CONTAINERS_FACTS
from emulator.containers.operation_table import OPERATIONS
from emulator.containers.state import ContainersState
from emulator.operations import Product
from emulator.serverless.facts import REGIONS

CONTAINERS: Product[ContainersState] = Product(
    name="containers",
    operations=OPERATIONS,
    facts=CONTAINERS_FACTS,
    zones=(),
    regions=REGIONS,
    open=ContainersState,
    records=ContainersState.records,
    catch_up=settling.observe_all,
    seed=bulk.create,
    seed_kinds=bulk.SEED_KINDS,
    force_status=settling.LIFE.force,
    status_kinds=status_rules.STATUS_KINDS,
    targets={"container": ContainersState.container_target},
)
