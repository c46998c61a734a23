# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions: what their descriptions complete, leave out and refuse before anything is written."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingOption, Refused, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import (
    CRON,
    DOMAIN,
    FUNCTION,
    NAMESPACE,
    TRIGGER,
)
from ansible_collections.scw.cloud.plugins.module_utils.function.runtimes import check_runtime
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.container_samples import hashed
from unit.function_samples import (
    NETWORK_ID,
    OWN_QUEUE,
    QUEUE,
    SUBJECT,
    cron,
    domain,
    function,
    namespace,
    own_trigger,
    pairs,
    trigger,
)
from unit.planning import only, plan

LOUD = "l0ud-and-clear"
SECRETS = "secret_environment_variables"
NEW: dict[str, Any] = {"name": "resize", "runtime": "python313"}
KEYS = {"access_key": "AK", "secret_key": LOUD}
environments = pytest.mark.parametrize(
    ("resource", "sample", "beside"),
    [(NAMESPACE, namespace, {}), (FUNCTION, function, {"redeploy": False})],
    ids=["namespace", "function"],
)


def refused(resource: Resource, said: dict[str, Any], current: dict[str, Any] | None = None) -> str:
    """The message with which a task is refused."""
    with pytest.raises(ScwError) as raised:
        plan(resource, said, current)
    return str(raised.value)


# Environment variables


@environments
def test_only_secrets_that_differ_are_sent_and_null_removes(resource: Resource, sample: Any, beside: Any) -> None:
    current = sample(**{SECRETS: pairs(A="a", B="b")})
    planned = plan(resource, {SECRETS: {"A": "a", "C": LOUD}}, current)
    assert only(planned).body == {SECRETS: [{"key": "B", "value": None}, {"key": "C", "value": LOUD}], **beside}
    assert LOUD not in f"{planned.before} {planned.after} {planned.result} {only(planned).does}"
    assert planned.result[SECRETS] == [{"key": name, "hashed_value": UNKNOWN} for name in "AC"]
    one = {SECRETS: {"B": LOUD}, "merge_environment_variables": True}
    assert only(plan(resource, one, current)).body == {SECRETS: [{"key": "B", "value": LOUD}], **beside}
    assert not plan(resource, {SECRETS: {"B": "b", "A": "a"}}, current).changed


@environments
def test_update_secrets_says_when_they_are_written(resource: Resource, sample: Any, beside: Any) -> None:
    current = sample(**{SECRETS: pairs(A="a", B="b")})
    assert not plan(resource, {SECRETS: {"C": "c"}, "update_secrets": "on_create"}, current).changed
    forced = plan(resource, {SECRETS: {"A": "a", "B": "b"}, "update_secrets": "always"}, current)
    assert only(forced).body[SECRETS] == [{"key": "A", "value": "a"}, {"key": "B", "value": "b"}]
    merged = {SECRETS: {"A": "a"}, "update_secrets": "always", "merge_environment_variables": True}
    assert only(plan(resource, merged, current)).body[SECRETS] == [{"key": "A", "value": "a"}]


@environments
@pytest.mark.parametrize("option", ["environment_variables", SECRETS])
def test_reserved_and_too_many_variables_are_refused(resource: Resource, sample: Any, beside: Any, option: str) -> None:
    hundred = {f"V{number}": "x" for number in range(100)}
    full = {"environment_variables": hundred, SECRETS: pairs(**hundred)}[option]
    assert refused(resource, {option: {"SCW_X": LOUD}}, sample()).startswith(f"{option}.SCW_X: is reserved")
    assert refused(resource, {option: {**hundred, "V": "x"}}, sample()).startswith(f"{option}: has 101 variables")
    one_more = {option: {"V": "x"}, "merge_environment_variables": True}
    assert refused(resource, one_more, sample(**{option: full})).startswith(f"{option}: has 101 variables")


# Functions


@pytest.mark.parametrize(
    ("status", "rolls_out"),
    [("created", False), ("ready", True), ("error", True), ("pending", True)],
)
def test_a_change_rolls_out_a_function_that_has_code(status: str, rolls_out: bool) -> None:
    planned = plan(FUNCTION, {"min_scale": 1}, function(status=status))
    assert only(planned).body == {"min_scale": 1, "redeploy": rolls_out}
    assert (planned.before, planned.after) == ({"min_scale": 0}, {"min_scale": 1})
    assert not plan(FUNCTION, {"min_scale": 0}, function(status=status)).changed


def test_a_creation_says_nothing_about_a_rollout() -> None:
    assert only(plan(FUNCTION, NEW)).body == NEW
    assert plan(FUNCTION, NEW).result["status"] == "created"


def test_a_private_network_is_attached_and_detached() -> None:
    attached = function(private_network_id=NETWORK_ID)
    assert only(plan(FUNCTION, {"private_network_id": NETWORK_ID.upper()}, function())).body == {
        "private_network_id": NETWORK_ID,
        "redeploy": False,
    }
    detached = plan(FUNCTION, {"private_network_id": ""}, attached)
    assert only(detached).body == {"private_network_id": "", "redeploy": False}
    assert not plan(FUNCTION, {"private_network_id": ""}, function()).changed
    assert "private_network_id" not in only(plan(FUNCTION, {**NEW, "private_network_id": ""})).body


@pytest.mark.parametrize("written", ["256MB", "256", "256 MiB", "0.25GiB"])
def test_memory_is_megabytes_however_it_is_written(written: str) -> None:
    assert not plan(FUNCTION, {"memory_limit": written}, function()).changed
    assert only(plan(FUNCTION, {**NEW, "memory_limit": written})).body["memory_limit"] == 256


def test_fewer_at_most_than_at_least_is_refused() -> None:
    assert refused(FUNCTION, {"min_scale": 6}, function()).startswith("min_scale: min_scale 6 is more than max_scale 5")
    assert refused(FUNCTION, {"max_scale": 1}, function(min_scale=2)).startswith("max_scale: min_scale 2 is more")
    assert refused(FUNCTION, {**NEW, "min_scale": 3, "max_scale": 2}).startswith("min_scale: min_scale 3 is more")


@pytest.mark.parametrize("resource", [NAMESPACE, FUNCTION], ids=["namespace", "function"])
@pytest.mark.parametrize("name", ["1web", "-web", "web-", "web_1", "w b", "wéb", "web.a"])
def test_a_name_that_cannot_be_created_is_refused(resource: Resource, name: str) -> None:
    assert refused(resource, {**NEW, "name": name} if resource is FUNCTION else {"name": name}).startswith(
        f"name: {name!r} must begin with a letter"
    )


def test_a_function_is_created_with_a_runtime() -> None:
    with pytest.raises(MissingOption, match="runtime"):
        plan(FUNCTION, {"name": "resize"})


def test_what_is_fixed_is_refused_with_a_way_out() -> None:
    assert "Create another one" in refused(NAMESPACE, {"name": "other"}, namespace())
    assert "Create another one" in refused(FUNCTION, {"name": "other"}, function())
    assert "Create another domain" in refused(DOMAIN, {"hostname": "b.example.com"}, domain())
    assert not plan(DOMAIN, {"hostname": "IMAGES.example.com"}, domain()).changed


# Runtimes

RUNTIMES = [
    {"name": "node26", "status": "available", "status_message": ""},
    {"name": "node27", "status": "beta", "status_message": ""},
    {"name": "node20", "status": "end_of_support", "status_message": "until April"},
    {"name": "node18", "status": "deprecated"},
    {"name": "node8", "status": "end_of_life", "status_message": "since 2019"},
]


def test_a_runtime_that_can_be_used_is_found_in_silence() -> None:
    said: list[str] = []
    assert check_runtime(RUNTIMES, "node26", said.append) is RUNTIMES[0]
    assert check_runtime(RUNTIMES, "node27", said.append) is RUNTIMES[1]
    assert said == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("node99", "runtime: 'node99' does not exist. Available are node26, node27."),
        ("node8", "runtime: 'node8' has reached its end of life (since 2019). Available are node26, node27."),
    ],
)
def test_a_runtime_that_cannot_be_used_is_refused_with_those_that_can(name: str, message: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        check_runtime(RUNTIMES, name, lambda _said: None)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("name", "about"), [("node20", "end of support (until April)"), ("node18", "deprecated. Available")]
)
def test_a_runtime_whose_support_ends_is_warned_of(name: str, about: str) -> None:
    said: list[str] = []
    check_runtime(RUNTIMES, name, said.append)
    (warning,) = said
    assert warning.startswith(f"runtime: {name!r} is still accepted, but its status is {about}")
    assert "node26, node27" in warning


# Crons


def test_a_cron_sends_an_empty_object_unless_it_is_told_another() -> None:
    said = {"name": "daily", "schedule": "5 4 * * *"}
    assert only(plan(CRON, said)).body == {**said, "args": {}}
    args = {"deep": [1, {"none": None, "yes": True}]}
    assert only(plan(CRON, {**said, "args": args})).body["args"] == args
    assert not plan(CRON, {**said, "args": args}, cron(args=args)).changed
    assert only(plan(CRON, {"args": {}}, cron(args=args))).body == {"args": {}}


def test_a_schedule_is_checked() -> None:
    assert refused(CRON, {"name": "daily", "schedule": "61 * * * *"}).startswith("schedule: '61 * * * *' is not")
    with pytest.raises(MissingOption, match="schedule"):
        plan(CRON, {"name": "daily"})


# Triggers

SOURCES = {"scw_sqs": QUEUE, "scw_nats": SUBJECT, "sqs": {**OWN_QUEUE, **KEYS}}


@pytest.mark.parametrize("source", SOURCES)
def test_the_kind_of_a_new_trigger_is_predicted(source: str) -> None:
    planned = plan(TRIGGER, {"name": "a", f"{source}_config": SOURCES[source]})
    assert only(planned).body == {"name": "a", f"{source}_config": SOURCES[source]}
    assert planned.result["input_type"] == source
    assert {f"{other}_config" for other in SOURCES} & set(planned.result) == {f"{source}_config"}
    assert LOUD not in f"{planned.before} {planned.after} {planned.result} {only(planned).does}"


@pytest.mark.parametrize("source", SOURCES)
def test_each_part_of_a_source_is_needed(source: str) -> None:
    for missing in SOURCES[source]:
        less = {key: value for key, value in SOURCES[source].items() if key != missing}
        message = refused(TRIGGER, {"name": "a", f"{source}_config": less})
        assert message.startswith(f"{source}_config.{missing}: is needed")


def test_a_trigger_follows_one_thing_for_ever() -> None:
    with pytest.raises(Refused, match="has scw_sqs_config, and cannot change to scw_nats_config"):
        plan(TRIGGER, {"name": "pictures", "scw_nats_config": SUBJECT}, trigger())
    with pytest.raises(MissingOption, match="scw_sqs_config or scw_nats_config or sqs_config"):
        plan(TRIGGER, {"name": "pictures"})
    assert "scw_sqs_config is" in refused(TRIGGER, {"scw_sqs_config": {"queue": "other"}}, trigger())
    assert not plan(TRIGGER, {"scw_sqs_config": QUEUE}, trigger()).changed
    message = refused(TRIGGER, {"sqs_config": {"endpoint": "https://other"}}, own_trigger())
    assert "sqs_config.endpoint is 'https://sqs.example.com', wanted 'https://other'" in message


def test_credentials_of_a_trigger_are_written_again_on_request_only() -> None:
    same = {"name": "pictures", "sqs_config": {**OWN_QUEUE, **KEYS}}
    assert not plan(TRIGGER, same, own_trigger()).changed
    forced = plan(TRIGGER, {**same, "update_secrets": "always"}, own_trigger())
    assert only(forced).body == {"sqs_config": KEYS}
    assert LOUD not in f"{forced.before} {forced.after} {forced.result} {only(forced).does}"


# Deleting


def test_a_deletion_takes_children_along_and_shows_no_secret() -> None:
    assert NAMESPACE.takes_along() == (FUNCTION,)
    assert FUNCTION.takes_along() == (CRON, DOMAIN, TRIGGER)
    planned = plan_absent(FUNCTION, function(**{SECRETS: [{"key": "A", "hashed_value": hashed(LOUD)}]}))
    assert LOUD not in str(planned.before)
