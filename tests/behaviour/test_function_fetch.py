# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of functions, fetched to a file: replaced only if it differs, with the attributes that files have."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
import requests

from behaviour.expectations import assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.faults import READ_FAULTS, Fault
from behaviour.function_code import HANDLER, Workshop
from behaviour.runner import Run
from behaviour.test_return_values import documented, own_results
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
DOWNLOAD = "DownloadFunctionArchive"


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Workshop:
    return Workshop.deployed(emulator, session, tmp_path)


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """Where the archive goes."""
    return tmp_path / "fetched.zip"


def fetch(shop: Workshop, dest: Path | str | None, *, check: bool = False, **options: Any) -> Run:
    """Run the module."""
    return shop.about("scw_function_code", check=check, dest=None if dest is None else str(dest), **options)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_archive_is_fetched_once(shop: Workshop, dest: Path) -> None:
    predicted = fetch(shop, dest, check=True)
    assert_predicts(predicted)
    assert not dest.exists()
    run = fetch(shop, dest)
    assert not run.failed, run.message
    assert run.changed
    assert run.operations == []
    assert dest.read_bytes() == shop.archive.read_bytes()
    assert run.diff == predicted.diff
    assert list(run.diff["after"]["code"]) == ["handler.py"]
    assert HANDLER not in run.output
    again = fetch(shop, dest)
    assert_quiet(again, 4)
    assert [entry.status for entry in again.requests if entry.operation == DOWNLOAD] == [304]
    assert [path.name for path in dest.parent.iterdir() if path.name.startswith(("fetched", "code-"))] == [dest.name]


def test_other_content_is_replaced_and_keeps_the_mode(shop: Workshop, dest: Path) -> None:
    fetch(shop, dest)
    dest.chmod(0o600)
    shop.write("handler.py", HANDLER + "#")
    shop.write("more.py", "")
    assert shop.run().changed
    predicted, run = fetch(shop, dest, check=True), fetch(shop, dest)
    assert run.changed
    assert run.diff == predicted.diff
    assert list(run.diff["before"]["code"]) == ["handler.py"]
    assert list(run.diff["after"]["code"]) == ["handler.py", "more.py"]
    assert run.diff["before"]["archive"] != run.diff["after"]["archive"]
    assert (dest.read_bytes(), mode(dest)) == (shop.archive.read_bytes(), 0o600)
    assert_quiet(fetch(shop, dest))


def test_a_file_that_is_no_archive_is_replaced(shop: Workshop, dest: Path) -> None:
    dest.write_text("something else")
    run = fetch(shop, dest)
    assert run.changed
    assert run.diff["before"]["code"] == {}
    assert dest.read_bytes() == shop.archive.read_bytes()


def test_the_mode_is_that_of_the_task(shop: Workshop, dest: Path) -> None:
    predicted, run = fetch(shop, dest, mode="0640", check=True), fetch(shop, dest, mode="0640")
    assert run.changed
    assert run.diff == predicted.diff
    assert mode(dest) == 0o640
    assert_quiet(fetch(shop, dest, mode="0640"))
    for check in (True, False):
        run = fetch(shop, dest, mode="0600", check=check)
        assert run.changed
        assert (run.diff["before"]["mode"], run.diff["after"]["mode"]) == ("0640", "0600")
    assert mode(dest) == 0o600
    assert_quiet(fetch(shop, dest, owner=str(os.getuid()), group=str(os.getgid())))


def test_a_new_file_has_the_mode_that_new_files_have(shop: Workshop, dest: Path) -> None:
    before = os.umask(0o027)
    try:
        fetch(shop, dest)
    finally:
        os.umask(before)
    assert mode(dest) == 0o640


def test_a_place_where_no_file_can_be_is_refused_before_any_request(shop: Workshop, dest: Path) -> None:
    for place in (dest.parent, f"{dest}/", dest / "code.zip", dest.parent / "no" / "such.zip", "/dev/null"):
        run = fetch(shop, place)
        assert_refused(run, "dest")
        assert run.requests == ()
    assert_refused(fetch(shop, dest.parent / "no" / "such.zip"), "does not exist")


@pytest.mark.parametrize("check", [True, False])
def test_a_function_without_code_is_refused(shop: Workshop, dest: Path, check: bool) -> None:
    shop.bare(name="bare")
    assert_refused(fetch(shop, dest, function="bare", check=check), "'bare'", "no code")
    assert not dest.exists()


@pytest.mark.parametrize(
    "options", [{"function": "no-such"}, {"namespace": "no-such"}, {"function": NOBODY, "namespace": None}]
)
@pytest.mark.parametrize("check", [True, False])
def test_what_does_not_exist_is_named(shop: Workshop, dest: Path, options: dict[str, Any], check: bool) -> None:
    named = next(value for value in options.values() if value)
    assert_refused(fetch(shop, dest, check=check, **options), named)


def test_it_may_be_named_by_its_id(shop: Workshop, dest: Path) -> None:
    assert fetch(shop, dest, function=shop.stored["id"], namespace=None).changed
    assert_quiet(fetch(shop, dest, function=shop.stored["id"].upper()))
    assert_refused(fetch(shop, dest, function=shop.stored["id"], namespace="elsewhere"), "namespace")


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(shop: Workshop, dest: Path, fault: Fault) -> None:
    dest.write_text("before")
    shop.emulator.faults([{"method": "GET", **fault.rule}])
    run = fetch(shop, dest)
    assert run.failed is not fault.converges, run.message
    if run.failed:
        assert_refused(run, *fault.words)
        assert dest.read_text() == "before"
    else:
        assert dest.read_bytes() == shop.archive.read_bytes()


@pytest.mark.parametrize("count", [2, None])
def test_a_transfer_that_breaks_off_never_leaves_half_a_file(shop: Workshop, dest: Path, count: int | None) -> None:
    dest.write_text("before")
    shop.emulator.faults([{"operation": DOWNLOAD, "kind": "truncate", "count": count}])
    run = fetch(shop, dest)
    assert run.failed is (count is None)
    if run.failed:
        assert_clear(run, "'resize'", "broke off")
        assert "X-Amz" not in run.output
    assert dest.read_bytes() == (b"before" if run.failed else shop.archive.read_bytes())
    urls = [entry for entry in run.requests if entry.operation == "GetFunctionDownloadURL"]
    assert len(urls) == len([entry for entry in run.requests if entry.operation == DOWNLOAD])


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_neither_the_key_nor_the_url_is_in_any_output(shop: Workshop, dest: Path, fault: dict[str, Any] | None) -> None:
    shop.emulator.faults([fault] if fault else [])
    run = fetch(shop, dest, secret_key=KEY)
    assert_kept(run, [])
    assert "X-Amz" not in run.output
    assert not any(entry.token_sent for entry in run.requests if entry.operation == DOWNLOAD)


def test_what_is_returned_is_documented(shop: Workshop, dest: Path) -> None:
    known = documented("scw_function_code")
    assert own_results(fetch(shop, dest, check=True).result) == {"dest", "function"}
    assert {key for key, about in known.items() if about["returned"] == "success"} == {"dest", "function"}
    for _run in range(2):
        result = fetch(shop, dest).result
        assert own_results(result) == set(known)
        assert (result["dest"], result["state"], result["size"]) == (str(dest), "file", dest.stat().st_size)
