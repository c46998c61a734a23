# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References to what has no name, and to what belongs to another product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER
from ansible_collections.scw.cloud.plugins.module_utils.description.links import Elsewhere, Link
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import CACHE_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.edge_samples import BACKEND_ID
from unit.samples import LB_ID

LINK = Link("backend_stage", key="backend_stage_id", to=lambda: BACKEND_STAGE)
NEEDED = Link("backend_stage", to=lambda: BACKEND_STAGE, may_be_empty=False)
BALANCER = Elsewhere("lb", to=lambda: LB, at="zone")
FRONT = Elsewhere("frontend", to=lambda: FRONTEND, at="zone", around="lb")
WORKLOAD = Elsewhere("container", to=lambda: CONTAINER, at="region")


class Asked:
    """Remembers what was looked up, and finds everything."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any, dict[str, Any]]] = []

    def __call__(self, target: Resource, name: Any, place: Mapping[str, Any]) -> str:
        self.calls.append((target.title, name, dict(place)))
        return "found"


@pytest.fixture
def asked() -> Asked:
    return Asked()


# Links


@pytest.mark.parametrize(
    ("written", "parsed"), [(BACKEND_ID.upper(), BACKEND_ID), ("only", "only"), ("", ""), (UNKNOWN, UNKNOWN)]
)
def test_a_link_is_an_id_the_only_one_or_none(written: str, parsed: str) -> None:
    assert LINK.parse(written, "backend_stage") == parsed


@pytest.mark.parametrize("written", ["web", " ", "Only", "none"])
def test_a_link_is_no_name(written: str) -> None:
    with pytest.raises(InvalidOption, match=r"backend_stage: .* is neither an ID nor 'only', .* only backend stage"):
        LINK.parse(written, "backend_stage")


def test_a_link_that_is_needed_is_not_empty() -> None:
    with pytest.raises(InvalidOption, match="is neither an ID nor 'only'"):
        NEEDED.parse("", "backend_stage")


def test_a_link_may_be_what_identifies_the_stage() -> None:
    origin = {"scaleway_s3": {"bucket_name": "a", "bucket_region": "fr-par"}, "scaleway_lb": None}
    assert LINK.parse(origin, "x") == {"scaleway_s3": {"bucket_name": "a", "bucket_region": "fr-par"}}
    with pytest.raises(InvalidOption, match=r"x\.scaleway_s3\.bucket_name: must not be empty"):
        LINK.parse({"scaleway_s3": {"bucket_name": "", "bucket_region": "fr-par"}}, "x")


def test_only_what_is_no_id_is_looked_up(asked: Asked) -> None:
    assert [LINK.resolve(value, asked, {}) for value in (BACKEND_ID, "", UNKNOWN)] == [BACKEND_ID, "", UNKNOWN]
    assert asked.calls == []
    assert LINK.resolve("only", asked, {}) == "found"
    assert LINK.resolve({"scaleway_s3": {}}, asked, {}) == "found"
    assert asked.calls == [("backend stage", {}, {}), ("backend stage", {"scaleway_s3": {}}, {})]


def test_a_link_that_is_not_set_is_not_shown() -> None:
    assert not LINK.shown_unset
    assert all(not field.shown_unset for field in CACHE_STAGE.fields if isinstance(field, Link))


# Other products


def test_what_stands_alone_is_looked_up_by_its_name_at_its_place(asked: Asked) -> None:
    assert BALANCER.parse("shop", "lb") == "shop"
    assert BALANCER.resolve("shop", asked, {"zone": "nl-ams-1", "lb": "shop", "frontend": "https"}) == "found"
    assert asked.calls == [("load balancer", "shop", {"zone": "nl-ams-1"})]


def test_what_lies_in_a_sibling_is_looked_up_there(asked: Asked) -> None:
    assert FRONT.resolve("https", asked, {"zone": "nl-ams-1", "lb": LB_ID}) == "found"
    assert asked.calls == [("frontend", "https", {"zone": "nl-ams-1", "lb": LB_ID})]


def test_what_lies_in_something_else_has_the_name_of_both(asked: Asked) -> None:
    assert WORKLOAD.parse("shop/api", "container") == "shop/api"
    assert WORKLOAD.resolve("shop/api", asked, {"region": "pl-waw"}) == "found"
    assert asked.calls == [("container", "api", {"region": "pl-waw", "namespace": "shop"})]


@pytest.mark.parametrize("name", ["api", "shop/", "/api", "a/b/c", "/"])
def test_the_name_of_one_alone_is_refused(name: str) -> None:
    with pytest.raises(
        InvalidOption, match=r"container: .* neither an ID nor the name of the container namespace and its own"
    ):
        WORKLOAD.parse(name, "container")


def test_ids_of_other_products_are_not_looked_up(asked: Asked) -> None:
    for field in (BALANCER, FRONT, WORKLOAD):
        assert field.parse(LB_ID.upper(), field.name) == LB_ID
        assert field.resolve(LB_ID, asked, {}) == LB_ID
        assert field.resolve(UNKNOWN, asked, {}) == UNKNOWN
    assert asked.calls == []
