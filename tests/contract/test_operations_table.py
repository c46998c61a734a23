# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``docs/operations.md``: which module reaches which operation, against the SDK and the descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.sdk_calls import anonymous
from contract.test_descriptions import CALLS, SDK, fill_scope
from naming import module_of

ROOT = Path(__file__).parents[2]
ROW = re.compile(
    r"\| (?P<name>\w+) \| (?P<method>[A-Z]+) `(?P<path>[^`]+)` \| (?P<kinds>[a-z, ]+) \| (?P<modules>[^|]+) \|"
)
PREFIXES = {"zone": "zones/{}", "region": "regions/{}"}
# The APIs by the titles of their tables.
TABLES = {"Load Balancer": "/lb/v1", "Serverless Containers": "/containers/v1"}
# What no description says, because a module goes to the API by itself.
BY_THEMSELVES = {
    ("POST", "/backends/{}/servers"): "scw_lb_backend_server",
    ("DELETE", "/backends/{}/servers"): "scw_lb_backend_server",
    ("GET", "/lbs/{}/stats"): "scw_lb_stats_info",
    ("GET", "/lbs/{}/backend-stats"): "scw_lb_stats_info",
    ("GET", "/lb-types"): "scw_lb_type_info",
    ("POST", "/lb/{}/subscribe"): "scw_lb",
    ("DELETE", "/lb/{}/unsubscribe"): "scw_lb",
    ("POST", "/containers/{}/redeploy"): "scw_container_redeploy",
}


class Row:
    """One operation at one kind of location."""

    def __init__(self, found: re.Match[str], base: str, kind: str) -> None:
        self.base = base
        self.name = found["name"]
        self.method = found["method"]
        self.path = anonymous(found["path"])
        self.kind = kind
        self.modules = re.findall(r"`(\w+)`", found["modules"])

    @property
    def call(self) -> tuple[str, str]:
        """Method and full path."""
        return self.method, f"{self.base}/{PREFIXES[self.kind]}{self.path}"


def rows() -> Iterator[Row]:
    for part in (ROOT / "docs" / "operations.md").read_text().split("\n## ")[1:]:
        title, table = part.split("\n", 1)
        for found in ROW.finditer(table):
            yield from (Row(found, TABLES[title], kind) for kind in found["kinds"].split(", "))


ROWS = list(rows())
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.kind}")


def described() -> dict[tuple[str, str], set[str]]:
    """Modules by the calls that their descriptions make."""
    found: dict[tuple[str, str], set[str]] = {}
    for call in CALLS:
        path = anonymous(fill_scope(call.resource, call.path, call.scope))
        module = module_of(call.resource)
        modules = found.setdefault((call.method, path), set())
        if call.resource.set_all and call.path == call.resource.set_all.path and call.method == "PUT":
            modules.update({"scw_lb_acls", "scw_lb"})
        else:
            modules.update({module, f"{module}_info"} if call.method == "GET" else {module})
    return found


def test_the_table_has_every_operation_of_the_sdk() -> None:
    assert {row.call for row in ROWS} == set(SDK)


@every_row
def test_every_operation_is_reached_by_modules_that_exist(row: Row) -> None:
    assert row.modules
    for module in row.modules:
        assert (ROOT / "plugins" / "modules" / f"{module}.py").exists()


@every_row
def test_the_modules_named_are_those_that_reach_it(row: Row) -> None:
    alone = BY_THEMSELVES.get((row.method, row.path))
    assert set(row.modules) == ({alone} if alone else described()[row.call])
