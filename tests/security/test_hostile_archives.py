# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives that were made to do harm, as the code of a function that somebody uploaded, and as what a task is given."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from pathlib import Path

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.api import object_storage
from ansible_collections.scw.cloud.plugins.module_utils.function import archive
from behaviour.function_code import UPLOAD, Workshop
from emulator.testing import Emulator
from security.bounded import bounded
from security.servers import Between, Host, Reply

STORED = {"ETag": '"0"'}
CODE = b"def handle(event, context):\n    return {}\n"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """An archive with a handler and these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in (("handler.py", CODE), *files):
            target.writestr(name, content)
    return made.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def with_size(content: bytes, size: int) -> bytes:
    """An archive that says that its last file has another size when unpacked."""
    place = content.rfind(b"PK\1\2")
    return content[: place + 24] + struct.pack("<L", size) + content[place + 28 :]


def encrypted(content: bytes) -> bytes:
    place = content.rfind(b"PK\1\2")
    return content[: place + 8] + b"\1\0" + content[place + 10 :]


@cache
def crowded() -> bytes:
    """An archive with far more files than a function has, each of which is listed only."""
    entry = b"PK\1\2" + b"\0" * 24 + struct.pack("<HHHHHLL", 7, 0, 0, 0, 0, 0, 0) + b"handler"
    size = archive.MOST_LISTED // len(entry) + 1
    return entry * size + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, size * len(entry), 0, 0)


HOSTILE = {
    "leads outside": zipped(("../../outside.py", b"x")),
    "leads outside in the middle": zipped(("lib/../../outside.py", b"x")),
    "absolute": zipped(("/tmp/outside.py", b"x")),
    "twice": zipped(("./handler.py", b"other")),
    "encrypted": encrypted(zipped(("x.py", b"x"))),
    "says that it unpacks to much": with_size(zipped(("x.py", b"x")), archive.MOST_UNPACKED),
    "says that it unpacks to little": with_size(zipped(("x.py", b"x" * 1000)), 1),
    "crowded": crowded(),
    "no archive": b"PK\5\6 and nothing else" + b"\0" * 20,
    "empty": b"",
    "cut": zipped(("x.py", b"x" * 1000))[:-30],
}
ODD = {
    "link to a secret": zipped((link("key"), b"/etc/shadow")),
    "link above": zipped((link("up"), b"../../..")),
    "name of a terminal": zipped(("\x1b[31mred.py", b"x")),
    "an archive of archives": zipped(("inner.zip", zipped(("inner.zip", zipped())))),
    "zeros": zipped(("zeros", b"\0" * (20 << 20))),
}
EVERY = {**HOSTILE, **ODD}


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Workshop:
    return Workshop.deployed(emulator, session, tmp_path)


@pytest.fixture
def store(between: Between) -> Iterator[Host]:
    """Object storage that gives what it is told to."""
    with Host() as host:
        between.change = lambda asked, reply: (
            reply.with_json({"url": f"{host.url}/code.zip?X-Amz-Signature=x", "headers": {}})
            if "download-url" in asked.target
            else reply
        )
        yield host


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("content", EVERY.values(), ids=EVERY)
def test_what_is_fetched_is_kept_as_it_is_and_never_unpacked(
    shop: Workshop, store: Host, tmp_path: Path, content: bytes
) -> None:
    store.answer = lambda _asked: Reply(200, content, STORED)
    before = files(tmp_path)
    dest = tmp_path / "fetched.zip"
    with bounded(10):
        run = shop.about("scw_function_code", dest=str(dest))
        again = shop.about("scw_function_code", dest=str(dest), check=True)
    assert not run.failed, run.message
    assert dest.read_bytes() == content
    assert files(tmp_path) - before == {"fetched.zip"}
    assert not dest.stat().st_mode & (stat.S_IXUSR | stat.S_ISUID)
    assert "\x1b" not in run.output
    assert not again.failed, again.message


@pytest.mark.parametrize("content", EVERY.values(), ids=EVERY)
def test_code_is_compared_with_whatever_somebody_uploaded(
    shop: Workshop, store: Host, tmp_path: Path, content: bytes
) -> None:
    store.answer = lambda _asked: Reply(200, content, STORED)
    shop.write("handler.py", "def handle(event, context):\n    return 'new'\n")
    before = files(tmp_path)
    with bounded(10):
        run = shop.run(check=True)
    assert not run.failed, run.message
    assert run.changed
    assert "handler.py" in run.diff["after"]["code"]
    assert files(tmp_path) == before


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_of_the_task_that_would_do_harm_is_refused_by_name(
    shop: Workshop, tmp_path: Path, content: bytes
) -> None:
    shop.archive.write_bytes(content)
    before = files(tmp_path)
    with bounded(10):
        run = shop.run_archive()
    assert run.failed
    assert run.message.startswith("src: the archive ")
    assert len(run.message) < 300
    assert run.requests == ()
    assert files(tmp_path) == before


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_odd_archive_of_the_task_is_uploaded_as_it_is(shop: Workshop, content: bytes) -> None:
    shop.archive.write_bytes(content)
    with bounded(10):
        run = shop.run_archive()
    assert not run.failed, run.message
    assert [entry.body["length"] for entry in run.requests if entry.operation == UPLOAD] == [len(content)]


def test_a_download_without_end_ends(
    shop: Workshop, store: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_storage, "MOST_BYTES", 64 << 20)
    sent: list[int] = []
    part = b"\0" * (1 << 20)

    def endless() -> Iterator[bytes]:
        for _again in repeat(None):
            sent.append(1)
            yield part

    store.answer = lambda _asked: Reply(200, endless(), STORED)
    before = files(tmp_path)
    with bounded(10):
        run = shop.about("scw_function_code", dest=str(tmp_path / "fetched.zip"))
    assert run.failed
    assert "more than 67108864 bytes" in run.message
    assert len(sent) < 80
    assert files(tmp_path) == before


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
def test_an_honest_archive_of_either_kind_is_read(large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if large:
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)  # from then on there is a second end
    content = zipped(("x.py", b"x"))
    assert (b"PK\6\6" in content) is large
    assert set(archive.read_entries(io.BytesIO(content))) == {"handler.py", "x.py"}
    monkeypatch.setattr(archive, "MOST_LISTED", 100)
    with pytest.raises(archive.Unreadable, match="table of contents"):
        archive.read_entries(io.BytesIO(content))
