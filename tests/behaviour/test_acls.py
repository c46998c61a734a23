# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All ACLs of a frontend at once: exactly these, in their order, in as few writes as the API allows."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run
from behaviour.whole import Shop
from behaviour.whole import acl as acl_of

both_places = pytest.mark.parametrize("place", ["zone", "region"])
zone_only = pytest.mark.parametrize("place", ["zone"])
EDGE = "only-edge-services"
MANY = 120


def acl(name: str, subnet: str = "10.0.0.0/8", **more: Any) -> dict[str, Any]:
    return acl_of(name, subnet, **more)


THREE = [acl("first"), acl("second", "192.0.2.0/24"), acl("third", "::/0")]


@pytest.fixture
def frontend(shop: Shop) -> Shop:
    """A load balancer whose frontend ``https`` has no ACLs."""
    whole = shop.whole
    frontend = {"name": "https", "inbound_port": 443, "backend": "web"}
    shop.make({**shop.named, "type": "lb-s", "backends": whole["backends"], "frontends": [frontend]})
    return shop


def held(shop: Shop) -> list[tuple[int, str]]:
    """Indexes and names of the ACLs that the emulator holds."""
    return sorted((one["index"], one["name"]) for one in shop.objects("acls"))


def set_to(shop: Shop, acls: list[dict[str, Any]], *operations: str, **options: Any) -> Run:
    """Have these ACLs: predicted, written by these operations, and found in order by the next run."""
    predicted = shop.acls(acls=acls, check=True, **options)
    run = shop.acls(acls=acls, **options)
    if not operations:
        assert_quiet(predicted)
        assert_quiet(run)
        return run
    assert_predicts(predicted)
    assert_changed(run, *operations)
    assert run.diff == predicted.diff
    assert [one["name"] for one in run.result["acls"]] == [one["name"] for one in predicted.result["acls"]]
    # Load balancer and frontend by name, and the ACLs.
    assert_quiet(shop.acls(acls=acls, **options), 3)
    return run


def singly(place: str, *operations: str) -> list[str]:
    """One write for all where the API has it; each by itself elsewhere."""
    return ["SetACLs"] if place == "zone" else list(operations)


@both_places
def test_several_changes_are_one_write_where_the_api_has_it(frontend: Shop, place: str) -> None:
    set_to(frontend, THREE, *singly(place, *["CreateACL"] * 3))
    assert held(frontend) == [(0, "first"), (1, "second"), (2, "third")]
    changed = [acl("first", "10.0.0.0/9"), acl("third", "::/0"), acl("fourth")]
    set_to(frontend, changed, *singly(place, "UpdateACL", "UpdateACL", "CreateACL", "DeleteACL"))
    assert held(frontend) == [(0, "first"), (1, "third"), (2, "fourth")]


@both_places
def test_one_change_is_one_single_call(frontend: Shop) -> None:
    set_to(frontend, THREE[:1], "CreateACL")
    set_to(frontend, THREE[:2], "CreateACL")
    ids = [one["id"] for one in frontend.objects("acls")]
    set_to(frontend, [THREE[0], acl("second", "203.0.113.0/24")], "UpdateACL")
    assert [one["id"] for one in frontend.objects("acls")] == ids
    set_to(frontend, [THREE[0]], "DeleteACL")
    set_to(frontend, [], "DeleteACL")
    set_to(frontend, [])


@both_places
def test_all_are_removed(frontend: Shop) -> None:
    set_to(frontend, THREE, *frontend_writes(frontend))
    set_to(frontend, [], *["DeleteACL"] * 3)
    assert held(frontend) == []


def frontend_writes(shop: Shop) -> list[str]:
    return singly(next(iter(shop.place)), *["CreateACL"] * 3)


@both_places
def test_what_a_change_does_not_mention_is_kept(frontend: Shop, place: str) -> None:
    full = acl("first", description="kept", match={"ip_subnet": ["10.0.0.0/8"], "invert": True})
    set_to(frontend, [full, acl("second")], *singly(place, "CreateACL", "CreateACL"))
    brief = [{"name": "first", "action": {"type": "allow"}}, {"name": "second", "action": {"type": "allow"}}]
    set_to(frontend, brief, *singly(place, "UpdateACL", "UpdateACL"))
    first = next(one for one in frontend.objects("acls") if one["name"] == "first")
    assert first["description"] == "kept"
    assert first["match"]["invert"] is True
    assert first["match"]["ip_subnet"] == ["10.0.0.0/8"]
    assert first["action"] == {"type": "allow", "redirect": None}


@both_places
def test_without_purge_the_others_stay_untouched(frontend: Shop) -> None:
    path = f"/frontends/{frontend.id('frontends', 'https')}/acls"
    other = frontend.by_hand(path, **acl("other", index=10))
    set_to(frontend, [acl("first", index=5), acl("second", index=20)], *["CreateACL"] * 2, purge=False)
    assert held(frontend) == [(5, "first"), (10, "other"), (20, "second")]
    assert other["id"] in [one["id"] for one in frontend.objects("acls")]
    set_to(
        frontend,
        [acl("second", "203.0.113.0/24", index=20), acl("third", index=30)],
        "UpdateACL",
        "CreateACL",
        purge=False,
    )
    set_to(frontend, [], purge=False)
    assert held(frontend) == [(5, "first"), (10, "other"), (20, "second"), (30, "third")]


@both_places
def test_the_order_of_the_list_is_the_order_of_the_acls(frontend: Shop, place: str) -> None:
    frontend.acls(acls=THREE)
    set_to(frontend, THREE[::-1], *singly(place, "UpdateACL", "UpdateACL"))
    assert held(frontend) == [(0, "third"), (1, "second"), (2, "first")]
    with_gap = [acl("a", index=10), acl("b"), acl("c", index=50)]
    set_to(frontend, with_gap, *singly(place, *["CreateACL"] * 3, *["DeleteACL"] * 3))
    assert held(frontend) == [(10, "a"), (11, "b"), (50, "c")]


@both_places
def test_edge_services_come_first_and_go_by_purge(frontend: Shop, place: str) -> None:
    run = set_to(frontend, THREE[:1], *singly(place, "CreateACL", "CreateACL"), only_edge_services=True)
    assert [one["name"] for one in run.result["acls"]] == [EDGE, "first"]
    assert held(frontend) == [(0, EDGE), (1, "first")]
    edge = next(one for one in frontend.objects("acls") if one["name"] == EDGE)
    assert edge["action"] == {"type": "deny", "redirect": None}
    assert edge["match"]["ips_edge_services"] is True
    assert edge["match"]["invert"] is True
    assert edge["match"]["ip_subnet"] == []
    set_to(frontend, [acl("first", index=1)], purge=False, only_edge_services=False)
    set_to(frontend, THREE[:1], *singly(place, "UpdateACL", "DeleteACL"), only_edge_services=False)
    assert held(frontend) == [(0, "first")]


@both_places
def test_edge_services_alone(frontend: Shop) -> None:
    set_to(frontend, [], "CreateACL", only_edge_services=True)
    set_to(frontend, [], "DeleteACL")


@both_places
def test_many_acls_over_several_pages(frontend: Shop, place: str) -> None:
    many = [acl(f"acl-{number:03}", f"10.{number}.0.0/16") for number in range(MANY)]
    frontend.emulator.settings(settle_reads=0, max_page_size=50)
    run = frontend.acls(acls=many)
    assert_changed(run, *singly(place, *["CreateACL"] * MANY))
    assert [one["index"] for one in run.result["acls"]] == list(range(MANY))
    assert held(frontend) == [(number, f"acl-{number:03}") for number in range(MANY)]
    frontend.emulator.settings(shuffle=True, max_page_size=7)
    assert_quiet(frontend.acls(acls=many))
    many[77]["action"] = {"type": "allow"}
    set_to_change = frontend.acls(acls=many)
    assert_changed(set_to_change, "UpdateACL")


BAD: dict[str, tuple[list[dict[str, Any]], dict[str, Any], tuple[str, ...]]] = {
    "duplicate": ([*THREE, acl("second")], {}, ("acls[3]", "acls[1]", "second")),
    "second of Edge Services": ([acl(EDGE)], {"only_edge_services": True}, ("acls[0]", EDGE)),
    "equal indexes": ([acl("a", index=3), acl("b", index=3)], {}, ("acls[1].index", "3")),
    "falling indexes": ([acl("a"), acl("b", index=5), acl("c", index=4)], {}, ("acls[2].index", "4", "5")),
    "index of Edge Services": ([acl("a", index=0)], {"only_edge_services": True}, ("acls[0].index", "0")),
    "network": ([acl("a"), acl("b", "nowhere")], {"only_edge_services": True}, ("acls[1].match.ip_subnet[0]",)),
    "no action": ([{"name": "a"}], {}, ("acls[0]", "action")),
    "no name": ([{"action": {"type": "deny"}}], {}, ("acls", "name")),
    "missing frontend": (THREE, {"frontend": "nowhere"}, ("frontend", "nowhere")),
    "missing load balancer": (THREE, {"lb": "nowhere"}, ("load balancer", "nowhere")),
    "frontend without its load balancer": (THREE, {"lb": None}, ("lb", "https")),
    "no frontend": (THREE, {"frontend": None}, ("frontend",)),
}


@both_places
@pytest.mark.parametrize("bad", BAD.values(), ids=[name.replace(" ", "-") for name in BAD])
def test_what_cannot_be_right_is_refused_before_any_write(frontend: Shop, bad: Any) -> None:
    acls, options, words = bad
    assert_refused(frontend.acls(acls=acls, **options), *words)
    assert held(frontend) == []


@both_places
def test_a_check_run_of_a_frontend_that_does_not_exist_yet_assumes_it(frontend: Shop) -> None:
    run = frontend.acls(acls=THREE, frontend="later", check=True)
    assert_predicts(run)
    assert any("later" in warning for warning in run.warnings)
    assert [one["index"] for one in run.result["acls"]] == [0, 1, 2]


@both_places
def test_a_frontend_by_id_needs_no_load_balancer(frontend: Shop) -> None:
    frontend_id = frontend.id("frontends", "https")
    frontend.acls(acls=THREE)
    assert_quiet(frontend.acls(acls=THREE, frontend=frontend_id, lb=None), 2)


@both_places
@pytest.mark.parametrize("kind", ["reset_after", "truncate"])
@pytest.mark.parametrize("start", [[], THREE], ids=["empty", "three"])
def test_a_lost_answer_is_looked_up_and_not_repeated_blindly(
    frontend: Shop, kind: str, start: list[dict[str, Any]]
) -> None:
    frontend.acls(acls=start)
    wanted = [acl("second", "203.0.113.0/24"), acl("fourth"), acl("fifth")]
    for method in ("PUT", "POST", "DELETE"):
        frontend.emulator.faults([{"kind": kind, "method": method}])
    run = frontend.acls(acls=wanted)
    assert not run.failed, run.message
    assert run.changed
    frontend.emulator.faults([])
    assert held(frontend) == [(0, "second"), (1, "fourth"), (2, "fifth")]
    assert_quiet(frontend.acls(acls=wanted), 3)


@both_places
@pytest.mark.parametrize("number", range(3))
def test_a_refused_write_is_told_and_the_next_run_converges(frontend: Shop, place: str, number: int) -> None:
    frontend.acls(acls=THREE)
    frontend.emulator.settings(settle_reads=0)
    single = {"operation": "CreateACL", "after": number}
    frontend.emulator.faults(
        [{"kind": "status", "status": 403, **({"operation": "SetACLs"} if place == "zone" else single)}]
    )
    wanted = [acl("a"), acl("b"), acl("c"), acl("d")]
    run = frontend.acls(acls=wanted)
    frontend.emulator.faults([])
    assert run.failed
    assert_clear(run, "403")
    done = 0 if place == "zone" else number
    assert len(run.result["error"]["done"]) == done
    assert len(run.result["error"]["not_done"]) == 7 - done
    assert run.result["changed"] is bool(done)
    again = frontend.acls(acls=wanted)
    assert not again.failed, again.message
    assert held(frontend) == [(0, "a"), (1, "b"), (2, "c"), (3, "d")]
    assert_quiet(frontend.acls(acls=wanted))


@zone_only
def test_a_frontend_of_another_load_balancer_is_refused(frontend: Shop) -> None:
    other = {"name": "https", "inbound_port": 443, "backend": "web", "acls": THREE}
    whole = {"type": "lb-s", "backends": frontend.whole["backends"], "frontends": [other]}
    frontend.make({**frontend.place, **whole, "name": "other"})
    far = next(one["frontend_id"] for one in frontend.objects("acls"))
    for acls in ([], THREE[:1]):
        for check in (True, False):
            run = frontend.acls(acls=acls, frontend=far, check=check)
            assert_refused(run, "lb", "'https'", "'other'", "'shop'")
    assert len(frontend.objects("acls")) == 3
    assert_quiet(frontend.acls(acls=THREE, frontend=far, lb="other"))


@zone_only
def test_acls_named_by_their_ids_keep_them(frontend: Shop) -> None:
    frontend.acls(acls=THREE)
    ids = {name: frontend.id("acls", name) for name in ("first", "second")}
    wanted = [{"id": ids["first"], "name": "renamed"}, {"id": ids["second"], "description": "told"}]
    set_to(frontend, wanted, "UpdateACL", "UpdateACL", "DeleteACL")
    assert held(frontend) == [(0, "renamed"), (1, "second")]
    assert {one["id"] for one in frontend.objects("acls")} == set(ids.values())


@zone_only
def test_a_load_balancer_that_migrates_is_waited_for_before_the_first_write(frontend: Shop) -> None:
    frontend.acls(acls=THREE)
    path = f"/lbs/{frontend.id('lbs', 'shop')}"
    for wanted in (THREE[:2], [*THREE, acl("fourth")]):
        frontend.emulator.settings(settle_reads=0)
        frontend.account.call("GET", path)
        frontend.emulator.settings(settle_reads=4, busy_conflict=False)
        frontend.account.post(f"{path}/migrate", type="lb-gp-m" if len(wanted) == 2 else "lb-s")
        run = frontend.acls(acls=wanted)
        assert not run.failed, run.message
        first = next(number for number, entry in enumerate(run.requests) if entry.method != "GET")
        seen = [entry.response["status"] for entry in run.requests[:first] if entry.path.endswith(path)]
        assert seen[0] == "migrating"
        assert seen[-1] == "ready"
