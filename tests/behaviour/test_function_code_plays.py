# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Code from the controller, by whole plays: where it is looked for, how it is packed, and what shows of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from behaviour.account import TOKEN
from behaviour.function_code import DEPLOY, HANDLER, REGION, UPLOAD, Workshop
from behaviour.runner import Way, way
from emulator.testing import Emulator

NAMED = {"region": REGION, "namespace": "shop", "name": "resize", "runtime": "python313"}


class Project:
    """A folder with plays, and an account that they are about."""

    def __init__(self, shop: Workshop, folder: Path) -> None:
        self.shop = shop
        self.folder = folder
        folder.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        """Has Ansible keep everything in folders of the test, those of the "remote" side too."""
        return {
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_LOCAL_TEMP": str(self.folder.parent / "near"),
            "ANSIBLE_REMOTE_TEMP": str(self.folder.parent / "far"),
            "ANSIBLE_ASYNC_DIR": str(self.folder.parent / "jobs"),
        }

    @property
    def left_over(self) -> list[Path]:
        """Archives that plays left behind."""
        return [path for side in ("near", "far") for path in (self.folder.parent / side).rglob("*.zip")]

    def fill(self, place: str, files: Mapping[str, str]) -> None:
        """Write files below a place in the project."""
        for name, content in files.items():
            path = self.folder / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)

    def play(self, *arguments: str, path: str = "play.yml", fails: bool = False, **play: Any) -> str:
        """Run a play with these keywords, and return its output. Every play is run with all details."""
        playbook = self.folder / path
        playbook.parent.mkdir(parents=True, exist_ok=True)
        here = {"scw_run_in_controller": way.get() is Way.CONTROLLER}
        playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "vars": here, **play}]))
        self.shop.emulator.clear_journal()
        done = subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), path, "-vvv", "--diff", *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        output = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, output
        for secret in ("X-Amz", TOKEN, "uploads/function-"):
            assert secret not in output
        return output

    def deploy(self, src: Any, *arguments: str, fails: bool = False, ignore: Any = None, **keywords: Any) -> str:
        """Run a play with one task that deploys code."""
        options = {**NAMED, "src": src, **({"ignore": ignore} if ignore is not None else {})}
        task = {"name": "Deploy", "scw.cloud.scw_function": options, **keywords}
        return self.play(*arguments, fails=fails, tasks=[task])

    @property
    def done(self) -> list[str]:
        """Names of the operations of the last play that wrote."""
        return [str(entry.operation) for entry in self.shop.emulator.writes() if entry.status == 200]


@pytest.fixture
def project(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Project:
    emulator.settings(settle_reads=0)
    return Project(Workshop(emulator, session, tmp_path), tmp_path / "project")


def changed(output: str) -> int:
    """How many tasks changed something."""
    found = re.search(r"changed=(\d+)", output)
    assert found is not None, output
    return int(found[1])


def test_a_folder_beside_the_play_is_packed_compared_and_deployed(project: Project) -> None:
    project.fill("code", {"handler.py": HANDLER, ".git/config": "x", "__pycache__/handler.pyc": "x"})
    assert changed(project.deploy("code", "--check")) == 1
    assert project.done == []
    output = project.deploy("code")
    assert changed(output) == 1
    assert project.done == ["CreateFunction", UPLOAD, DEPLOY]
    assert '"handler.py"' in output
    assert not any(name in output for name in (".git/config", "handler.pyc"))
    os.utime(project.folder / "code/handler.py", (1, 1))
    (project.folder / "code/handler.py").chmod(0o600)
    assert changed(project.deploy("code")) == 0
    assert project.done == []
    project.fill("code", {"handler.py": HANDLER + "#"})
    assert changed(project.deploy("code")) == 1
    assert project.done == [UPLOAD, DEPLOY]
    assert (project.folder.parent / "far").is_dir() == (way.get() is Way.MODULE)
    assert project.left_over == []


PLACES: Mapping[str, tuple[str, str]] = {
    "files of the play": ("files/code", "code"),
    "the folder of the play": ("code", "code"),
    "a path of its own": ("functions/resize", "functions/resize"),
}


@pytest.mark.parametrize(("place", "src"), PLACES.values(), ids=PLACES)
def test_code_is_looked_for_as_other_files_are(project: Project, place: str, src: str) -> None:
    project.fill(place, {"handler.py": HANDLER})
    assert changed(project.deploy(src)) == 1
    assert changed(project.deploy(str(project.folder / place))) == 0


def test_a_role_has_its_code_among_its_files(project: Project) -> None:
    task = {"name": "Deploy", "scw.cloud.scw_function": {**NAMED, "src": "code"}}
    project.fill("roles/shop/files/code", {"handler.py": HANDLER})
    project.fill("files/code", {"main.py": "another one"})
    project.fill("roles/shop/tasks", {"main.yml": yaml.safe_dump([task])})
    assert changed(project.play(roles=["shop"])) == 1
    assert changed(project.play(roles=["shop"])) == 0


def test_a_project_may_have_its_plays_in_a_folder_as_awx_does(project: Project) -> None:
    task = {"name": "Deploy", "scw.cloud.scw_function": {**NAMED, "src": "../functions/resize"}}
    project.fill("functions/resize", {"handler.py": HANDLER})
    for expected in (1, 0):
        assert changed(project.play(path="playbooks/deploy.yml", tasks=[task])) == expected


def test_an_archive_is_sent_as_it_is(project: Project) -> None:
    project.shop.pack()
    project.shop.archive.rename(project.folder / "code.zip")
    assert changed(project.deploy("code.zip")) == 1
    project.fill("code", {"handler.py": HANDLER})
    assert changed(project.deploy("code")) == 0


def test_settings_and_code_are_rolled_out_at_once(project: Project) -> None:
    project.fill("code", {"handler.py": HANDLER})
    project.deploy("code")
    project.fill("code", {"handler.py": HANDLER + "#"})
    task = {"name": "Deploy", "scw.cloud.scw_function": {**NAMED, "src": "code", "timeout": "10s"}}
    assert changed(project.play(tasks=[task])) == 1
    assert project.done == [UPLOAD, "UpdateFunction"]


@pytest.mark.parametrize("ignore", ["*.txt,notes", ["*.txt", "notes"]], ids=["text", "list"])
def test_other_patterns_take_the_place_of_the_usual_ones(project: Project, ignore: Any) -> None:
    project.fill("code", {"handler.py": HANDLER, "a.txt": "x", "notes/b.py": "x", ".env": "x"})
    output = project.deploy("code", ignore=ignore)
    shown = output[: output.index("PLAY RECAP")]
    assert '".env"' in shown
    assert "a.txt" not in shown
    assert "notes/b.py" not in shown


def test_a_task_may_run_in_the_background(project: Project) -> None:
    project.fill("code", {"handler.py": HANDLER})
    assert changed(project.deploy("code", **{"async": 60, "poll": 1})) == 1
    assert project.done == ["CreateFunction", UPLOAD, DEPLOY]


def test_an_absent_function_needs_no_code(project: Project) -> None:
    task = {"name": "Delete", "scw.cloud.scw_function": {**NAMED, "src": "no-such", "state": "absent"}}
    assert changed(project.play(tasks=[task])) == 0


def broken_link(folder: Path) -> None:
    (folder / "code").mkdir()
    (folder / "code/link").symlink_to("nowhere")


def empty_folder(folder: Path) -> None:
    (folder / "code").mkdir()


def some_text(folder: Path) -> None:
    (folder / "code").write_text("text")


def nothing(_folder: Path) -> None:
    """There is no such thing."""


@pytest.mark.parametrize(
    ("make", "options", "words"),
    [
        (nothing, {"src": "code"}, ["src: no folder or archive 'code' on the controller"]),
        (nothing, {"src": " "}, ["src: is empty"]),
        (empty_folder, {"src": "code"}, ["src: cannot pack 'code'", "no files"]),
        (broken_link, {"src": "code"}, ["src: cannot pack 'code'", "'link' is a symbolic link to nothing"]),
        (some_text, {"src": "code"}, ["src: the archive cannot be unpacked"]),
        (empty_folder, {"src": "code", "ignore": {"a": 1}}, ["ignore: is not a list"]),
    ],
)
def test_code_that_cannot_be_used_is_refused_clearly(
    project: Project, make: Any, options: dict[str, Any], words: Sequence[str]
) -> None:
    make(project.folder)
    output = project.deploy(options["src"], fails=True, ignore=options.get("ignore"))
    for word in words:
        assert word in " ".join(output.replace("\\n", " ").split())
    assert "Traceback (most recent call last)" not in output
    assert project.done == []
