# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration file that is none, or that was made to do harm: one sentence, soon, and nothing of what it holds."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.api import config_file
from ansible_collections.scw.cloud.plugins.module_utils.api.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError
from behaviour.runner import run_module
from emulator.testing import Emulator
from security.bounded import bounded

KEY = "5ecade00-dead-4bee-8f00-c0ffee5ec4e8"


def _circle(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def _shut(path: Path) -> None:
    path.write_text(f"secret_key: {KEY}")
    path.chmod(0)


NO_FILES: Mapping[str, Callable[[Path], Any]] = {
    "a folder": Path.mkdir,
    "a pipe that nobody writes to": os.mkfifo,
    "a socket": _socket,
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a device of nothing": lambda path: path.symlink_to("/dev/null"),
    "links in a circle": _circle,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a file in a file": lambda path: path.parent.joinpath("x").write_text("") and None,
}


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    path = tmp_path / "config.yaml"
    make(path)
    with bounded(), pytest.raises(ConfigError) as raised:
        load_settings({"config_file": str(path)}, {})
    assert str(path) in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is shut to this user")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    _shut(path)
    with pytest.raises(ConfigError, match="Permission"):
        load_settings({"config_file": str(path)}, {})


def test_a_pipe_does_not_hold_up_a_task_that_needs_no_file(emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / ".config" / "scw").mkdir(parents=True)
    os.mkfifo(tmp_path / ".config" / "scw" / "config.yaml")
    with bounded():
        run = run_module(emulator, "scw_lb_info", {})
    assert run.failed
    assert str(tmp_path / ".config" / "scw" / "config.yaml") in run.message


def bomb(last: str, shape: str = "[*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}]") -> str:
    """YAML of a few lines that stands for nine to the power of nine words; ``last`` uses ``*a9``."""
    lines = ["a0: &a0 lol"] + [f"a{n}: &a{n} {shape.format(f'a{n - 1}')}" for n in range(1, 10)]
    return "\n".join([*lines, last])


def merged(count: int) -> str:
    """YAML whose mappings take over all of each other, many times."""
    lines = ["a0: &a0 {k0: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: v}}" for n in range(1, count)]
    return "\n".join(lines)


BOMBS = {
    **{
        name: bomb(f"{name}: *a9") for name in ("secret_key", "access_key", "default_project_id", "api_url", "insecure")
    },
    "default_zone": bomb("default_zone: *a9"),
    "active_profile": bomb("active_profile: *a9"),
    "profiles": bomb("active_profile: p\nprofiles: *a9"),
    "profile": bomb("active_profile: p\nprofiles: {p: *a9}"),
    "in a profile": bomb("active_profile: p\nprofiles: {p: {secret_key: *a9}}"),
    "mappings": bomb("secret_key: *a9", "{{a: *{0}, b: *{0}, c: *{0}, d: *{0}, e: *{0}, f: *{0}, g: *{0}}}"),
    "merged": merged(10),
    "merged often": merged(200),
    "huge": f"secret_key: {KEY}\n" + "#" * (8 << 20),
    "wide": f"secret_key: {KEY}\n" + "\n".join(f"k{n}: v" for n in range(150_000)),
    "one word": f"secret_key: {KEY * 20_000}",
    "an object of Python": f"secret_key: !!python/object/apply:os.system ['touch evaluated {KEY}']",
    "a name of Python": f"secret_key: !!python/name:os.system {KEY}",
    "bytes": f"secret_key: !!binary {KEY.replace('-', '')}",
    "an own tag": f"secret_key: !vault {KEY}",
    "Jinja": f'secret_key: \'{{{{ lookup("pipe", "touch evaluated") }}}}{KEY}\'',
    "no text": f"secret_key: {KEY}\0",
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_a_file_that_was_made_to_do_harm_is_refused_soon(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.yaml"
    path.write_text(content)
    with bounded(seconds=2), pytest.raises(ConfigError) as raised:
        load_settings({"config_file": str(path)}, {})
    said = str(raised.value)
    assert len(said) < 400
    assert KEY not in said
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    start = f"secret_key: {KEY}\n# "
    path.write_text(start + "x" * (config_file._MOST_BYTES - len(start)))
    assert load_settings({"config_file": str(path)}, {}).secret_key == KEY
    with open(path, "a") as file:
        file.write("x")
    with pytest.raises(ConfigError, match="1048576 bytes"):
        load_settings({"config_file": str(path)}, {})


def test_mappings_may_take_over_from_each_other(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        f"profiles:\n  a: &a {{secret_key: {KEY}, default_zone: nl-ams-1}}\n  b: {{<<: *a, default_zone: pl-waw-1}}"
    )
    settings = load_settings({"config_file": str(path), "profile": "b"}, {})
    assert (settings.secret_key, settings.zone) == (KEY, "pl-waw-1")
