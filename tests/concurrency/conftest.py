# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account and the directory in which plays run side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concurrency.crowd import Crowd
from emulator.testing import Emulator


@pytest.fixture(scope="session")
def running_crowd(running_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with Crowd(running_emulator, tmp_path_factory.mktemp("plays")) as crowd:
        yield crowd


@pytest.fixture
def crowd(running_crowd: Crowd) -> Crowd:
    running_crowd.emulator.reset()
    return running_crowd
