# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The products served; a new product is one line here."""

from __future__ import annotations

from typing import Any

from emulator.containers import CONTAINERS
from emulator.edge import EDGE_SERVICES
from emulator.functions import FUNCTIONS
from emulator.lb import LOAD_BALANCER
from emulator.operations import Product
from emulator.registry import REGISTRY


def products() -> tuple[Product[Any], ...]:
    """Return every product."""
    return (LOAD_BALANCER, CONTAINERS, FUNCTIONS, REGISTRY, EDGE_SERVICES)
