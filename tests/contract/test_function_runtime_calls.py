# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of runtimes, and the words about them, against the vendor's SDK."""

from __future__ import annotations

from typing import get_args

import pytest
from scaleway.function.v1beta1 import api, types

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Enum
from ansible_collections.scw.cloud.plugins.module_utils.function import runtimes as function_runtimes
from contract.declined import NO_STATUS
from contract.sdk_calls import anonymous, members, read_calls, wire_types
from contract.test_explicit_calls import documented, words

CALL = read_calls(api, types)["GET", anonymous(function_runtimes.RUNTIMES.replace("{scope}", "regions/{}"))]
KEYS = wire_types(types.Runtime)


def test_runtimes_are_listed_under_their_key_and_documented_with_theirs() -> None:
    assert CALL.answer is not None
    assert get_args(wire_types(CALL.answer)[function_runtimes.ITEMS]) == (types.Runtime,)
    contains = documented("scw_function_runtime_info")["runtimes"]["contains"]
    assert set(contains) == set(KEYS)
    assert words(contains["status"]["description"]) == members(types.RuntimeStatus)


@pytest.mark.parametrize("field", function_runtimes.FILTERS, ids=lambda field: field.name)
def test_filters_are_about_keys_of_runtimes(field: Enum) -> None:
    hint = KEYS[field.name]
    if isinstance(field, Enum):
        assert set(field.choices) == members(hint) - NO_STATUS
    else:
        assert hint is str


def test_statuses_that_decide_are_words_of_the_api() -> None:
    assert {*function_runtimes.USABLE, function_runtimes.ENDED} <= members(types.RuntimeStatus)
