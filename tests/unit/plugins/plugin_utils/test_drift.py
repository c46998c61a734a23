# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between a declaration and what exists, in words."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.filter.drift import FilterModule
from ansible_collections.scw.cloud.plugins.plugin_utils.drift import drift, problem, table

KNOWN = ["scw_lb", "scw_lb_ip"]


def said(before: Any, after: Any) -> list[str]:
    """How the difference of one thing is told."""
    found = drift("scw_lb", [{"name": "shop"}], [{"diff": {"before": before, "after": after}}])
    return [entry["difference"] for entry in found]


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ({}, {}, []),
        (None, None, []),
        ({"a": 1}, {"a": 1}, []),
        ({}, {"name": "shop"}, ["does not exist"]),
        ({"name": "shop"}, {}, ["exists, and is declared absent"]),
        ({"a": 1, "b": "x"}, {"a": 2, "b": ""}, ["a is 1, declared 2", 'b is x, declared ""']),
        ({"a": True}, {"a": None}, ["a is true, declared null"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, ["a.b.c is 1, declared 2"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"d": {"c": 1}}}, ["a.b exists, and is not declared", "a.d does not exist"]),
        ({"a": {}}, {"a": {"b": 1}}, ["a.b is not set, declared 1"]),
        ({"a": [1]}, {"a": ["é", 2]}, ['a is [1], declared ["é", 2]']),
        ({"a": "x" * 99}, {"a": 1}, [f"a is {'x' * 59}…, declared 1"]),
    ],
)
def test_each_difference_is_a_sentence(before: Any, after: Any, sentences: list[str]) -> None:
    assert said(before, after) == sentences


def test_what_could_not_be_compared_says_why() -> None:
    found = drift(
        "scw_lb", [{"name": "shop"}], [{"failed": False, "failed_when_result": False, "msg": "name: is none."}]
    )
    assert [entry["difference"] for entry in found] == ["cannot be compared: name: is none."]
    assert drift("scw_lb", [{"name": "shop"}], [{"failed": True, "msg": "no", "diff": {}}])[0]["difference"].endswith(
        "no"
    )


@pytest.mark.parametrize(
    ("module", "options", "subject"),
    [
        ("scw_lb", {"name": "shop"}, "lb shop"),
        ("scw.cloud.scw_lb_backend", {"lb": "shop", "name": "web"}, "lb backend shop/web"),
        ("scw_lb_acls", {"lb": "shop", "frontend": "http"}, "lb acls shop/http"),
        ("scw_container_domain", {"namespace": "n", "container": "c", "hostname": "h"}, "container domain n/c/h"),
        ("scw_edge_dns_stage", {"pipeline": "site"}, "edge dns stage site"),
        ("scw_lb_ip", {}, "lb ip without a name"),
    ],
)
def test_a_thing_is_called_by_its_module_and_what_is_around_it(
    module: str, options: dict[str, Any], subject: str
) -> None:
    found = drift(module, [options], [{"diff": {"before": {}, "after": {"a": 1}}}])
    assert [entry["subject"] for entry in found] == [subject]


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ({"scw_lb": [{"name": "shop"}], "scw_lb_ip": []}, ""),
        ({}, "It declares nothing."),
        ({"scw_lb": []}, "It declares nothing."),
        ("scw_lb", "It declares nothing."),
        ({"scw_lb_info": []}, "scw_lb_info is no module that manages something. Its keys may be scw_lb, scw_lb_ip."),
        ({"scw_lb": {"name": "x"}}, "scw_lb must be a list, with the options of the module in each element."),
        ({"scw_lb": "hunter2"}, "scw_lb must be a list, with the options of the module in each element."),
        ({"scw_lb": ["hunter2"]}, "scw_lb must be a list, with the options of the module in each element."),
        ({"scw_lb": None}, "scw_lb must be a list, with the options of the module in each element."),
    ],
)
def test_a_declaration_is_checked_without_showing_its_values(declared: Any, sentence: str) -> None:
    assert problem(declared, KNOWN) == sentence


def test_the_table_has_a_line_for_each_difference() -> None:
    found = FilterModule().filters()["drift"](
        [{"diff": {"before": {"a": 1}, "after": {"a": 2}}}, {"diff": {"before": {}, "after": {"b": 1}}}],
        "scw_lb",
        [{"name": "shop"}, {"name": "a-longer-name"}],
    )
    assert table(found) == [
        "WHAT  NAME           DIFFERENCE",
        "lb    shop           a is 1, declared 2",
        "lb    a-longer-name  does not exist",
    ]
    assert table([]) == []
