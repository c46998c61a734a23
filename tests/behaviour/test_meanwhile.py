# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody else changes the same resource right before our write, which has to wait for that: nothing of it is lost.

Their change makes the resource busy, so ours is refused at first; what was planned before it must not be sent after it.
"""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from behaviour.account import BACKEND_BODY
from behaviour.colleague import Colleague
from behaviour.runner import Run
from behaviour.subjects import Scene
from behaviour.whole import Shop, acl
from emulator.journal import Entry

environments = pytest.mark.parametrize(
    ("resource", "place"), [(NAMESPACE, "region"), (CONTAINER, "region")], ids=["namespace", "container"]
)
OPEN, SECRET = "environment_variables", "secret_environment_variables"


def by_hand(scene: Scene, made: dict[str, Any], **changes: Any) -> None:
    """Change the resource as somebody else does."""
    scene.account.call("PATCH", f"/{scene.resource.plural}/{made['id']}", changes)


def refused_then_sent(run: Run, method: str) -> Entry:
    """The write of a run that was refused once because something was busy, as it was sent in the end."""
    assert not run.failed, run.message
    _theirs, refused, sent = run.writes
    assert (refused.method, refused.status) == (sent.method, 409) == (method, 409)
    assert sent.status == 200
    return sent


@environments
def test_what_is_merged_is_merged_into_what_is_there_then(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene.make({**scene.minimal, OPEN: {"A": "1"}, SECRET: {"SA": "a-secret"}})
    theirs = {OPEN: {"A": "1", "OTHER": "2"}, SECRET: {"SA": "", "SOTHER": "their-secret"}}
    colleague = Colleague(monkeypatch, "PATCH", made["id"], lambda: by_hand(scene, made, **theirs))
    task = {**scene.identity, OPEN: {"B": "3"}, SECRET: {"SB": "b-secret"}, "merge_environment_variables": True}
    run = scene.run(task)
    assert colleague.acted
    assert refused_then_sent(run, "PATCH").body == {
        OPEN: {"A": "1", "OTHER": "2", "B": "3"},
        SECRET: {"SA": "", "SOTHER": "", "SB": "b-secret"},
    }
    assert run.warnings == ()
    assert set(scene.object(run)[SECRET]) == {"SA", "SOTHER", "SB"}


@pytest.mark.parametrize(("resource", "place"), [(CONTAINER, "region")], ids=["container"])
def test_a_probe_is_replaced_with_what_is_there_then(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    probe = {"failure_threshold": 7, "interval": "30s", "timeout": "2s", "http": {"path": "/one"}}
    made = scene.make({**scene.minimal, "liveness_probe": probe})
    theirs = {**probe, "http": {"path": "/theirs"}}
    Colleague(monkeypatch, "PATCH", made["id"], lambda: by_hand(scene, made, liveness_probe=theirs))
    run = scene.run({**scene.identity, "liveness_probe": {"interval": "60s"}})
    assert refused_then_sent(run, "PATCH").body == {"liveness_probe": {**theirs, "interval": "60s"}}


@environments
def test_a_change_that_somebody_else_made_already_is_not_made_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scene.make({**scene.minimal, OPEN: {"A": "1"}})
    Colleague(monkeypatch, "PATCH", made["id"], lambda: by_hand(scene, made, **{OPEN: {"A": "2"}}))
    run = scene.run({**scene.identity, OPEN: {"A": "2"}})
    assert not run.failed, run.message
    assert (run.changed, run.diff) == (False, {"before": {}, "after": {}})
    assert len(run.done) == 1, "theirs"


@pytest.mark.parametrize("place", ["zone", "region"])
@pytest.mark.parametrize("resource", [BACKEND], ids=["backend"])
def test_a_full_replace_keeps_what_is_there_then(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene.make({**scene.minimal, "timeout_server": "10s"})
    theirs = {key: value for key, value in BACKEND_BODY.items() if key not in ("server_ip", "health_check")}
    theirs = {**theirs, "name": made["name"], "timeout_connect": 777}
    path = f"/backends/{made['id']}"
    Colleague(monkeypatch, "PUT", f"{path}$", lambda: scene.account.call("PUT", path, theirs))
    run = scene.run({**scene.identity, "timeout_server": "20s"})
    sent = refused_then_sent(run, "PUT").body
    assert (sent["timeout_server"], sent["timeout_connect"]) == (20_000, 777)


@pytest.mark.parametrize("place", ["zone"])
def test_a_list_that_is_written_at_once_keeps_what_its_elements_are_then(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.make()
    shop.acls(acls=[acl("one"), acl("two")])
    one = next(each for each in shop.objects("acls") if each["name"] == "one")
    theirs = {key: one[key] for key in ("name", "action", "match", "index")} | {"description": "theirs"}
    Colleague(monkeypatch, "PUT", "/acls$", lambda: shop.account.call("PUT", f"/acls/{one['id']}", theirs))
    run = shop.acls(acls=[acl("one", "10.0.0.0/9"), acl("two", "10.0.0.0/9")])
    sent = refused_then_sent(run, "PUT").body
    assert [each.get("description") for each in sent["acls"]] == ["theirs", ""]


@pytest.mark.parametrize(("resource", "place"), [(CERTIFICATE, "zone")], ids=["certificate"])
def test_a_frontend_that_gets_another_certificate_keeps_what_it_is_then(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = scene.make({**scene.identity, "letsencrypt": {"common_name": "old.example.com"}})
    body = {"name": "https", "inbound_port": 9100, "backend_id": scene.things.id("backend-a")}
    body["certificate_ids"] = [old["id"]]
    path = f"/frontends/{scene.account.post(f'/lbs/{scene.parent_id}/frontends', **body)['id']}"
    theirs = {**body, "timeout_client": 777_000}
    Colleague(monkeypatch, "PUT", f"{path}$", lambda: scene.account.call("PUT", path, theirs))
    run = scene.run({**scene.identity, "letsencrypt": {"common_name": "new.example.com"}, "rotate": True})
    assert not run.failed, run.message
    (held,) = (one for one in scene.emulator.state()["frontends"] if path.endswith(one["id"]))
    assert held["settings"]["timeout_client"] == 777_000
    assert held["certificate_ids"] == [scene.object(run)["id"]]
