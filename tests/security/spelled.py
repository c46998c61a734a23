# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of a run, how somebody may spell them, and where they are found although they should not."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote


def word(number: int) -> str:
    """A word that is in no other place, so that finding it means a leak; no way to escape a text changes it."""
    return f"5ecret{number:02}w0rd"


def secret_text(number: int) -> str:
    """A secret with whatever programs stumble over, and two words of its own."""
    return f'{word(number)} "it\'s" <a&b> {{{{ 6*7 }}}} %s 100%\\n é\n{word(number + 50)}'


def echoes(secret: str) -> str:
    """What a server says that quotes a secret in every way it knows."""
    ways = [secret, json.dumps(secret), repr(secret), html.escape(secret), quote(secret, safe="")]
    ways += [json.dumps(secret).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")]
    ways += [base64.b64encode(secret.encode()).decode(), "\r\n".join(secret.splitlines())]
    return "bad value: " + " | ".join(ways)


def forms(secret: str) -> Iterator[str]:
    """What of a secret must be found nowhere: each line of it, raw and escaped, and its middle in base64."""
    lines = [line.strip() for line in secret.splitlines() if len(line.strip()) > 8 and "-----" not in line]
    for line in lines:
        yield from {line, json.dumps(line)[1:-1], quote(line, safe=""), html.escape(line)}
    for part in {secret, *lines}:
        yield from _in_base64(part.encode())


def _in_base64(raw: bytes) -> Iterator[str]:
    """What stays of bytes in base64 wherever in a longer text they stand."""
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + raw).decode().rstrip("=")
        yield encoded[2 + shift : -2]


def leaks(secrets: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    """Where a secret is, by the name of the text, with some of what is around it."""
    found = []
    for secret in secrets:
        for form in forms(secret):
            for name, text in texts.items():
                place = text.find(form)
                if place < 0:
                    place = text.lower().find(form.lower()) if "-" in form else -1
                if place >= 0:
                    found.append(f"{name}: {form[:40]!r} in {text[max(0, place - 150) : place + len(form) + 50]!r}")
    return found


def files_below(folder: Path, *known: Path) -> dict[str, str]:
    """Contents of all files in a folder by their paths, those aside that the test put there."""
    files = [path for path in folder.rglob("*") if path.is_file() and path not in known]
    return {str(path.relative_to(folder)): path.read_bytes().decode(errors="replace") for path in files}
