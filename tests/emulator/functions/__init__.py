# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Serverless Functions product, with the object store that takes their code."""

from __future__ import annotations

from emulator.functions import archives, bulk, settling, status_rules
from emulator.functions.facts import FUNCTIONS_FACTS
from emulator.functions.operation_table import OPERATIONS
from emulator.functions.state import FunctionsState
from emulator.operations import Product, Site
from emulator.serverless.facts import REGIONS

FUNCTIONS: Product[FunctionsState] = Product(
    name="functions",
    operations=OPERATIONS,
    facts=FUNCTIONS_FACTS,
    zones=(),
    regions=REGIONS,
    open=FunctionsState,
    records=FunctionsState.records,
    catch_up=settling.observe_all,
    seed=bulk.create,
    seed_kinds=bulk.SEED_KINDS,
    force_status=settling.LIFE.force,
    status_kinds=status_rules.STATUS_KINDS,
    targets={"function": FunctionsState.function_target},
    site=Site(archives.PATTERN, archives.OPERATIONS, archives.answer),
)
