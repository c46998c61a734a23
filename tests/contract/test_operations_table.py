# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``docs/operations.md``: which module reaches which operation, against the SDK and the descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from contract.sdk_calls import anonymous
from contract.test_descriptions import CALLS, SDK, fill_scope
from naming import module_of

ROOT = Path(__file__).parents[2]
ROW = re.compile(
    r"\| (?P<name>\w+) \| (?P<method>[A-Z]+) `(?P<path>[^`]+)` \| (?P<kinds>[a-z, ]+) \| (?P<modules>[^|]+) \|"
)
PREFIXES = {"zone": "/zones/{}", "region": "/regions/{}", "global": ""}
# The APIs by the titles of their tables.
TABLES = {
    "Load Balancer": "/lb/v1",
    "Serverless Containers": "/containers/v1",
    "Serverless Functions": "/functions/v1beta1",
    "Edge Services": "/edge-services/v1beta1",
}
# What no description says, because a module goes to the API by itself.
BY_THEMSELVES: Mapping[tuple[str, str], set[str]] = {
    ("POST", "/backends/{}/servers"): {"scw_lb_backend_server"},
    ("DELETE", "/backends/{}/servers"): {"scw_lb_backend_server"},
    ("GET", "/lbs/{}/stats"): {"scw_lb_stats_info"},
    ("GET", "/lbs/{}/backend-stats"): {"scw_lb_stats_info"},
    ("GET", "/lb-types"): {"scw_lb_type_info"},
    ("POST", "/lb/{}/subscribe"): {"scw_lb"},
    ("DELETE", "/lb/{}/unsubscribe"): {"scw_lb"},
    ("POST", "/containers/{}/redeploy"): {"scw_container_redeploy"},
    ("POST", "/functions/{}/deploy"): {"scw_function", "scw_function_deploy"},
    ("GET", "/functions/{}/upload-url"): {"scw_function"},
    ("GET", "/functions/{}/download-url"): {"scw_function", "scw_function_code"},
    ("GET", "/runtimes"): {"scw_function", "scw_function_runtime_info"},
    ("GET", "/tokens"): {"scw_function_token", "scw_function_token_info"},
    ("POST", "/tokens"): {"scw_function_token"},
    ("GET", "/tokens/{}"): {"scw_function_token", "scw_function_token_info"},
    ("DELETE", "/tokens/{}"): {"scw_function_token"},
    ("GET", "/plans"): {"scw_edge_plan_info"},
    ("PATCH", "/current-plan"): {"scw_edge_plan"},
    ("GET", "/current-plan/{}"): {"scw_edge_plan", "scw_edge_plan_info"},
    ("DELETE", "/current-plan/{}"): {"scw_edge_plan"},
    ("GET", "/billing/{}"): {"scw_edge_plan_info"},
    ("POST", "/purge-requests"): {"scw_edge_purge"},
    ("GET", "/purge-requests"): {"scw_edge_purge"},
    ("GET", "/purge-requests/{}"): {"scw_edge_purge"},
    **{("POST", f"/check-{what}"): {"scw_edge_check"} for what in ("domain", "pem-chain", "lb-origin")},
}


# What no module reaches, with the reason.
UNREACHED: Mapping[tuple[str, str], str] = {
    ("GET", "/pipelines-stages"): "the modules that list stages say the same",
    ("GET", "/search-backend-stages"): "the module that lists the backend stages of a pipeline says the same",
    ("GET", "/search-waf-stages"): "the module that lists the WAF stages of a pipeline says the same",
    ("GET", "/search-route-rules"): "the module that lists route stages says the same",
    ("POST", "/route-stages/{}/route-rules"): "rules are replaced as a whole, which keeps their order",
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
        return self.method, f"{self.base}{PREFIXES[self.kind]}{self.path}"


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
    assert bool(row.modules) is ((row.method, row.path) not in UNREACHED)
    for module in row.modules:
        assert (ROOT / "plugins" / "modules" / f"{module}.py").exists()


@every_row
def test_the_modules_named_are_those_that_reach_it(row: Row) -> None:
    alone = set() if (row.method, row.path) in UNREACHED else BY_THEMSELVES.get((row.method, row.path))
    assert set(row.modules) == (described()[row.call] if alone is None else alone)
