# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options: which hosts, which groups, and what is said about options that cannot be right."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import PROJECT_ID
from inventory.conftest import Inventory

LISTED = "fr-par-1, fr-par-2, nl-ams-1, nl-ams-2, nl-ams-3, pl-waw-1, pl-waw-2, pl-waw-3"


@pytest.mark.parametrize(
    ("options", "zones"),
    [
        ({"zones": ["nl-ams-3", "fr-par-1"]}, ["fr-par-1", "nl-ams-3"]),
        ({"regions": ["nl-ams"]}, ["nl-ams-1", "nl-ams-2", "nl-ams-3"]),
        ({"regions": ["fr-par"], "zones": ["pl-waw-1"]}, ["fr-par-1", "fr-par-2", "pl-waw-1"]),
        ({}, LISTED.split(", ")),
    ],
)
def test_only_the_places_of_the_file_are_asked(inventory: Inventory, options: dict[str, Any], zones: list[str]) -> None:
    inventory.emulator.seed(lbs=8)
    hosts = inventory.listed("all.scw_lb.yml", **options).hosts
    assert sorted(variables["scw_zone"] for variables in hosts.values()) == zones
    assert sorted({path.split("/")[4] for path in inventory.reads()}) == zones


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"tags": ["production", "test"]}, ["lb-00000", "lb-00002", "lb-00003"]),
        ({"names": ["*-0000[12]", "lb-00003"]}, ["lb-00001", "lb-00002", "lb-00003"]),
        ({"status": ["error"]}, []),
        ({"filters": [{"include": "'test' in scw_tags"}]}, ["lb-00002"]),
        ({"filters": [{"exclude": "'test' in scw_tags"}]}, ["lb-00000", "lb-00001", "lb-00003"]),
        (
            {"filters": [{"exclude": "scw_name.endswith('3')"}, {"include": "'production' in scw_tags"}]},
            ["lb-00000"],
        ),
        ({"filters": [{"include": "scw_tags | length"}, {"exclude": True}]}, "0123"),
        ({"projects": [PROJECT_ID]}, []),
    ],
)
def test_only_the_wanted_hosts_are_there(inventory: Inventory, options: dict[str, Any], names: Any) -> None:
    inventory.emulator.seed(lbs=4)
    said = inventory.listed("all.scw_lb.yml", **options)
    assert said.group("scw_lb") == ([f"lb-0000{digit}" for digit in names] if isinstance(names, str) else names)


def test_constructed_features_work_with_the_prefix_of_the_file(inventory: Inventory) -> None:
    inventory.lb("web", tags=["shop"])
    said = inventory.listed(
        "all.scw_lb.yml",
        hostvars_prefix="lb_",
        default_groups=False,
        hostnames=["lb_name ~ '-1'"],
        compose={"address": "lb_ip", "ansible_connection": "'ssh'"},
        groups={"shops": "'shop' in lb_tags"},
        keyed_groups=[{"key": "lb_zone", "prefix": "in", "parent_group": "everywhere"}],
    )
    variables = said.hosts["web-1"]
    assert variables["address"] == variables["lb_ip"]
    assert variables["ansible_connection"] == "ssh"
    assert not [key for key in variables if key.startswith("scw_")]
    assert set(said.data) - {"_meta", "all"} == {"scw_lb", "shops", "in_fr_par_1", "everywhere"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"zones": ["fr-par-9"]}, f"zones: 'fr-par-9' is not allowed. Choose among {LISTED}."),
        ({"status": ["fine"]}, "status: 'fine' is not allowed. Choose among unknown, ready"),
        ({"include": ["everything"]}, "include: 'everything' is not allowed. Choose among frontends"),
        ({"zone": "fr-par-1"}, "zone: no such option. The options are access_key"),
        ({"strict_permissions": "maybe"}, "strict_permissions: 'maybe' is neither true nor false."),
        ({"projects": ["shop"]}, "projects: 'shop' is not an ID: it must be a UUID."),
        ({"hostvars_prefix": "a b"}, "hostvars_prefix: no variable can begin with 'a b'."),
        ({"api_timeout": 0}, "api_timeout: 0 is not a number of seconds of at least 1."),
        ({"filters": [{"include": "scw_name =="}]}, "filters[0].include: 'scw_name ==' is malformed"),
        ({"filters": [{"only": "true"}]}, "filters[0]: must be a mapping of one key, include or exclude"),
        ({"filters": [{"include": "scw_nothing"}]}, "filters: 'scw_nothing' cannot be evaluated"),
        ({"filters": [{"include": "{{ scw_name }}"}]}, "must be a bare expression, without braces"),
        ({"hostnames": ["scw_name ~"]}, "hostnames[0]: 'scw_name ~' is malformed"),
        ({"hostnames": ["{{ scw_name"]}, "hostnames[0]: '{{ scw_name' is malformed"),
        ({"compose": {"x": "1 +"}}, "compose.x: '1 +' is malformed"),
        ({"groups": {"x": "1 +"}}, "groups.x: '1 +' is malformed"),
        ({"keyed_groups": [{"prefix": "x"}]}, "keyed_groups[0]: must be a mapping with a key"),
        ({"keyed_groups": [{"key": "1 +"}]}, "keyed_groups[0].key: '1 +' is malformed"),
        ({"profile": "nobody"}, "profile 'nobody'"),
        ({"api_url": "ftp://x"}, "api_url is not the base URL"),
        ({"secret_key": ""}, "secret_key: is empty"),
        ({"secret_key": "{{ nothing }}"}, "secret_key: the template cannot be rendered"),
        ({"fetch_timeout": -1}, "fetch_timeout: -1 is not"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_an_option_that_cannot_be_right_is_refused(inventory: Inventory, options: dict[str, Any], words: str) -> None:
    inventory.lb("web")
    message = inventory.refusal("all.scw_lb.yml", **options)
    assert words in message
    if "filters: " not in words:
        assert inventory.reads() == ["/lb/v1/zones/fr-par-1/lbs"]  # the creation above


def test_a_file_of_another_name_is_refused_with_the_way_out(inventory: Inventory) -> None:
    path = inventory.folder / "production.yml"
    path.write_text("plugin: scw.cloud.scw_lb\n")
    said = inventory.list(path)
    assert said.code != 0
    assert said.says("rename it. A file for scw.cloud.scw_lb ends in .scw_lb.yml or .scw_lb.yaml")


def test_files_of_others_are_left_to_others(inventory: Inventory) -> None:
    path = inventory.folder / "hosts.yml"
    path.write_text("all: {hosts: {web: {note: 'plugin: scw.cloud.scw_lb'}}}\n")
    inventory.environment["ANSIBLE_INVENTORY_ENABLED"] = "scw.cloud.scw_lb,yaml"
    assert list(inventory.list(path).hosts) == ["web"]
