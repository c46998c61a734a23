# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of functions: uploaded if it is not what is there, and rolled out once for everything that changes."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import requests

from behaviour.colleague import Colleague
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.function_code import CREATE, DEPLOY, HANDLER, UPDATE, UPLOAD, Workshop
from emulator.testing import Emulator


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Workshop:
    return Workshop(emulator, session, tmp_path)


@pytest.fixture
def deployed(shop: Workshop) -> Workshop:
    """The same, with the function deployed."""
    assert_changed(shop.run(), CREATE, UPLOAD, DEPLOY)
    return shop


# What is sent


def test_a_new_function_is_created_gets_its_code_and_is_deployed(shop: Workshop) -> None:
    predicted = shop.run(check=True)
    assert_predicts(predicted)
    run = shop.run()
    assert run.done == [CREATE, UPLOAD, DEPLOY]
    assert run.warnings == ()
    assert run.diff == predicted.diff
    assert list(run.diff["after"]["code"]) == ["handler.py"]
    assert "code" not in run.diff["before"]
    assert run.result["function"]["status"] == predicted.result["function"]["status"] == "ready"
    assert (shop.stored["uploaded"], shop.stored["deployed"]) == (shop.digest, shop.digest)


def test_the_second_run_uploads_and_writes_nothing(deployed: Workshop) -> None:
    run = deployed.run()
    assert_quiet(run, 4)
    downloads = [entry for entry in run.requests if entry.operation == "DownloadFunctionArchive"]
    assert [entry.status for entry in downloads] == [304]
    assert_quiet(deployed.run(check=True), 4)


def test_other_times_and_another_folder_are_no_change(deployed: Workshop, tmp_path: Path) -> None:
    before = deployed.digest
    os.utime(deployed.folder / "handler.py", (1, 1))
    assert_quiet(deployed.run(), 4)
    deployed.folder = deployed.folder.rename(tmp_path / "moved")
    assert_quiet(deployed.run(), 4)
    assert deployed.digest == before


def test_one_byte_is_one_upload_and_one_deployment(deployed: Workshop) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.write("more/data.txt", "x")
    predicted = deployed.run(check=True)
    assert_predicts(predicted)
    run = deployed.run()
    assert run.done == [UPLOAD, DEPLOY]
    assert run.diff == predicted.diff
    assert list(run.diff["before"]["code"]) == ["handler.py"]
    assert list(run.diff["after"]["code"]) == ["handler.py", "more/data.txt"]
    assert HANDLER not in run.output
    assert deployed.stored["deployed"] == deployed.digest
    assert_quiet(deployed.run(), 4)


def test_a_file_that_can_be_executed_now_is_a_change(deployed: Workshop) -> None:
    (deployed.folder / "handler.py").chmod(0o755)
    run = deployed.run()
    assert_changed(run, UPLOAD, DEPLOY)
    assert run.diff["after"]["code"]["handler.py"].endswith("executable")


def test_a_file_that_is_gone_is_a_change(deployed: Workshop) -> None:
    deployed.write("old.py", "")
    assert_changed(deployed.run(), UPLOAD, DEPLOY)
    (deployed.folder / "old.py").unlink()
    run = deployed.run()
    assert_changed(run, UPLOAD, DEPLOY)
    assert (list(run.diff["before"]["code"]), run.diff["after"]["code"]) == (["old.py"], {})


def test_settings_and_code_are_rolled_out_at_once(deployed: Workshop) -> None:
    deployed.write("handler.py", HANDLER + "#")
    predicted = deployed.run(check=True, memory_limit="512")
    run = deployed.run(memory_limit="512")
    assert run.done == [UPLOAD, UPDATE]
    assert run.writes[-1].body == {"memory_limit": 512, "redeploy": True}
    assert run.diff == predicted.diff
    assert set(run.diff["after"]) == {"memory_limit", "code"}
    assert deployed.stored["deployed"] == deployed.digest
    assert_quiet(deployed.run(memory_limit="512"), 4)


def test_settings_alone_do_not_touch_the_code(deployed: Workshop) -> None:
    assert_changed(deployed.run(memory_limit="512"), UPDATE)
    assert_changed(deployed.run(src=None, memory_limit="128"), UPDATE)


def test_a_function_that_never_had_code_gets_it(shop: Workshop) -> None:
    shop.bare()
    run = shop.run(description="thumbnails")
    assert run.done == [UPLOAD, UPDATE, DEPLOY]
    update = next(entry for entry in run.writes if entry.operation == UPDATE)
    assert update.body["redeploy"] is False
    assert run.result["function"]["status"] == "ready"
    assert_quiet(shop.run(description="thumbnails"), 4)


def test_a_function_that_failed_for_lack_of_code_gets_it(shop: Workshop) -> None:
    own_id = shop.bare()
    shop.account.call("PATCH", f"/functions/{own_id}", {"description": "x"})
    shop.settle()
    assert shop.stored["status"] == "error"
    assert_changed(shop.run(), UPLOAD, DEPLOY)
    assert_quiet(shop.run(), 4)


def test_an_archive_that_another_tool_packed_is_no_change(deployed: Workshop) -> None:
    deployed.write("data/a.txt", "a" * 1000)
    assert_changed(deployed.run(), UPLOAD, DEPLOY)
    with zipfile.ZipFile(deployed.archive, "w", zipfile.ZIP_STORED) as other:
        other.writestr("data/", "")
        other.write(deployed.folder / "data/a.txt", "./data/a.txt")
        other.write(deployed.folder / "handler.py", "handler.py")
        other.comment = b"packed elsewhere"
    assert deployed.stored["uploaded"] != deployed.digest
    run = deployed.run_archive()
    assert_quiet(run, 4)
    assert deployed.stored["uploaded"] != deployed.digest


def test_what_is_stored_and_is_no_archive_is_replaced(deployed: Workshop) -> None:
    deployed.upload(b"no archive at all")
    deployed.settle()
    assert_changed(deployed.run(), UPLOAD, DEPLOY)
    assert deployed.stored["deployed"] == deployed.digest


def test_another_tools_upload_is_noticed(deployed: Workshop) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("handler.py", "other")
    deployed.upload(other.getvalue())
    assert_changed(deployed.run(), UPLOAD, DEPLOY)
    assert_quiet(deployed.run(), 4)


def test_code_that_was_uploaded_but_never_deployed_is_deployed(deployed: Workshop) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.pack()
    deployed.upload(deployed.archive.read_bytes())
    predicted = deployed.run(check=True)
    assert_predicts(predicted)
    run = deployed.run()
    assert_changed(run, DEPLOY)
    assert run.diff == predicted.diff
    assert run.diff["before"] == {"status": "ready, code not deployed"}
    assert_quiet(deployed.run(), 4)


def test_without_waiting_what_is_under_way_is_not_repeated(shop: Workshop) -> None:
    shop.emulator.settings(settle_reads=30)
    assert_changed(shop.run(wait=False), CREATE, UPLOAD, DEPLOY)
    assert_quiet(shop.run(wait=False), 4)


def test_an_absent_function_needs_no_code(deployed: Workshop) -> None:
    assert_changed(deployed.run_archive(state="absent", src="/nowhere"), "DeleteFunction")
    assert_quiet(deployed.run_archive(state="absent"))


# Deployments that fail


def test_a_build_that_fails_says_why_and_is_repeated(shop: Workshop) -> None:
    shop.write("FAIL", "no module named pillow")
    for writes in ([CREATE, UPLOAD, DEPLOY], [DEPLOY], [DEPLOY]):
        run = shop.run()
        assert run.failed
        assert run.done == writes
        assert_clear(run, "'resize'", "no module named pillow")
        assert run.result["changed"]
        assert run.result["error"]["reason"] == "no module named pillow"
        assert run.result["error"]["not_done"] == []
        assert len(run.result["error"]["done"]) == len(writes)
    assert_predicts(shop.run(check=True))
    (shop.folder / "FAIL").unlink()
    assert_changed(shop.run(), UPLOAD, DEPLOY)
    assert_quiet(shop.run(), 4)


def test_all_that_the_api_says_about_a_build_is_told(deployed: Workshop) -> None:
    deployed.write("FAIL", "out of luck")
    said = {"build_message": "step 2 of 3: function build in progress", "runtime_message": "is old"}
    function = deployed.account.call("GET", f"/functions/{deployed.stored['id']}")
    broken = {**function, **said, "status": "error", "error_message": "out of luck"}
    broken["updated_at"] = "2100-01-01T00:00:00.000000Z"  # after the deployment began
    # The look for the state before, the one before the deployment, and the one after it.
    rule = {"operation": "GetFunction", "kind": "status", "status": 200, "body": broken, "after": 3}
    deployed.emulator.faults([rule])
    run = deployed.run()
    assert_clear(run, "out of luck", *said.values())
    assert run.result["error"]["reason"] == "; ".join(["out of luck", *said.values()])


@pytest.mark.parametrize(("options", "reads"), [({}, 3), ({"memory_limit": "512"}, 2)], ids=[DEPLOY, UPDATE])
def test_an_api_that_does_not_show_a_rollout_at_once_is_given_a_moment(
    deployed: Workshop, options: dict[str, Any], reads: int
) -> None:
    """``reads``: those before the rollout. The two after it show the function as it was."""
    deployed.write("FAIL", "out of luck")
    before = deployed.account.call("GET", f"/functions/{deployed.stored['id']}")
    rule = {"operation": "GetFunction", "kind": "status", "status": 200, "body": before, "after": reads, "count": 2}
    deployed.emulator.faults([rule])
    run = deployed.run(**options)
    assert run.done == [UPLOAD, UPDATE if options else DEPLOY]
    assert_clear(run, "out of luck")


def test_a_colleague_who_makes_the_same_change_during_an_upload_does_not_make_the_code_wait(
    deployed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their rollout begins before the upload and ends after it, so it is one of the code before."""
    path = f"/functions/{deployed.stored['id']}"
    colleague = Colleague(
        monkeypatch, "PUT", "/uploads/", lambda: deployed.account.call("PATCH", path, {"memory_limit": 512})
    )
    deployed.write("handler.py", HANDLER + "#")
    run = deployed.run(memory_limit="512")
    assert colleague.acted
    assert_changed(run, UPDATE, UPLOAD, DEPLOY)
    assert deployed.stored["deployed"] == deployed.digest
    assert_quiet(deployed.run(memory_limit="512"), 4)


# Code that cannot be used


@pytest.mark.usefixtures("in_a_process_of_its_own")
def test_what_is_no_archive_is_refused_before_any_request(shop: Workshop) -> None:
    shop.archive.write_text("def handle(): pass")
    run = shop.run_archive()
    assert_refused(run, "src", "cannot be unpacked")
    assert run.requests == ()
    for src in ("/nowhere/code.zip", str(shop.folder)):
        run = shop.run_archive(src=src)
        assert_refused(run, "src")
        assert run.requests == ()


def test_an_archive_without_the_file_of_the_handler_is_refused(shop: Workshop) -> None:
    assert_refused(shop.run(handler="main.run"), "handler", "main.py")
    (shop.folder / "handler.py").rename(shop.folder / "main.py")
    assert_refused(shop.run(), "handler", "handler.py")
    assert_changed(shop.run(handler="main.handle"), CREATE, UPLOAD, DEPLOY)


def test_a_runtime_that_has_ended_is_refused_and_one_that_ages_warned_of(shop: Workshop) -> None:
    assert_refused(shop.run(runtime="python37"), "runtime", "python313")
    assert_refused(shop.run(runtime="python99"), "runtime", "python313")


def test_a_check_foresees_a_function_that_an_earlier_task_creates_with_its_runtime(shop: Workshop) -> None:
    run = shop.run(check=True, namespace="not-yet", runtime=None)
    assert not run.failed, run.message
    assert run.changed
    assert any("earlier task" in warning for warning in run.warnings)
    assert_refused(shop.run(namespace="not-yet", runtime=None), "not-yet")


# The object store


def test_the_key_goes_to_the_api_alone(deployed: Workshop) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.run()
    deployed.about("scw_function_code", dest=str(deployed.archive.with_name("fetched.zip")))
    stored = [entry for entry in deployed.emulator.journal() if "FunctionArchive" in str(entry.operation)]
    assert {str(entry.operation) for entry in stored} == {UPLOAD, "DownloadFunctionArchive"}
    assert not any(entry.token_sent for entry in stored)
    uploads = [entry for entry in stored if entry.operation == UPLOAD]
    assert {entry.headers["content-type"] for entry in uploads} == {"application/octet-stream"}


ANSWERS: dict[str, dict[str, Any]] = {
    "busy": {"kind": "status", "status": 503, "count": 2},
    "too-many": {"kind": "status", "status": 429},
    "reset-before": {"kind": "reset_before"},
    "reset-after": {"kind": "reset_after"},
    "cut": {"kind": "truncate"},
}


@pytest.mark.parametrize("rule", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("operation", [UPLOAD, "DownloadFunctionArchive", "GetFunctionUploadURL"])
def test_a_store_that_is_in_trouble_for_a_while_is_asked_again(
    deployed: Workshop, operation: str, rule: dict[str, Any]
) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.emulator.faults([{"operation": operation, **rule}])
    run = deployed.run()
    assert not run.failed, run.message
    assert deployed.stored["deployed"] == deployed.digest
    assert run.done.count(DEPLOY) == 1
    urls = [entry for entry in run.requests if entry.operation == "GetFunctionUploadURL"]
    assert len(urls) >= len([entry for entry in run.requests if entry.operation == UPLOAD])


@pytest.mark.parametrize("operation", [UPLOAD, "DownloadFunctionArchive"])
@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 400, "body": "<Error><Code>Odd</Code><Message>no\nway</Message></Error>"},
        {"kind": "reset_before"},
        {"kind": "redirect", "location": "http://127.0.0.1:9/"},
    ],
    ids=lambda rule: f"{rule['kind']}-{rule.get('status', '')}",
)
def test_a_store_that_refuses_is_told_without_its_url(deployed: Workshop, operation: str, rule: dict[str, Any]) -> None:
    deployed.write("handler.py", HANDLER + "#")
    deployed.emulator.faults([{"operation": operation, "count": None, **rule}])
    run = deployed.run()
    assert run.failed
    assert_clear(run, "load the code of", "'resize'")
    for secret in ("X-Amz", "Signature", "uploads/function-"):
        assert secret not in run.output
    deployed.emulator.faults([])
    assert_changed(deployed.run(), UPLOAD, DEPLOY)


def test_code_that_cannot_be_fetched_any_more_is_no_reason_to_upload(deployed: Workshop) -> None:
    deployed.emulator.faults([{"operation": "DownloadFunctionArchive", "kind": "status", "status": 403, "count": None}])
    assert_refused(deployed.run(), "'resize'", "src")
