# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment: a build context is made of it, and it gets what the collection needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from awx import data
from programs import PROGRAMS, SEARCH_PATH

DEFINITION = data.DATA / "execution-environment.yml"


def _run(folder: Path, *command: str) -> str:
    environment = {"HOME": str(folder), "PATH": SEARCH_PATH}
    done = subprocess.run(
        [PROGRAMS / command[0], *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _version() -> str:
    return str(data.read(data.ROOT / "galaxy.yml")["version"])


@pytest.fixture
def context(tmp_path: Path) -> Path:
    """A build context, made as its head says, of an artifact that is empty."""
    definition = tmp_path / "extensions" / "awx" / DEFINITION.name
    definition.parent.mkdir(parents=True)
    shutil.copy(DEFINITION, definition)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / f"scw-cloud-{_version()}.tar.gz").touch()
    _run(tmp_path, "ansible-builder", "create", "-f", str(definition), "-c", "context")
    return tmp_path / "context"


def test_the_image_gets_the_collection_of_this_version_and_the_engine_of_awx(context: Path) -> None:
    (image,) = context.glob("*file")
    instructions = image.read_text()
    assert "ansible-runner>=2.4" in instructions
    assert "ansible-core>=2.18" in instructions
    (collection,) = data.read(context / "_build" / "requirements.yml")["collections"]
    assert collection["type"] == "file"
    # The context is copied to /build before the collections are installed.
    assert "COPY _build /build" in instructions
    assert (context / "_build" / Path(collection["name"]).relative_to("/build")).exists()


def test_the_image_has_an_ansible_that_the_collection_supports() -> None:
    lowest = data.read(data.ROOT / "meta" / "runtime.yml")["requires_ansible"].removesuffix(".0")
    assert f"ansible-core{lowest}," in data.read(DEFINITION)["dependencies"]["ansible_core"]["package_pip"]


def test_the_collection_asks_for_the_libraries_that_its_plugins_import(tmp_path: Path) -> None:
    (tmp_path / "ansible_collections" / "scw").mkdir(parents=True)
    (tmp_path / "ansible_collections" / "scw" / "cloud").symlink_to(data.ROOT)
    wanted = tmp_path / "requirements.txt"
    _run(tmp_path, "ansible-builder", "introspect", "--write-pip", str(wanted), str(tmp_path))
    found = [line.split(" #")[0].strip() for line in wanted.read_text().splitlines() if line.strip()]
    assert found == ["requests>=2.31", "argon2-cffi>=21.2"]
