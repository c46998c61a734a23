# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that name files on the controller: in the specification, in the module, and before it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible.errors import AnsibleActionFail, AnsibleFileNotFound
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.plugins.action import ActionBase

from ansible_collections.scw.cloud.plugins.action.scw_lb_certificate import ActionModule
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location, Resource, Update
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import controller_files
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.plugin_utils.controller_files import (
    with_contents,
    without_files,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.module_action import ModuleAction

CUSTOM = Object("custom", aliases=("own",), fields=(Str("chain", required=True, file="chain_file"), Str("note")))
SITES = ListOf("sites", aliases=("pages",), item=Object("site", fields=(Str("name"), CUSTOM)))
THING = Resource(
    name="thing",
    plural="things",
    title="thing",
    item="/v1/{scope}/things/{id}",
    collection="/v1/{scope}/things",
    items="things",
    location=Location(zones=("fr-par-1",)),
    fields=(Str("name"), CUSTOM, SITES),
    updates=(Update("PUT", body="all"),),
    computed={},
)
FILES = controller_files(THING)


def test_the_paths_of_options_follow_from_the_description() -> None:
    assert {
        f"{path}.chain_file": "chain"
        for path in ("custom", "own", "sites[].custom", "sites[].own", "pages[].custom", "pages[].own")
    } == FILES
    assert ActionModule.program.files == {"custom_certificate.certificate_chain_file": "certificate_chain"}


def test_the_path_is_an_option_beside_the_content_and_one_of_them_is_needed() -> None:
    assert CUSTOM.option() == {
        "type": "dict",
        "aliases": ["own"],
        "options": {"chain": {"type": "str"}, "chain_file": {"type": "path"}, "note": {"type": "str"}},
        "mutually_exclusive": [["chain", "chain_file"]],
        "required_one_of": [["chain", "chain_file"]],
    }


def test_a_path_that_nobody_read_is_refused_by_the_module() -> None:
    with pytest.raises(InvalidOption, match=r"sites\[0\]\.custom\.chain_file: .*controller.* chain instead"):
        SITES.parse([{"custom": {"chain_file": "a.pem"}}], "sites")


def read_aloud(option: str, path: str) -> str:
    return f"{option} is {path}"


def test_contents_take_the_place_of_paths() -> None:
    given = {
        "name": "web",
        "own": {"chain_file": "a", "note": "mine"},
        "sites": [{"custom": {"chain_file": "b"}}, {"name": "none"}, {"own": {"chain_file": "c"}}],
    }
    before = repr(given)
    assert with_contents(given, FILES, read_aloud) == {
        "name": "web",
        "own": {"chain": "own.chain_file is a", "note": "mine"},
        "sites": [
            {"custom": {"chain": "sites[0].custom.chain_file is b"}},
            {"name": "none"},
            {"own": {"chain": "sites[2].own.chain_file is c"}},
        ],
    }
    assert repr(given) == before


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"custom": None, "sites": None},
        {"custom": {"chain": "text"}},
        {"custom": {"chain_file": None}},
        {"custom": {"chain_file": "a", "chain": "text"}},
        {"custom": {"chain_file": ["a"]}},
        {"custom": "chain_file=a"},
        {"sites": {"custom": {"chain_file": "a"}}},
        {"sites": ["chain_file=a"]},
        {"chain_file": "a"},
    ],
    ids=str,
)
def test_what_needs_no_file_or_is_wrong_is_left_to_the_module(options: dict[str, Any]) -> None:
    def read(option: str, path: str) -> str:
        raise AssertionError(f"read {path} for {option}")

    assert with_contents(options, FILES, read) == options


def test_what_is_to_be_deleted_needs_no_file() -> None:
    options = {"name": "a", "state": "absent", "own": {"chain_file": "gone.pem"}, "sites": [{"name": "b"}]}
    assert without_files(options, FILES) == {"name": "a", "state": "absent"}


def test_a_deletion_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    action = ModuleAction(SimpleNamespace(), *[None] * 5)
    monkeypatch.setattr(ActionBase, "_find_needle", missing_file)
    options = {"name": "a", "custom": {"chain_file": "gone.pem"}}
    assert action.filled({**options, "state": "absent"}, FILES) == {"name": "a", "state": "absent"}
    with pytest.raises(AnsibleActionFail, match="no file 'gone.pem'"):
        action.filled({**options, "state": "present"}, FILES)


def missing_file(*_arguments: Any) -> str:
    """What Ansible does if it finds no file."""
    raise AnsibleFileNotFound


def test_a_path_beside_an_unset_content_is_read() -> None:
    read = with_contents({"custom": {"chain_file": "a", "chain": None}}, FILES, read_aloud)
    assert read == {"custom": {"chain": "custom.chain_file is a"}}


PASSWORD = VaultSecret(b"a password")


@pytest.fixture
def loader(tmp_path: Path) -> DataLoader:
    loader = DataLoader()
    loader.set_basedir(str(tmp_path))
    loader.set_vault_secrets([("default", PASSWORD)])
    return loader


@pytest.fixture
def read(loader: DataLoader, tmp_path: Path) -> Callable[[str], str]:
    """Reads a file for a task of a play that lies in ``tmp_path``."""
    task = SimpleNamespace(get_search_path=lambda: [str(tmp_path)], args={}, async_val=0)
    action = ModuleAction(task, None, None, loader, None, None)

    def read(path: str) -> str:
        return str(with_contents({"custom": {"chain_file": path}}, FILES, action._content)["custom"]["chain"])

    return read


def test_a_file_is_found_in_files_beside_the_play_and_at_its_path(
    read: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.pem").write_bytes(b"in files\r\n")
    (tmp_path / "b.pem").write_text("beside")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read("a.pem") == "in files\r\n"
    assert read("b.pem") == read("~/b.pem") == read(str(tmp_path / "b.pem")) == "beside"


def test_an_encrypted_file_is_read_and_leaves_nothing_behind(
    read: Callable[[str], str], loader: DataLoader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pem").write_bytes(VaultLib().encrypt("hidden words", PASSWORD))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("ansible.constants.DEFAULT_LOCAL_TMP", str(scratch))
    assert read("a.pem") == "hidden words"
    assert list(scratch.iterdir()) == []
    assert loader._tempfiles == set()


WRONG: dict[str, tuple[bytes, str]] = {
    "empty": (b"\n ", "is an empty file"),
    "binary": (b"\x30\x82\xff\xfe", "is no text file"),
    "zeros": (b"text\0text", "is no text file"),
}


@pytest.mark.parametrize(("content", "problem"), WRONG.values(), ids=WRONG)
def test_a_file_without_text_is_refused_by_name(
    read: Callable[[str], str], tmp_path: Path, content: bytes, problem: str
) -> None:
    (tmp_path / "a.pem").write_bytes(content)
    with pytest.raises(AnsibleActionFail, match=f"custom.chain_file: 'a.pem' on the controller {problem}"):
        read("a.pem")


NO_FILES = {path: f"no file '{path}' on the controller" for path in ("missing.pem", "/nonexistent/missing.pem", ".")}


@pytest.mark.parametrize(("path", "problem"), {**NO_FILES, "": "is empty", " ": "is empty"}.items())
def test_a_file_that_is_none_is_refused_by_name(read: Callable[[str], str], path: str, problem: str) -> None:
    with pytest.raises(AnsibleActionFail) as refused:
        read(path)
    assert str(refused.value).startswith(f"custom.chain_file: {problem}")
    assert "\n" not in str(refused.value)


def test_a_file_that_may_not_be_read_is_refused_by_name(read: Callable[[str], str]) -> None:
    path = "/proc/self/mem"  # whoever asks, its first byte cannot be read
    with pytest.raises(AnsibleActionFail, match=f"custom.chain_file: cannot read '{path}' on the controller: "):
        read(path)


def test_a_file_that_cannot_be_decrypted_is_refused_without_showing_it(
    read: Callable[[str], str], tmp_path: Path
) -> None:
    encrypted = VaultLib().encrypt("hidden words", VaultSecret(b"another password"))
    (tmp_path / "a.pem").write_bytes(encrypted)
    with pytest.raises(
        AnsibleActionFail, match="custom.chain_file: cannot read 'a.pem' on the controller: "
    ) as refused:
        read("a.pem")
    assert encrypted.decode().splitlines()[1] not in str(refused.value)
