# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding what a task names."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Ambiguous,
    ConfigError,
    InvalidOption,
    Missing,
    MissingOption,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND
from unit import samples
from unit.conftest import Connect, Serve
from unit.samples import ACL_ID, BACKEND_ID, FRONTEND_ID, IP_ID, LB_ID, OTHER_LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import Answer, Exchange, ScriptedServer
from unit.tasks import NOT_FOUND, Play, got_lb, lbs, listing, lost, read

BACKENDS = f"{ZONE}/lbs/{LB_ID}/backends"
FRONTENDS = f"{ZONE}/lbs/{LB_ID}/frontends"
ACLS = f"{ZONE}/frontends/{FRONTEND_ID}/acls"


def play(server: ScriptedServer, connect: Connect, **settings: Any) -> Play:
    """Tasks against a scripted server."""
    return Play(connect(server.url, **settings))


# Names


def test_only_the_exact_name_counts_because_the_filter_matches_substrings(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb(name="web2"), lb(id=OTHER_LB_ID), lb(name="Web"))])
    found = play(server, connect).lookup(LB, name="web").find({"name": "web"}, must_exist=True)
    assert found
    assert found["id"] == OTHER_LB_ID


def test_a_name_that_only_others_contain_is_absent(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb(name="web2"), lb(name="my-web"))])
    assert play(server, connect).lookup(LB, name="web").find({"name": "web"}, must_exist=True) is None


def test_two_with_the_same_name_are_an_error_that_lists_their_ids_and_the_way_out(
    serve: Serve, connect: Connect
) -> None:
    server = serve([lbs(lb(), lb(id=OTHER_LB_ID))])
    with pytest.raises(
        Ambiguous, match=r"2 load balancers in fr-par-1 have name 'web'.*Say which one with its ID"
    ) as raised:
        play(server, connect).lookup(LB, name="web").find({"name": "web"}, must_exist=True)
    assert raised.value.data["ids"] == [LB_ID, OTHER_LB_ID]
    assert all(found in str(raised.value) for found in (LB_ID, OTHER_LB_ID))


def test_a_name_on_a_later_page_is_found(serve: Serve, connect: Connect) -> None:
    def page(number: int, *objects: dict[str, Any]) -> Exchange:
        query = {"name": ["web"], "project_id": [PROJECT], "page_size": ["50"], "page": [str(number)]}
        return Exchange("GET", f"{ZONE}/lbs", Answer(json={"lbs": objects, "total_count": 3}), query=query)

    script = [page(1, lb(id="a", name="web1"), lb(id="b", name="web2")), page(2, lb())]
    found = play(serve(script), connect).lookup(LB, name="web").find({"name": "web"}, must_exist=True)
    assert found == lb()


def test_one_that_is_being_deleted_does_not_make_a_name_ambiguous(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb(status="to_delete"), lb(id=OTHER_LB_ID))])
    found = play(server, connect).lookup(LB, name="web").find({"name": "web"}, must_exist=True)
    assert found
    assert found["id"] == OTHER_LB_ID


# IDs


def test_an_id_is_read_at_once(serve: Serve, connect: Connect) -> None:
    assert play(serve([got_lb()]), connect).lookup(LB, id=LB_ID.upper()).find({}, must_exist=True) == lb()


def test_an_id_that_does_not_exist_never_creates(serve: Serve, connect: Connect) -> None:
    lookup = play(serve([lost(f"/lbs/{LB_ID}")]), connect).lookup(LB, id=LB_ID)
    with pytest.raises(Missing, match=f"No load balancer with ID {LB_ID} exists in fr-par-1. An ID never creates"):
        lookup.find({"name": "web"}, must_exist=True)


def test_an_id_together_with_a_name_is_found_by_the_id(serve: Serve, connect: Connect) -> None:
    lookup = play(serve([got_lb()]), connect).lookup(LB, id=LB_ID, name="new")
    assert lookup.find({"name": "new"}, must_exist=True) == lb()


@pytest.mark.parametrize("value", ["web", "33333333", f"{LB_ID}/../x"])
def test_an_id_that_is_none_is_refused_before_any_request(serve: Serve, connect: Connect, value: str) -> None:
    with pytest.raises(InvalidOption, match="id: .* is not an ID"):
        play(serve([]), connect).lookup(LB, id=value)


# IPs, which have no name


@pytest.mark.parametrize(
    ("said", "query", "objects", "found"),
    [
        ({"tags": ["web"]}, {"tags": "web"}, [samples.ip()], IP_ID),
        ({"tags": ["web"]}, {"tags": "web"}, [samples.ip(tags=["web", "more"])], None),
        ({"tags": ["web"], "is_ipv6": True}, {"tags": "web"}, [samples.ip()], None),
        (
            {"tags": ["web"], "is_ipv6": True},
            {"tags": "web"},
            [samples.ip(), samples.ip(id="six", ip_address="2001:db8::")],
            "six",
        ),
        ({"reverse": "www.example.com"}, {}, [samples.ip(), samples.ip(id="r", reverse="www.example.com")], "r"),
    ],
)
def test_an_ip_is_known_by_its_tags_or_its_reverse(
    serve: Serve, connect: Connect, said: dict[str, Any], query: dict[str, str], objects: list[Any], found: str | None
) -> None:
    server = serve([listing(f"{ZONE}/ips", "ips", *objects, project_id=PROJECT, **query)])
    result = play(server, connect).lookup(IP, **said).find(said, must_exist=True)
    assert (result and result["id"]) == found


def test_an_ip_is_found_by_its_address_however_that_is_written(serve: Serve, connect: Connect) -> None:
    six = samples.ip(ip_address="2001:db8::1")
    server = serve([listing(f"{ZONE}/ips", "ips", six, project_id=PROJECT, ip_address="2001:db8::1")])
    assert play(server, connect).lookup(IP, ip_address="2001:DB8:0::1").find({}, must_exist=True) == six


def test_an_address_that_does_not_exist_is_not_reserved(serve: Serve, connect: Connect) -> None:
    server = serve([listing(f"{ZONE}/ips", "ips", project_id=PROJECT, ip_address="192.0.2.9")])
    lookup = play(server, connect).lookup(IP, ip_address="192.0.2.9")
    with pytest.raises(Missing, match="No IP with ip_address '192.0.2.9' exists in fr-par-1"):
        lookup.find({}, must_exist=True)


def test_an_ip_without_anything_to_know_it_by_is_refused(serve: Serve, connect: Connect) -> None:
    with pytest.raises(MissingOption, match="Without tags or reverse, the IP could not be found again"):
        play(serve([]), connect).lookup(IP, tags=[]).find({"tags": []}, must_exist=True)


# What is around it


def test_a_parent_is_found_by_name_and_the_child_within_it(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb()), listing(BACKENDS, "backends", samples.backend(), name="app")])
    found = play(server, connect).lookup(BACKEND, lb="web", name="app").find({"name": "app"}, must_exist=True)
    assert found == samples.backend()


def test_a_name_two_levels_down_is_found(serve: Serve, connect: Connect) -> None:
    server = serve(
        [
            lbs(lb()),
            listing(FRONTENDS, "frontends", samples.frontend(), name="https"),
            listing(ACLS, "acls", samples.acl(), name="office"),
        ]
    )
    said: dict[str, Any] = {"lb": "web", "frontend": "https", "name": "office"}
    assert play(server, connect).lookup(ACL, **said).find({"name": "office"}, must_exist=True) == samples.acl()


def test_the_name_of_a_parent_needs_the_parent_around_it(serve: Serve, connect: Connect) -> None:
    with pytest.raises(MissingOption, match="frontend 'https' is a name: say which load balancer it is on with lb"):
        play(serve([]), connect).lookup(ACL, frontend="https", name="a").find({"name": "a"}, must_exist=True)


def test_a_child_without_its_parent_is_refused(serve: Serve, connect: Connect) -> None:
    with pytest.raises(MissingOption, match="Say which load balancer the backend belongs to: lb, by name or ID"):
        play(serve([]), connect).lookup(BACKEND, name="app").find({"name": "app"}, must_exist=True)


@pytest.mark.parametrize(
    ("resource", "said", "exchange", "says"),
    [
        (FRONTEND, {"id": FRONTEND_ID, "lb": OTHER_LB_ID}, read(f"/frontends/{FRONTEND_ID}", samples.frontend()), "lb"),
        (FRONTEND, {"id": FRONTEND_ID, "lb": "api"}, read(f"/frontends/{FRONTEND_ID}", samples.frontend()), "lb"),
        (ACL, {"id": ACL_ID, "frontend": "http"}, read(f"/acls/{ACL_ID}", samples.acl()), "frontend"),
        (ACL, {"id": ACL_ID, "lb": "api"}, read(f"/acls/{ACL_ID}", samples.acl()), "lb"),
    ],
)
def test_what_lies_elsewhere_than_the_task_says_is_refused(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], exchange: Exchange, says: str
) -> None:
    with pytest.raises(InvalidOption, match=f"{says}: .* belongs to .*'(web|https)'.*, not to") as raised:
        play(serve([exchange]), connect).lookup(resource, **said).find({}, must_exist=True)
    assert raised.value.data["option"] == says


@pytest.mark.parametrize("parent", [LB_ID, "web"])
def test_what_lies_where_the_task_says_is_fine(serve: Serve, connect: Connect, parent: str) -> None:
    server = serve([read(f"/frontends/{FRONTEND_ID}", samples.frontend())])
    assert play(server, connect).lookup(FRONTEND, id=FRONTEND_ID, lb=parent).find({}, must_exist=True)


def test_a_reference_is_resolved_on_the_same_load_balancer(serve: Serve, connect: Connect) -> None:
    server = serve(
        [
            lbs(lb()),
            listing(FRONTENDS, "frontends", name="https"),
            listing(BACKENDS, "backends", samples.backend(), name="app"),
        ]
    )
    lookup = play(server, connect).lookup(FRONTEND, lb="web", name="https")
    lookup.find({"name": "https"}, must_exist=True)
    assert lookup.resolve({"backend": "app"}) == {"backend": BACKEND_ID}


def test_addresses_of_a_load_balancer_are_references_too(serve: Serve, connect: Connect) -> None:
    found = listing(f"{ZONE}/ips", "ips", samples.ip(), project_id=PROJECT, ip_address="192.0.2.7")
    assert play(serve([found]), connect).lookup(LB, name="web").resolve({"ips": ["192.0.2.7"]}) == {"ips": [IP_ID]}


def test_a_reference_that_is_neither_id_nor_address_matches_nothing(serve: Serve, connect: Connect) -> None:
    strange = samples.ip(ip_address=None)
    found = listing(f"{ZONE}/ips", "ips", strange, project_id=PROJECT, ip_address="web")
    with pytest.raises(Missing, match="No IP 'web' exists"):
        play(serve([found]), connect).lookup(LB, name="web").resolve({"ips": ["web"]})


def test_a_reference_that_does_not_exist_is_named(serve: Serve, connect: Connect) -> None:
    server = serve(
        [lbs(lb()), listing(FRONTENDS, "frontends", name="https"), listing(BACKENDS, "backends", name="app")]
    )
    lookup = play(server, connect).lookup(FRONTEND, lb="web", name="https")
    lookup.find({"name": "https"}, must_exist=True)
    with pytest.raises(Missing, match="No backend 'app' exists on load balancer 'web' in fr-par-1. Create it first"):
        lookup.resolve({"backend": "app"})


# Locations


@pytest.mark.parametrize(
    ("said", "settings", "scope"),
    [
        ({}, {}, "zones/fr-par-1"),
        ({}, {"zone": "nl-ams-3"}, "zones/nl-ams-3"),
        ({}, {"region": "nl-ams"}, "zones/fr-par-1"),
        ({"zone": "pl-waw-3"}, {"zone": "nl-ams-3"}, "zones/pl-waw-3"),
        ({"region": "nl-ams"}, {}, "regions/nl-ams"),
    ],
)
def test_a_task_is_in_its_zone_or_its_region_or_the_default_zone(
    connect: Connect, said: dict[str, Any], settings: dict[str, str], scope: str
) -> None:
    lookup = Play(connect("http://127.0.0.1:1", **settings)).lookup(LB, name="web", **said)
    assert lookup.path("/{scope}/x") == f"/{scope}/x"


@pytest.mark.parametrize(
    ("said", "settings", "says"),
    [
        (
            {"zone": "fr-par-3"},
            {},
            "zone: load balancers are not offered in 'fr-par-3'. Choose one of fr-par-1, fr-par-2, nl-ams-1",
        ),
        ({"zone": "mars-1"}, {}, "zone: load balancers are not offered in 'mars-1'"),
        ({"zone": "../.."}, {}, "zone: load balancers are not offered in '../..'"),
        (
            {"region": "fr-par-1"},
            {},
            "region: load balancers are not offered in 'fr-par-1'. Choose one of fr-par, nl-ams, pl-waw",
        ),
        (
            {},
            {"zone": "it-mil-1"},
            "zone .from the environment, the profile or the default.: load balancers are not offered in 'it-mil-1'",
        ),
    ],
)
def test_an_unknown_location_is_refused_with_those_that_exist(
    connect: Connect, said: dict[str, Any], settings: dict[str, str], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        Play(connect("http://127.0.0.1:1", **settings)).lookup(LB, name="web", **said)


def test_the_regional_api_is_the_same_under_another_path(serve: Serve, connect: Connect) -> None:
    path = "/lb/v1/regions/fr-par/lbs"
    server = serve([listing(path, "lbs", lb(), name="web", project_id=PROJECT)])
    assert play(server, connect).lookup(LB, name="web", region="fr-par").find({"name": "web"}, must_exist=True) == lb()


# Lists


@pytest.mark.parametrize(
    ("resource", "said", "script", "ids"),
    [
        (LB, {}, [listing(f"{ZONE}/lbs", "lbs", lb())], [LB_ID]),
        (LB, {}, [listing(f"{ZONE}/lbs", "lbs")], []),
        (LB, {"name": "web"}, [listing(f"{ZONE}/lbs", "lbs", lb(name="web2"), lb(), name="web")], [LB_ID]),
        (LB, {"project_id": PROJECT}, [listing(f"{ZONE}/lbs", "lbs", lb(), project_id=PROJECT)], [LB_ID]),
        (LB, {"tags": ["a"]}, [listing(f"{ZONE}/lbs", "lbs", lb(), tags="a")], [LB_ID]),
        (LB, {"id": LB_ID}, [got_lb()], [LB_ID]),
        (LB, {"id": LB_ID}, [lost(f"/lbs/{LB_ID}")], []),
        (BACKEND, {"lb": LB_ID}, [listing(BACKENDS, "backends", samples.backend())], [BACKEND_ID]),
        (BACKEND, {"lb": "web"}, [lbs()], []),
        (BACKEND, {"lb": LB_ID}, [Exchange("GET", BACKENDS, NOT_FOUND)], []),
        (IP, {"ip_type": "ipv6"}, [listing(f"{ZONE}/ips", "ips", ip_type="ipv6")], []),
    ],
)
def test_an_info_task_lists_what_there_is_and_never_fails_on_nothing(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange], ids: list[str]
) -> None:
    assert [obj["id"] for obj in play(serve(script), connect).list(resource, **said)] == ids


def test_an_info_task_for_a_parent_that_does_not_exist_warns(serve: Serve, connect: Connect) -> None:
    play_ = play(serve([lbs()]), connect)
    play_.list(BACKEND, lb="web")
    assert play_.warnings == ["No load balancer 'web' exists in fr-par-1. Create it first, or check the name."]


def test_an_info_task_by_address_lists_that_address_only(serve: Serve, connect: Connect) -> None:
    found = [samples.ip(ip_address="192.0.2.70"), samples.ip()]
    server = serve([listing(f"{ZONE}/ips", "ips", *found, ip_address="192.0.2.7")])
    assert play(server, connect).list(IP, ip_address="192.0.2.7") == [samples.ip()]
