# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All stories: those of the modules stories_*.py beside this one, each of which lists its own as ``STORIES``.

What a story can say is in ``story``. ``stories_resources`` are generated from the descriptions; all others are written.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from faults.story import Story

MODULES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("stories_*.py")))


def all_stories() -> tuple[Story, ...]:
    """Every story, in the order of the files and within them."""
    return tuple(story for name in MODULES for story in import_module(f"faults.{name}").STORIES)
