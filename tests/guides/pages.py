# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page tells its reader to do: files to save, commands to type and what they answer, plays and tasks to run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_BLOCK = re.compile(
    r"^<!-- change: (?P<changed>\S+) (?P<old>\S+) (?P<new>\S+) -->$"
    r"|(?:^<!-- file: (?P<file>\S+) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OLD = ("community.general.", "scaleway.scaleway.")
RUN = ("ansible", "ansible-inventory", "ansible-playbook", "cat", "export", "unset")
"""Commands that are followed. Others install something or have tests of their own."""


@dataclass(frozen=True)
class File:
    """A block of text to be saved under this name."""

    name: str
    text: str


@dataclass(frozen=True)
class Change:
    """Words in a file to be replaced."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Command:
    """A command to be typed, and what the page says it answers; nothing if it does not say."""

    line: str
    answer: str

    def is_answered_by(self, output: str) -> bool:
        """Whether the page shows this output. IDs may differ, and … stands for anything."""
        return re.fullmatch(_pattern(self.answer), _plain(output), re.DOTALL) is not None


@dataclass(frozen=True)
class Plays:
    """Plays that stand in the page themselves; tasks alone are made a play about localhost."""

    line: int
    plays: list[dict[str, Any]]


@dataclass(frozen=True)
class Tasks:
    """Tasks of another collection, beside which the page puts its own."""

    line: int
    modules: list[str]


@dataclass(frozen=True)
class Source:
    """Anything else in YAML, such as the source of an inventory."""

    line: int
    content: Any


Step = File | Change | Command | Plays | Tasks | Source


def read(path: Path) -> list[Step]:
    """The steps of a page, in their order."""
    text = path.read_text(encoding="utf-8")
    return [step for block in _BLOCK.finditer(text) for step in _steps(block, text.count("\n", 0, block.start()) + 1)]


def _steps(block: re.Match[str], line: int) -> Iterator[Step]:
    if block["changed"]:
        yield Change(block["changed"], block["old"], block["new"])
    elif block["file"]:
        yield File(block["file"], block["text"])
    elif block["language"] == "console":
        yield from _commands(block["text"])
    elif block["language"] == "yaml":
        yield _yaml(yaml.safe_load(block["text"]), line)


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _newline, answer = re.sub(r"\\\n\s*", "", part).partition("\n")
        yield Command(line, answer)


def _yaml(content: Any, line: int) -> Step:
    if not isinstance(content, list):
        return Source(line, content)
    old = [key for item in content for key in item if key.startswith(_OLD)]
    if old:
        return Tasks(line, old)
    if all("hosts" in item or "ansible.builtin.import_playbook" in item for item in content):
        return Plays(line, content)
    name = f"The tasks in line {line}"
    return Plays(line, [{"name": name, "hosts": "localhost", "gather_facts": False, "tasks": content}])


def as_newer_versions_show(output: str) -> str:
    """What ansible-core 2.18 wrote, with errors and values as newer versions show them, which is what pages do."""
    unmarked = re.sub(r'\{\s*"__ansible_unsafe": ("(?:[^"\\]|\\.)*")\s*\}', r"\1", output)
    return re.sub(r"^fatal: \[\S+\]: FAILED! => (\{.*\})$", _error, unmarked, flags=re.MULTILINE)


def _error(failed: re.Match[str]) -> str:
    return f"[ERROR]: Task failed: {json.loads(failed[1])['msg']}\n{failed[0]}"


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _pattern(answer: str) -> str:
    escaped = re.escape(_UUID.sub("\0", _plain(answer)))
    return escaped.replace("\0", _UUID.pattern).replace("…", ".*")
