# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task gives the stages of a pipeline, and what the engine makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.tree import declared
from ansible_collections.scw.cloud.plugins.module_utils.edge.tree import PIPELINE_TREE
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_options import tree_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption

LAYOUT = PIPELINE_TREE.layout
OWN_ID = "33333333-3333-4333-8333-333333333333"
SITE = {"scaleway_s3": {"bucket_name": "site", "bucket_region": "fr-par"}}


def lists(purge: bool = False, **stages: Any) -> dict[str, Any]:
    assert LAYOUT is not None
    return dict(LAYOUT.lists({"stages": stages, "purge": purge}))


def following(stage: dict[str, Any]) -> dict[str, Any]:
    """The link that follows for a stage."""
    return dict(stage["next"].link) if "next" in stage else {}


def shown(**found: Any) -> dict[str, Any]:
    assert LAYOUT is not None
    return LAYOUT.shown(found)


def test_nothing_given_is_nothing_said_even_with_purge() -> None:
    assert LAYOUT is not None
    assert LAYOUT.lists({"stages": None, "purge": True}) == {}
    assert lists() == {}


def test_each_stage_leads_to_the_next_one_that_is_given() -> None:
    found = lists(dns={}, tls={}, cache={}, route={}, waf={}, backends=[SITE])
    links = {kind: following(stages[0]) for kind, stages in found.items()}
    assert links == {
        "dns_stages": {"tls_stage": "only"},
        "tls_stages": {"cache_stage": "only"},
        "cache_stages": {"route_stage": "only"},
        "route_stages": {"waf_stage": "only"},
        "waf_stages": {"backend_stage": SITE},
        "backend_stages": {},
        "head_stages": {},
    }
    assert found["head_stages"] == [{"dns_stage": "only"}]


def test_unset_options_are_no_stages_and_no_links() -> None:
    found = lists(dns={"tls_stage": None, "fqdns": None}, tls=None, cache={}, backends=None)
    assert following(found["dns_stages"][0]) == {"cache_stage": "only"}
    assert following(found["cache_stages"][0]) == {}
    assert "tls_stages" not in found


@pytest.mark.parametrize("link", ["", "only", OWN_ID])
def test_a_link_that_is_given_stays(link: str) -> None:
    found = lists(tls={"waf_stage": link}, cache={}, backends=[SITE])["tls_stages"][0]
    assert found == {"waf_stage": link}


def test_a_stage_with_an_id_is_referred_to_by_it() -> None:
    found = lists(dns={"id": OWN_ID}, tls={"id": OWN_ID})
    assert following(found["dns_stages"][0]) == {"tls_stage": OWN_ID}
    assert found["head_stages"] == [{"dns_stage": OWN_ID}]


def test_names_of_backends_become_what_identifies_them() -> None:
    rules = [{"backend_stage": "b", "waf_stage": None}, {"waf_stage": "only", "backend_stage": None}]
    backends = [{"name": "a", **SITE}, {"name": "b", "id": OWN_ID, "scaleway_lb": None}]
    found = lists(route={"backend_stage": "a", "route_rules": rules}, backends=backends)
    assert found["route_stages"][0]["backend_stage"] == SITE
    assert found["route_stages"][0]["route_rules"] == [{"backend_stage": OWN_ID}, {"waf_stage": "only"}]
    assert found["backend_stages"] == [SITE, {"id": OWN_ID}]


def test_with_purge_there_is_nothing_of_the_kinds_that_are_not_given() -> None:
    found = lists(purge=True, backends=[SITE])
    assert set(found) == {branch.option for branch in PIPELINE_TREE.branches}
    assert {option for option, stages in found.items() if stages} == {"backend_stages"}


@pytest.mark.parametrize(
    ("stages", "option"),
    [
        ({"dns": {}, "waf": {}}, "stages.dns"),
        ({"waf": {}, "backends": [SITE, SITE]}, "stages.waf.backend_stage"),
        ({"waf": {"backend_stage": "a"}, "backends": [SITE]}, "stages.waf.backend_stage"),
        ({"backends": [{"name": "only", **SITE}]}, "stages.backends[0].name"),
    ],
)
def test_what_cannot_be_linked_is_refused_where_it_stands(stages: dict[str, Any], option: str) -> None:
    with pytest.raises(InvalidOption) as refused:
        lists(**stages)
    assert refused.value.option == option


def test_declarations_stand_where_the_task_has_them() -> None:
    said = declared(
        PIPELINE_TREE.branches, lists(dns={}, tls={"backend_stage": "only"}, backends=[SITE, {"id": OWN_ID}])
    )
    places = {one.branch.option: (one.where, [child.where for child in one.children]) for one in said}
    assert places == {
        "backend_stages": ("stages.backends", ["stages.backends[0].", "stages.backends[1]."]),
        "tls_stages": ("stages.tls", ["stages.tls."]),
        "dns_stages": ("stages.dns", ["stages.dns."]),
        "head_stages": ("stages.dns", ["stages.dns."]),
    }


def test_what_is_told_comes_under_the_names_of_the_task() -> None:
    result = shown(backend_stages=[1, 2], tls_stages=[3], dns_stages=[4], head_stages=[5], waf_stages=[])
    assert result == {"stages": {"dns": 4, "tls": 3, "backends": [1, 2]}, "head_stage": 5}
    assert list(result["stages"]) == ["dns", "tls", "backends"]
    assert shown(tls_stages={"TLS stage": 1}) == {"stages": {"tls": 1}}
    assert shown(tls_stages={"TLS stage": 1, "TLS stage (2)": 2}) == {
        "stages": {"tls": {"TLS stage": 1, "TLS stage (2)": 2}}
    }
    assert shown() == {}


def test_the_options_are_those_of_the_stages_without_their_pipeline() -> None:
    stages = tree_spec(PIPELINE_TREE)["argument_spec"]["stages"]["options"]
    assert set(stages) == {"dns", "tls", "cache", "route", "waf", "backends"}
    assert "name" in stages["backends"]["options"]
    assert not any("pipeline" in stage["options"] for stage in stages.values())
    assert stages["dns"]["mutually_exclusive"] == [["tls_stage", "cache_stage", "backend_stage"]]
