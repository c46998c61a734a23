# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stages of pipelines: answers with less than usual, or in another order; and patterns of rules."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API
from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import (
    DNS_STAGE,
    HEAD_STAGE,
    ROUTE_STAGE,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from unit import edge_samples
from unit.conftest import Connect, Serve
from unit.edge_samples import BACKEND_ID, PIPELINE_ID, ROUTE_ID
from unit.samples import LB_ID
from unit.scripted_server import Answer, Exchange
from unit.tasks import Play, listing

HEADS = f"{API}/pipelines/{PIPELINE_ID}/head-stages"


def rules(*found: dict[str, Any]) -> list[Exchange]:
    """A route stage, and the list of its rules."""
    got = Exchange("GET", f"{API}/route-stages/{ROUTE_ID}", Answer(json=edge_samples.route_stage()))
    return [got, listing(f"{API}/route-stages/{ROUTE_ID}/route-rules", "route_rules", *found)]


# Answers with less, or in another order


@pytest.mark.parametrize("head", [{}, {"dns_stage_id": None}, {"dns_stage_id": ""}])
def test_a_head_that_is_no_stage_is_no_head(serve: Serve, connect: Connect, head: dict[str, Any]) -> None:
    play = Play(connect(serve([listing(HEADS, "head_stages", head)]).url))
    assert play.lookup(HEAD_STAGE, pipeline=PIPELINE_ID).find({}, must_exist=True) is None


def test_rules_stand_in_the_order_of_their_positions(serve: Serve, connect: Connect) -> None:
    first, second = edge_samples.rule(1, "/a"), edge_samples.rule(2, "/b")
    found = Play(connect(serve(rules(second, first)).url)).lookup(ROUTE_STAGE, id=ROUTE_ID).find({}, must_exist=True)
    assert found
    assert found["route_rules"] == [first, second]


def test_rules_without_positions_stay_as_they_are(serve: Serve, connect: Connect) -> None:
    first, second = {**edge_samples.rule(2, "/a"), "position": None}, edge_samples.rule(1, "/b")
    found = Play(connect(serve(rules(first, second)).url)).lookup(ROUTE_STAGE, id=ROUTE_ID).find({}, must_exist=True)
    assert found
    assert found["route_rules"] == [first, second]


def test_a_stage_before_a_load_balancer_is_called_by_what_is_known_of_it() -> None:
    stage = edge_samples.backend_stage(scaleway_s3=None, scaleway_lb={"lbs": [edge_samples.BALANCER]})
    assert BACKEND_STAGE.label(stage) == f"backend stage '{LB_ID}' ({BACKEND_ID})"


# Domains


@pytest.mark.parametrize(
    "fqdn", ["www.example.com", "*.example.com", "a_b.example.com", "_a.example.com", "A.Example.Com"]
)
def test_a_domain_may_be_a_wildcard_and_have_underscores(fqdn: str) -> None:
    assert DNS_STAGE.prepare
    assert DNS_STAGE.prepare({"fqdns": [fqdn]}, None) == {"fqdns": [fqdn]}


@pytest.mark.parametrize("fqdn", ["com", "a..b", "-a.com", "a-.com", "192.0.2.1", "a b.com", "a.com/b", "*.*.com"])
def test_what_is_no_full_domain_name_is_refused(fqdn: str) -> None:
    assert DNS_STAGE.prepare
    with pytest.raises(InvalidOption, match="is not a full domain name such as"):
        DNS_STAGE.prepare({"fqdns": [fqdn]}, None)


# Patterns


@pytest.mark.parametrize("pattern", [r"\pL+", r"\Qa.b\E", "[[:alpha:]]+", "(?<n>a)", r"a(?i)b\z", "(?i)/A", "", r"\d+"])
@pytest.mark.filterwarnings("error")
def test_a_pattern_of_another_dialect_is_left_to_the_api(pattern: str) -> None:
    wanted = {"route_rules": [{"rule_http_match": {"path_filter": {"value": pattern}}, "backend_stage": BACKEND_ID}]}
    assert ROUTE_STAGE.prepare
    assert ROUTE_STAGE.prepare(wanted, None) == wanted


@pytest.mark.parametrize(
    "pattern", ["(", "a)", "[a", "*", "a**", "[z-a]", "a{2,1}", "\\", "a{99999999999999}", "(" * 9999 + ")" * 9999]
)
def test_what_is_a_pattern_in_no_dialect_is_refused_where_it_stands(pattern: str) -> None:
    rule = {"rule_http_match": {"host_filter": {"value": pattern}}, "backend_stage": BACKEND_ID}
    assert ROUTE_STAGE.prepare
    with pytest.raises(InvalidOption, match=r"route_rules\[0\].rule_http_match.host_filter.value.*regular expression"):
        ROUTE_STAGE.prepare({"route_rules": [rule]}, None)
