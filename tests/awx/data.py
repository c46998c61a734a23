# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``extensions/awx`` holds, and AWX's rules for it (AWX 24: credential types, surveys, playbooks of a project)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "extensions" / "awx"
PROJECT = DATA / "project"

ANSWERS: dict[str, type] = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": list,
    "integer": int,
    "float": float,
}
"""Types of questions, and of their answers."""

BLOCKED_VARIABLES = re.compile(
    "ANSIBLE_.*|VIRTUAL_ENV|PATH|PYTHONPATH|(JOB|INVENTORY|INVENTORY_SOURCE|INVENTORY_UPDATE|AD_HOC_COMMAND)_ID|"
    "REST_API_(URL|TOKEN)|MAX_EVENT_RES|CALLBACK_(QUEUE|CONNECTION)|CACHE|JOB_CALLBACK_DEBUG|INVENTORY_HOSTVARS|"
    "AWX_HOST|PROJECT_REVISION|SUPERVISOR_CONFIG_PATH"
)
"""Variables that a credential type may not set."""

PLAYBOOK_LINE = re.compile(r"^\s*?-?\s*?(?:hosts|include|import_playbook):\s*?.*?$", re.MULTILINE)
"""A file of a project is offered as a playbook if a line of it looks like this."""


class _Loader(yaml.SafeLoader):
    """Reads text marked as unsafe as it is."""


def _text(loader: yaml.SafeLoader, node: yaml.nodes.ScalarNode) -> Any:
    return loader.construct_scalar(node)


_Loader.add_constructor("!unsafe", _text)


def read(path: Path) -> Any:
    """The content of a YAML file."""
    return yaml.load(path.read_text(), Loader=_Loader)


def credential_type() -> dict[str, Any]:
    """The credential type."""
    found: dict[str, Any] = read(DATA / "credential_type.yml")["awx_credential_type"]
    return found


def sources() -> list[dict[str, Any]]:
    """The sources of the inventory."""
    found: list[dict[str, Any]] = read(DATA / "inventory.yml")["awx_inventory_sources"]
    return found


def job_templates() -> dict[str, dict[str, Any]]:
    """The job templates by the names of their playbooks, without ``.yml``."""
    templates = read(DATA / "job_templates.yml")["awx_job_templates"]
    return {Path(template["playbook"]).stem: template for template in templates}


def injector_complaints(kind: Mapping[str, Any]) -> list[str]:
    """What AWX would refuse in the injectors of a credential type: names, and templates with unknown fields."""
    example = {field["id"]: "EXAMPLE" for field in kind["inputs"]["fields"]}
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    found = []
    for section, templates in kind["injectors"].items():
        for name, template in templates.items():
            allowed = {"file": r"template(\.[a-zA-Z_]\w*)?", "env": r"[a-zA-Z_]\w*"}.get(section, "")
            if not re.fullmatch(allowed, name) or BLOCKED_VARIABLES.fullmatch(name):
                found.append(f"{section}.{name} is not allowed")
            sandbox.from_string(template).render(**example, tower={"filename": "EXAMPLE"})
    return found


def question_complaints(question: Mapping[str, Any]) -> list[str]:
    """What AWX would refuse in a question of a survey."""
    found = [
        f"{key} must be {wanted.__name__}"
        for key, wanted in {"type": str, "question_name": str, "variable": str, "required": bool}.items()
        if not isinstance(question.get(key), wanted)
    ]
    kind, choices = question.get("type"), question.get("choices", [])
    if kind not in ANSWERS:
        found.append(f"{kind} is no type of questions")
    if kind in ("multiplechoice", "multiselect") and not all(isinstance(one, str) and one for one in choices or [None]):
        found.append("choices must be texts")
    if any(not isinstance(question[key], int) for key in ("min", "max") if key in question):
        found.append("min and max must be integers")
    if "default" in question:
        found += answer_complaints(question, question["default"])
    return found


def answer_complaints(question: Mapping[str, Any], answer: Any) -> list[str]:
    """What AWX would refuse in an answer to a question."""
    name = question["variable"]
    if not isinstance(answer, ANSWERS[question["type"]]):
        return [f"the answer to {name} must be {ANSWERS[question['type']].__name__}"]
    chosen = answer if isinstance(answer, list) else [answer]
    if "choices" in question and not set(chosen) <= set(question["choices"]):
        return [f"{answer} is none of the choices of {name}"]
    measured = len(answer) if isinstance(answer, str) else answer
    if isinstance(measured, int) and not question.get("min", 0) <= measured <= question.get("max", measured):
        return [f"{answer} is too small or too large for {name}"]
    return []
