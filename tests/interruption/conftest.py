# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often plays are killed, and the account and the directory in which they run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from emulator.testing import Emulator
from interruption.killing import Stage, rounds

ROUNDS = 12


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rounds", type=int, default=ROUNDS, help=f"how often plays are killed, {ROUNDS} times if not said"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "round" in metafunc.fixturenames:
        chosen = rounds(metafunc.config.getoption("--rounds"))
        metafunc.parametrize("round", chosen, ids=map(str, chosen))


@pytest.fixture(scope="session")
def stage(running_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(running_emulator, tmp_path_factory.mktemp("plays")) as stage:
        yield stage
