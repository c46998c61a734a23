# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers, rolling one out again: always, or only if the tag of its image was pushed since.

``updated_at`` of a container has whole seconds only when a rollout ended (recorded).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.container.images import (
    Image,
    is_fixed,
    read_tag,
    registry_image,
)
from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, SETTLE
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.redeployment import Redeployment, redeployment_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    InvalidOption,
    Missing,
    RequestError,
)
from ansible_collections.scw.cloud.plugins.module_utils.moments import Moment, moment

REDEPLOY = "/containers/v1/{scope}/containers/{id}/redeploy"


def rollout_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that rolls out a container."""
    return redeployment_spec(CONTAINER, {"when_image_changed": {"type": "bool", "default": False}})


def manage_rollout(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that rolls out a container. Raises ScwError."""
    return _Rollout(client, params, warn, check_mode).run()


class _Rollout(Redeployment):
    """One task about one container."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], check_mode: bool
    ) -> None:
        super().__init__(CONTAINER, REDEPLOY, client, params, warn, check_mode=check_mode)
        self.image: Image | None = None
        self.tag: Values | None = None

    def examine(self, found: Values) -> None:
        if self.params["when_image_changed"]:
            self.image = self._image(found)

    def examine_settled(self, current: Values) -> None:
        if self.image:
            self.tag = self._read_tag(current, self.image)

    def is_due(self, current: Values | None) -> bool:
        """Whether to roll out. A rollout that failed did not bring the image, so it is repeated.

        One that an earlier task would create is rolled out with the image as it is then.
        """
        if not self.params["when_image_changed"]:
            return True
        return current is not None and (SETTLE.is_failed(current) or self._pushed(self.tag))

    def show(self, current: Values, after: Values) -> None:
        """The push that is the reason."""
        if self.tag and self._pushed(self.tag):
            after["image_tag"] = {key: self.tag.get(key) for key in ("name", "digest", "updated_at")}

    def conclude(self, final: Values) -> None:
        """Tell of a push that the next run will not see, because it is older than the end of this rollout."""
        if not (self.tag and self.image and self.params["wait"] and moment(self.rollout.seen.get("updated_at"))):
            return
        try:
            pushed = self._pushed(read_tag(self.client, self.image, str(self.tag.get("image_id") or "")))
        except Missing:
            return
        if pushed:
            self.warn(
                f"{self.image} was pushed again while {CONTAINER.label(final)} was rolled out. Whether it runs what "
                "was pushed is not known: roll it out once more, with when_image_changed set to false."
            )

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
