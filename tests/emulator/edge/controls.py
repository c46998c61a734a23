# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of the control interface that are about Edge Services."""

from __future__ import annotations

from typing import Any

from emulator.edge.check_rules import CheckRule
from emulator.edge.error_rules import ErrorRule
from emulator.edge.state import EdgeState
from emulator.operations import Control


def _read_errors(state: EdgeState) -> Any:
    return [vars(rule) for rule in state.error_rules]


def _write_errors(state: EdgeState, documents: Any) -> None:
    state.error_rules = tuple(ErrorRule.parse(document) for document in documents)


def _read_checks(state: EdgeState) -> Any:
    return [vars(rule) for rule in state.check_rules]


def _write_checks(state: EdgeState, documents: Any) -> None:
    state.check_rules = tuple(CheckRule.parse(document) for document in documents)


CONTROLS: dict[str, Control[EdgeState]] = {
    "edge_errors": Control(_read_errors, _write_errors),
    "edge_checks": Control(_read_checks, _write_checks),
}
