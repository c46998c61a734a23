# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers, rolling one out again: always, or only if the tag of its image was pushed since.

``updated_at`` of a container is when its last rollout began while that is under way, and when it ended afterwards, in
whole seconds (recorded). That is all the API tells about rollouts, and nothing is kept here beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.container import CONTAINER, LOCATION, NAMESPACE, SETTLE
from ansible_collections.scw.cloud.plugins.module_utils.container_images import (
    Image,
    Moment,
    is_fixed,
    moment,
    read_tag,
    registry_image,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    InvalidOption,
    LostAnswer,
    Missing,
    RequestError,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.lookup import Lookup, names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_id, is_unknown
from ansible_collections.scw.cloud.plugins.module_utils.waiting import Waiting, pauses

REDEPLOY = "/containers/v1/{scope}/containers/{id}/redeploy"

NAMED_CONTAINER = Ref("container", aliases=("container_id",), to=lambda: CONTAINER)
NAMED_NAMESPACE = Ref("namespace", aliases=("namespace_id",), to=lambda: NAMESPACE)

LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the looks that follow a lost answer: changes of containers were answered within 1.4 s (recorded)."""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""

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
        self.since: Any = None  # when the last rollout began; when it ended, if it was over already
        self.done: list[str] = []
        self.unsure = False  # whether a write was sent whose effect is not known yet

    def run(self) -> dict[str, Any]:
        found = self._find()
        if found is None:
            return self._without_container()
        if self.params["when_image_changed"]:
            self.image = self._image(found)
        current = self._noticed(found)
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
        return {"changed": bool(self.done), "diff": diff if self.done else NOTHING, "container": final}

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

    def _noticed(self, obj: Values) -> Values:
        """Remember what the object tells about its last rollout, before anything is waited for."""
        self.since = obj.get("updated_at")
        return obj

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
        return self._moment(tag, f"tag {self.image}") > self._moment({"updated_at": self.since}, CONTAINER.title)

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
        try:
            current = self._converge(self.waiting.until_settled(CONTAINER, current), does)
            return self._finish(current) if self.done else current
        except ScwError as error:
            error.data.update(done=self.done, not_done=[] if self.done else [does])
            if self.unsure:
                error.data["may_have_changed"] = True
            raise

    def _converge(self, current: Values, does: str) -> Values:
        """Have the container rolled out once: by this task, or by somebody else while it was waited for."""
        path = self.lookup.path(REDEPLOY, resource_id=current["id"])
        before, lost = moment(current.get("updated_at")), 0
        for pause in pauses():
            try:
                return self._begun(self.client.call("POST", path, doing=does, body={}), current, does)
            except Transient as busy:
                current = self._after_busy(current, busy, pause)
                if self.unsure and self._is_rolled_out(current, before):
                    return self._begun(current, current, does)
                current = self.waiting.until_settled(CONTAINER, current)
                if not self._due(current):
                    return current
            except LostAnswer as error:
                self.unsure, lost = True, lost + 1
                found = self._look(current, before, error)
                if found:
                    return self._begun(found, current, does)
                if lost == TRIES or error.data.get("status") == 500:
                    raise
                self._warn_of_second(current)
        return current

    def _begun(self, shown: Values, current: Values, does: str) -> Values:
        """Take note that a rollout began, with the moment that the API shows for it."""
        self.done.append(does)
        self.unsure = False
        self._noticed(shown)
        return current

    def _after_busy(self, current: Values, busy: Transient, pause: float) -> Values:
        """The container, which the API just called busy, at least a moment later if it does not look so."""
        found = self.lookup.get(CONTAINER, current["id"])
        if not SETTLE.is_busy(found):
            self.client.deadline.pause(pause, str(busy))
            found = self.lookup.get(CONTAINER, current["id"])
        return self._noticed(found)

    def _look(self, current: Values, before: Moment | None, error: LostAnswer) -> Values | None:
        """The container, if it was rolled out although the answer was lost; None if nothing of it shows."""
        for pause in LOOKS:
            self.client.deadline.pause(pause, str(error))
            found = self.lookup.get(CONTAINER, current["id"])
            if self._is_rolled_out(found, before):
                return found
        return None

    @staticmethod
    def _is_rolled_out(found: Values, before: Moment | None) -> bool:
        """Whether a rollout began since: this one's or somebody else's, which brings the same."""
        now = moment(found.get("updated_at"))
        return SETTLE.is_busy(found) or bool(before and now and now > before)

    def _warn_of_second(self, current: Values) -> None:
        self.warn(
            f"The API did not answer the request to roll out {CONTAINER.label(current)}, and nothing of it showed "
            f"within {sum(LOOKS):g} s, so it is sent again. If the first one only took long, there are two rollouts."
        )

    def _finish(self, current: Values) -> Values:
        """Wait until the rollout is in effect. Raises Failed, with the API's reason, if it gives up."""
        final = self.waiting.after_write(CONTAINER, current["id"], wait=bool(self.params["wait"]))
        if self.tag and self.params["wait"]:
            self._warn_of_push_meanwhile(final, self.tag)
        return final

    def _warn_of_push_meanwhile(self, final: Values, tag: Values) -> None:
        """Tell of a push that the next run will not see, because it is older than the end of this rollout."""
        if self.image is None or moment(self.since) is None:
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
