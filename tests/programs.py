# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of Ansible as somebody runs them who has an account on the emulator, and nothing else set."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ansible.release import __version__ as ansible_version

from behaviour.account import PROJECT_ID, TOKEN
from emulator.testing import Emulator

PROGRAMS = Path(sys.executable).parent
SEARCH_PATH = f"{PROGRAMS}:/usr/bin:/bin"
SINCE_2_19 = not ansible_version.startswith("2.18.")
"""Whether this Ansible is newer than 2.18, which shows errors, types and marked values in another way."""


def environment(emulator: Emulator, home: Path, **more: str) -> dict[str, str]:
    """All variables that a program is to have; ``more``: what is special."""
    variables = {
        "HOME": str(home),
        "PATH": SEARCH_PATH,
        "SCW_API_URL": emulator.url,
        "SCW_SECRET_KEY": TOKEN,
        "ANSIBLE_NOCOLOR": "true",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        **more,
    }
    if "ANSIBLE_COLLECTIONS_PATH" in os.environ:
        variables["ANSIBLE_COLLECTIONS_PATH"] = os.environ["ANSIBLE_COLLECTIONS_PATH"]
    return variables


def typed_in(emulator: Emulator, home: Path, folder: Path) -> dict[str, str]:
    """The environment of a terminal in this directory, for plays without an inventory."""
    return environment(
        emulator,
        home,
        PWD=str(folder),
        SCW_DEFAULT_PROJECT_ID=PROJECT_ID,
        ANSIBLE_LOCALHOST_WARNING="false",
        ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
    )
