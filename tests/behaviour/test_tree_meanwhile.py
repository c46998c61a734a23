# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A load balancer that somebody else changes while a task about it runs: nothing is doubled, undone, or claimed."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import BACKEND_BODY
from behaviour.colleague import Colleague
from behaviour.expectations import assert_quiet
from behaviour.runner import run_module
from behaviour.whole import Shop, backend

pytestmark = pytest.mark.parametrize("place", ["zone"])

ITEM = "/certificates/"
MORE: dict[str, Any] = {"name": "more", "letsencrypt": {"common_name": "more.example.com"}}


def frontend(shop: Shop, name: str) -> dict[str, Any]:
    """A frontend as the emulator holds it."""
    return next(one for one in shop.objects("frontends") if one["name"] == name)


def edit(shop: Shop) -> None:
    """Give the frontend ``https`` another backend and another timeout."""
    https = frontend(shop, "https")
    body = {"name": "https", "inbound_port": 443, "certificate_ids": https["certificate_ids"]}
    body = {**body, "backend_id": shop.id("backends", "api"), "timeout_client": 777_000}
    shop.account.call("PUT", f"/frontends/{https['id']}", body)


@pytest.mark.parametrize(
    "declared",
    [[MORE], [{"name": "issued", "rotate": True, "letsencrypt": {"common_name": "new.example.com"}}]],
    ids=["added", "rotated"],
)
def test_a_frontend_that_changes_while_its_certificate_is_issued_keeps_the_change(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, declared: list[dict[str, Any]]
) -> None:
    shop.make()
    colleague = Colleague(monkeypatch, "GET", ITEM, lambda: edit(shop))
    name = declared[0]["name"]
    https = {"name": "https", "certificates": ["own", "issued", *({name} - {"issued"})]}
    run = shop.run({**shop.named, "certificates": declared, "frontends": [https]})
    assert colleague.acted
    assert not run.failed, run.message
    held = frontend(shop, "https")
    assert held["settings"]["timeout_client"] == 777_000
    assert held["backend_id"] == shop.id("backends", "api")
    assert set(held["certificate_ids"]) == {shop.id("certificates", one) for one in https["certificates"]}


def test_what_somebody_else_created_before_its_turn_came_is_adopted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.make()
    path = f"/lbs/{shop.id('lbs', 'shop')}/backends"
    made: list[dict[str, Any]] = []
    colleague = Colleague(
        monkeypatch, "POST", "/certificates$", lambda: made.append(shop.by_hand(path, **BACKEND_BODY, name="fresh"))
    )
    task = {**shop.named, "certificates": [MORE], "backends": [backend("fresh", max_retries=5)]}
    run = shop.run(task)
    assert colleague.acted
    assert not run.failed, run.message
    assert shop.id("backends", "fresh") == made[0]["id"]
    assert run.done.count("CreateBackend") == 1, "that of somebody else"
    assert run.result["lb"]["backends"][0]["max_retries"] == 5
    assert_quiet(shop.run(task))


@pytest.mark.parametrize("user", ["web", "fresh"])
def test_a_namesake_that_appears_behind_our_own_does_no_harm(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    """Not even where the one that is meant is named by what stands below: ``user``, the backend of a frontend."""
    shop.make()
    path = f"/lbs/{shop.id('lbs', 'shop')}/backends"
    twins: list[dict[str, Any]] = []
    colleague = Colleague(
        monkeypatch, "POST", "/frontends$", lambda: twins.append(shop.by_hand(path, **BACKEND_BODY, name="fresh"))
    )
    http = {"name": "http", "inbound_port": 80, "backend": user}
    run = shop.run({**shop.named, "backends": [backend("fresh")], "frontends": [http]})
    assert colleague.acted
    assert not run.failed, run.message
    ours = next(one["id"] for one in shop.objects("backends") if one["name"] == "fresh")
    assert run.result["lb"]["backends"][0]["id"] == ours != twins[0]["id"]
    assert frontend(shop, "http")["backend_id"] == (ours if user == "fresh" else shop.id("backends", user))
    (warning,) = run.warnings
    assert "somebody else created backend 'fresh'" in warning


def delete_frontends(shop: Shop) -> None:
    for one in shop.objects("frontends"):
        shop.account.call("DELETE", f"/frontends/{one['id']}")


@pytest.mark.parametrize("whole", [True, False], ids=["purged", "alone"])
def test_what_somebody_else_deleted_first_is_no_change_of_ours(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    shop.make()
    Colleague(monkeypatch, "DELETE", "/frontends/", lambda: delete_frontends(shop))
    if whole:
        run = shop.run({**shop.named, "purge": True, "frontends": []})
    else:
        task = {**shop.place, "lb": "shop", "name": "https", "state": "absent"}
        run = run_module(shop.emulator, "scw_lb_frontend", task)
    assert not run.failed, run.message
    assert shop.objects("frontends") == []
    gone = [entry.path for entry in run.writes if entry.status == 404]
    assert len(gone) == (2 if whole else 1)
    assert run.result["changed"] is False
    assert run.diff == {"before": {}, "after": {}}
