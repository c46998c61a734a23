# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of objects that cannot change, and what a body carries beside its fields."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Int, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location, Resource, Update
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused
from unit.planning import only, plan

ADDRESS = Object("address", fields=(Str("host", mutable=False, way_out="Move."), Int("port", mutable=False)))
SOURCE = Object(
    "source",
    fields=(
        Str("queue", on_create=True, mutable=False, way_out="Make another one."),
        Int("batch"),
        ADDRESS,
    ),
)
FIXED = Object("place", mutable=False, fields=(Str("city"), Str("street")))
LISTENER = Resource(
    name="listener",
    plural="listeners",
    title="listener",
    item="/v1/{scope}/listeners/{id}",
    collection="/v1/{scope}/listeners",
    items="listeners",
    location=Location(regions=("fr-par",)),
    fields=(Str("name"), Int("size"), SOURCE, FIXED),
    updates=(
        Update("PATCH", body="changed", beside=lambda current: {"restart": current["running"]}),
        Update("PUT", body="changed", path="/v1/{scope}/listeners/{id}/size", fields=("size",)),
    ),
    computed={},
)
STORED: dict[str, Any] = {
    "id": "l",
    "name": "orders",
    "size": 1,
    "running": True,
    "source": {"queue": "q", "batch": 1, "address": {"host": "h", "port": 1}},
    "place": {"city": "Lyon", "street": "Rue de la Barre"},
}


def listener(**said: Any) -> dict[str, Any]:
    """A task about the listener."""
    return {"name": "orders", **said}


def test_an_update_leaves_out_the_parts_that_cannot_change() -> None:
    planned = plan(LISTENER, listener(source={"batch": 2}), STORED)
    assert only(planned).body == {"source": {"batch": 2, "address": {}}, "restart": True}
    assert planned.after == {"source": {"batch": 2}}
    assert planned.result["source"] == {"queue": "q", "batch": 2, "address": {"host": "h", "port": 1}}
    assert SOURCE.changeable({"queue": "q", "batch": 2}) == {"batch": 2}


def test_parts_that_cannot_change_may_be_repeated() -> None:
    said = listener(source={"queue": "q", "address": {"host": "h"}})
    assert not plan(LISTENER, said, STORED).changed
    said["source"]["batch"] = 2
    assert only(plan(LISTENER, said, STORED)).body["source"] == {"batch": 2, "address": {}}


@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        ({"queue": "p"}, ["source.queue"], "source.queue is 'q', wanted 'p'. It is fixed at creation. Make another"),
        ({"batch": 3, "address": {"host": "g"}}, ["source.address.host"], "source.address.host is 'h', wanted 'g'"),
        (
            {"queue": "p", "address": {"port": 2}},
            ["source.queue", "source.address.port"],
            "source.queue is 'q', wanted 'p'; source.address.port is 1, wanted 2",
        ),
    ],
)
def test_a_part_that_cannot_change_is_refused_by_its_path(
    source: dict[str, Any], options: list[str], message: str
) -> None:
    with pytest.raises(Refused) as raised:
        plan(LISTENER, listener(source=source), STORED)
    assert message in str(raised.value)
    assert raised.value.data["options"] == options


def test_an_object_that_cannot_change_is_refused_as_a_whole() -> None:
    assert not plan(LISTENER, listener(place={"city": "Lyon"}), STORED).changed
    with pytest.raises(Refused, match=r"place is .*Lyon.* wanted .*Nice") as raised:
        plan(LISTENER, listener(place={"city": "Nice"}), STORED)
    assert raised.value.data["options"] == ["place"]


@pytest.mark.parametrize("nothing", [None, {}])
def test_all_parts_are_sent_to_where_there_is_nothing_yet(nothing: Any) -> None:
    said = listener(source={"queue": "q", "batch": 1})
    assert only(plan(LISTENER, said)).body["source"] == {"queue": "q", "batch": 1}
    assert only(plan(LISTENER, said, {**STORED, "source": nothing})).body["source"] == {"queue": "q", "batch": 1}
    with pytest.raises(InvalidOption, match="source.queue: is needed"):
        plan(LISTENER, listener(source={"batch": 1}), {**STORED, "source": nothing})


@pytest.mark.parametrize("running", [True, False])
def test_a_body_carries_beside_its_fields_what_follows_from_the_object(running: bool) -> None:
    planned = plan(LISTENER, listener(size=2, source={"batch": 2}), {**STORED, "running": running})
    first, second = planned.requests
    assert first.body["restart"] is running
    assert second.body == {"size": 2}
    assert "restart" not in {**planned.before, **planned.after}


def test_nothing_is_beside_the_fields_of_a_creation_or_of_no_change() -> None:
    assert "restart" not in only(plan(LISTENER, listener())).body
    assert not plan(LISTENER, listener(), STORED).requests
