# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programmed errors of pipelines: what goes wrong with them besides what is wrong with their configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scaleway.edge_services.v1beta1 import types

from emulator.settings import BadControlInputError


@dataclass(frozen=True)
class ErrorRule:
    """An error that pipelines show as long as the rule holds.

    pipeline: an identifier or a name, "*" for every pipeline. The rest is shown as it is.
    """

    code: str
    pipeline: str = "*"
    stage: str = "unknown_stage"
    severity: str = "critical"
    type: str = "runtime"
    message: str = "programmed"

    def covers(self, *names: str) -> bool:
        """Say whether the rule is about a pipeline of these names."""
        return self.pipeline == "*" or self.pipeline in names

    def as_error(self) -> dict[str, str]:
        """Return the error as the API shows it."""
        return {
            "stage": self.stage,
            "code": self.code,
            "severity": self.severity,
            "type": self.type,
            "message": self.message,
        }

    @classmethod
    def parse(cls, document: object) -> ErrorRule:
        """Read one rule; raises BadControlInputError saying what is wrong."""
        if not isinstance(document, Mapping):
            raise BadControlInputError("an error rule must be an object")
        for name, value in document.items():
            require_known("an error rule", name, value, _ALLOWED)
        if "code" not in document:
            raise BadControlInputError("an error rule needs the key 'code'")
        return cls(**document)


_ALLOWED: Mapping[str, tuple[str, ...] | None] = {
    "code": tuple(item.value for item in types.PipelineErrorCode),
    "pipeline": None,
    "stage": tuple(item.value for item in types.PipelineErrorStage),
    "severity": tuple(item.value for item in types.PipelineErrorSeverity),
    "type": tuple(item.value for item in types.PipelineErrorType),
    "message": None,
}


def require_known(what: str, name: str, value: Any, allowed: Mapping[str, tuple[str, ...] | None]) -> None:
    """Refuse keys and words that a rule does not know; None allows every text."""
    if name not in allowed:
        raise BadControlInputError(f"unknown key '{name}' in {what}, allowed: {', '.join(allowed)}")
    words = allowed[name]
    if not isinstance(value, str):
        raise BadControlInputError(f"key '{name}' of {what} must be a str, got {value!r}")
    if words is not None and value not in words:
        raise BadControlInputError(f"key '{name}' of {what} must be one of {', '.join(words)}, got {value!r}")
