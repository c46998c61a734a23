# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with the configuration of a pipeline: found when it is deployed, never when a stage is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emulator.edge.facts import link_key
from emulator.edge.records import Pipeline, Stage
from emulator.edge.state import EdgeState

Error = dict[str, str]
_KNOWN_STAGES = frozenset({"dns", "tls", "cache", "backend"})
_FQDN = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
# Recorded.
MISSING_HEAD: Error = {
    "stage": "unknown_stage",
    "code": "pipeline_missing_head_stage",
    "severity": "critical",
    "type": "config",
    "message": "first (head) stage missing",
}


def reached(state: EdgeState, pipeline: Pipeline) -> list[Stage]:
    """Return the stages that requests can pass, each once, from the heads on."""
    waiting, found = list(pipeline.head_ids), dict[str, Stage]()
    while waiting:
        stage = state.stages.get(waiting.pop(0))
        if stage is not None and stage.id not in found:
            found[stage.id] = stage
            waiting.extend(followers(stage))
    return list(found.values())


def followers(stage: Stage) -> list[str]:
    """Return the identifiers of the stages that a stage leads to, by its link and by its rules."""
    ways = [stage.link, *stage.rules]
    return [identifier for way in ways for key, identifier in way.items() if key.endswith("_stage_id")]


def errors_of(state: EdgeState, pipeline: Pipeline) -> list[Error]:
    """Return what the API would complain about."""
    if not pipeline.head_ids:
        return [dict(MISSING_HEAD)]
    return [error for stage in reached(state, pipeline) for error in _errors_of_stage(state, stage)]


def name_error(fqdn: str) -> str | None:
    """Return the code of what is wrong with a host name by itself, None where nothing is."""
    if not _FQDN.fullmatch(fqdn):
        return "dns_invalid_format"
    if fqdn.lower().endswith(".scw.cloud"):
        return "dns_forbidden_scw_cloud"
    if fqdn.count(".") == 1:
        return "dns_forbidden_root_domain"
    return "dns_cname_dont_exist" if fqdn.startswith("unresolved.") else None


def _errors_of_stage(state: EdgeState, stage: Stage) -> Iterator[Error]:
    if stage.kind != "backend" and not stage.link:
        yield _error(stage.kind, "pipeline_invalid_workflow", "config", f"{stage.kind} stage leads nowhere")
    if stage.kind != "dns":
        return
    for fqdn in stage.settings["fqdns"]:
        code = name_error(fqdn) or ("dns_fqdn_already_in_use" if _is_taken(state, stage, fqdn) else None)
        if code is not None:
            yield _error("dns", code, "config", f"{fqdn}: {code.replace('_', ' ')}")
    tls = state.stages.get(stage.link.get(link_key("tls"), ""))
    if tls is not None and stage.settings["fqdns"]:
        yield from _errors_of_certificate(stage, tls)


def _is_taken(state: EdgeState, stage: Stage, fqdn: str) -> bool:
    return any(
        other.kind == "dns" and other.id != stage.id and fqdn.lower() in map(str.lower, other.settings["fqdns"])
        for other in state.stages
    )


def _errors_of_certificate(dns: Stage, tls: Stage) -> Iterator[Error]:
    fqdns: list[str] = dns.settings["fqdns"]
    if tls.settings["managed_certificate"]:
        if dns.settings["wildcard_domain"]:
            text = "a wildcard domain needs a certificate of its own"
            yield _error("tls", "tls_managed_unsupported", "config", text)
        for fqdn in fqdns:
            if fqdn.startswith("fail."):
                yield _error("tls", "tls_managed_internal", "runtime", f"no certificate for {fqdn}")
    elif not tls.settings["secrets"]:
        yield _error("tls", "tls_cert_missing", "config", f"no certificate for {', '.join(fqdns)}")


def _error(kind: str, code: str, cause: str, message: str) -> Error:
    return {
        "stage": kind if kind in _KNOWN_STAGES else "unknown_stage",
        "code": code,
        "severity": "critical",
        "type": cause,
        "message": message,
    }
