# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ACLs beside others that the task does not list: nobody's place is taken, and nobody gets in before the lock."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run
from behaviour.whole import Shop, acl, backend

ways = pytest.mark.parametrize("way", ["scw_lb", "scw_lb_acls"])
pytestmark = pytest.mark.parametrize("place", ["zone"])

THERE = [acl("office", index=5), acl("partner", index=6), acl("rest", index=40)]


def listing(shop: Shop, way: str, *, check: bool = False, **options: Any) -> Run:
    """A task that lists some of the ACLs of the frontend ``https``."""
    if way == "scw_lb_acls":
        return shop.acls(purge=False, check=check, **{"acls": [], **options})
    return shop.run({**shop.named, "frontends": [{"name": "https", **options}]}, check=check)


@pytest.fixture
def guarded(shop: Shop) -> Shop:
    """A frontend ``https`` with three ACLs that leave room between them."""
    frontend = {"name": "https", "inbound_port": 443, "backend": "web", "acls": THERE}
    shop.make({**shop.named, "type": "lb-s", "backends": [backend("web")], "frontends": [frontend]})
    return shop


def held(shop: Shop) -> dict[str, int]:
    """Indexes of the ACLs that the emulator holds."""
    return {one["name"]: one["index"] for one in shop.objects("acls")}


@ways
def test_an_acl_that_is_there_keeps_its_index(guarded: Shop, way: str) -> None:
    before = held(guarded)
    for acls in (
        [{"name": "rest", "description": "one"}],
        [{"name": "office"}, {"name": "rest", "description": "two"}],
    ):
        predicted = listing(guarded, way, acls=acls, check=True)
        assert_predicts(predicted)
        run = listing(guarded, way, acls=acls)
        assert_changed(run, "UpdateACL")
        assert run.writes[-1].body["index"] == 40
        assert run.diff == predicted.diff
        assert held(guarded) == before
        assert_quiet(listing(guarded, way, acls=acls))


@ways
def test_a_new_acl_needs_an_index_where_another_has_its_place(guarded: Shop, way: str) -> None:
    before = held(guarded)
    for check in (True, False):
        for acls in ([{"name": "office"}, acl("new")], [acl("new", index=4), acl("newer")]):
            run = listing(guarded, way, acls=acls, check=check)
            assert_refused(run, "acls[1].index", "is needed", "'partner'" if len(acls[0]) == 1 else "'office'")
    assert held(guarded) == before
    assert_changed(listing(guarded, way, acls=[{"name": "office"}, acl("new", index=7)]), "CreateACL")
    assert held(guarded) == {**before, "new": 7}
    assert_changed(listing(guarded, way, acls=[{"name": "rest"}, acl("last")]), "CreateACL")
    assert held(guarded) == {**before, "new": 7, "last": 41}


@ways
@pytest.mark.parametrize("index", [0, 3])
def test_a_lock_is_refused_where_another_acl_may_let_in_before_it(shop: Shop, way: str, index: int) -> None:
    everybody = {"name": "everybody", "index": index, "action": {"type": "allow"}}
    frontend = {"name": "https", "inbound_port": 443, "backend": "web", "acls": [everybody]}
    shop.make({**shop.named, "type": "lb-s", "backends": [backend("web")], "frontends": [frontend]})
    for check in (True, False):
        run = listing(shop, way, only_edge_services=True, check=check)
        if index:
            assert not run.failed, run.message
        else:
            assert_refused(run, "only_edge_services", "'everybody'", "index 0")
    assert held(shop) == ({"only-edge-services": 0, "everybody": 3} if index else {"everybody": 0})
