# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A field for a private key with its certificate and chain, in PEM. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass


class PemText(str):
    """The text that requests carry, with its ``content``. Whoever prints values for a message gets the content."""

    content: dict[str, Any]

    def __repr__(self) -> str:
        return repr(self.content)


def read_pem(text: str) -> PemText:
    """The text as requests carry it, checked. Raises PemProblem, or MissingLibrary."""
    # Imported here: only tasks that bring a certificate pay for it.
    from ansible_collections.scw.cloud.plugins.module_utils.description.certificate_chain import read_chain

    written, content = read_chain(text)
    read = PemText(written)
    read.content = content
    return read


@dataclass(frozen=True)
class Pem(Field):
    """A private key with its certificate and chain. Requests carry the text, answers show what the certificate says.

    Two values are the same if these agree. Some certificates name their common name among the alternative names,
    others do not, and which of them an API repeats is its own choice: so all names count together.
    """

    def shape(self) -> dict[str, Any]:
        return {"type": "str", "no_log": True}

    def parse(self, value: Any, where: str) -> PemText:
        from ansible_collections.scw.cloud.plugins.module_utils.description.certificate_chain import PemProblem

        try:
            return read_pem(str(value))
        except PemProblem as problem:
            raise InvalidOption(where, str(problem)) from None

    def canonical(self, value: Any) -> Any:
        content = value.content if isinstance(value, PemText) else value
        if not isinstance(content, Mapping):
            return value
        common_name = str(content.get("common_name") or "").lower()
        listed = content.get("subject_alternative_name")
        names = {str(name).lower() for name in (listed if isinstance(listed, list) else [])}
        return {
            "common_name": common_name,
            "subject_alternative_name": sorted(names - {common_name}),
            "not_valid_before": _whole_seconds(content.get("not_valid_before")),
            "not_valid_after": _whole_seconds(content.get("not_valid_after")),
        }

    def encode(self, value: Any) -> Any:
        return str(value) if isinstance(value, PemText) else value

    def predicted(self, value: Any) -> Any:
        return dict(value.content) if isinstance(value, PemText) else value

    def difference(self, wanted: Any, current: Any) -> tuple[Any, Any]:
        return self.predicted(current), self.predicted(wanted)

    def outdated(self, value: Any, now: float) -> str:
        end = value.content["not_valid_after"]
        moment = datetime.strptime(end, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        return f"the certificate expired on {end[:10]}." if moment.timestamp() < now else ""


def _whole_seconds(moment: Any) -> str:
    return re.sub(r"\.[0-9]+", "", str(moment))
