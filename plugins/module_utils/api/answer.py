# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API answers, and what of it counts as JSON. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

DEEPEST = 100
"""Lists and objects in each other. The API has fewer than ten; nobody can work with what has a thousand."""


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def read_json(content: bytes) -> Any:
    """What the content says; None where that is not JSON, which has no NaN, or is nested as nobody means it."""
    try:
        parsed = json.loads(content, parse_constant=_number, parse_float=_number)
    except (ValueError, RecursionError):
        return None
    return None if is_deep(parsed) else parsed


def without_markup(text: str) -> str:
    """What a reader of a page sees, in one line; other texts are as they are, but for their blanks."""
    page = text.lstrip().startswith("<")
    return " ".join((re.sub(r"<[^>]*>", " ", text) if page else text).split())


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def is_deep(value: Any) -> bool:
    """Whether lists and objects are in each other deeper than anybody means."""
    level = [value]
    for _depth in range(DEEPEST):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [nested for group in inner for nested in group]
        if not level:
            return False
    return True
