# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers: what their descriptions complete, leave out and refuse before anything is written."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, DOMAIN, NAMESPACE, TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import controller_files
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import differences
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingOption, Refused, ScwError
from unit.container_samples import NATS, NETWORK_ID, SQS, container, domain, hashed, namespace, queue_trigger, trigger
from unit.planning import only, plan

LOUD = "l0ud-and-clear"
NEW: dict[str, Any] = {"name": "web", "image": "i"}
CRON = {"schedule": "5 4 * * *", "timezone": "Europe/Paris"}
environments = pytest.mark.parametrize(
    ("resource", "sample", "new"),
    [(NAMESPACE, namespace, {"name": "shop"}), (CONTAINER, container, NEW)],
    ids=["namespace", "container"],
)


def refused(resource: Resource, said: dict[str, Any], current: dict[str, Any] | None = None) -> str:
    """The message with which a task is refused."""
    with pytest.raises(ScwError) as raised:
        plan(resource, said, current)
    return str(raised.value)


# Environment variables


@environments
def test_variables_are_replaced_or_merged(resource: Resource, sample: Any, new: Any) -> None:
    current = sample(environment_variables={"A": "1", "B": "2"})
    said = {"environment_variables": {"B": "3"}}
    assert only(plan(resource, said, current)).body == {"environment_variables": {"B": "3"}}
    merged = plan(resource, {**said, "merge_environment_variables": True}, current)
    assert only(merged).body == {"environment_variables": {"A": "1", "B": "3"}}
    assert (merged.before, merged.after) == (
        {"environment_variables": {"B": "2"}},
        {"environment_variables": {"B": "3"}},
    )
    assert only(plan(resource, {"environment_variables": {}}, current)).body == {"environment_variables": {}}
    nothing = {"environment_variables": {}, "merge_environment_variables": True}
    assert not plan(resource, nothing, current).changed


@environments
def test_a_changed_secret_is_the_only_one_that_is_sent(resource: Resource, sample: Any, new: Any) -> None:
    current = sample(secret_environment_variables={"A": hashed("a"), "B": hashed("b")})
    said = {"secret_environment_variables": {"A": "a", "B": LOUD}}
    planned = plan(resource, said, current)
    assert only(planned).body == {"secret_environment_variables": {"A": "", "B": LOUD}}
    assert LOUD not in f"{planned.before} {planned.after} {planned.result} {only(planned).does}"
    gone = plan(resource, {"secret_environment_variables": {"A": "a"}}, current)
    assert only(gone).body == {"secret_environment_variables": {"A": ""}}
    one = {"secret_environment_variables": {"B": LOUD}, "merge_environment_variables": True}
    assert only(plan(resource, one, current)).body == {"secret_environment_variables": {"A": "", "B": LOUD}}


@environments
def test_update_secrets_says_when_they_are_written(resource: Resource, sample: Any, new: Any) -> None:
    current = sample(secret_environment_variables={"A": hashed("a"), "B": hashed("b")})
    same = {"secret_environment_variables": {"A": "a", "B": "b"}}
    other = {"secret_environment_variables": {"C": "c"}}
    assert not plan(resource, same, current).changed
    assert not plan(resource, {**other, "update_secrets": "on_create"}, current).changed
    forced = plan(resource, {**same, "update_secrets": "always"}, current)
    assert only(forced).body == same
    merged = {"secret_environment_variables": {"A": "a"}, "update_secrets": "always"}
    merged["merge_environment_variables"] = True
    assert only(plan(resource, merged, current)).body == {"secret_environment_variables": {"A": "a", "B": ""}}
    created = plan(resource, {**new, **other, "update_secrets": "on_create"})
    assert only(created).body["secret_environment_variables"] == {"C": "c"}


@environments
@pytest.mark.parametrize("option", ["environment_variables", "secret_environment_variables"])
@pytest.mark.parametrize("name", ["PORT", "SCW_TOKEN"])
def test_reserved_variables_are_refused(resource: Resource, sample: Any, new: Any, option: str, name: str) -> None:
    for current in (None, sample()):
        message = refused(resource, {**new, option: {name: LOUD}}, current)
        assert message.startswith(f"{option}.{name}: is reserved")
        assert LOUD not in message
    assert plan(resource, {**new, option: {"PORTS": "1", "MY_SCW_X": "2"}}).changed


@environments
@pytest.mark.parametrize("option", ["environment_variables", "secret_environment_variables"])
def test_too_many_variables_are_refused_with_those_that_are_there(
    resource: Resource, sample: Any, new: Any, option: str
) -> None:
    hundred = {f"V{number}": "x" for number in range(100)}
    assert plan(resource, {**new, option: hundred}).changed
    assert refused(resource, {**new, option: {**hundred, "V": "x"}}).startswith(f"{option}: has 101 variables")
    one_more = {option: {"V": "x"}, "merge_environment_variables": True}
    assert "has 101 variables; at most 100" in refused(resource, one_more, sample(**{option: hundred}))


# Containers


@environments
@pytest.mark.parametrize("name", ["1web", "-web", "web-", "web_1", "w b", "wéb", "web.a"])
def test_a_name_that_cannot_be_created_is_refused(resource: Resource, sample: Any, new: Any, name: str) -> None:
    message = refused(resource, {**new, "name": name})
    assert message.startswith(f"name: {name!r} must begin with a letter")
    assert not plan(resource, {"name": name}, sample(name=name)).changed


@environments
@pytest.mark.parametrize("name", ["w", "Web-1", "a--b"])
def test_other_names_are_left_to_the_api(resource: Resource, sample: Any, new: Any, name: str) -> None:
    assert plan(resource, {**new, "name": name}).changed


@pytest.mark.parametrize("port", [8008, 8012, 8013, 8022, 9090, 9091])
def test_a_port_of_the_platform_is_refused(port: int) -> None:
    for current in (None, container()):
        assert refused(CONTAINER, {**NEW, "port": port}, current).startswith(f"port: {port} is reserved")


@pytest.mark.parametrize(
    ("said", "current", "named"),
    [
        ({"min_scale": 3, "max_scale": 2}, None, "min_scale"),
        ({"min_scale": 3, "max_scale": 2}, container(), "min_scale"),
        ({"min_scale": 6}, container(), "min_scale"),
        ({"min_scale": 6}, None, "min_scale"),
        ({"max_scale": 1}, container(min_scale=2), "max_scale"),
    ],
)
def test_fewer_at_most_than_at_least_is_refused(said: Any, current: Any, named: str) -> None:
    message = refused(CONTAINER, {**NEW, **said}, current)
    assert message.startswith(f"{named}: min_scale ")
    assert "is more than max_scale" in message


def test_a_scale_that_fits_or_is_there_already_is_no_error() -> None:
    assert plan(CONTAINER, {**NEW, "min_scale": 5}).changed
    assert plan(CONTAINER, {"min_scale": 5}, container()).changed
    assert plan(CONTAINER, {"min_scale": 6, "max_scale": 6}, container()).changed
    odd = container(min_scale=3, max_scale=2)
    assert not plan(CONTAINER, {"min_scale": 3}, odd).changed
    assert plan(CONTAINER, {"description": "x"}, odd).changed


def test_only_the_update_spells_https_otherwise() -> None:
    assert only(plan(CONTAINER, {**NEW, "https_connections_only": True})).body["https_connections_only"] is True
    body = only(plan(CONTAINER, {"https_connections_only": True}, container())).body
    assert body == {"https_connection_only": True}


def test_a_private_network_is_attached_and_detached() -> None:
    attached = container(private_network_id=NETWORK_ID)
    planned = plan(CONTAINER, {"private_network_id": NETWORK_ID.upper()}, container())
    assert only(planned).body == {"private_network_id": NETWORK_ID}
    assert planned.result == attached
    planned = plan(CONTAINER, {"private_network_id": ""}, attached)
    assert only(planned).body == {"private_network_id": ""}
    assert planned.result == container()
    assert not plan(CONTAINER, {"private_network_id": ""}, container()).changed
    created = plan(CONTAINER, {**NEW, "private_network_id": ""})
    assert "private_network_id" not in only(created).body
    assert "private_network_id" not in created.result


def test_probes_and_scaling_are_sent_as_a_whole() -> None:
    said = {"liveness_probe": {"http": {"path": "/health"}}, "scaling_option": {"cpu_usage_threshold": 70}}
    planned = plan(CONTAINER, said, container())
    assert only(planned).body == {
        "liveness_probe": {
            "failure_threshold": 30,
            "interval": "10s",
            "timeout": "1s",
            "http": {"path": "/health"},
        },
        "scaling_option": {"cpu_usage_threshold": 70},
    }
    assert planned.before["liveness_probe"] == {"tcp": {}}
    assert planned.before["scaling_option"] == {"concurrent_requests_threshold": 50}
    assert "failure_threshold" in refused(CONTAINER, {"startup_probe": {"tcp": {}}}, container())


def test_what_is_fixed_is_refused_with_a_way_out() -> None:
    assert "Create another one" in refused(NAMESPACE, {"name": "other"}, namespace())
    assert "Create another one" in refused(CONTAINER, {"name": "other"}, container())
    assert "Create another domain" in refused(DOMAIN, {"hostname": "b.example.com"}, domain())
    assert not plan(DOMAIN, {"hostname": "SHOP.example.com"}, domain()).changed


# Triggers


@pytest.mark.parametrize(
    ("given", "secret"),
    [
        ({"sqs_config": {**SQS, "secret_access_key": LOUD}}, "secret_access_key"),
        ({"nats_config": {**NATS, "credentials_file_content": LOUD}}, "credentials_file_content"),
    ],
    ids=["sqs", "nats"],
)
def test_credentials_are_sent_with_a_new_trigger_and_shown_nowhere(given: dict[str, Any], secret: str) -> None:
    planned = plan(TRIGGER, {"name": "orders", **given})
    (source,) = given
    assert only(planned).body[source] == given[source]
    assert LOUD not in f"{planned.before} {planned.after} {planned.result} {only(planned).does}"
    assert secret not in planned.result[source]
    less = {source: {key: value for key, value in given[source].items() if key != secret}}
    with pytest.raises(InvalidOption, match=f"{source}.{secret}: is needed"):
        plan(TRIGGER, {"name": "orders", **less})


def test_credentials_of_a_trigger_are_written_again_on_request_only() -> None:
    same = {"name": "daily", "sqs_config": {**SQS, "secret_access_key": LOUD}}
    assert not plan(TRIGGER, same, queue_trigger()).changed
    forced = plan(TRIGGER, {**same, "update_secrets": "always"}, queue_trigger())
    assert only(forced).body == same_source(same)
    assert forced.before == {"sqs_config": {}}
    assert LOUD not in f"{forced.after} {forced.result}"
    assert list(forced.after["sqs_config"]) == ["secret_access_key"]
    assert differences(TRIGGER, same, queue_trigger()) == []


def same_source(said: dict[str, Any]) -> dict[str, Any]:
    """A task without the name."""
    return {key: value for key, value in said.items() if key != "name"}


def test_a_trigger_follows_one_thing_for_ever() -> None:
    with pytest.raises(Refused, match="has cron_config, and cannot change to sqs_config"):
        plan(TRIGGER, {"name": "daily", "sqs_config": {**SQS, "secret_access_key": LOUD}}, trigger())
    with pytest.raises(MissingOption, match="cron_config or sqs_config or nats_config"):
        plan(TRIGGER, {"name": "daily"})


@pytest.mark.parametrize("source", ["cron", "sqs", "nats"])
def test_the_kind_of_a_new_trigger_is_predicted(source: str) -> None:
    sources = {
        "cron": CRON,
        "sqs": {**SQS, "secret_access_key": "x"},
        "nats": {**NATS, "credentials_file_content": "x"},
    }
    result = plan(TRIGGER, {"name": "a", f"{source}_config": sources[source]}).result
    assert result["source_type"] == source
    assert {"cron_config", "sqs_config", "nats_config"} & set(result) == {f"{source}_config"}


def test_schedules_and_time_zones_are_checked() -> None:
    assert refused(TRIGGER, {"name": "a", "cron_config": {**CRON, "schedule": "61 * * * *"}}).startswith(
        "cron_config.schedule: '61 * * * *' is not a schedule"
    )
    assert "cron_config.timezone: 'Moon'" in refused(
        TRIGGER, {"name": "a", "cron_config": {**CRON, "timezone": "Moon"}}
    )


def test_the_credentials_may_come_from_a_file_of_the_controller() -> None:
    assert controller_files(TRIGGER) == {"nats_config.credentials_file": "credentials_file_content"}


# Deleting


def test_a_deletion_takes_children_along() -> None:
    assert NAMESPACE.takes_along() == (CONTAINER,)
    assert CONTAINER.takes_along() == (DOMAIN, TRIGGER)
    planned = plan_absent(CONTAINER, container(secret_environment_variables={"A": hashed(LOUD)}))
    assert LOUD not in str(planned.before)
