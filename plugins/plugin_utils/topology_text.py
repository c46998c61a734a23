# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text in a picture: made harmless, measured without a font, shortened. Pure."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Any

ELLIPSIS = "…"
_NARROW = frozenset("iIjl.,:;'|!/\\ ()[]-")
_SLIM = frozenset('frt*"_')
_BROAD = frozenset("mwMW@%—…&")


def plain(value: Any) -> str:
    """A text in one line, without characters that are invisible or change the direction of others."""
    text = "" if value is None else str(value)
    return "".join("·" if unicodedata.category(sign)[0] == "C" else sign for sign in text).strip()


def escaped(value: Any) -> str:
    """A text as it may stand in HTML and SVG, in an attribute too."""
    return escape(plain(value), quote=True)


def width(text: str, size: float) -> float:
    """About how wide a text is in a font without serifs of this size; rather too much than too little."""
    return sum(map(_share, text)) * size


def _share(sign: str) -> float:
    if sign in _NARROW:
        return 0.36
    if sign in _SLIM:
        return 0.45
    if sign in _BROAD:
        return 0.95
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if not sign.isascii() and sign.isalpha():
        return 1.05 if sign.isupper() else 0.85
    if sign.isupper():
        return 0.72
    return 0.64 if sign.isdigit() else 0.61


def shortened(text: str, room: float, size: float) -> str:
    """The text, or as much of its beginning as there is room for."""
    text = plain(text)
    if width(text, size) <= room:
        return text
    room -= width(ELLIPSIS, size)
    kept = ""
    for sign in text:
        if width(kept + sign, size) > room:
            break
        kept += sign
    return kept.rstrip() + ELLIPSIS


def date(moment: Any) -> str:
    """The day of a moment as the API writes it."""
    return plain(moment)[:10]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
