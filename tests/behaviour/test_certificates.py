# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about certificates: they are issued or fail, their content is secret, and they expire."""

from __future__ import annotations

import datetime
import json
import sys
import syslog
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import FRONTEND
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, assert_invocation_is_logged, run_module
from behaviour.subjects import PLACES, Scene
from contract.certificates import custom_chain, key_pem
from unit.certificate_chains import certificate, chain, encrypted_key, key

PATH = "custom_certificate.certificate_chain"
DOMAIN = {"letsencrypt": {"common_name": "shop.example.com"}}

certificates = pytest.mark.parametrize(("resource", "place"), [(CERTIFICATE, place) for place in PLACES], ids=PLACES)
frontends = pytest.mark.parametrize(("resource", "place"), [(FRONTEND, place) for place in PLACES], ids=PLACES)


def brought(text: str) -> dict[str, Any]:
    """Options that bring a certificate."""
    return {"custom_certificate": {"certificate_chain": text}}


def named(scene: Scene, **options: Any) -> dict[str, Any]:
    """A task about the certificate of the scene."""
    return {**scene.identity, **options}


def by_hand(scene: Scene, **body: Any) -> dict[str, Any]:
    """The certificate of the scene as another tool creates it, once it is issued."""
    made = scene.account.post(f"/lbs/{scene.parent_id}/certificates", name=scene.identity["name"], **body)
    for _look in range(3):
        scene.account.call("GET", f"/certificates/{made['id']}")
    return made


@certificates
def test_the_old_spelling_of_the_kind_is_understood(scene: Scene) -> None:
    made = scene.make(named(scene, **DOMAIN))
    assert made["type"] == "letsencrypt"
    scene.emulator.settings(old_spellings=True)
    again = scene.run(named(scene, **DOMAIN))
    assert_quiet(again)
    assert scene.object(again)["type"] == "letsencryt"
    assert_refused(scene.run(named(scene, letsencrypt={"common_name": "other.example.com"})), "letsencrypt")


@certificates
def test_it_does_not_matter_who_repeats_the_common_name(scene: Scene) -> None:
    names = ["Shop.example.com", "www.example.com"]
    by_hand(scene, letsencrypt={"common_name": "shop.example.com", "subject_alternative_name": names})
    for wanted in (names, names[1:], names[::-1]):
        domain = {"common_name": "shop.example.com", "subject_alternative_name": wanted}
        assert_quiet(scene.run(named(scene, letsencrypt=domain)))
    domain = {"common_name": "shop.example.com", "subject_alternative_name": []}
    assert_refused(scene.run(named(scene, letsencrypt=domain)), "www.example.com")


@certificates
def test_a_request_asks_for_every_name_once(scene: Scene) -> None:
    domain = {"common_name": "shop.example.com", "subject_alternative_name": ["www.example.com", "SHOP.example.com"]}
    run = scene.run(named(scene, letsencrypt=domain))
    assert_changed(run, "CreateCertificate")
    assert run.writes[-1].body["letsencrypt"]["subject_alternative_name"] == ["www.example.com"]


@certificates
def test_the_task_ends_when_the_certificate_is_issued(scene: Scene) -> None:
    scene.emulator.settings(settle_reads=4)
    made = scene.make(named(scene, **DOMAIN))
    assert made["status"] == "ready"
    assert not made["not_valid_after"].startswith("0001")
    scene.run(named(scene, state="absent"))
    assert scene.make(named(scene, **DOMAIN, wait=False))["status"] == "pending"
    assert scene.object(scene.run(named(scene, **DOMAIN)))["status"] == "ready"


@certificates
def test_a_certificate_that_cannot_be_issued_fails_the_task_with_the_reason(scene: Scene) -> None:
    reason = "DNS problem: shop.example.com does not resolve"
    scene.emulator.status([{"kind": "certificate", "status": "error", "details": reason}])
    failed = scene.run(named(scene, **DOMAIN))
    assert failed.failed
    assert_clear(failed, reason, "'error'")
    assert failed.result["changed"] is True
    assert failed.result["error"]["reason"] == reason
    assert failed.result["error"]["done"] == [f"create certificate {scene.identity['name']!r}"]
    again = scene.run(named(scene, **DOMAIN))
    assert_refused(again, reason)


@frontends
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_a_frontend_does_not_get_a_certificate_that_failed(scene: Scene, check: bool) -> None:
    rule = {"kind": "certificate", "match": "certificate-a", "status": "error", "details": "no such domain"}
    scene.emulator.status([{**rule, "now": True}])
    for given in (scene.things.name("certificate-a"), scene.things.id("certificate-a")):
        run = scene.run({**scene.minimal, "certificates": [given]}, check=check)
        assert_refused(run, "certificates", "certificate-a", "'error'", "no such domain")


@frontends
def test_a_frontend_names_its_certificates_in_any_way(scene: Scene) -> None:
    first, second = "certificate-a", "certificate-b"
    made = scene.make({**scene.minimal, "certificates": [first, scene.things.id(second).upper()]})
    assert made["certificate_ids"] == [scene.things.id(first), scene.things.id(second)]
    assert_quiet(scene.run({**scene.identity, "certificates": [second, first]}))
    assert_quiet(scene.run({**scene.identity, "certificate_ids": [scene.things.id(second), first]}))
    less = {**scene.identity, "certificates": [second]}
    assert_changed(scene.run(less), "UpdateFrontend")
    assert_quiet(scene.run(less))


@pytest.mark.parametrize(("resource", "place"), [(FRONTEND, "zone")], ids=["zone"])
def test_a_certificate_named_twice_is_sent_once(scene: Scene) -> None:
    first, second = (scene.things.id(name) for name in ("certificate-a", "certificate-b"))
    made = scene.run({**scene.minimal, "certificates": ["certificate-a", first]})
    assert_changed(made, "CreateFrontend")
    assert made.writes[-1].body["certificate_ids"] == [first]
    more = {**scene.identity, "certificates": [second, "certificate-b", "certificate-a", first]}
    changed = scene.run(more)
    assert_changed(changed, "UpdateFrontend")
    assert sorted(changed.writes[-1].body["certificate_ids"]) == sorted([first, second])
    assert_quiet(scene.run(more))


@frontends
def test_a_certificate_in_use_is_not_deleted(scene: Scene) -> None:
    scene.make({**scene.minimal, "certificates": ["certificate-a"]})
    absent = {**scene.place, "lb": "outer", "name": "certificate-a", "state": "absent"}
    refused = run_module(scene.emulator, "scw_lb_certificate", absent)
    assert refused.failed
    assert refused.result["error"]["status"] == 412
    assert refused.result["changed"] is False


@certificates
def test_what_was_brought_is_ready_and_shown_by_what_it_says(scene: Scene) -> None:
    text = chain("www.example.com").replace("\n", "\r\n")
    predicted = scene.run(named(scene, **brought(text)), check=True)
    assert_predicts(predicted)
    created = scene.run(named(scene, **brought(text)))
    assert_changed(created, "CreateCertificate")
    assert created.writes[-1].body[PATH.partition(".")[0]] == {"certificate_chain": chain("www.example.com")}
    content = {
        "common_name": "leaf.example.com",
        "subject_alternative_name": ["www.example.com"],
        "not_valid_before": "2026-01-02T03:04:05Z",
        "not_valid_after": "2027-01-02T03:04:05Z",
    }
    assert created.diff["after"]["custom_certificate"] == {"certificate_chain": content}
    for run in (predicted, created):
        assert {key: scene.object(run)[key] for key in content} == content
        assert scene.object(run)["type"] == "custom"
    assert_quiet(scene.run(named(scene, **brought(chain("www.example.com") + "\n# renewed by hand\n"))))


BAD = {
    "empty": ("", "holds no certificate"),
    "no certificate": (key(), "holds no certificate"),
    "no key": (certificate() + certificate("authority"), "holds no private key"),
    "two keys": (key() + chain(), "holds 2 private keys"),
    "encrypted": (encrypted_key() + certificate() + certificate("authority"), "encrypted"),
    "unreadable": (key() + certificate().replace("MII", "III"), "cannot be read"),
    "of another key": (key("other") + certificate() + certificate("authority"), "belongs to none"),
    "wrong order": (key() + certificate("authority") + certificate(), "belongs to certificate number 2"),
    "without issuer": (key() + certificate(), "append the certificate of 'authority.example.com'"),
    "with another issuer": (key() + certificate() + certificate("root"), "'authority.example.com'"),
}


@certificates
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=[name.replace(" ", "-") for name in BAD])
def test_a_chain_that_no_server_could_use_is_refused_before_any_request(
    scene: Scene, text: str, words: str, check: bool
) -> None:
    run = scene.run(named(scene, **brought(text)), check=check)
    assert_refused(run, f"{PATH}: ", words)
    assert run.requests == ()
    assert not any(line in run.output for line in text.splitlines())


EXPIRED = custom_chain(
    "old.example.com",
    [],
    not_before=datetime.datetime(2022, 1, 1, tzinfo=datetime.timezone.utc),
    not_after=datetime.datetime(2023, 1, 1, tzinfo=datetime.timezone.utc),
)


@certificates
def test_what_has_expired_is_refused_only_when_it_would_be_written(scene: Scene) -> None:
    for check in (True, False):
        refused = scene.run(named(scene, **brought(EXPIRED)), check=check)
        assert_refused(refused, f"{PATH}: the certificate expired on 2023-01-01.")
    by_hand(scene, custom_certificate={"certificate_chain": EXPIRED})
    for check in (True, False):
        assert_quiet(scene.run(named(scene, **brought(EXPIRED)), check=check))
    renamed = scene.run(named(scene, name="older", **brought(EXPIRED)))
    assert_refused(renamed, "expired")


@certificates
def test_another_certificate_is_refused_with_what_differs_and_the_way_out(scene: Scene) -> None:
    scene.make(named(scene, **brought(custom_chain("one.example.com", []))))
    for check in (True, False):
        refused = scene.run(named(scene, **brought(custom_chain("two.example.com", []))), check=check)
        assert_refused(refused, "one.example.com", "two.example.com", "Set rotate to replace it without downtime")


def secrets_of(text: str) -> set[str]:
    """Every line of the private key, as it may turn up anywhere."""
    start, end = text.index("-----BEGIN PRIVATE KEY"), text.index("-----END PRIVATE KEY")
    return {line for line in text[start:end].splitlines() if line} | {"BEGIN CERTIFICATE"}


def assert_kept(run: Run, secrets: set[str], logged: list[str]) -> None:
    for text in (run.output, json.dumps(run.result), *run.warnings, *logged):
        for secret in secrets:
            assert secret not in text


@certificates
def test_the_private_key_is_in_no_output(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda *parts: logged.append(" ".join(map(str, parts))))
    one, two = custom_chain("one.example.com", []), custom_chain("two.example.com", [])
    secrets = secrets_of(one)
    assert key_pem().splitlines()[1] in secrets
    for options in (brought(one), brought(one), brought(two), DOMAIN, {"state": "absent", **brought(one)}):
        for check in (True, False):
            assert_kept(scene.run(named(scene, **options), check=check), secrets, logged)
    for fault in (
        {"kind": "status", "status": 400, "body": {"message": f"bad chain {one}"}},
        {"kind": "status", "status": 400, "body": {"message": f"invalid: {json.dumps(brought(one))}"}},
        {"kind": "status", "status": 500, "body": {"message": "no", "details": [{"value": one}]}, "count": None},
        {"kind": "reset_after"},
        {"kind": "truncate"},
    ):
        scene.emulator.faults([{"method": "POST", **fault}])
        assert_kept(scene.run(named(scene, **brought(one))), secrets, logged)
        scene.emulator.faults([])
        assert_kept(scene.run(named(scene, state="absent")), secrets, logged)
    assert_invocation_is_logged(logged)


@certificates
def test_the_private_key_of_an_inline_certificate_is_in_no_output(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda *parts: logged.append(" ".join(map(str, parts))))
    one, two = custom_chain("one.example.com", []), custom_chain("two.example.com", [])
    for text, more in ((one, {}), (one, {}), (two, {}), (two, {"rotate": True})):
        task = {**scene.place, "name": scene.things.name("outer")}
        task["certificates"] = [{"name": "brought", **more, **brought(text)}]
        for check in (True, False):
            run = run_module(scene.emulator, "scw_lb", task, check=check)
            assert run.failed == (text == two and not more)
            assert_kept(run, secrets_of(one) | secrets_of(two), logged)
    assert_invocation_is_logged(logged)


@certificates
def test_without_the_library_only_what_is_brought_needs_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    text = custom_chain("one.example.com", [])
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    refused = scene.run(named(scene, **brought(text)))
    assert_refused(refused, "cryptography", "where the module runs")
    assert refused.requests == ()
    assert "MissingLibrary" not in refused.output


@certificates
@pytest.mark.usefixtures("in_a_process_of_its_own")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ("certificate_chain", "certificate_chain_file")),
        ({"certificate_chain_file": "a.pem"}, ("certificate_chain_file", "controller")),
        (
            {"certificate_chain_file": "a.pem", "certificate_chain": chain()},
            ("mutually exclusive", "certificate_chain"),
        ),
    ],
    ids=["neither", "a-path-that-nobody-read", "both"],
)
def test_the_content_is_given_in_one_way(scene: Scene, options: dict[str, Any], words: tuple[str, ...]) -> None:
    run = scene.run(named(scene, custom_certificate=options))
    assert_refused(run, *words)
    assert run.requests == ()
