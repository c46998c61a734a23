# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failures: loud, naming the location, leaving nothing behind, and telling no secret."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import TOKEN
from inventory.conftest import Inventory, Said

NEWER = ("fr-par-2", "nl-ams-1", "nl-ams-2", "nl-ams-3", "pl-waw-1", "pl-waw-2", "pl-waw-3")


def failing(inventory: Inventory, kind: str, place: str, **more: Any) -> None:
    """Have every request to one location go wrong."""
    rule = {"kind": kind, "operation": "*", "path": f"/{place}/", "count": None, **more}
    inventory.emulator.faults([rule])


def assert_failed(said: Said, *words: str) -> None:
    """The program failed, said these words, no host and no key."""
    assert said.code != 0
    for word in words:
        assert said.says(word)
    assert "web" not in said.output
    assert not said.says(TOKEN)
    assert not said.says("Traceback")


@pytest.mark.parametrize("status", [401, 403, 501])
def test_a_refusal_in_one_zone_fails_the_whole_source_and_names_the_zone(inventory: Inventory, status: int) -> None:
    inventory.lb("web")
    failing(inventory, "status", "zones/nl-ams-2", status=status)
    assert_failed(inventory.listed("all.scw_lb.yml"), "scw.cloud.scw_lb: nl-ams-2: Could not list", str(status))


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "truncate"}], ids=["500", "truncated"])
def test_an_answer_that_stays_unusable_fails_the_whole_source(inventory: Inventory, fault: dict[str, Any]) -> None:
    inventory.lb("web")
    failing(inventory, place="zones/pl-waw-1", **fault)
    said = inventory.listed("all.scw_lb.yml", fetch_timeout=2)
    assert_failed(said, "pl-waw-1: Gave up, because it would take longer than 2 s", "raise fetch_timeout")


def test_an_answer_that_fails_once_is_asked_for_again(inventory: Inventory) -> None:
    inventory.lb("web")
    inventory.emulator.faults([{"kind": "status", "operation": "ListLBs", "status": 503, "count": 1}])
    assert list(inventory.listed("all.scw_lb.yml").hosts) == ["web"]


def test_several_refusals_are_named_together(inventory: Inventory) -> None:
    inventory.emulator.settings(tokens=["33333333-3333-4333-8333-333333333333"])
    said = inventory.listed("all.scw_lb.yml")
    assert_failed(said, "fr-par-1: Could not list", "401", ", ".join(NEWER))


def test_a_forbidden_region_is_left_out_with_a_warning_if_the_file_allows_that(inventory: Inventory) -> None:
    inventory.emulator.seed(container_namespaces=3, containers=3)
    failing(inventory, "status", "regions/nl-ams", status=403)
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": "cache"}
    said = inventory.listed("all.scw_container.yml", strict_permissions=False, **cache)
    assert sorted(said.hosts) == ["container-00000", "container-00002"]
    assert said.says("the inventory is not complete, nl-ams is left out: Could not list")
    folder = inventory.folder / "cache"
    assert not folder.exists() or list(folder.iterdir()) == []
    inventory.emulator.faults([])
    assert len(inventory.listed("all.scw_container.yml", strict_permissions=False, **cache).hosts) == 3


@pytest.mark.parametrize("status", [401, 501])
def test_the_tolerance_is_for_permissions_only(inventory: Inventory, status: int) -> None:
    inventory.lb("web")
    failing(inventory, "status", "zones/nl-ams-2", status=status)
    assert_failed(inventory.listed("all.scw_lb.yml", strict_permissions=False), "nl-ams-2: Could not list")


def test_a_failure_while_reading_details_is_one_of_the_whole_source(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=3)
    rule = {"kind": "status", "operation": "ListBackends", "status": 501, "after": 1, "count": 1}
    inventory.emulator.faults([rule])
    said = inventory.listed("all.scw_lb.yml", include=["backends"])
    assert_failed(said, "Could not list the backends of lb", "501")


def test_a_load_balancer_that_goes_while_it_is_read_is_left_out(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=2)
    rule = {"kind": "status", "operation": "ListBackends", "status": 404, "count": 1}
    inventory.emulator.faults([rule])
    assert len(inventory.listed("all.scw_lb.yml", include=["backends"]).hosts) == 1


def test_a_failing_source_leaves_nothing_of_itself_beside_others(inventory: Inventory) -> None:
    inventory.lb("web")
    inventory.lb("broken")
    inventory.environment["ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"] = "false"
    good = inventory.folder / "hosts.yml"
    good.write_text("all: {hosts: {static: {}}}")
    options = {"strict": True, "compose": {"x": "scw_name if scw_name == 'web' else nothing_of_that_name"}}
    said = inventory.list(good, inventory.write("all.scw_lb.yml", **options))
    assert set(said.hosts) <= {"static"}
    assert "scw_lb" not in said.data
    assert said.says("nothing_of_that_name")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"secret_key": f"{TOKEN}0"}, "secret_key is not a secret key"),
        ({"secret_key": TOKEN, "api_timeout": "soon"}, "api_timeout"),
        ({"secret_key": TOKEN, "api_url": "http://api.example.com"}, "in clear"),
        ({"secret_key": [TOKEN]}, "secret_key"),
        ({"secret_key": f"{{{{ '{TOKEN}' | nothing }}}}"}, "secret_key: the template cannot be rendered"),
    ],
)
def test_a_key_in_the_file_is_in_no_message(inventory: Inventory, options: dict[str, Any], words: str) -> None:
    said = inventory.listed("all.scw_lb.yml", **options)
    assert_failed(said, words)
