# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that are amounts: of memory and of processor time. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

_AMOUNT = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?)\s*([A-Za-z]*)")
_BYTES = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}


@dataclass(frozen=True)
class Size(Field):
    """Bytes, written as a number of them or with a unit: ``256MB`` is 256,000,000, ``256MiB`` is 268,435,456."""

    def parse(self, value: Any, where: str) -> int:
        amount = _parsed(value, _BYTES)
        if amount is None:
            raise InvalidOption(where, f"{value!r} is not a size. Write it like 256MB, 1.5GB or 512MiB, or in bytes.")
        return amount


@dataclass(frozen=True)
class Megabytes(Field):
    """Memory in the API's megabytes, of which 1024 are a gigabyte: ``256``, ``256MB``, ``256MiB`` and ``2GiB``."""

    def shape(self) -> dict[str, Any]:
        return {"type": "str"}

    def parse(self, value: Any, where: str) -> int:
        amount = _parsed(value, {"": 1, "mb": 1, "mib": 1, "gib": 1024})
        if amount is None:
            raise InvalidOption(where, f"{value!r} is not an amount of memory. Write it like 256MB, 256 or 2GiB.")
        return amount


@dataclass(frozen=True)
class Millicpu(Field):
    """Thousandths of a vCPU, written as their number or like ``500m``."""

    def parse(self, value: Any, where: str) -> int:
        amount = _parsed(value, {"": 1, "m": 1})
        # A fraction is meant as a share of one vCPU, even if it is 1.0.
        if amount is None or "." in str(value):
            raise InvalidOption(
                where, f"{value!r} is not a share of vCPUs. Write it like 500m or 500: 1000 is one vCPU."
            )
        return amount


def _parsed(value: Any, units: dict[str, int]) -> int | None:
    """A whole amount that is greater than 0; None if the text is anything else."""
    found = _AMOUNT.fullmatch(str(value).strip())
    factor = units.get(found[2].lower()) if found else None
    if found is None or factor is None:
        return None
    amount = Decimal(found[1]) * factor
    return int(amount) if amount > 0 and amount == int(amount) else None
