# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts of memory and of processor time: how they may be written, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.quantities import Megabytes, Millicpu, Size
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption

SIZE = Size("memory")
SHARE = Millicpu("cpu")
MEMORY = Megabytes("memory")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("256MB", 256_000_000),
        ("256 mb", 256_000_000),
        ("256MiB", 268_435_456),
        ("1.5GB", 1_500_000_000),
        ("1GiB", 1_073_741_824),
        ("0.5KiB", 512),
        ("10kB", 10_000),
        ("7B", 7),
        ("2048000000", 2_048_000_000),
        (2048000000, 2_048_000_000),
    ],
)
def test_a_size_is_bytes_whatever_it_is_written_in(written: Any, amount: int) -> None:
    assert SIZE.parse(written, "memory") == amount


@pytest.mark.parametrize(
    "written", ["", "much", "-1MB", "0", "0MB", "1.5", "1TB", "MB", "1,5GB", "1e9", "1.0001B", "256M"]
)
def test_what_is_no_size_is_refused_with_examples(written: str) -> None:
    with pytest.raises(InvalidOption, match="memory: .* is not a size. Write it like 256MB") as raised:
        SIZE.parse(written, "memory")
    assert repr(written) in str(raised.value)


@pytest.mark.parametrize(("written", "amount"), [("500m", 500), ("500", 500), (1000, 1000), (" 70 M ", 70)])
def test_a_share_of_processors_is_thousandths(written: Any, amount: int) -> None:
    assert SHARE.parse(written, "cpu") == amount


@pytest.mark.parametrize("written", ["", "0", "0.5", "1.0", "500.0m", "half", "-500m", "2 vCPU", "500MB", "0.1m"])
def test_what_is_no_share_is_refused_with_examples(written: str) -> None:
    with pytest.raises(InvalidOption, match="cpu: .* is not a share of vCPUs. Write it like 500m or 500"):
        SHARE.parse(written, "cpu")


@pytest.mark.parametrize(
    ("written", "amount"),
    [("256", 256), (256, 256), ("256MB", 256), (" 256 mb ", 256), ("256MiB", 256), ("2GiB", 2048), ("0.5GiB", 512)],
)
def test_memory_is_megabytes_of_which_1024_are_a_gigabyte(written: Any, amount: int) -> None:
    assert MEMORY.parse(written, "memory") == amount
    assert MEMORY.option() == {"type": "str"}


@pytest.mark.parametrize("written", ["", "much", "0", "-1", "0.5MB", "1.5", "1GB", "256KB", "256M", "1e3"])
def test_what_is_no_memory_is_refused_with_examples(written: str) -> None:
    with pytest.raises(InvalidOption, match="memory: .* is not an amount of memory. Write it like 256MB, 256 or 2GiB"):
        MEMORY.parse(written, "memory")


@given(st.integers(1, 10**12), st.sampled_from([("", 1), ("KB", 10**3), ("MB", 10**6), ("MiB", 2**20), ("GB", 10**9)]))
def test_units_multiply_and_the_number_itself_means_the_same(number: int, unit: tuple[str, int]) -> None:
    name, factor = unit
    parsed = SIZE.parse(f"{number}{name}", "memory")
    assert parsed == number * factor
    assert SIZE.parse(str(parsed), "memory") == parsed if parsed < 10**15 else True
    assert SIZE.same(parsed, number * factor)
    assert not SIZE.same(parsed, number * factor + 1)
