# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about load balancers: their addresses, their type, what other tools set, names that are no fun."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import LOAD_BALANCER
from behaviour.account import BACKEND_BODY, PROJECT_ID
from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_refused, lasting, without
from behaviour.runner import run_module
from behaviour.subjects import PLACES, Scene, every, has_own_id

BY_NAME = {resource.name: resource for resource in LOAD_BALANCER}
OTHER_PROJECT = "44444444-4444-4444-8444-444444444444"


def only(*names: str) -> pytest.MarkDecorator:
    """Parametrize with these resources, everywhere."""
    cases: list[tuple[Resource, str]] = [(BY_NAME[name], place) for name in names for place in PLACES]
    return pytest.mark.parametrize(("resource", "place"), cases, ids=[f"{r.name}-{place}" for r, place in cases])


def spellings(address: str) -> list[str]:
    """The same address in other words."""
    parsed = ipaddress.ip_address(address)
    return [address, address.upper(), parsed.exploded, parsed.exploded.upper()]


@only("lb")
@pytest.mark.parametrize("release", [None, False, True])
def test_addresses_are_lost_on_request_only(scene: Scene, release: bool | None) -> None:
    scene.make({**scene.minimal, "ips": [scene.things.name("ip-a")]})
    before = scene.account.count("ips")
    options = {} if release is None else {"release_ip": release}
    assert_changed(scene.run({**scene.identity, "state": "absent", **options}), "DeleteLB")
    assert scene.account.count("ips") == before - (1 if release else 0)


@only("lb")
def test_an_address_may_be_written_in_any_way(scene: Scene) -> None:
    address, ip_id = scene.things.name("ip-6"), scene.things.id("ip-6")
    made = scene.make({**scene.minimal, "ips": [address]})
    assert [ip["id"] for ip in made["ip"]] == [ip_id]
    for spelling in (*spellings(address), ip_id, ip_id.upper()):
        assert_quiet(scene.run({**scene.minimal, "ips": [spelling]}))
        assert_quiet(scene.run({**scene.minimal, "ip_ids": [spelling]}))


@only("ip")
def test_an_ip_is_found_by_its_address_in_any_way(scene: Scene) -> None:
    for spelling in spellings(scene.things.name("ip-6")):
        found = scene.run({**scene.place, "ip_address": spelling})
        assert_quiet(found, 1)
        assert scene.object(found)["id"] == scene.things.id("ip-6")


@only("ip")
def test_an_ip_is_told_apart_by_its_family(scene: Scene) -> None:
    four, six = ({**scene.identity, "is_ipv6": is_ipv6} for is_ipv6 in (False, True))
    assert "." in scene.make(four)["ip_address"]
    assert ":" in scene.make(six)["ip_address"]
    assert_quiet(scene.run(four))
    assert_quiet(scene.run(six))
    assert_refused(scene.run(scene.identity), "2")


@only("lb")
def test_a_private_load_balancer_has_no_address_and_stays_so(scene: Scene) -> None:
    private = {**scene.minimal, "assign_flexible_ip": False}
    assert scene.make(private)["ip"] == []
    assert_quiet(scene.run(private))
    assert_quiet(scene.run({**private, "ips": []}))
    assert_refused(scene.run({**private, "assign_flexible_ip": True}), "assign_flexible_ip")


@only("lb")
def test_both_families_can_be_assigned(scene: Scene) -> None:
    both = {**scene.minimal, "assign_flexible_ip": True, "assign_flexible_ipv6": True}
    assert sorted(":" in ip["ip_address"] for ip in scene.make(both)["ip"]) == [False, True]
    assert_quiet(scene.run(both))


@only("lb")
def test_an_ipv6_can_be_added_later_from_either_side(scene: Scene) -> None:
    made = scene.make({**scene.minimal, "ips": [scene.things.name("ip-a")]})
    joined = {**scene.place, "id": scene.things.id("ip-6"), "lb": scene.identity["name"]}
    attached = run_module(scene.emulator, "scw_lb_ip", joined)
    assert_changed(attached, "UpdateIP")
    assert attached.result["ip"]["lb_id"] == made["id"]
    assert_quiet(run_module(scene.emulator, "scw_lb_ip", joined))
    assert_quiet(scene.run({**scene.minimal, "ips": [scene.things.name("ip-6"), scene.things.name("ip-a")]}))


@only("lb")
def test_an_unknown_address_is_refused_before_other_changes(scene: Scene) -> None:
    made = scene.make({**scene.minimal, "ips": [scene.things.name("ip-a")]})
    ips = [scene.things.name("ip-a"), scene.things.id("ip-b"), OTHER_PROJECT]
    assert_refused(scene.run({**scene.minimal, "description": "new", "ips": ips}), OTHER_PROJECT)
    assert lasting(scene.object(scene.run(scene.identity))) == lasting(made)


@only("lb")
def test_a_load_balancer_is_created_with_its_subscriber(scene: Scene) -> None:
    options = {**scene.minimal, "subscriber": scene.things.name("subscriber-a")}
    predicted, created = scene.run(options, check=True), scene.run(options)
    assert_predicts(predicted)
    assert_changed(created, "CreateLB", "SubscribeToLB")
    assert created.diff == predicted.diff
    assert scene.object(created)["subscriber"]["id"] == scene.things.id("subscriber-a")
    assert_quiet(scene.run(options))
    assert_quiet(scene.run({**scene.minimal, "subscriber_id": scene.things.id("subscriber-a")}))
    assert_changed(scene.run({**scene.minimal, "subscriber": ""}), "UnsubscribeFromLB")
    assert_quiet(scene.run({**scene.minimal, "subscriber": ""}))


@only("lb")
def test_nobody_is_told_from_the_start(scene: Scene) -> None:
    options = {**scene.minimal, "subscriber": ""}
    created = scene.run(options)
    assert_changed(created, "CreateLB")
    assert scene.object(created)["subscriber"] is None
    assert_quiet(scene.run(options))


@only("lb")
def test_a_migration_that_was_not_waited_for_is_no_second_one(scene: Scene) -> None:
    scene.emulator.settings(settle_reads=3)
    scene.make()
    larger = {**scene.identity, "type": "LB-GP-L"}
    started = scene.run({**larger, "wait": False})
    assert_changed(started, "MigrateLB")
    finished = scene.run(larger)
    assert_quiet(finished)
    assert scene.object(finished)["type"] == "lb-gp-l"


@only("backend")
def test_what_only_other_tools_can_set_is_kept(scene: Scene) -> None:
    made = scene.make()
    by_hand = {**BACKEND_BODY, "name": made["name"], "send_proxy_v2": True, "max_retries": 5}
    by_hand = {name: value for name, value in by_hand.items() if name not in ("server_ip", "health_check")}
    before = scene.account.call("PUT", f"/backends/{made['id']}", by_hand)
    assert before["send_proxy_v2"] is True

    after = scene.object(scene.run({**scene.identity, "max_connections": 7}))
    assert after["max_connections"] == 7
    assert lasting(without(after, "max_connections")) == lasting(without(before, "max_connections"))
    assert_quiet(scene.run(scene.identity))


@only("lb", "ip", "subscriber")
def test_a_namesake_in_another_project_is_another_one(scene: Scene) -> None:
    made = scene.make()
    other = scene.make_by_hand(project_id=OTHER_PROJECT)
    found = scene.run(scene.identity)
    assert_quiet(found)
    assert scene.object(found)["id"] == made["id"]
    assert scene.object(scene.run({**scene.identity, "project_id": OTHER_PROJECT}))["id"] == other["id"]


@only("lb", "ip")
def test_an_id_of_another_project_is_refused(scene: Scene) -> None:
    made = scene.make()
    assert_refused(scene.run({**scene.place, "id": made["id"], "project_id": OTHER_PROJECT}), PROJECT_ID)


HOSTILE = [
    "a name with spaces",
    "half/way?up&to=date#here",
    "Überraschung ☂",
    "{{ lookup('env', 'HOME') }}",
    "100% %s {id} {scope}",
    'quote " and \\ backslash',
    "<script>",
    "-1",
    "null",
]


@every(lambda resource: has_own_id(resource) and resource in LOAD_BALANCER)
@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_a_name(scene: Scene, name: str) -> None:
    value: Any = [name] if scene.leading == "tags" else name
    options = {**scene.minimal, **scene.named(value)}
    assert scene.name_of(scene.make(options)) == value
    assert_quiet(scene.run(options))
    assert not scene.run({**options, "state": "absent"}).failed
    assert scene.count() == 0


@only("backend", "frontend", "acl", "route")
@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_the_name_of_a_parent(scene: Scene, name: str) -> None:
    scene.account.call("GET", f"/lbs/{scene.things.id('outer')}")
    body = {"name": name, "description": "", "tags": []}
    scene.account.call("PUT", f"/lbs/{scene.things.id('outer')}", body)
    options = {**scene.minimal, "lb": name}
    scene.make(options)
    assert_quiet(scene.run(options))
