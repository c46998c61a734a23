# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls and words of the modules that no description stands for, against the vendor's SDK."""

from __future__ import annotations

import importlib
from typing import Any, get_args

import pytest
import yaml
from scaleway.lb.v1 import api, types

from ansible_collections.scw.cloud.plugins.module_utils.lb import servers as lb_servers
from ansible_collections.scw.cloud.plugins.module_utils.lb import statistics as lb_statistics
from ansible_collections.scw.cloud.plugins.module_utils.lb import types as lb_types
from contract.sdk_calls import SdkCall, anonymous, members, read_calls, wire_types

SDK = read_calls(api, types)
SCOPES = ("zones/{}", "regions/{}")
# Method, path, and what is sent in the body or in the query.
CALLS = [
    ("POST", lb_servers.SERVERS, {"server_ip"}),
    ("DELETE", lb_servers.SERVERS, {"server_ip"}),
    ("GET", lb_statistics.STATISTICS, {"backend_id"}),
    ("GET", lb_statistics.STATISTICS_OF_BACKEND, {"backend_id", "page", "page_size"}),
    ("GET", lb_types.TYPES, {"page", "page_size"}),
]
# Keys of the lists that are read, by path, with where they are documented.
LISTS = [
    (lb_statistics.STATISTICS, lb_statistics.ROWS, "scw_lb_stats_info"),
    (lb_statistics.STATISTICS_OF_BACKEND, lb_statistics.ROWS, "scw_lb_stats_info"),
    (lb_types.TYPES, lb_types.ITEMS, "scw_lb_type_info"),
]


def documented(module: str) -> dict[str, Any]:
    """What a module says that it returns."""
    return dict(
        yaml.safe_load(importlib.import_module(f"ansible_collections.scw.cloud.plugins.modules.{module}").RETURN)
    )


def sdk_call(method: str, path: str, scope: str) -> SdkCall:
    """The same call in the SDK."""
    return SDK[method, anonymous(path.replace("{scope}", scope))]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(("method", "path", "sent"), CALLS)
def test_the_sdk_makes_the_same_calls(method: str, path: str, sent: set[str], scope: str) -> None:
    call = sdk_call(method, path, scope)
    assert set(call.query if method == "GET" else call.body) == sent


@pytest.mark.parametrize(("path", "key", "module"), LISTS)
def test_what_is_listed_has_the_keys_that_are_documented(path: str, key: str, module: str) -> None:
    for scope in SCOPES:
        answer = sdk_call("GET", path, scope).answer
        assert answer is not None
        (element,) = get_args(wire_types(answer)[key])
        assert set(wire_types(element)) == set(documented(module)[key]["contains"])


def words(text: Any) -> set[str]:
    """What a description marks as a value."""
    return {part.partition(")")[0] for part in str(text).split("V(")[1:]}


def test_the_words_of_the_statistics_are_those_of_the_sdk() -> None:
    state, check = types.BackendServerStatsServerState, types.BackendServerStatsHealthCheckStatus
    assert {lb_statistics.IN_ROTATION, lb_statistics.OUT_OF_ROTATION} <= members(state)
    assert members(check) >= lb_statistics.GOOD_CHECKS
    contains = documented("scw_lb_stats_info")["backend_servers_stats"]["contains"]
    assert words(contains["server_state"]["description"]) == members(state)
    assert words(contains["last_health_check_status"]["description"]) == members(check)
    stock = documented("scw_lb_type_info")["lb_types"]["contains"]["stock_status"]["description"]
    assert words(stock) == members(types.LbTypeStock)
