# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a container is rolled out, what is sent, and what a task says about it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Failed,
    InvalidOption,
    Missing,
    MissingOption,
    RequestError,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.conftest import Connect, Serve, Time
from unit.rollouts import (
    AGAIN,
    BROKEN,
    CONTAINER_ID,
    ENDED,
    ENDED_AGAIN,
    IMAGE,
    IMAGE_ID,
    ITEM,
    LABEL,
    NAMESPACE_ID,
    OTHER_ID,
    PUSHED_AFTER,
    PUSHED_BEFORE,
    PUSHED_MEANWHILE,
    UPDATING,
    Rollouts,
    container,
    found,
    got,
    posted,
    registry,
    tags,
)
from unit.scripted_server import Answer, Exchange
from unit.tasks import listing


@pytest.fixture
def roll(connect: Connect) -> Rollouts:
    """Tasks of this test."""
    return Rollouts(connect)


# Each time


def test_a_container_is_rolled_out_once_and_waited_for(serve: Serve, roll: Rollouts) -> None:
    server = serve([*found(), posted(), got(**UPDATING), got(**AGAIN)])
    result = roll(server)
    assert result["changed"]
    assert result["container"] == container(**AGAIN)
    assert (result["diff"]["before"], result["diff"]["after"]) == ({"updated_at": ENDED}, {"updated_at": UNKNOWN})
    assert result["diff"]["before_header"] == LABEL
    assert roll.warnings == []


def test_a_check_says_the_same_and_sends_nothing(serve: Serve, roll: Rollouts) -> None:
    predicted = roll(serve(found()), check=True)
    changed = roll(serve([*found(), posted(), got(**AGAIN)]))
    assert predicted["changed"]
    assert predicted["diff"] == changed["diff"]
    assert predicted["container"] == {**changed["container"], "updated_at": UNKNOWN}


def test_without_waiting_the_container_is_returned_as_it_is_then(serve: Serve, roll: Rollouts) -> None:
    assert roll(serve([*found(), posted(), got(**UPDATING)]), wait=False)["container"]["status"] == "updating"


@pytest.mark.parametrize("wait", [True, False])
def test_an_earlier_change_is_waited_for_before_the_request(serve: Serve, roll: Rollouts, wait: bool) -> None:
    busy = {"status": "creating"}
    script = [*found(**busy), got(**busy), got(), posted(), got(**AGAIN)]
    assert roll(serve(script), wait=wait)["changed"]


def test_a_check_does_not_wait(serve: Serve, roll: Rollouts, time: Time) -> None:
    assert roll(serve(found(**UPDATING)), check=True)["changed"]
    assert time.slept == []


def test_a_rollout_that_failed_is_repeated_and_shown_in_the_diff(serve: Serve, roll: Rollouts) -> None:
    result = roll(serve([*found(**BROKEN), posted(), got(**AGAIN)]))
    assert result["diff"]["before"] == {"updated_at": ENDED, "status": "error"}
    assert result["diff"]["after"] == {"updated_at": UNKNOWN, "status": "ready"}
    predicted = roll(serve(found(**BROKEN)), check=True)
    assert (predicted["diff"], predicted["container"]["error_message"]) == (result["diff"], "")


def test_a_rollout_that_fails_is_an_error_with_the_reason(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), posted(), got(**UPDATING), got(**{**BROKEN, "updated_at": ENDED_AGAIN})]
    with pytest.raises(Failed, match="unable to start") as raised:
        roll(serve(script))
    assert raised.value.data["done"] == [f"roll out {LABEL}"]
    assert raised.value.data["not_done"] == []
    assert raised.value.data["reason"] == "Container is unable to start"
    assert "may_have_changed" not in raised.value.data


# Only after a push


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("pushed", [PUSHED_BEFORE, ENDED, ENDED.replace("Z", ".000000Z")])
def test_nothing_is_sent_if_the_push_was_before_the_last_rollout(
    serve: Serve, roll: Rollouts, pushed: str, check: bool
) -> None:
    result = roll(serve([*found(), *registry(pushed)]), when_image_changed=True, check=check)
    nothing = {"before": {}, "after": {}}
    assert result == {"changed": False, "diff": nothing, "container": container()}


def test_a_push_after_the_last_rollout_is_rolled_out(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), *registry(PUSHED_AFTER), posted(), got(**AGAIN), tags(PUSHED_AFTER)]
    result = roll(serve(script), when_image_changed=True)
    assert result["changed"]
    pushed = {"name": "stable", "digest": "sha256:00", "updated_at": PUSHED_AFTER}
    assert result["diff"]["after"] == {"updated_at": UNKNOWN, "image_tag": pushed}
    predicted = roll(serve([*found(), *registry(PUSHED_AFTER)]), when_image_changed=True, check=True)
    assert predicted["diff"] == result["diff"]
    assert roll.warnings == []


def test_a_push_during_the_rollout_is_a_warning_because_the_next_run_cannot_see_it(
    serve: Serve, roll: Rollouts
) -> None:
    script = [*found(), *registry(PUSHED_AFTER), posted(), got(**AGAIN), tags(PUSHED_MEANWHILE)]
    assert roll(serve(script), when_image_changed=True)["changed"]
    assert IMAGE in roll.warnings[0]
    assert "when_image_changed" in roll.warnings[0]


def test_without_waiting_no_push_during_the_rollout_is_looked_for(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), *registry(PUSHED_AFTER), posted(), got(**UPDATING)]
    assert roll(serve(script), when_image_changed=True, wait=False)["changed"]


def test_an_answer_that_does_not_say_when_the_rollout_began_is_no_failure(serve: Serve, roll: Rollouts) -> None:
    script = [*found(), *registry(PUSHED_AFTER), posted(Answer(json={"id": CONTAINER_ID})), got(**AGAIN)]
    assert roll(serve(script), when_image_changed=True)["changed"]
    assert roll.warnings == []


def test_a_tag_that_is_deleted_during_the_rollout_is_no_failure(serve: Serve, roll: Rollouts) -> None:
    gone = listing(f"/registry/v1/regions/nl-ams/images/{IMAGE_ID}/tags", "tags", name="stable")
    script = [*found(), *registry(PUSHED_AFTER), posted(), got(**AGAIN), gone]
    assert roll(serve(script), when_image_changed=True)["changed"]
    assert roll.warnings == []


def test_a_push_after_a_rollout_that_is_under_way_began_is_rolled_out_too(serve: Serve, roll: Rollouts) -> None:
    later = {**AGAIN, "updated_at": "2026-05-05T15:00:40Z"}
    ready = [*found(**UPDATING), got(**AGAIN), *registry(PUSHED_MEANWHILE)]
    script = [*ready, posted(), got(**later), tags(PUSHED_MEANWHILE)]
    assert roll(serve(script), when_image_changed=True)["changed"]


@pytest.mark.parametrize("wait", [True, False])
def test_a_rollout_under_way_is_enough_for_a_push_before_it_began(serve: Serve, roll: Rollouts, wait: bool) -> None:
    waited = [got(**AGAIN)] if wait else []
    script = [*found(**UPDATING), *waited, *registry(PUSHED_AFTER)]
    result = roll(serve(script), when_image_changed=True, wait=wait)
    assert not result["changed"]
    assert result["container"]["status"] == ("ready" if wait else "updating")


@pytest.mark.parametrize("image", [IMAGE, f"{IMAGE}@sha256:00", "nginx@sha256:00"])
def test_a_rollout_that_failed_is_repeated_without_a_push(serve: Serve, roll: Rollouts, image: str) -> None:
    asked = image == IMAGE
    broken, again = {**BROKEN, "image": image}, {**AGAIN, "image": image}
    before = [*found(**broken), *(registry(PUSHED_BEFORE) if asked else [])]
    script = [*before, posted(), got(**again), *([tags(PUSHED_BEFORE)] if asked else [])]
    result = roll(serve(script), when_image_changed=True)
    assert result["changed"]
    assert "image_tag" not in result["diff"]["after"]


@pytest.mark.parametrize("image", [f"{IMAGE}@sha256:00", "nginx@sha256:00"])
def test_a_digest_is_never_a_reason_for_a_rollout(serve: Serve, roll: Rollouts, image: str) -> None:
    assert not roll(serve(found(image=image)), when_image_changed=True)["changed"]
    assert roll(serve([*found(image=image), posted(), got(**AGAIN)]))["changed"]


@pytest.mark.parametrize("image", ["nginx:latest", "ghcr.io/shop/api", ""])
@pytest.mark.parametrize("check", [False, True])
def test_an_image_elsewhere_is_refused_with_the_way_out(serve: Serve, roll: Rollouts, image: str, check: bool) -> None:
    with pytest.raises(InvalidOption, match="when_image_changed: .*not in Scaleway's registry.* Set it to false"):
        roll(serve(found(image=image)), when_image_changed=True, check=check)


def test_a_tag_that_the_registry_does_not_show_is_refused_with_the_way_out(serve: Serve, roll: Rollouts) -> None:
    hidden = listing("/registry/v1/regions/nl-ams/namespaces", "namespaces", name="shop")
    with pytest.raises(InvalidOption, match=r"when_image_changed: .*no namespace 'shop'.* set it to false") as raised:
        roll(serve([*found(), hidden]), when_image_changed=True)
    assert raised.value.data["option"] == "when_image_changed"


@pytest.mark.parametrize(("pushed", "ended"), [(None, ENDED), ("soon", ENDED), (PUSHED_AFTER, None)])
def test_what_cannot_be_compared_is_an_error(
    serve: Serve, roll: Rollouts, pushed: str | None, ended: str | None
) -> None:
    with pytest.raises(RequestError, match=r"Could not compare the (tag rg\..*:stable|container): its updated_at is"):
        roll(serve([*found(updated_at=ended), *registry(pushed)]), when_image_changed=True)


# Finding the container


def test_an_id_needs_no_namespace(serve: Serve, roll: Rollouts) -> None:
    server = serve([got(), posted(), got(**AGAIN)])
    assert roll(server, container=CONTAINER_ID.upper(), namespace=None)["changed"]


def test_a_name_needs_its_namespace(serve: Serve, roll: Rollouts) -> None:
    with pytest.raises(MissingOption, match="namespace, by name or ID"):
        roll(serve([]), namespace=None)


def test_a_container_of_another_namespace_is_refused(serve: Serve, roll: Rollouts) -> None:
    with pytest.raises(InvalidOption, match=f"^namespace: .*{NAMESPACE_ID}"):
        roll(serve([got()]), container=CONTAINER_ID, namespace=OTHER_ID)


def test_an_id_that_does_not_exist_or_is_leaving_is_named(serve: Serve, roll: Rollouts) -> None:
    absent = Exchange("GET", ITEM, Answer(404, json={"message": "resource is not found", "type": "not_found"}))
    for check in (False, True):
        with pytest.raises(Missing, match=CONTAINER_ID):
            roll(serve([absent]), container=CONTAINER_ID, check=check, namespace=None)
        with pytest.raises(Missing, match="is being deleted"):
            roll(serve([got(status="deleting")]), container=CONTAINER_ID, check=check, namespace=None)


@pytest.mark.parametrize("changes", [{"name": "api-2"}, {"status": "deleting"}])
def test_a_name_that_does_not_exist_is_an_error_except_in_a_check(
    serve: Serve, roll: Rollouts, changes: dict[str, Any]
) -> None:
    with pytest.raises(Missing, match="No container 'api' exists in container namespace 'shop'"):
        roll(serve(found(**changes)))
    predicted = roll(serve(found(**changes)), check=True)
    assert predicted["changed"]
    assert predicted["container"]["namespace_id"] == NAMESPACE_ID
    assert (predicted["container"]["id"], predicted["container"]["name"]) == (UNKNOWN, "api")
    assert "'api'" in roll.warnings[0]


def test_a_container_to_come_brings_its_image_with_it(serve: Serve, roll: Rollouts) -> None:
    result = roll(serve([]), check=True, container=UNKNOWN, namespace=None, when_image_changed=True)
    assert (result["changed"], result["diff"]) == (False, {"before": {}, "after": {}})
    assert roll(serve([]), check=True, container=UNKNOWN, namespace=None)["changed"]
    with pytest.raises(InvalidOption, match="container"):
        roll(serve([]), container=UNKNOWN, namespace=None)
