# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache: read before anything else, good for exactly what the file asks, and never made of half an answer."""

from __future__ import annotations

import json
import os
from typing import Any

from inventory.conftest import Inventory

CACHE: dict[str, Any] = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": "cache"}


def test_the_second_run_asks_nobody_and_needs_no_key(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=3)
    first = inventory.listed("all.scw_lb.yml", **CACHE)
    assert inventory.reads()
    for name in ("SCW_SECRET_KEY", "SCW_API_URL"):
        del inventory.environment[name]
    second = inventory.listed("all.scw_lb.yml", **CACHE)
    assert second.data == first.data
    assert inventory.reads() == []


def test_reading_the_cache_does_not_make_it_younger(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=1)
    inventory.listed("all.scw_lb.yml", **CACHE)
    (file,) = (inventory.folder / "cache").iterdir()
    an_hour_ago = file.stat().st_mtime - 3600
    os.utime(file, (an_hour_ago, an_hour_ago))
    before = file.stat().st_mtime_ns
    inventory.reads()
    inventory.listed("all.scw_lb.yml", cache_timeout=4000, **CACHE)
    assert file.stat().st_mtime_ns == before
    assert inventory.reads() == []
    inventory.listed("all.scw_lb.yml", cache_timeout=3000, **CACHE)
    assert inventory.reads()
    assert file.stat().st_mtime_ns != before


def test_the_cache_holds_plain_data_and_no_key(inventory: Inventory) -> None:
    inventory.lb("web")
    inventory.listed("all.scw_lb.yml", **CACHE)
    (file,) = (inventory.folder / "cache").iterdir()
    content = json.loads(file.read_text())
    content = json.loads(content["__payload__"]) if "__payload__" in content else content
    assert [item["object"]["name"] for item in content["items"]] == ["web"]
    assert inventory.environment["SCW_SECRET_KEY"] not in file.read_text()


def test_the_cache_is_good_for_what_the_file_asked_only(inventory: Inventory) -> None:
    inventory.emulator.seed(lbs=8, backends_per_lb=1)
    inventory.listed("all.scw_lb.yml", zones=["fr-par-1"], **CACHE)
    inventory.reads()
    assert len(inventory.listed("all.scw_lb.yml", zones=["fr-par-1", "fr-par-2"], **CACHE).hosts) == 2
    assert inventory.reads()
    hosts = inventory.listed("all.scw_lb.yml", zones=["fr-par-1", "fr-par-2"], include=["backends"], **CACHE).hosts
    assert all(variables["scw_backends"] for variables in hosts.values())
    inventory.reads()
    # What is filtered here is filtered anew each time.
    inventory.listed("all.scw_lb.yml", zones=["fr-par-1", "fr-par-2"], include=["backends"], tags=["x"], **CACHE)
    assert inventory.reads() == []


def test_an_inventory_source_as_awx_has_it(inventory: Inventory) -> None:
    inventory.lb("web")
    folder = inventory.folder / "project" / "inventories"
    folder.mkdir(parents=True)
    (folder / "prod.scw_lb.yml").write_text("plugin: scw.cloud.scw_lb\nservers: true\n")
    del inventory.environment["HOME"]
    inventory.environment |= {
        "ANSIBLE_INVENTORY_CACHE": "true",
        "ANSIBLE_INVENTORY_CACHE_PLUGIN": "ansible.builtin.jsonfile",
        "ANSIBLE_INVENTORY_CACHE_CONNECTION": str(inventory.folder / "awx-cache"),
        "ANSIBLE_LOCAL_TEMP": str(inventory.folder / "tmp"),
        "ANSIBLE_INVENTORY_ENABLED": "auto",
    }
    said = inventory.run("ansible-inventory", [folder], "--list", "--export")
    assert said.hosts["web"]["scw_name"] == "web"
    assert len(list((inventory.folder / "awx-cache").iterdir())) == 1
