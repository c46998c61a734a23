# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes of API resources that the descriptions must be able to say, as made-up resources.

Each is the awkward part of a real one: a nested object replaced as a whole, a thing without a name, a partial update
with alternatives, and settings that are written by a call of their own or by an action.
"""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Address, Bool, Duration, Int, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    Location,
    OneOf,
    Request,
    Resource,
    Update,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_present
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import present_spec, wanted
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingOption, Refused

PLACE = Location(regions=("fr-par",))


def plan(resource: Resource, said: dict[str, Any], current: dict[str, Any] | None = None) -> Plan:
    """The plan for options as a task gives them."""
    return plan_present(resource, wanted(resource, said), current, {})


def written(planned: Plan) -> list[tuple[str, str, Any]]:
    """Method, last part of the path, and body of each request."""
    return [(request.method, request.path.rpartition("/")[2], request.body) for request in planned.requests]


# A full replace of something nested that the server normalises

RULE = Resource(
    name="rule",
    plural="rules",
    title="rule",
    item="/v1/{scope}/rules/{id}",
    collection="/v1/{scope}/rules",
    items="rules",
    location=PLACE,
    fields=(
        Str("name"),
        Object(
            "match",
            on_create=True,
            fields=(
                ListOf("networks", item=Address("network", network=True), ordered=False, empty_as=("0.0.0.0/0",)),
                Bool("invert"),
                Object("header", fields=(Str("name", required=True), Str("value", initial=""))),
            ),
        ),
        Int("limit", zero_is_null=True),
    ),
    updates=(Update("PUT", body="all"),),
    computed={},
)
STORED_RULE = {
    "id": "r",
    "name": "office",
    "match": {"networks": ["0.0.0.0/0"], "invert": False, "header": None},
    "limit": None,
    "created_at": "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    "said",
    [
        {"match": {"networks": []}},
        {"match": {"invert": False}, "limit": 0},
        {"match": {"networks": ["0.0.0.0/0"]}},
    ],
)
def test_what_the_server_made_of_it_is_no_change(said: dict[str, Any]) -> None:
    assert not plan(RULE, {"name": "office", **said}, STORED_RULE).changed


def test_one_nested_change_is_written_with_everything_around_it() -> None:
    said = {"name": "office", "match": {"header": {"name": "X-Team"}}}
    assert written(plan(RULE, said, STORED_RULE)) == [
        (
            "PUT",
            "{id}",
            {
                "name": "office",
                "match": {"networks": ["0.0.0.0/0"], "invert": False, "header": {"name": "X-Team", "value": ""}},
            },
        )
    ]


# A thing without a name, known by where it leads

PIPELINE = Resource(
    name="pipeline",
    plural="pipelines",
    title="pipeline",
    item="/v1/{scope}/pipelines/{id}",
    collection="/v1/{scope}/pipelines",
    items="pipelines",
    location=PLACE,
    fields=(Str("name"),),
    updates=(Update("PATCH", body="changed"),),
    computed={},
)
STAGE = Resource(
    name="stage",
    plural="stages",
    title="stage",
    item="/v1/{scope}/stages/{id}",
    collection="/v1/{scope}/pipelines/{pipeline}/stages",
    items="stages",
    location=PLACE,
    parent=PIPELINE,
    parent_path="pipeline_id",
    identity=(("bucket",), ("balancer",)),
    one_of=(OneOf(("bucket", "balancer")),),
    fields=(
        Object("bucket", fields=(Str("name", required=True), Str("region", required=True), Bool("website"))),
        Object(
            "balancer",
            fields=(Ref("lb", key="lb_id", read="lb_id", required=True, to=lambda: PIPELINE), Str("domain_name")),
        ),
        Bool("cached"),
    ),
    updates=(Update("PATCH", body="changed"),),
    computed={},
)
BUCKET = {"name": "assets", "region": "fr-par"}
STORED_STAGE = {"id": "s", "pipeline_id": "p", "bucket": {**BUCKET, "website": False}, "cached": False}


def test_a_nameless_thing_is_called_by_what_it_is_known_by() -> None:
    assert "assets" in STAGE.label(STORED_STAGE)


def test_a_nameless_thing_needs_what_it_is_known_by() -> None:
    assert present_spec(STAGE)["required_one_of"] == [["id", "bucket", "balancer"]]


def test_one_origin_at_most_may_be_said() -> None:
    assert ["bucket", "balancer"] in present_spec(STAGE)["mutually_exclusive"]


def test_one_origin_at_least_is_needed_for_a_create() -> None:
    with pytest.raises(MissingOption, match="set bucket or balancer"):
        plan(STAGE, {"cached": True})


def test_the_same_origin_needs_nothing() -> None:
    assert not plan(STAGE, {"bucket": BUCKET}, STORED_STAGE).changed


def test_a_partial_update_of_an_origin_sends_all_of_it() -> None:
    """The API takes an origin as a whole, so that a part of it would lose the rest."""
    said = {"bucket": {**BUCKET, "website": True}}
    assert written(plan(STAGE, said, STORED_STAGE)) == [("PATCH", "{id}", {"bucket": {**BUCKET, "website": True}})]


def test_another_origin_replaces_the_present_one_and_the_diff_shows_both() -> None:
    lb = "33333333-0000-4000-8000-000000000001"
    planned = plan(STAGE, {"balancer": {"lb": lb}}, STORED_STAGE)
    assert written(planned) == [("PATCH", "{id}", {"balancer": {"lb_id": lb}})]
    assert planned.before["bucket"] == {**BUCKET, "website": False}
    assert planned.after["balancer"] == {"lb": lb}
    assert not planned.result.get("bucket")


# The same alternatives in a full replace

FULL_STAGE = Resource(
    name="stage",
    plural="stages",
    title="stage",
    item="/v1/{scope}/stages/{id}",
    collection="/v1/{scope}/stages",
    items="stages",
    location=PLACE,
    one_of=(OneOf(("bucket", "host")),),
    fields=(Str("name"), Object("bucket", fields=(Str("name"),)), Str("host")),
    updates=(Update("PUT", body="all"),),
    computed={},
)


def test_a_full_replace_does_not_send_the_alternative_that_is_replaced() -> None:
    current = {"id": "s", "name": "a", "bucket": {"name": "assets"}}
    assert written(plan(FULL_STAGE, {"name": "a", "host": "x"}, current)) == [
        ("PUT", "{id}", {"name": "a", "host": "x"})
    ]


# A partial update with alternatives of which the kind is fixed, and a field that the update spells differently

TRIGGER = Resource(
    name="trigger",
    plural="triggers",
    title="trigger",
    item="/v1/{scope}/triggers/{id}",
    collection="/v1/{scope}/triggers",
    items="triggers",
    location=PLACE,
    parent=PIPELINE,
    parent_path="pipeline_id",
    parent_key="pipeline_id",
    one_of=(OneOf(("cron", "queue"), switchable=False),),
    fields=(
        Str("name"),
        Object("cron", fields=(Str("schedule", required=True), Str("timezone", initial="UTC"))),
        Object("queue", fields=(Str("endpoint", required=True),)),
        Duration("timeout", text=True),
        Bool("https_connections_only", update_key="https_connection_only"),
        Str("image", mutable=False),
    ),
    updates=(Update("PATCH", body="changed"),),
    computed={},
)
STORED_TRIGGER = {
    "id": "t",
    "name": "nightly",
    "pipeline_id": "p",
    "cron": {"schedule": "0 1 * * *", "timezone": "UTC"},
    "timeout": "300s",
    "https_connections_only": False,
    "image": "a",
}


def test_a_partial_update_sends_the_changed_alternative_and_nothing_else() -> None:
    said = {"name": "nightly", "cron": {"schedule": "0 2 * * *"}, "timeout": "5m"}
    planned = plan(TRIGGER, said, STORED_TRIGGER)
    assert written(planned) == [("PATCH", "{id}", {"cron": {"schedule": "0 2 * * *", "timezone": "UTC"}})]
    assert planned.after == {"cron": {"schedule": "0 2 * * *"}}


def test_an_update_may_spell_a_key_differently() -> None:
    said = {"name": "nightly", "https_connections_only": True}
    planned = plan(TRIGGER, said, STORED_TRIGGER)
    assert written(planned) == [("PATCH", "{id}", {"https_connection_only": True})]
    assert planned.result["https_connections_only"] is True


def test_the_kind_of_source_is_fixed() -> None:
    with pytest.raises(Refused, match=r"has cron, and cannot change to queue.*Delete it and create it again") as raised:
        plan(TRIGGER, {"name": "nightly", "queue": {"endpoint": "https://q"}}, STORED_TRIGGER)
    assert raised.value.data["options"] == ["queue"]


def test_a_fixed_field_is_refused_with_both_values() -> None:
    with pytest.raises(Refused, match="image is 'a', wanted 'b'"):
        plan(TRIGGER, {"name": "nightly", "image": "b"}, STORED_TRIGGER)


def test_a_fixed_field_that_is_as_wanted_is_fine() -> None:
    assert not plan(TRIGGER, {"name": "nightly", "image": "a"}, STORED_TRIGGER).changed


def test_a_duration_is_cleared_in_a_partial_update_or_refused_but_not_silently_kept() -> None:
    """Leaving it out of a partial update changes nothing, so that every run would be a change."""
    try:
        planned = plan(TRIGGER, {"name": "nightly", "timeout": ""}, STORED_TRIGGER)
    except (InvalidOption, Refused):
        return
    assert "timeout" in planned.requests[0].body


# Settings written by a call of their own, and one that is an action on something else


def _deploy(said: dict[str, Any], current: dict[str, Any]) -> tuple[Request, ...]:
    return (Request("POST", "/v1/{scope}/jobs/{id}/deploy", {"digest": said["digest"]}, "deploy the job"),)


JOB = Resource(
    name="job",
    plural="jobs",
    title="job",
    item="/v1/{scope}/jobs/{id}",
    collection="/v1/{scope}/jobs",
    items="jobs",
    location=PLACE,
    fields=(
        Str("name"),
        Str("runtime", on_create=True),
        Str("size"),
        Object("probe", fields=(Str("path", initial="/"), Int("port", on_create=True))),
        Str("digest", creatable=False),
    ),
    updates=(
        Update("PATCH", body="changed"),
        Update("PUT", body="value", path="/v1/{scope}/jobs/{id}/probe", fields=("probe",)),
        Update("POST", body="changed", path="/v1/{scope}/jobs/{id}/migrate", fields=("size",)),
    ),
    steps=_deploy,
    stepped=("digest",),
    computed={"status": "ready"},
)
STORED_JOB = {
    "id": "j",
    "name": "hello",
    "runtime": "go",
    "size": "s",
    "probe": {"path": "/", "port": 1},
    "digest": "d1",
}


@pytest.mark.parametrize(
    ("said", "requests"),
    [
        ({}, []),
        ({"size": "m"}, [("POST", "migrate", {"size": "m"})]),
        ({"probe": {"port": 2}}, [("PUT", "probe", {"path": "/", "port": 2})]),
        ({"digest": "d2"}, [("POST", "deploy", {"digest": "d2"})]),
        (
            {"runtime": "rust", "size": "m", "probe": {"port": 2}, "digest": "d2"},
            [
                ("PATCH", "{id}", {"runtime": "rust"}),
                ("PUT", "probe", {"path": "/", "port": 2}),
                ("POST", "migrate", {"size": "m"}),
                ("POST", "deploy", {"digest": "d2"}),
            ],
        ),
    ],
)
def test_an_update_makes_the_calls_that_it_needs_in_the_order_they_are_described(
    said: dict[str, Any], requests: list[tuple[str, str, Any]]
) -> None:
    assert written(plan(JOB, {"name": "hello", **said}, STORED_JOB)) == requests


def test_a_create_is_followed_by_the_actions_that_it_needs() -> None:
    planned = plan(JOB, {"name": "hello", "runtime": "go", "digest": "d1"})
    assert written(planned) == [
        ("POST", "jobs", {"name": "hello", "runtime": "go"}),
        ("POST", "deploy", {"digest": "d1"}),
    ]
