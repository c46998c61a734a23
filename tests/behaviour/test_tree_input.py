# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that cannot be right in any child of a load balancer: refused before any write, and named with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_refused
from behaviour.whole import CHAIN, KINDS, NETWORK, NOBODY, OTHER_NETWORK, Shop, acl, backend, put, route

both_places = pytest.mark.parametrize("place", ["zone", "region"])
both_modes = pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
Path = tuple[str | int, ...]
ADDRESS = "c5555555-5555-4555-8555-555555555551"
ACLS: Path = ("frontends", 0, "acls")
ROUTES: Path = ("frontends", 0, "routes")


@dataclass(frozen=True)
class Bad:
    """One thing wrong in the whole task: ``value`` at ``path``; None takes away. ``words``: what the message has."""

    path: Path
    value: Any
    words: tuple[str, ...]


BAD: Mapping[str, Bad] = {
    # Values
    "certificate without a name": Bad(("certificates", 0, "name"), None, ("certificates", "name")),
    "certificate of nothing": Bad(("certificates", 0, "letsencrypt"), None, ("certificates[0]", "letsencrypt")),
    "certificate of both": Bad(
        ("certificates", 0, "custom_certificate"), {"certificate_chain": CHAIN}, ("letsencrypt", "custom_certificate")
    ),
    "PEM that is none": Bad(
        ("certificates", 1, "custom_certificate", "certificate_chain"),
        "no PEM",
        ("certificates[1].custom_certificate.certificate_chain",),
    ),
    "PEM without a key": Bad(
        ("certificates", 1, "custom_certificate", "certificate_chain"),
        "-----BEGIN CERTIFICATE" + CHAIN.partition("-----BEGIN CERTIFICATE")[2],
        ("certificates[1].custom_certificate.certificate_chain", "key"),
    ),
    "network that is no ID": Bad(
        ("private_networks", 0, "private_network_id"), "lan", ("private_networks[0].private_network_id", "lan")
    ),
    "address that is no ID": Bad(
        ("private_networks", 0, "ipam_ids"), ["10.0.0.1"], ("private_networks[0].ipam_ids[0]", "10.0.0.1")
    ),
    "server that is a name": Bad(
        ("backends", 1, "server_ip"), ["10.0.0.1", "web1"], ("backends[1].server_ip[1]", "web1")
    ),
    "port out of range": Bad(("backends", 2, "forward_port"), 70000, ("backends[2].forward_port", "70000")),
    "unknown protocol": Bad(("backends", 1, "forward_protocol"), "udp", ("forward_protocol", "udp", "backends")),
    "duration without sense": Bad(("backends", 0, "timeout_server"), "soon", ("backends[0].timeout_server", "soon")),
    "check without a path": Bad(
        ("backends", 0, "health_check", "http_config", "uri"), None, ("backends[0]", "health_check.http_config.uri")
    ),
    "empty name": Bad(("frontends", 1, "name"), "", ("frontends[1].name",)),
    "network of an ACL": Bad(
        (*ACLS, 2, "match", "ip_subnet"), ["10.0.0.0/40"], ("frontends[0].acls[2].match.ip_subnet[0]", "10.0.0.0/40")
    ),
    "filter without values": Bad(
        (*ACLS, 1, "match"), {"http_filter": "regex"}, ("frontends[0].acls[1].match.http_filter_value",)
    ),
    "redirect to nothing": Bad((*ACLS, 1, "action"), {"type": "redirect"}, ("redirect", "frontends")),
    "redirect that is none": Bad(
        (*ACLS, 1, "action"),
        {"type": "deny", "redirect": {"type": "scheme", "target": "https"}},
        ("frontends[0].acls[1].action.redirect",),
    ),
    "ACLs out of order": Bad((*ACLS, 1, "index"), 1, ("frontends[0].acls[1].index", "1")),
    "ACL before the one of Edge Services": Bad((*ACLS, 0, "index"), 0, ("frontends[0].acls[0].index", "0")),
    "negative index": Bad((*ACLS, 0, "index"), -1, ("frontends[0].acls[0].index", "-1")),
    "route by nothing": Bad((*ROUTES, 0, "match"), {"match_subdomains": True}, ("frontends[0].routes[0]", "match.sni")),
    "misspelled option": Bad((*ROUTES, 0, "bakend"), "web", ("bakend", "frontends")),
    "malformed id": Bad(("backends", 0, "id"), "web", ("backends[0].id", "'web'")),
    "unknown id": Bad(("backends", 0, "id"), NOBODY, ("backends[0]", NOBODY)),
    "type that is needed": Bad(("type",), None, ("type",)),
    # Needed to create
    "backend without a port": Bad(("backends", 1, "forward_port"), None, ("backends[1]", "forward_port")),
    "frontend without a backend": Bad(("frontends", 1, "backend"), None, ("frontends[1]", "backend")),
    "ACL without an action": Bad((*ACLS, 1, "action"), None, ("frontends[0].acls[1]", "action")),
    "route without a backend": Bad((*ROUTES, 1, "backend"), None, ("frontends[0].routes[1]", "backend")),
    # Twice in a list
    "two backends of a name": Bad(("backends", 3), backend("web"), ("backends[3]", "backends[0]", "web")),
    "two frontends of a name": Bad(
        ("frontends", 2), {"name": "imaps", "inbound_port": 80, "backend": "web"}, ("frontends[2]", "frontends[1]")
    ),
    "two ACLs of a name": Bad(
        (*ACLS, 3), acl("first", "203.0.113.0/24"), ("frontends[0].acls[3]", "frontends[0].acls[0]", "first")
    ),
    "a second ACL of Edge Services": Bad(
        (*ACLS, 3), acl("only-edge-services", "203.0.113.0/24"), ("frontends[0].acls[3]", "only-edge-services")
    ),
    "two routes for the same": Bad(
        (*ROUTES, 2), route("web", host_header="api.example.com"), ("frontends[0].routes[2]", "frontends[0].routes[0]")
    ),
    "two attachments of a network": Bad(
        ("private_networks", 1),
        {"private_network_id": NETWORK.upper()},
        ("private_networks[1]", "private_networks[0]"),
    ),
    "two certificates of a name": Bad(
        ("certificates", 2),
        {"name": "own", "letsencrypt": {"common_name": "a.example.com"}},
        ("certificates[2]", "certificates[1]", "own"),
    ),
    # References
    "missing backend": Bad(("frontends", 0, "backend"), "nowhere", ("frontends[0]", "backend", "nowhere")),
    "unknown backend": Bad(("frontends", 0, "backend"), NOBODY, ("frontends[0]", "backend", NOBODY)),
    "missing backend of a route": Bad(
        (*ROUTES, 0, "backend"), "nowhere", ("frontends[0].routes[0]", "backend", "nowhere")
    ),
    "missing certificate": Bad(
        ("frontends", 0, "certificates"), ["nowhere"], ("frontends[0]", "certificate", "nowhere")
    ),
    "unknown certificate": Bad(("frontends", 0, "certificates"), [NOBODY], ("frontends[0]", "certificates", NOBODY)),
    "empty reference": Bad(("frontends", 1, "backend"), "", ("frontends[1].backend",)),
    "connections to a backend of requests": Bad(
        (*ROUTES, 0), route("web", sni="a.example.com"), ("frontends[0].routes[0].backend", "sni", "tcp", "http")
    ),
    "connections for a route of requests": Bad(
        ("backends", 1, "forward_protocol"), "tcp", ("frontends[0].routes[0].backend", "'api'", "host_header", "tcp")
    ),
    "requests to a backend of connections": Bad(
        (*ROUTES, 0), route("mail", host_header="a.b"), ("frontends[0].routes[0].backend", "host_header", "tcp", "http")
    ),
}
# A reference by name may be to what an earlier task creates, where the load balancer itself may have been.
GUESSABLE = frozenset({"missing backend", "missing backend of a route", "missing certificate"})
every_bad = pytest.mark.parametrize("name", [pytest.param(name, id=name.replace(" ", "-")) for name in BAD])


@both_modes
@both_places
@every_bad
def test_nothing_is_written_when_something_is_wrong_anywhere(shop: Shop, name: str, check: bool) -> None:
    bad = BAD[name]
    run = shop.run(put(shop.whole, bad.path, bad.value), check=check)
    if check and name in GUESSABLE:
        assert_predicts(run)
        assert any("nowhere" in warning for warning in run.warnings)
        return
    assert_refused(run, *bad.words)
    assert shop.objects("lbs") == []


# Wrong only where nothing exists yet.
HARMLESS = frozenset(
    {
        "certificate of nothing",
        "backend without a port",
        "frontend without a backend",
        "ACL without an action",
        "route without a backend",
        "type that is needed",
        "check without a path",
    }
)


@both_places
@every_bad
def test_neither_is_it_on_a_load_balancer_that_exists(shop: Shop, name: str) -> None:
    bad = BAD[name]
    shop.make()
    before = shop.emulator.state()
    run = shop.run({**put(shop.whole, bad.path, bad.value), "description": "must not be written", "purge": True})
    if name in HARMLESS:
        assert_changed(run, "UpdateLB")
        return
    assert_refused(run, *bad.words)
    after = shop.emulator.state()
    assert [after[kind] for kind in KINDS] == [before[kind] for kind in KINDS]


FIXED: Mapping[str, tuple[Path, Any, tuple[str, ...]]] = {
    "certificate": (
        ("certificates", 0, "letsencrypt"),
        {"common_name": "other.example.com"},
        ("certificates[0]", "letsencrypt", "www.example.com", "other.example.com"),
    ),
    "kind of certificate": (
        ("certificates", 1),
        {"name": "own", "letsencrypt": {"common_name": "a.example.com"}},
        ("certificates[1]", "letsencrypt"),
    ),
    "addresses in a private network": (
        ("private_networks", 0, "ipam_ids"),
        [ADDRESS],
        ("private_networks[0]", "ipam_ids", ADDRESS, "Detach"),
    ),
    "addresses of the load balancer": (("assign_flexible_ip",), False, ("assign_flexible_ip",)),
}


@both_modes
@both_places
@pytest.mark.parametrize("change", FIXED.values(), ids=[name.replace(" ", "-") for name in FIXED])
def test_what_is_fixed_is_refused_with_its_place(shop: Shop, change: Any, check: bool) -> None:
    path, value, words = change
    shop.make()
    run = shop.run({**put(shop.whole, path, value), "description": "must not be written"}, check=check)
    assert_refused(run, *words)


# What purge would take from others that stay: the task, beside the name of the load balancer, and who uses what.
USED: Mapping[str, tuple[Mapping[str, Any], tuple[str, ...]]] = {
    "by a frontend that is not declared": ({"backends": [{"name": "api"}, {"name": "mail"}]}, ("'web'", "'https'")),
    "by a route that is not declared": ({"backends": [{"name": "web"}, {"name": "mail"}]}, ("'api'", "route")),
    "by a route of a frontend that is declared": (
        {"backends": [{"name": "web"}, {"name": "mail"}], "frontends": [{"name": "https"}, {"name": "imaps"}]},
        ("'api'", "route"),
    ),
    "by a frontend that is declared": (
        {"backends": [{"name": "api"}, {"name": "mail"}], "frontends": [{"name": "https"}, {"name": "imaps"}]},
        ("'web'", "'https'"),
    ),
    "by nobody but a certificate": ({"certificates": [{"name": "issued"}]}, ("'own'", "'https'")),
}


@both_modes
@both_places
@pytest.mark.parametrize("used", USED.values(), ids=[name.replace(" ", "-") for name in USED])
def test_purge_refuses_what_is_still_used(shop: Shop, used: Any, check: bool) -> None:
    task, words = used
    shop.make()
    before = shop.lasting()
    run = shop.run({**shop.named, "description": "must not be written", "purge": True, **task}, check=check)
    assert_refused(run, "purge", *words)
    assert shop.lasting() == before


@both_modes
@both_places
def test_two_of_the_same_name_are_an_error_that_lists_both(shop: Shop, check: bool) -> None:
    shop.make()
    frontend = shop.id("frontends", "imaps")
    body = {"name": "first", "index": 7, "action": {"type": "deny"}, "match": {"ip_subnet": ["203.0.113.0/24"]}}
    made = shop.by_hand(f"/frontends/{frontend}/acls", **body)
    ids = [one["id"] for one in shop.objects("acls") if one["name"] == "first" and one["frontend_id"] == frontend]
    assert len(ids) == 2
    shop.account.call("GET", f"/lbs/{shop.id('lbs', 'shop')}")
    run = shop.run(shop.whole, check=check)
    assert_refused(run, "frontends[1].acls[0]", *ids)
    assert sorted(run.result["error"]["ids"]) == sorted(ids)
    by_id = put(shop.whole, ("frontends", 1, "acls", 0, "id"), next(one for one in ids if one != made["id"]))
    assert_quiet(shop.run(by_id))


@both_places
def test_a_child_of_another_load_balancer_is_refused(shop: Shop) -> None:
    shop.make()
    shop.make({**shop.place, "name": "other", "type": "lb-s", "backends": [backend("far")]})
    far = shop.id("backends", "far")
    for path, words in (
        (("backends", 0, "id"), ("backends[0]", far)),
        (("frontends", 0, "backend"), ("frontends[0].backend", far)),
        ((*ROUTES, 0, "backend"), ("frontends[0].routes[0].backend", far)),
    ):
        assert_refused(shop.run(put(shop.whole, path, far)), *words)


@both_places
def test_the_refused_tasks_were_right_but_for_that(shop: Shop) -> None:
    shop.make()
    task = put(shop.whole, ("private_networks", 1), {"private_network_id": OTHER_NETWORK})
    assert_changed(shop.run(task), "AttachPrivateNetwork")


@pytest.mark.parametrize("place", ["zone"])
@pytest.mark.parametrize("name", ["two backends of a name", "two ACLs of a name", "two routes for the same"])
def test_a_child_given_twice_is_named_with_its_place_once(shop: Shop, name: str) -> None:
    bad = BAD[name]
    run = shop.run(put(shop.whole, bad.path, bad.value))
    again, first = bad.words[:2]
    assert_refused(run)
    assert run.result["error"]["option"] == again
    assert run.message.startswith(f"{again}: is ")
    assert run.message.endswith(f" again, like {first}.")
    assert run.message.count(again) == 1


@both_modes
@pytest.mark.parametrize("place", ["zone"])
@pytest.mark.parametrize("there", [True, False], ids=["exists", "to-be-created"])
def test_stand_ins_for_ids_are_in_no_message(shop: Shop, check: bool, there: bool) -> None:
    if there:
        shop.make({**shop.named, "type": "lb-s"})
    for path in (("frontends", 0, "backend"), ("frontends", 0, "certificates", 0), (*ROUTES, 0, "backend")):
        run = shop.run(put(shop.whole, path, "nowhere"), check=check)
        assert "'nowhere'" in "\n".join([run.message, *run.warnings])
        assert "#" not in run.output
