# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers, rolling one out again: always, or only if the tag of its image was pushed since.

``updated_at`` of a container has whole seconds only when a rollout ended (recorded).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.container import CONTAINER, NAMESPACE, SETTLE
from ansible_collections.scw.cloud.plugins.module_utils.container_images import (
    Image,
    is_fixed,
    read_tag,
    registry_image,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    InvalidOption,
    Missing,
    RequestError,
)
from ansible_collections.scw.cloud.plugins.module_utils.lookup import Lookup, names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.moments import Moment, moment
from ansible_collections.scw.cloud.plugins.module_utils.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.rollout import Rollout
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_id, is_unknown
from ansible_collections.scw.cloud.plugins.module_utils.waiting import Waiting

REDEPLOY = "/containers/v1/{scope}/containers/{id}/redeploy"

NAMED_CONTAINER = Ref("container", aliases=("container_id",), to=lambda: CONTAINER)
NAMED_NAMESPACE = Ref("namespace", aliases=("namespace_id",), to=lambda: NAMESPACE)

NOTHING: dict[str, Any] = {"before": {}, "after": {}}


def rollout_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that rolls out a container."""
    own = {
        "container": {**NAMED_CONTAINER.option(), "required": True},
        "namespace": NAMED_NAMESPACE.option(),
        "when_image_changed": {"type": "bool", "default": False},
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int", "default": CONTAINER.wait_timeout},
    }
    return explicit_spec(LOCATION, own)


def manage_rollout(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that rolls out a container. Raises ScwError."""
    return _Rollout(client, params, warn, check_mode).run()


class _Rollout:
    """One task about one container."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], check_mode: bool
    ) -> None:
        self.client = client
        self.params = params
        self.warn = warn
        self.check_mode = check_mode
        self.lookup = Lookup(CONTAINER, client, {**params, "id": None}, warn, predict=check_mode)
        self.waiting = Waiting(client, self.lookup)
        self.image: Image | None = None
        self.tag: Values | None = None
        self.rollout = Rollout(CONTAINER, REDEPLOY, client, self.lookup, warn)

    def run(self) -> dict[str, Any]:
        found = self._find()
        if found is None:
            return self._without_container()
        if self.params["when_image_changed"]:
            self.image = self._image(found)
        current = self.rollout.seen = found
        if self.params["wait"] and not self.check_mode:
            current = self.waiting.until_settled(CONTAINER, current)
        if self.image:
            self.tag = self._read_tag(current, self.image)
        if not self._due(current):
            return {"changed": False, "diff": NOTHING, "container": current}
        diff = self._diff(current)
        if self.check_mode:
            predicted = {**current, "status": "ready", "updated_at": UNKNOWN, "error_message": ""}
            return {"changed": True, "diff": diff, "container": predicted}
        final = self._roll_out(current)
        return {"changed": bool(self.rollout.done), "diff": diff if self.rollout.done else NOTHING, "container": final}

    # Finding

    def _find(self) -> Values | None:
        """The container; None in check mode, if an earlier task may create it. One that is being deleted is none."""
        given = NAMED_CONTAINER.parse(self.params["container"], "container")
        if is_unknown(given):
            if not self.check_mode:
                raise names_nothing("container")
            return None
        if is_id(given):
            return self._by_id(given)
        found = self.lookup.find({"name": given}, must_exist=True)
        if found and not CONTAINER.is_leaving(found):
            return found
        where = f"No container {given!r} exists in container namespace {self.params['namespace']!r}"
        if not self.check_mode:
            raise Missing(f"{where}. Create it first, or check the name.", name=given)
        self.warn(f"{where} yet; this check assumes that an earlier task creates it.")
        return None

    def _by_id(self, container_id: str) -> Values:
        found = self.lookup.existing("container", CONTAINER, container_id)
        self.lookup.check_ancestors(CONTAINER, found)
        self.lookup.learn_places(CONTAINER, found)
        if CONTAINER.is_leaving(found):
            raise Missing(f"{CONTAINER.label(found)} is being deleted.", id=container_id)
        return found

    def _without_container(self) -> dict[str, Any]:
        """What an earlier task would create. With that it is rolled out, with the image as it is then."""
        given = self.params["container"]
        shown = {str(field.read or field.name): UNKNOWN for field in CONTAINER.fields}
        place = {"id": UNKNOWN, "namespace_id": self.lookup.places.get(NAMESPACE.name, UNKNOWN)}
        predicted = {**shown, **CONTAINER.computed, **place, **({} if is_id(given) else {"name": given})}
        if self.params["when_image_changed"]:
            return {"changed": False, "diff": NOTHING, "container": predicted}
        return {"changed": True, "diff": self._diff(predicted), "container": predicted}

    # Deciding

    @staticmethod
    def _image(container: Values) -> Image | None:
        """The tag to ask the registry about; None if the image is fixed. Raises InvalidOption."""
        reference = str(container.get("image"))
        image = registry_image(reference)
        if image or is_fixed(reference):
            return image
        raise InvalidOption(
            "when_image_changed",
            f"{CONTAINER.label(container)} runs {reference!r}, which is not in Scaleway's registry "
            "(rg.<region>.scw.cloud/<namespace>/<image>), so the API does not tell when it was pushed. "
            "Set it to false to roll out every time, or have the play decide with a condition.",
        )

    def _read_tag(self, container: Values, image: Image) -> Values:
        try:
            return read_tag(self.client, image)
        except Missing as error:
            raise InvalidOption(
                "when_image_changed",
                f"{CONTAINER.label(container)} runs {image}, but {error} "
                "Push the image, check the image of the container and what the API key may read, "
                "or set it to false to roll out every time.",
            ) from None

    def _due(self, current: Values) -> bool:
        """Whether to roll out. A rollout that failed did not bring the image, so it is repeated."""
        return not self.params["when_image_changed"] or SETTLE.is_failed(current) or self._pushed(self.tag)

    def _pushed(self, tag: Values | None) -> bool:
        """Whether the tag was pushed since the last rollout."""
        if tag is None:
            return False
        return self._moment(tag, f"tag {self.image}") > self._moment(self.rollout.seen, CONTAINER.title)

    @staticmethod
    def _moment(obj: Values, title: str) -> Moment:
        parsed = moment(obj.get("updated_at"))
        if parsed is None:
            raise RequestError(f"Could not compare the {title}: its updated_at is {obj.get('updated_at')!r}.")
        return parsed

    def _diff(self, current: Values) -> dict[str, Any]:
        """What a rollout changes, with the push that is the reason for it."""
        before: Values = {"updated_at": current.get("updated_at")}
        after: Values = {"updated_at": UNKNOWN}
        if SETTLE.is_failed(current):
            before["status"], after["status"] = current.get("status"), "ready"
        if self.tag and self._pushed(self.tag):
            after["image_tag"] = {key: self.tag.get(key) for key in ("name", "digest", "updated_at")}
        label = CONTAINER.label(current)
        return {"before": before, "after": after, "before_header": label, "after_header": label}

    # Rolling out

    def _roll_out(self, current: Values) -> Values:
        """The container afterwards. Every error tells what was done, and what was not."""
        does = f"roll out {CONTAINER.label(current)}"
        with self.rollout.accounting(does):
            current = self.rollout.begin(self.waiting.until_settled(CONTAINER, current), does, self._due)
            return self._finish(current) if self.rollout.done else current

    def _finish(self, current: Values) -> Values:
        """Wait until the rollout is in effect. Raises Failed, with the API's reason, if it gives up."""
        final = self.waiting.after_write(CONTAINER, current["id"], wait=bool(self.params["wait"]))
        if self.tag and self.params["wait"]:
            self._warn_of_push_meanwhile(final, self.tag)
        return final

    def _warn_of_push_meanwhile(self, final: Values, tag: Values) -> None:
        """Tell of a push that the next run will not see, because it is older than the end of this rollout."""
        if self.image is None or moment(self.rollout.seen.get("updated_at")) is None:
            return
        try:
            pushed = self._pushed(read_tag(self.client, self.image, str(tag.get("image_id") or "")))
        except Missing:
            return
        if pushed:
            self.warn(
                f"{self.image} was pushed again while {CONTAINER.label(final)} was rolled out. Whether it runs what "
                "was pushed is not known: roll it out once more, with when_image_changed set to false."
            )
