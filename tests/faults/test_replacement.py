# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An ACL that gets another ID while a task waits to change it, as the call does that sets all ACLs of a frontend."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.expectations import assert_clear, assert_quiet
from behaviour.runner import Run, run_module
from behaviour.whole import Shop, acl, backend
from emulator.testing import Emulator
from faults.wire import Wire


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, wire: Wire) -> Shop:
    """A frontend with one ACL, which somebody else sets anew in the first sleep of a task."""
    made = Shop(emulator, "zone", session)
    frontend = {"name": "https", "inbound_port": 443, "backend": "web", "acls": [acl("office", "10.0.0.0/8")]}
    made.make({**made.named, "type": "lb-s", "backends": [backend("web")], "frontends": [frontend]})
    (held,) = made.objects("acls")

    def set_anew() -> None:
        wire.time.on_sleep = lambda: None
        same = {key: held[key] for key in ("name", "action", "match", "index", "description")}
        made.account.call("PUT", f"/frontends/{made.id('frontends', 'https')}/acls", {"acls": [same]})

    # What is busy makes the task wait before its first write.
    made.account.call("PUT", f"/frontends/{made.id('frontends', 'https')}", frontend_body(made))
    wire.time.on_sleep = set_anew
    return made


def frontend_body(shop: Shop) -> dict[str, Any]:
    """The frontend as it is, but for a timeout."""
    return {
        "name": "https",
        "inbound_port": 443,
        "backend_id": shop.id("backends", "web"),
        "timeout_client": 4000,
        "certificate_ids": [],
    }


def change(shop: Shop, **named: Any) -> Run:
    """Have the ACL let through what it refused, whichever has that name or ID."""
    task = {**shop.place, "action": {"type": "allow"}, **named}
    return run_module(shop.emulator, "scw_lb_acl", task)


def test_one_of_the_same_name_is_changed_in_its_place(shop: Shop) -> None:
    before = shop.id("acls", "office")
    named = {"lb": "shop", "frontend": "https", "name": "office"}
    run = change(shop, **named)
    assert not run.failed, run.message
    (held,) = shop.objects("acls")
    assert held["id"] != before
    assert held["action"]["type"] == "allow"
    assert_quiet(change(shop, **named))


def test_an_id_that_is_gone_makes_none(shop: Shop) -> None:
    run = change(shop, id=shop.id("acls", "office"), name="office", index=0, match={"ip_subnet": ["10.0.0.0/8"]})
    assert run.failed
    assert_clear(run, "An ID never creates")
    assert not run.result["changed"]
    assert [one["action"]["type"] for one in shop.objects("acls")] == ["deny"]
