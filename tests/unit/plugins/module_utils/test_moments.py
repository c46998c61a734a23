# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments as the API writes them, compared."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.moments import is_earlier, moment


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-05-05T14:42:31.579838Z", "2026-05-05T14:42:43Z"),
        ("2026-05-05T14:42:43Z", "2026-05-05T14:42:43.000000001Z"),
        ("2026-05-05T14:42:43.999999999Z", "2026-05-05T14:42:44Z"),
        ("2026-05-05T14:42:43.099999999Z", "2026-05-05T14:42:43.1Z"),
        ("2026-05-05T16:42:43+02:00", "2026-05-05T14:42:43.5Z"),
        ("0001-01-01T00:00:00Z", "2026-05-05T14:42:43Z"),
    ],
)
def test_moments_are_compared_whatever_their_digits(earlier: str, later: str) -> None:
    first, second = moment(earlier), moment(later)
    assert first is not None
    assert second is not None
    assert first < second


@given(st.integers(0, 10**6 - 1))
def test_six_and_nine_digits_of_the_same_moment_are_equal(fraction: int) -> None:
    text = f"2026-05-05T14:42:43.{fraction:06d}"
    assert moment(f"{text}Z") == moment(f"{text}000Z") == moment(f"{text}+00:00")


@pytest.mark.parametrize(
    "text", [None, "", "soon", 1767225600, "2026-05-05", "2026-13-05T14:42:43Z", "2026-05-05T14:42Z"]
)
def test_what_is_no_timestamp_is_none(text: Any) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "other", "earlier"),
    [
        ("2026-07-03T15:02:20.500000Z", "2026-07-03T15:02:21.137056306Z", True),
        ("2026-07-03T15:02:21.136000Z", "2026-07-03T15:02:21.137056306Z", True),
        # The same moment, as reads and as writes have it: rounded down, and up.
        ("2026-07-03T15:02:21.137056Z", "2026-07-03T15:02:21.137056306Z", False),
        ("2026-07-03T15:01:47.489089Z", "2026-07-03T15:01:47.489088696Z", False),
        ("2026-07-03T15:02:22.000000Z", "2026-07-03T15:02:21.999999999Z", False),
        ("2026-07-03T15:03:00Z", "2026-07-03T15:02:00Z", False),
        (None, "2026-07-03T15:02:00Z", False),
        ("2026-07-03T15:02:00Z", None, False),
    ],
)
def test_only_what_is_more_than_rounded_is_earlier(text: Any, other: Any, earlier: bool) -> None:
    assert is_earlier(text, other) is earlier
