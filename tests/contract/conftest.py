# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulator for all contract tests, reset before each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from contract.cloud import Cloud
from contract.container_cloud import ContainerCloud
from contract.edge_cloud import EdgeCloud
from contract.function_cloud import FunctionCloud
from emulator.testing import Emulator


@pytest.fixture(scope="session")
def shared_emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(shared_emulator: Emulator) -> Emulator:
    shared_emulator.reset()
    return shared_emulator


@pytest.fixture
def cloud(emulator: Emulator) -> Cloud:
    """A client of zone fr-par-1; everything settles at once."""
    emulator.settings(settle_reads=0)
    return Cloud(emulator)


@pytest.fixture
def containers(emulator: Emulator) -> ContainerCloud:
    """A client of Serverless Containers in region fr-par; everything settles at once."""
    emulator.settings(settle_reads=0, extra_field=False)
    return ContainerCloud(emulator)


@pytest.fixture
def slow_containers(emulator: Emulator) -> ContainerCloud:
    """The same with the usual settling: one sighting of anything unsettled."""
    emulator.settings(extra_field=False)
    return ContainerCloud(emulator)


@pytest.fixture
def edge(emulator: Emulator) -> EdgeCloud:
    """A client of Edge Services with a plan; everything settles at once."""
    emulator.settings(settle_reads=0, extra_field=False)
    cloud = EdgeCloud(emulator)
    cloud.subscribe()
    emulator.clear_journal()
    return cloud


@pytest.fixture
def functions(emulator: Emulator) -> FunctionCloud:
    """A client of Serverless Functions in region fr-par; everything settles at once."""
    emulator.settings(settle_reads=0, extra_field=False)
    return FunctionCloud(emulator)


@pytest.fixture
def slow_functions(emulator: Emulator) -> FunctionCloud:
    """The same with the usual settling: one sighting of anything unsettled."""
    emulator.settings(extra_field=False)
    return FunctionCloud(emulator)


@pytest.fixture
def slow_edge(edge: EdgeCloud) -> EdgeCloud:
    """The same with the usual settling: one sighting of anything unsettled."""
    edge.emulator.settings(settle_reads=1)
    return edge


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much of the vendor's requests the descriptions cover."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            if name == "contract coverage":
                terminalreporter.write_line(f"{name}: {value}")
