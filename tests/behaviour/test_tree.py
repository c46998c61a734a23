# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole load balancer in one task: predicted, built, found again, changed at every depth, and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown
from behaviour.expectations import EXTRA, RESTLESS, assert_changed, assert_predicts, assert_quiet
from behaviour.whole import KINDS, NETWORK, Shop, acl, backend, built, differing, put, route

both_places = pytest.mark.parametrize("place", ["zone", "region"])
CHILDREN = ("certificates", "private_networks", "backends", "frontends")
# One list of load balancers, one for each kind, one of all routes, and one of ACLs for each frontend.
NO_OP_REQUESTS = 1 + 4 + 1 + 2


# Copies of what is around, which follow from its own changes.
EMBEDDED = frozenset({"lb", "backend", "certificate", "frontend"})


def assert_foretold(predicted: Any, actual: Any, where: str = "lb") -> None:
    """The prediction has the shape of what is there, and is right wherever it is sure."""
    if isinstance(predicted, Mapping) and isinstance(actual, Mapping):
        shown = {key for key, value in actual.items() if value is not None}
        assert shown - {EXTRA} <= set(predicted) <= set(actual), where
        for key in set(predicted) - RESTLESS - EMBEDDED:
            assert_foretold(predicted[key], actual[key], f"{where}.{key}")
    elif isinstance(predicted, list) and isinstance(actual, list):
        assert len(predicted) == len(actual), where
        for number, (one, other) in enumerate(zip(predicted, actual, strict=True)):
            assert_foretold(one, other, f"{where}[{number}]")
    elif not is_unknown(predicted):
        assert predicted == actual, where


@both_places
def test_a_check_run_predicts_what_the_run_then_builds_in_order(shop: Shop, place: str) -> None:
    predicted = shop.run(shop.whole, check=True)
    assert_predicts(predicted)
    assert predicted.warnings == ()
    assert [entry.method for entry in predicted.requests] == ["GET"]

    created = shop.run(shop.whole)
    assert_changed(created, *built(place))
    assert created.done == built(place)
    assert created.diff == predicted.diff
    assert created.diff["before"] == {}
    lb, foretold = created.result["lb"], predicted.result["lb"]
    assert set(lb) - {EXTRA} == set(foretold)
    for kind in CHILDREN:
        assert [set(one) - {EXTRA} for one in lb[kind]] == [set(one) for one in foretold[kind]]


@both_places
def test_a_second_run_reads_every_list_once_and_writes_nothing(shop: Shop) -> None:
    made = shop.make()
    for check in (True, False):
        again = shop.run(shop.whole, check=check)
        assert_quiet(again, NO_OP_REQUESTS)
        assert len({entry.path for entry in again.requests}) == NO_OP_REQUESTS
        assert [again.result["lb"][kind][0]["id"] for kind in CHILDREN] == [made[kind][0]["id"] for kind in CHILDREN]


@both_places
def test_the_result_nests_what_was_declared_and_nothing_else(shop: Shop) -> None:
    made = shop.make()
    frontend = made["frontends"][0]
    assert [one["name"] for one in frontend["acls"]] == ["only-edge-services", "first", "second", "third"]
    assert [one["match"].get("path_begin") for one in frontend["routes"]] == [None, "/shop"]
    assert made["private_networks"][0]["id"] == NETWORK
    less = shop.run({**shop.named, "backends": [{"name": "web"}], "frontends": [{"name": "imaps", "acls": []}]})
    assert_quiet(less)
    lb = less.result["lb"]
    assert not {"certificates", "private_networks"} & set(lb)
    assert [one["name"] for one in lb["backends"]] == ["web"]
    assert lb["frontends"][0]["acls"] == []
    assert "routes" not in lb["frontends"][0]


CHANGES: Mapping[str, tuple[tuple[str | int, ...], Any, str]] = {
    "the load balancer": (("description",), "new", "UpdateLB"),
    "its type": (("type",), "lb-gp-m", "MigrateLB"),
    "a backend": (("backends", 1, "max_retries"), 5, "UpdateBackend"),
    "the servers of a backend": (("backends", 1, "server_ip"), ["10.0.0.2"], "SetBackendServers"),
    "a health check": (("backends", 0, "health_check", "http_config", "uri"), "/alive", "UpdateHealthCheck"),
    "a frontend": (("frontends", 1, "timeout_client"), "5s", "UpdateFrontend"),
    "the backend of a frontend": (("frontends", 0, "backend"), "api", "UpdateFrontend"),
    "the certificates of a frontend": (("frontends", 0, "certificates"), ["own"], "UpdateFrontend"),
    "an ACL": (("frontends", 0, "acls", 1, "match", "ip_subnet"), ["192.0.2.0/25"], "UpdateACL"),
    "an ACL of another frontend": (("frontends", 1, "acls", 0, "action"), {"type": "allow"}, "UpdateACL"),
    "a route": (("frontends", 0, "routes", 0, "backend"), "web", "UpdateRoute"),
    "the match of a route": (("frontends", 1, "routes", 0, "match", "match_subdomains"), True, "UpdateRoute"),
}


@both_places
@pytest.mark.parametrize("purge", [False, True], ids=["", "purge"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=[name.replace(" ", "-") for name in CHANGES])
def test_one_changed_value_is_one_write(shop: Shop, change: Any, purge: bool) -> None:
    path, value, operation = change
    shop.make()
    before = shop.lasting()
    task = {**put(shop.whole, path, value), "purge": purge}
    predicted = shop.run(task, check=True)
    assert_predicts(predicted)
    changed = shop.run(task)
    assert_changed(changed, operation)
    assert changed.diff == predicted.diff
    assert_foretold(predicted.result["lb"][path[0]], changed.result["lb"][path[0]])
    assert len(differing(before, shop.lasting())) == 1
    assert_quiet(shop.run(task), NO_OP_REQUESTS)


COUNTS = ("private_network_count", "backend_count", "frontend_count")


@pytest.mark.parametrize("place", ["zone"])
def test_a_check_run_counts_the_children_as_they_will_be(shop: Shop) -> None:
    less = {"backends": [{"name": "mail"}], "frontends": [{"name": "imaps"}], "private_networks": [], "purge": True}
    more = {"backends": [{"name": "mail"}, backend("more")]}
    for task, expected in (
        (shop.whole, [1, 3, 2]),
        ({**shop.named, **less}, [0, 1, 1]),
        ({**shop.named, **more}, [0, 2, 1]),
    ):
        predicted, run = shop.run(task, check=True), shop.run(task)
        assert_predicts(predicted)
        assert not run.failed, run.message
        assert [predicted.result["lb"][key] for key in COUNTS] == expected
        assert [run.result["lb"][key] for key in COUNTS] == expected


@both_places
def test_what_is_not_declared_is_not_even_read(shop: Shop) -> None:
    shop.make()
    before = shop.lasting()
    task = {**shop.named, "purge": True, "backends": [{"name": name} for name in ("web", "api", "mail")]}
    assert_quiet(shop.run(task), 2)
    task["backends"][1]["max_retries"] = 5
    assert_changed(shop.run({**task, "purge": False}), "UpdateBackend")
    assert differing(before, shop.lasting()) == ["backends"]


ADDED: Mapping[str, tuple[tuple[str | int, ...], Any, str]] = {
    "certificate": (
        ("certificates", 2),
        {"name": "more", "letsencrypt": {"common_name": "more.example.com"}},
        "CreateCertificate",
    ),
    "private network": (("private_networks", 1), {"private_network_id": NETWORK[:-1] + "7"}, "AttachPrivateNetwork"),
    "backend": (("backends", 3), backend("more"), "CreateBackend"),
    "frontend": (("frontends", 2), {"name": "more", "inbound_port": 80, "backend": "web"}, "CreateFrontend"),
    "ACL": (("frontends", 0, "acls", 3), acl("more", "203.0.113.0/24"), "CreateACL"),
    "route": (("frontends", 0, "routes", 2), route("api", host_header="more.example.com"), "CreateRoute"),
}
REMOVED = {
    "certificate": "DeleteCertificate",
    "private network": "DetachPrivateNetwork",
    "backend": "DeleteBackend",
    "frontend": "DeleteFrontend",
    "ACL": "DeleteACL",
    "route": "DeleteRoute",
}


@both_places
@pytest.mark.parametrize("kind", ADDED)
def test_a_child_comes_with_one_write_and_goes_by_purge_only(shop: Shop, kind: str) -> None:
    path, child, operation = ADDED[kind]
    shop.make()
    without = shop.lasting()
    more = put(shop.whole, path, child)
    predicted, added = shop.run(more, check=True), shop.run(more)
    assert_predicts(predicted)
    assert_changed(added, operation)
    assert added.diff == predicted.diff
    assert len(differing(without, shop.lasting())) == 1
    assert_quiet(shop.run(more))
    assert_quiet(shop.run(shop.whole), NO_OP_REQUESTS)

    purge = {**shop.whole, "purge": True}
    predicted, removed = shop.run(purge, check=True), shop.run(purge)
    assert_predicts(predicted)
    assert_changed(removed, REMOVED[kind])
    assert removed.diff == predicted.diff
    assert shop.lasting() == without
    assert_quiet(shop.run(purge), NO_OP_REQUESTS)


@both_places
def test_purge_removes_users_before_what_they_use(shop: Shop) -> None:
    shop.make()
    task = {
        **shop.named,
        "purge": True,
        "certificates": [],
        "private_networks": [],
        "backends": [{"name": "mail"}],
        "frontends": [{"name": "imaps", "acls": [], "routes": []}],
    }
    predicted, run = shop.run(task, check=True), shop.run(task)
    assert_predicts(predicted)
    assert run.diff == predicted.diff
    assert_changed(
        run,
        *["DeleteCertificate"] * 2,
        "DetachPrivateNetwork",
        *["DeleteBackend"] * 2,
        *["DeleteFrontend", "DeleteACL", "DeleteRoute"],
    )
    last_user = max(run.done.index(name) for name in ("DeleteFrontend", "DeleteRoute"))
    assert last_user < min(run.done.index(name) for name in ("DeleteBackend", "DeleteCertificate"))
    assert {kind: len(shop.objects(kind)) for kind in KINDS} == {
        **dict.fromkeys(KINDS, 0),
        **dict.fromkeys(("lbs", "backends", "frontends"), 1),
    }
    assert_quiet(shop.run(task))


@both_places
def test_a_backend_may_go_when_its_users_turn_to_another_in_the_same_task(shop: Shop) -> None:
    shop.make()
    task = put(shop.whole, ("backends", 1), None)
    task = put(task, ("frontends", 0, "routes", 0, "backend"), "fresh")
    task["backends"].append(backend("fresh"))
    run = shop.run({**task, "purge": True})
    assert_changed(run, "CreateBackend", "UpdateRoute", "DeleteBackend")
    assert run.done == ["CreateBackend", "UpdateRoute", "DeleteBackend"]
    assert shop.names("backends") == ["fresh", "mail", "web"]


@both_places
def test_a_port_is_free_for_the_frontend_that_takes_the_place_of_another(shop: Shop) -> None:
    shop.make()
    task = put(shop.whole, ("frontends", 1, "name"), "successor")
    run = shop.run({**task, "purge": True})
    assert_changed(run, "DeleteFrontend", "CreateFrontend", "CreateACL", "CreateRoute")
    assert_quiet(shop.run({**task, "purge": True}), NO_OP_REQUESTS)


@both_places
def test_a_child_is_renamed_by_its_id_and_named_by_its_new_name_at_once(shop: Shop) -> None:
    shop.make()
    found = {kind: shop.objects(kind) for kind in ("certificates", "backends", "frontends", "acls")}
    ids = {kind: [one["id"] for one in found[kind]] for kind in found}
    web, issued = (
        next(one["id"] for one in found[kind] if one["name"] == name)
        for kind, name in (("backends", "web"), ("certificates", "issued"))
    )
    first = next(one["id"] for one in found["acls"] if one["name"] == "third")
    task = {
        **shop.named,
        "certificates": [{"id": issued, "name": "renamed"}],
        "backends": [{"id": web, "name": "renamed"}],
        "frontends": [
            {
                "name": "https",
                "backend": "renamed",
                "certificates": ["renamed", "own"],
                "acls": [{"id": first, "name": "renamed", "index": 3}],
            }
        ],
    }
    predicted, run = shop.run(task, check=True), shop.run(task)
    assert_predicts(predicted)
    assert run.diff == predicted.diff
    assert_changed(run, "UpdateCertificate", "UpdateBackend", "UpdateACL")
    assert {kind: [one["id"] for one in shop.objects(kind)] for kind in ids} == ids
    assert_quiet(shop.run(task))


@both_places
def test_references_may_be_ids_and_undeclared_children(shop: Shop) -> None:
    shop.make()
    task = {
        **shop.named,
        "frontends": [
            {
                "name": "more",
                "inbound_port": 80,
                "backend": shop.id("backends", "web"),
                "certificates": ["issued", shop.id("certificates", "own")],
                "routes": [route("api", host_header="a.example.com")],
            }
        ],
    }
    predicted, run = shop.run(task, check=True), shop.run(task)
    assert_predicts(predicted)
    assert predicted.warnings == ()
    assert_changed(run, "CreateFrontend", "CreateRoute")
    assert run.diff == predicted.diff
    assert_quiet(shop.run(task))


@both_places
def test_children_stay_out_of_it_when_the_load_balancer_goes(shop: Shop) -> None:
    shop.make()
    absent = {**shop.whole, "state": "absent"}
    predicted, run = shop.run(absent, check=True), shop.run(absent)
    assert_predicts(predicted)
    assert_changed(run, "DeleteLB")
    assert run.diff == predicted.diff
    assert run.result["lb"] == {}
    assert all(shop.objects(kind) == [] for kind in KINDS)
    assert_quiet(shop.run(absent))
    assert shop.run(shop.whole).changed


@both_places
def test_an_empty_load_balancer_is_filled_by_a_later_task(shop: Shop, place: str) -> None:
    shop.make({**shop.named, "type": "lb-s"})
    task = {name: value for name, value in shop.whole.items() if name != "tags"}
    predicted, run = shop.run(task, check=True), shop.run(task)
    assert_predicts(predicted)
    assert run.diff == predicted.diff
    assert run.done == built(place)[1:]
    assert_quiet(shop.run(task), NO_OP_REQUESTS)


SETTINGS: Mapping[str, Mapping[str, Any]] = {
    **{f"settles-after-{reads}": {"settle_reads": reads} for reads in range(4)},
    **{f"never-busy-after-{reads}": {"settle_reads": reads, "busy_conflict": False} for reads in (0, 3)},
    "tiny-pages": {"max_page_size": 2},
    "any-order": {"max_page_size": 2, "shuffle": True, "settle_reads": 2},
}


@both_places
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_end_is_the_same_however_the_api_behaves(shop: Shop, place: str, settings: Mapping[str, Any]) -> None:
    shop.make()
    expected = shop.lasting()
    shop.emulator.reset()
    shop.emulator.settings(**settings)
    created = shop.run(shop.whole)
    assert_changed(created, *built(place))
    assert shop.lasting() == expected
    assert_quiet(shop.run(shop.whole))
    other = acl("other", "10.0.0.0/8", index=1)
    assert_changed(shop.run(put(shop.whole, ("frontends", 0, "acls", 0), other)), "CreateACL")
    assert_changed(shop.run({**shop.whole, "purge": True}), "DeleteACL")
    assert shop.lasting() == expected


@both_places
def test_without_waiting_it_is_the_same_in_the_end(shop: Shop, place: str) -> None:
    created = shop.run({**shop.whole, "wait": False})
    assert not created.failed, created.message
    assert created.done == built(place)
    assert_quiet(shop.run({**shop.whole, "wait": False}))
    assert_quiet(shop.run(shop.whole))
    assert_changed(shop.run({**shop.named, "state": "absent", "wait": False}), "DeleteLB")
