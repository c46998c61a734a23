# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options for the stages of a pipeline that a task gives inline: made of what the modules of these stages document."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.inline_options import dumped, inline

LOCAL = "In a whole pipeline, a backend may also be meant by its O(stages.backends[].name)"
"""What a link to a backend takes here besides an ID."""
NEXT = f"{LOCAL}; and without any link, the stage leads to the next one that the task gives, see O(stages)."
ANY = f"{NEXT} For a route stage, the next one takes the requests that match no rule."


def _stage(kind: str, *description: str, says: str = NEXT) -> dict[str, Any]:
    """One stage of a kind."""
    return {
        "description": list(description),
        "module": f"scw_edge_{kind}_stage",
        "without": {"pipeline", "pipeline_errors", "state", "wait", "wait_timeout"},
        "more": {"backend_stage": says},
        "single": True,
    }


NAME = {
    "description": [
        "What the other stages of the same task call this backend, in C(backend_stage). It is not sent to the API.",
        "Needed only where there are several backends.",
    ],
    "type": "str",
}
STAGES: dict[str, dict[str, Any]] = {
    "dns": _stage("dns", "The DNS stage, with the domains of the pipeline. It becomes the head of the pipeline."),
    "tls": _stage("tls", "The TLS stage, with the certificate."),
    "cache": _stage("cache", "The cache stage."),
    "route": _stage(
        "route",
        "The route stage with its rules. In them, too, C(backend_stage) takes the name of a backend.",
        says=ANY,
    ),
    "waf": _stage("waf", "The WAF stage."),
    "backends": {
        **_stage("backend", "The backend stages. Each is found again by its origin."),
        "more": {},
        "inside": {"name": NAME},
        "single": False,
    },
}
WHOLE: dict[str, Any] = {
    "stages": {
        "description": [
            "The stages of the pipeline, in the order in which requests pass them. Which stage leads to which follows from what is given together:"
            " a stage that does not say it leads to the next one of O(stages.dns), O(stages.tls), O(stages.cache), O(stages.route), O(stages.waf) and"
            " O(stages.backends) that the task gives. So a stage is inserted by giving it together with the one before it and the one behind it, for which"
            " V({}) is enough; given alone it is created, but no request reaches it.",
            "With several backends, a stage that leads to one of them has to say to which, by its O(stages.backends[].name).",
            "A stage behind which the task gives nothing keeps the link that it has. So does one that leads to a stage that is not given, unless O(purge=true);"
            " otherwise a firewall, for one, would be passed by unnoticed. If then no request would reach the next stage that the task gives, the task fails"
            " before it writes anything, and says which stage to give too.",
            "Between O(stages.dns) and O(stages.route) or O(stages.waf) the API wants O(stages.tls) or O(stages.cache).",
            "Stages that are not given are left alone, unless O(purge=true).",
        ],
        "type": "dict",
        "suboptions": inline(STAGES, "stages."),
    },
    "purge": {
        "description": [
            "Whether to delete all stages that are not in O(stages), from the head of the pipeline down. Without O(stages) nothing is deleted.",
            "A stage that another one still leads to is not deleted; the task fails before it writes anything.",
        ],
        "type": "bool",
        "default": False,
    },
}


class ModuleDocFragment:
    # Annotated, because the check of YAML takes only these for more than literals.
    DOCUMENTATION: str = dumped(WHOLE)
