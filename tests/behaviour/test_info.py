# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that list: everything, by name, by ID and by filter; never an error where there is nothing."""

from __future__ import annotations

from typing import Any

from behaviour.account import PROJECT_ID
from behaviour.edge_samples import STAGE_KEYS
from behaviour.expectations import EXTRA, lasting
from behaviour.runner import Run
from behaviour.samples import NO_OP_REQUESTS
from behaviour.subjects import Scene, every, every_child, every_resource, every_resource_with_id, may_share_names

NOBODY = "33333333-3333-4333-8333-333333333333"
# Requests of a task that lists: one, and one for each name of a parent.
REQUESTS = {
    "lb": 1,
    "lb_ip": 1,
    "lb_backend": 2,
    "lb_frontend": 2,
    "lb_acl": 3,
    "lb_route": 3,
    "lb_subscriber": 1,
    "lb_certificate": 2,
    "lb_private_network": 2,
    "container_namespace": 1,
    "container": 2,
    "container_domain": 3,
    "container_trigger": 3,
    "function_namespace": 1,
    "function": 2,
    "function_cron": 3,
    "function_domain": 3,
    "function_trigger": 3,
    "edge_pipeline": 1,
    "edge_vpc_endpoint": 1,
    **dict.fromkeys((*STAGE_KEYS, "edge_head_stage"), 2),
    # Its rules have a list of their own.
    "edge_route_stage": 3,
}


def listed(scene: Scene, run: Run) -> list[dict[str, Any]]:
    assert not run.failed, run.message
    assert not run.changed
    assert run.operations == []
    return list(run.result[scene.resource.plural])


def ids(objects: list[dict[str, Any]]) -> list[str]:
    return [obj["id"] for obj in objects]


@every_resource
def test_it_lists_what_the_modules_made(scene: Scene) -> None:
    made = scene.make(scene.full)
    run = scene.info(scene.around)
    objects = listed(scene, run)
    assert made["id"] in ids(objects)
    assert run.warnings == ()
    assert len(run.requests) == REQUESTS[scene.key]
    found = next(obj for obj in objects if obj["id"] == made["id"])
    assert set(found) == set(made)
    checked = listed(scene, scene.info(scene.around, check=True))
    assert [lasting(obj) for obj in checked] == [lasting(obj) for obj in objects]


@every_resource_with_id
def test_it_finds_one_by_id(scene: Scene) -> None:
    made = scene.make(scene.full)
    run = scene.info(scene.by_id(made))
    assert [lasting(obj) for obj in listed(scene, run)] == [lasting(made)]
    assert len(run.requests) == NO_OP_REQUESTS[scene.key].by_id


@every_resource_with_id
def test_an_unknown_id_lists_nothing(scene: Scene) -> None:
    assert listed(scene, scene.info({**scene.place, "id": NOBODY})) == []
    assert listed(scene, scene.info({**scene.around, "id": NOBODY})) == []


@every(lambda resource: any(field.name == "name" for field in resource.filters))
def test_a_name_matches_exactly(scene: Scene) -> None:
    made = scene.make()
    scene.make_by_hand(1, **scene.renamed(made))
    namesakes = [made, scene.make_by_hand(2)] if may_share_names(scene.resource) else [made]
    found = listed(scene, scene.info({**scene.around, "name": made["name"]}))
    assert sorted(ids(found)) == sorted(ids(namesakes))
    assert listed(scene, scene.info({**scene.around, "name": "no-such-name"})) == []


@every_child
def test_without_a_parent_there_is_nothing_to_list(scene: Scene) -> None:
    parent = scene.resource.parent
    assert parent is not None
    for gone in ("no-such-parent", NOBODY):
        run = scene.info({**scene.around, parent.name: gone})
        assert listed(scene, run) == []
        assert gone in " ".join(run.warnings)


@every(lambda resource: resource.parent is None and resource.is_located)
def test_an_empty_location_lists_nothing(scene: Scene) -> None:
    assert (
        listed(scene, scene.info({"zone": "pl-waw-3"} if scene.resource.location.zones else {"region": "nl-ams"})) == []
    )


@every(lambda resource: resource.has_id)
def test_every_page_is_read(scene: Scene) -> None:
    made = scene.make()
    others = [scene.make_by_hand(number)["id"] for number in range(6)]
    scene.emulator.settings(max_page_size=2, shuffle=True)
    found = ids(listed(scene, scene.info(scene.around)))
    assert {made["id"], *others} <= set(found)
    assert len(found) == len(set(found))


FILTERS: dict[str, list[tuple[dict[str, Any], bool]]] = {
    "lb": [({"tags": ["tags-one"]}, True), ({"tags": ["nobody"]}, False)],
    "lb_ip": [
        ({"tags": ["tags-one"]}, True),
        ({"tags": ["nobody"]}, False),
        ({"ip_type": "ipv4"}, True),
        ({"ip_type": "all"}, True),
        ({"ip_type": "ipv6"}, False),
    ],
    "container_trigger": [({"trigger_type": "cron"}, True), ({"trigger_type": "sqs"}, False)],
    "edge_pipeline": [({"has_backend_stage_lb": False}, True), ({"has_backend_stage_lb": True}, False)],
    "edge_backend_stage": [
        ({"bucket_name": "bucket_name-one"}, True),
        ({"bucket_name": "nobody"}, False),
        ({"bucket_region": "pl-waw"}, True),
        ({"bucket_region": "fr-par"}, False),
        ({"lb_id": NOBODY}, False),
    ],
    "edge_tls_stage": [({"secret_id": NOBODY}, False), ({"secret_region": "fr-par"}, False)],
    "edge_dns_stage": [({"fqdn": "SHOP.example.com"}, True), ({"fqdn": "nobody.example.com"}, False)],
}


@every_resource
def test_filters_narrow_the_list(scene: Scene) -> None:
    made = scene.make(scene.full)
    by_resource: dict[str, dict[str, Any]] = {
        "lb": {"lb_ids": [made["id"]]},
        "lb_ip": {"ip_address": made.get("ip_address")},
    }
    own = by_resource.get(scene.key, {})
    cases = [*FILTERS.get(scene.key, []), *([(own, True)] if own else [])]
    for options, expected in cases:
        found = ids(listed(scene, scene.info({**scene.around, **options})))
        assert (made["id"] in found) is expected, options
    exercised = {name for options, _expected in cases for name in options} | {"name"}
    assert {field.name for field in scene.resource.filters} <= exercised


@every(lambda resource: resource.project_scoped)
def test_only_an_explicit_project_restricts_the_list(scene: Scene) -> None:
    made = scene.make()
    assert made["id"] in ids(listed(scene, scene.info({**scene.around, "project_id": PROJECT_ID})))
    assert listed(scene, scene.info({**scene.around, "project_id": NOBODY})) == []


@every_resource
def test_unknown_keys_of_the_api_are_passed_on(scene: Scene) -> None:
    made = scene.make()
    found = next(obj for obj in listed(scene, scene.info(scene.around)) if obj["id"] == made["id"])
    assert EXTRA in found
