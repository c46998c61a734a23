# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders of code as archives: the same bytes for the same files, and nothing in them that was not meant."""

from __future__ import annotations

import io
import os
import random
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.function.archive import read_entries
from ansible_collections.scw.cloud.plugins.plugin_utils import code_folder
from ansible_collections.scw.cloud.plugins.plugin_utils.code_folder import IGNORED, Unpackable, pack

FILES = {"handler.py": b"x" * 100, "lib/a.py": b"a", "lib/deep/b.py": b"", "z.txt": b"\0\xff"}


def fill(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files, in any order."""
    for name, content in random.Random(1).sample(sorted(files.items()), len(files)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def packed(folder: Path, ignore: list[str] | None = None) -> bytes:
    """The archive of a folder."""
    target = io.BytesIO()
    pack(str(folder), target, IGNORED if ignore is None else ignore)
    return target.getvalue()


def names(folder: Path, ignore: list[str] | None = None) -> list[str]:
    """What is in it."""
    return zipfile.ZipFile(io.BytesIO(packed(folder, ignore))).namelist()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "code", FILES)


# The same bytes


def test_the_same_files_make_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first = packed(folder)
    other = fill(tmp_path / "elsewhere" / "other", dict(reversed(FILES.items())))
    for number, path in enumerate(other.rglob("*")):
        os.utime(path, (number, number))
    assert packed(other) == first
    assert packed(Path(f"{folder}/")) == first


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_umask_of_who_packs_does_not_count(tmp_path: Path, folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        other = fill(tmp_path / "other", FILES)
    finally:
        os.umask(before)
    assert packed(other) == packed(folder)


def test_an_archive_says_nothing_of_who_packed_it(folder: Path) -> None:
    (folder / "handler.py").chmod(0o600)
    (folder / "z.txt").chmod(0o711)
    infos = zipfile.ZipFile(io.BytesIO(packed(folder))).infolist()
    assert [info.filename for info in infos] == sorted(FILES)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in infos} == {3}
    assert {info.filename: oct(info.external_attr >> 16) for info in infos} == {
        **dict.fromkeys(FILES, "0o100644"),
        "z.txt": "0o100755",
    }


def test_any_other_content_name_or_mode_makes_other_bytes(folder: Path) -> None:
    seen = {packed(folder)}
    (folder / "z.txt").write_bytes(b"\0\xfe")
    seen.add(packed(folder))
    (folder / "z.txt").rename(folder / "y.txt")
    seen.add(packed(folder))
    (folder / "y.txt").chmod(0o755)
    seen.add(packed(folder))
    assert len(seen) == 4


# Names as file systems allow them, and none of those that are left out.
PARTS = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"], max_codepoint=0x1F600), min_size=1, max_size=12
).filter(lambda part: part not in (".", "..") and len(part.encode()) < 100)


@given(
    st.dictionaries(
        st.lists(PARTS, min_size=1, max_size=3).map(tuple),
        st.tuples(st.binary(max_size=50), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_packed_is_what_is_read(files: dict[tuple[str, ...], tuple[bytes, bool]]) -> None:
    import hashlib

    # No file where another one has a folder.
    chosen = {
        path: said
        for path, said in files.items()
        if not any(other[: len(path)] == path for other in files if other != path)
    }
    with tempfile.TemporaryDirectory() as place:
        for path, (content, executable) in chosen.items():
            target = Path(place, *path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o755 if executable else 0o644)
        archive = io.BytesIO(packed(Path(place), []))
        assert packed(Path(place), []) == archive.getvalue()
    found = read_entries(archive)
    assert {name: (entry.sha256, entry.executable) for name, entry in found.items()} == {
        "/".join(path): (hashlib.sha256(content).hexdigest(), executable)
        for path, (content, executable) in chosen.items()
    }


# What is left out


def test_what_nobody_wants_is_left_out(folder: Path) -> None:
    fill(
        folder,
        dict.fromkeys(
            [
                ".git/config",
                "lib/__pycache__/a.pyc",
                "lib/a.pyc",
                ".env",
                ".venv/bin/python",
                ".DS_Store",
                "lib/.a.swp",
            ],
            b"",
        ),
    )
    fill(folder, {"node_modules/m/index.js": b"", ".htaccess": b"", "environment": b""})
    assert names(folder) == sorted([*FILES, "node_modules/m/index.js", ".htaccess", "environment"])


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ([], sorted(FILES)),
        (["lib"], ["handler.py", "z.txt"]),
        (["*.py"], ["z.txt"]),
        (["a.py"], ["handler.py", "lib/deep/b.py", "z.txt"]),
        (["lib/a.py"], ["handler.py", "lib/deep/b.py", "z.txt"]),
        (["/a.py"], sorted(FILES)),
        (["lib/*"], ["handler.py", "z.txt"]),
        (["/lib"], ["handler.py", "z.txt"]),
        (["/deep"], sorted(FILES)),
        (["deep/"], ["handler.py", "lib/a.py", "z.txt"]),
        (["[hz]*"], ["lib/a.py", "lib/deep/b.py"]),
        (["LIB"], sorted(FILES)),
        (["?.txt", ""], ["handler.py", "lib/a.py", "lib/deep/b.py"]),
    ],
)
def test_patterns(folder: Path, patterns: list[str], left: list[str]) -> None:
    assert names(folder, patterns) == left


# Links


def test_links_inside_become_what_they_lead_to(folder: Path) -> None:
    (folder / "lib/link.py").symlink_to("../handler.py")
    (folder / "again").symlink_to("lib/deep")
    (folder / "absolute.txt").symlink_to(folder / "z.txt")
    found = read_entries(io.BytesIO(packed(folder)))
    assert set(found) == {*FILES, "lib/link.py", "again/b.py", "absolute.txt"}
    assert found["lib/link.py"] == found["handler.py"]


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert packed(link) == packed(folder)


LINKS = {
    "outside": ("/etc/hostname", "outside"),
    "to the folder around": ("..", "outside"),
    "to nothing": ("nowhere", "nothing"),
    "to itself": ("lib/link", "circle"),
    "around itself": (".", "around itself"),
}


@pytest.mark.parametrize("kind", LINKS)
def test_links_that_lead_elsewhere_are_refused(folder: Path, kind: str) -> None:
    leads, words = LINKS[kind]
    target = folder / leads if kind == "to itself" else Path(leads)
    (folder / "lib/link").symlink_to({"to the folder around": "../..", "around itself": "../lib"}.get(kind, target))
    with pytest.raises(Unpackable, match=words) as caught:
        packed(folder)
    assert "'lib/link'" in str(caught.value)
    assert names(folder, ["link"]) == sorted(FILES)


def test_two_links_that_lead_to_each_other_are_refused(folder: Path) -> None:
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    with pytest.raises(Unpackable, match="circle"):
        packed(folder)


# What cannot be packed


def test_a_pipe_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "lib/pipe")
    with pytest.raises(Unpackable, match="'lib/pipe' is neither"):
        packed(folder)
    assert names(folder, ["pipe"]) == sorted(FILES)


def test_a_name_that_is_not_utf_8_is_refused(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/\xff.py", "wb"):
        pass
    with pytest.raises(Unpackable, match=r"xff\.py' is not UTF-8"):
        packed(folder)


@pytest.mark.parametrize("ignore", [["*"], ["*.py", "*.txt"]])
def test_a_folder_without_files_is_refused(folder: Path, ignore: list[str]) -> None:
    with pytest.raises(Unpackable, match="no files"):
        packed(folder, ignore)


def test_more_than_the_platform_takes_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_folder, "MOST_UNPACKED", 102)
    with pytest.raises(Unpackable, match="103 bytes; the platform takes at most 102"):
        packed(folder)
    monkeypatch.setattr(code_folder, "MOST_UNPACKED", 103)
    monkeypatch.setattr(code_folder, "MOST_BYTES", 300)
    with pytest.raises(Unpackable, match="its archive has"):
        packed(folder)
