# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What containers and functions have alike: names, hosts, variables in one place only, pairs that stay pairs."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from ansible_collections.scw.cloud.plugins.module_utils.serverless import Hostname
from unit.container_samples import hashed, queue_trigger
from unit.planning import only, plan

HOST = Hostname("hostname")
OPEN, SECRET = "environment_variables", "secret_environment_variables"
both_namespaces = pytest.mark.parametrize(
    "resource", [container.NAMESPACE, function.NAMESPACE], ids=["container", "function"]
)


def namespace(resource: Resource, variables: dict[str, str], secrets: dict[str, str]) -> dict[str, Any]:
    """A namespace as its API shows it."""
    hashes: Any = {name: hashed(text) for name, text in secrets.items()}
    if resource is function.NAMESPACE:
        hashes = [{"key": name, "hashed_value": text} for name, text in hashes.items()]
    return {"id": "i", "name": "shop", OPEN: variables, SECRET: hashes}


# Hosts


@pytest.mark.parametrize(
    ("given", "wire"), [("www.example.com", "www.example.com"), ("b.example.com.", "b.example.com"), ("É.fr", "É.fr")]
)
def test_the_name_of_a_host_has_no_dot_at_its_end(given: str, wire: str) -> None:
    assert HOST.parse(given, "hostname") == wire
    assert HOST.same(wire, wire.upper())


@pytest.mark.parametrize(
    "given",
    ["https://a.example.com", "a.example.com/x", "b ex", "a..b", ".a", ".", "a:80", "me@a.b", "a\\b", "a\n", ""],
)
def test_what_is_not_the_name_of_a_host_is_refused(given: str) -> None:
    with pytest.raises(InvalidOption, match=r"^hostname: "):
        HOST.parse(given, "hostname")


# Variables


@both_namespaces
@pytest.mark.parametrize("option", [OPEN, SECRET])
@pytest.mark.parametrize("name", ["", "A=B", "1 2", "A\nB", "A\tB", "A\0B"])
def test_what_no_variable_can_be_called_is_refused(resource: Resource, option: str, name: str) -> None:
    with pytest.raises(InvalidOption, match=f"^{option}: .*is not the name of a variable"):
        plan(resource, {"name": "shop", option: {name: "x"}})


@both_namespaces
def test_a_variable_is_either_open_or_secret(resource: Resource) -> None:
    with pytest.raises(InvalidOption, match=r"environment_variables\.DUP: is in secret_environment_variables too"):
        plan(resource, {"name": "shop", OPEN: {"DUP": "x"}, SECRET: {"DUP": "y"}})
    stored = namespace(resource, {"OLD": "x"}, {"TOKEN": "y"})
    for said in ({OPEN: {"TOKEN": "x"}}, {SECRET: {"OLD": "y"}}):
        with pytest.raises(InvalidOption, match="too. Remove it from one of them"):
            plan(resource, {"name": "shop", **said}, stored)


@both_namespaces
def test_a_variable_may_become_secret_and_one_that_is_both_already_is_no_error(resource: Resource) -> None:
    stored = namespace(resource, {"OLD": "x"}, {"TOKEN": "y"})
    assert plan(resource, {"name": "shop", OPEN: {}, SECRET: {"TOKEN": "y", "OLD": "x"}}, stored).changed
    odd = namespace(resource, {"DUP": "x"}, {"DUP": "y"})
    assert plan(resource, {"name": "shop", OPEN: {"A": "1"}, "merge_environment_variables": True}, odd).changed


# Pairs of credentials


def test_credentials_are_written_with_whatever_else_changes_in_their_object() -> None:
    current = queue_trigger()
    shown = current["sqs_config"]
    new = {**shown, "access_key_id": "OTHER", "secret_access_key": "n3w"}
    planned = plan(container.TRIGGER, {"name": current["name"], "sqs_config": new}, current)
    assert only(planned).body == {"sqs_config": new}
    assert planned.after == {"sqs_config": {"access_key_id": "OTHER", "secret_access_key": "<new secret>"}}
    elsewhere = {"name": current["name"], "description": "x", "sqs_config": {**shown, "secret_access_key": "n3w"}}
    assert only(plan(container.TRIGGER, elsewhere, current)).body == {"description": "x"}
