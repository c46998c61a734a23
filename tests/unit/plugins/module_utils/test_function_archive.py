# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives with code: what is read of them, which are refused, and when two are the same."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.function import archive as function_archive
from ansible_collections.scw.cloud.plugins.module_utils.function.archive import (
    Archive,
    Entries,
    Unreadable,
    differences,
    lacks_handler,
    read_entries,
)

UNIX = 3


def entry(name: str, mode: int | None = 0o644, system: int = UNIX) -> zipfile.ZipInfo:
    """What an archive says about a file."""
    info = zipfile.ZipInfo(name, (2026, 1, 5, 8, 0, 0))
    info.create_system = system
    info.external_attr = 0x20 if mode is None else (0o100000 | mode) << 16  # 0x20: what DOS says of any file
    return info


def zipped(*files: tuple[zipfile.ZipInfo, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files, in this order."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for info, content in files:
            archive.writestr(info, content, compress_type=method)
    return kept.getvalue()


def entries(content: bytes) -> Entries:
    return read_entries(io.BytesIO(content))


ONE = zipped((entry("handler.py"), "x" * 100))


def test_an_entry_is_size_hash_and_whether_it_can_be_executed() -> None:
    found = entries(zipped((entry("a/run.sh", 0o755), "abc"), (entry("b"), "")))
    assert set(found) == {"a/run.sh", "b"}
    run = found["a/run.sh"]
    assert (run.size, run.sha256, run.executable) == (3, hashlib.sha256(b"abc").hexdigest(), True)
    assert (found["b"].size, found["b"].executable) == (0, False)
    assert str(run) == f"3 bytes, sha256 {run.sha256[:16]}, executable"


@pytest.mark.parametrize(("mode", "system"), [(None, UNIX), (0o755, 0), (None, 0)])
def test_an_archive_that_does_not_tell_modes_agrees_with_any(mode: int | None, system: int) -> None:
    silent = entries(zipped((entry("run", mode, system), "abc")))
    assert silent["run"].executable is None
    for other in (0o755, 0o644):
        assert differences(silent, entries(zipped((entry("run", other), "abc")))) == ({}, {})


def test_order_times_compression_folders_and_comments_do_not_count() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("src/", "")
        archive.writestr(entry("./src/b.py"), "b")
        info = entry("a.py")
        info.date_time = (1999, 9, 9, 9, 9, 8)
        archive.writestr(info, "a")
        archive.comment = b"another tool"
    same = zipped((entry("a.py"), "a"), (entry("src/b.py"), "b"))
    assert differences(entries(other.getvalue()), entries(same)) == ({}, {})


def test_a_symbolic_link_is_no_file_that_holds_where_it_leads() -> None:
    link = entry("data")
    link.external_attr = 0o120777 << 16
    leads, holds = entries(zipped((link, "other"))), entries(zipped((entry("data", 0o755), "other")))
    assert (leads["data"].link, leads["data"].executable, holds["data"].link) == (True, None, False)
    gone, new = differences(leads, holds)
    assert (gone["data"].endswith(", symbolic link"), new["data"].endswith(", executable")) == (True, True)
    assert differences(leads, leads) == ({}, {})


def test_differences_are_shown_on_both_sides_by_name() -> None:
    before = entries(zipped((entry("a"), "1"), (entry("b"), "1"), (entry("c"), "1"), (entry("d"), "1")))
    after = entries(zipped((entry("a"), "1"), (entry("b"), "2"), (entry("d", 0o755), "1"), (entry("e"), "1")))
    gone, new = differences(before, after)
    assert (list(gone), list(new)) == (["b", "c", "d"], ["b", "d", "e"])
    assert new["d"] == f"{gone['d']}, executable"


# What is refused


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        entries(content)
    return str(caught.value)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "a/..", "..", "./../x"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert "leads outside" in refused(zipped((entry(name), "x")))


@pytest.mark.parametrize("name", ["..x", "a..b", "a/.../b", "...", "a\\..\\b"])
def test_names_that_only_look_like_it_are_fine(name: str) -> None:
    assert list(entries(zipped((entry(name), "x")))) == [name]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twice", [("a", "a"), ("a", "./a"), ("b/a", "b//a")])
def test_a_file_that_is_there_twice_is_refused(twice: tuple[str, str]) -> None:
    content = zipped(*((entry(name), "x") for name in twice), (entry("other"), ""))
    assert f"{twice[0]!r} more than once" in refused(content)


def test_what_is_encrypted_is_refused() -> None:
    content = bytearray(ONE)
    for header, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(header) + flags] |= 1
    assert refused(bytes(content)) == "is encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_refused(method: int) -> None:
    assert "deflate" in refused(zipped((entry("a"), "x" * 100), method=method))


def test_what_unpacks_to_more_than_the_platform_takes_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(function_archive, "MOST_UNPACKED", 99)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_arguments: pytest.fail("it was read"))
    assert "100 bytes when unpacked" in refused(ONE)


def test_a_file_that_claims_to_be_smaller_than_it_is_is_refused() -> None:
    content = bytearray(zipped((entry("a"), "\0" * 1_000_000)))
    for header, size in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        where = content.index(header) + size
        content[where : where + 4] = (10).to_bytes(4, "little")
    assert "cannot be unpacked" in refused(bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"def handle(): pass",
        ONE[:40],
        ONE[40:],
        zipped((entry("a"), "abc" * 9), method=0).replace(b"abc", b"abd", 1),
    ],
    ids=["nothing", "text", "start", "end", "bad-crc"],
)
def test_what_is_damaged_is_refused(content: bytes) -> None:
    assert "cannot be unpacked" in refused(content)


def test_an_archive_without_files_has_no_entries(tmp_path: Path) -> None:
    content = zipped((entry("folder/"), ""))
    assert entries(content) == {}
    (tmp_path / "code.zip").write_bytes(content)
    with pytest.raises(InvalidOption, match="empty"):
        Archive(str(tmp_path / "code.zip"), "src").check()


@given(st.data())
def test_whatever_is_damaged_is_refused_or_read(data: Any) -> None:
    """No damage makes anything else of it than Unreadable."""
    content = bytearray(zipped((entry("é/handler.py"), "print('hello')\n" * 20), (entry("b", 0o755), "")))
    for _byte in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        entries(bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))
    except Unreadable:
        return


# Files on this machine


def test_a_file_is_measured_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "code.zip"
    path.write_bytes(ONE)
    archive = Archive(str(path), "src")
    archive.check()
    assert (archive.size, archive.md5) == (len(ONE), hashlib.md5(ONE).hexdigest())
    assert list(archive.entries) == ["handler.py"]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "code.zip"
    with open(path, "wb") as file:
        file.truncate(function_archive.MOST_BYTES + 1)
    with pytest.raises(InvalidOption, match=r"src: the archive has 104857601 bytes"):
        Archive(str(path), "src").check()


@pytest.mark.parametrize("what", ["nothing", "a-folder", "empty", "no-archive"])
def test_what_is_no_archive_is_refused_with_the_option(tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "a-folder":
        path.mkdir()
    elif what != "nothing":
        path.write_text("" if what == "empty" else "text")
    with pytest.raises(InvalidOption, match="^src: "):
        Archive(str(path), "src").check()


# Handlers

HERE = {"handler.py": "", "src/main.js": "", "src/app/run.php": ""}


@pytest.mark.parametrize(
    ("runtime", "handler", "files", "missing"),
    [
        ("python313", "handler.handle", HERE, ""),
        ("python313", "main.handle", HERE, "main.py"),
        ("node22", "src/main.handle", HERE, ""),
        ("node22", "src.main.handle", HERE, ""),
        ("node22", "index.handle", HERE, "index.js"),
        ("php84", "src/app/run.go", HERE, ""),
        ("php84", "run.go", HERE, "run.php"),
        ("go126", "Handle", {"main.go": ""}, ""),
        ("go126", "pkg.Handle", {"main.go": ""}, ""),
        ("rust196", "handle", {}, ""),
        ("python313", "handle", {}, ""),
        ("python313", "code.handle", {"code": "", "codes.py": ""}, "code.py"),
        ("python313", "code.handle", {"code/__init__.py": ""}, ""),
        ("python313", "code.handle", {"code/index.py": ""}, "code.py"),
        ("python313", "src.code.handle", {"src/code/__init__.py": ""}, ""),
        ("node22", "src/code.handle", {"src/code/index.mjs": ""}, ""),
    ],
)
def test_the_file_of_a_handler(runtime: str, handler: str, files: Mapping[str, str], missing: str) -> None:
    found = entries(zipped(*((entry(name), content) for name, content in files.items())))
    assert lacks_handler(found, runtime, handler) == missing
