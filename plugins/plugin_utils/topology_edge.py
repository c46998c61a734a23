# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines of Edge Services as cards: names, stages in the order that requests pass them, and origins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_lb import key_of as lb_key
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import (
    Card,
    Column,
    Diagram,
    Link,
    Mark,
    Row,
    Values,
    joined,
    mark_of,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_serverless import row_key, serverless_key
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import counted, date, plain

KINDS = ("dns", "tls", "cache", "route", "waf", "backend")


@dataclass(frozen=True)
class Origin:
    """Where a backend stage gets its content: a card, and the row of it, and what it is called."""

    card: str
    row: str
    name: str
    note: str = ""


@dataclass
class Walk:
    """What is found on the ways through a pipeline: rows in their order, and the origins that they lead to."""

    stages: Mapping[str, tuple[str, Values]]
    origins: Mapping[str, tuple[Origin, ...]]
    rows: list[Row] = field(default_factory=list)
    ends: list[tuple[str, Origin]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def follow(self, stage_id: str | None) -> None:
        """Add the stages from this one on, up to the origin."""
        passed: list[str] = []
        while stage_id and stage_id in self.stages and stage_id not in self.seen:
            kind, stage = self.stages[stage_id]
            if kind == "backend":
                break
            self.seen.add(stage_id)
            self.rows.append(_stage_row(kind, stage))
            passed.append(kind)
            for rule in stage.get("route_rules") or ():
                self._end(_target(rule), _condition(rule), _filters(rule))
            stage_id = _following(stage)
        if passed:
            self._end(stage_id, "everything else" if "route" in passed else "all requests", "")

    def _end(self, stage_id: str | None, text: str, title: str) -> None:
        """Add one row for what comes after a rule or a chain: perhaps a firewall, and the origin."""
        notes: list[str] = []
        visited: set[str] = set()
        while stage_id and stage_id in self.stages and stage_id not in visited:
            kind, stage = self.stages[stage_id]
            visited.add(stage_id)
            if kind == "backend":
                break
            notes.append(_stage_note(kind, stage))
            stage_id = _following(stage)
        self.seen |= visited
        key = f"end{len(self.rows)}"
        targets = self.origins.get(stage_id or "", ())
        self.ends += [(key, target) for target in targets]
        named = ", ".join(filter(None, (target.note for target in targets)))
        lost = "" if targets else "leads nowhere"
        note = lost or " · ".join(filter(None, (*notes, named)))
        icon = "way" if targets else ""
        self.rows.append(Row(text, note, mark=None if targets else Mark.BAD, icon=icon, key=key, title=title or text))


def pipelines(found: Iterable[Values], frontends: Mapping[str, str]) -> Diagram:
    """All pipelines, with the cards of origins that belong to nobody else; ``frontends``: their names by ID."""
    return joined(_pipeline(pipeline, frontends) for pipeline in found)


def _pipeline(pipeline: Values, frontends: Mapping[str, str]) -> Diagram:
    key, group = f"pipeline:{pipeline['id']}", str(pipeline["id"])
    stages = {
        stage["id"]: (kind, stage) for kind in KINDS for stage in pipeline.get(f"{kind}_stages") or () if "id" in stage
    }
    backends = {stage_id: stage for stage_id, (kind, stage) in stages.items() if kind == "backend"}
    walk = Walk(stages, {stage_id: tuple(_origins(stage, frontends)) for stage_id, stage in backends.items()})
    for head in _heads(stages):
        walk.follow(head)
    unused = [_unused(kind, stage) for stage_id, (kind, stage) in stages.items() if stage_id not in walk.seen]
    problems = [_problem(error) for error in pipeline.get("errors") or () if isinstance(error, dict)]
    card = _card(pipeline, key, group, (*problems, *walk.rows, *unused))
    buckets = dict.fromkeys(card for stage in backends.values() for card in _bucket(stage, group))
    links = [Link(key, origin.card, row, origin.row) for row, origin in walk.ends]
    return joined([_names(pipeline, key, group), Diagram((card, *buckets), tuple(links))])


def _card(pipeline: Values, key: str, group: str, rows: tuple[Row, ...]) -> Card:
    name, status = plain(pipeline.get("name")), plain(pipeline.get("status"))
    return Card(
        key,
        Column.EDGE,
        "edge",
        "Edge Services",
        name,
        group,
        mark_of(status),
        status.partition("_")[0],
        rows=rows,
        title=f"{name} ({pipeline['id']}) {plain(pipeline.get('description'))}".strip(),
        about=f"Pipeline {name}",
    )


def _names(pipeline: Values, key: str, group: str) -> Diagram:
    rows = []
    for stage in pipeline.get("dns_stages") or ():
        default = plain(stage.get("default_fqdn"))
        own = [plain(name) for name in stage.get("fqdns") or () if plain(name) != default]
        wildcard = "and below" if stage.get("wildcard_domain") else ""
        rows += [Row(name, wildcard, title=name) for name in own]
        if default and not own:
            rows.append(Row(default, title=default))
    if not rows:
        return Diagram()
    kind = "Domain names" if len(rows) > 1 else "Domain name"
    card = Card(f"names:{group}", Column.ENTRY, "entry", kind, "", group, rows=tuple(rows))
    return Diagram((card,), (Link(card.key, key),))


def _heads(stages: Mapping[str, tuple[str, Values]]) -> list[str]:
    """Where requests come in: the DNS stages, then whatever no other stage leads to."""
    led_to = {_following(stage) for _kind, stage in stages.values()}
    led_to |= {_target(rule) for _kind, stage in stages.values() for rule in stage.get("route_rules") or ()}
    return [stage_id for stage_id, (kind, _stage) in stages.items() if kind == "dns" and stage_id not in led_to]


def _following(stage: Values) -> str | None:
    return next((stage[f"{kind}_stage_id"] for kind in KINDS if stage.get(f"{kind}_stage_id")), None)


def _target(rule: Values) -> str | None:
    """Where a rule leads; the route stage that it names is the one that it is in."""
    return rule.get("waf_stage_id") or rule.get("backend_stage_id")


# Rows


def _stage_row(kind: str, stage: Values) -> Row:
    names = {"dns": "DNS", "tls": "TLS", "cache": "Cache", "route": "Rules", "waf": "Firewall"}
    return Row(
        names.get(kind, kind), _said(kind, stage), mark=mark_of(stage.get("status")), title=_tooltip(kind, stage)
    )


def _stage_note(kind: str, stage: Values) -> str:
    return f"firewall {_said(kind, stage)}".replace(" on,", ",") if kind == "waf" else kind


def _said(kind: str, stage: Values) -> str:
    if kind == "tls":
        until = f"until {date(stage['certificate_expires_at'])}" if stage.get("certificate_expires_at") else ""
        return until or (
            "managed" if stage.get("managed_certificate") else counted(len(stage.get("secrets") or ()), "secret")
        )
    if kind == "cache":
        return _seconds(stage.get("fallback_ttl"))
    if kind == "route":
        return counted(len(stage.get("route_rules") or ()), "rule")
    if kind == "waf":
        modes = {"enable": "on", "log_only": "logs only", "disable": "off"}
        mode = plain(stage.get("mode"))
        return f"{modes.get(mode, mode)}, level {plain(stage.get('paranoia_level'))}"
    return plain(stage.get("type"))


def _tooltip(kind: str, stage: Values) -> str:
    managed = "managed certificate" if stage.get("managed_certificate") else ""
    return " · ".join(filter(None, (f"{kind} stage {plain(stage.get('id'))}", plain(stage.get("status")), managed)))


def _seconds(text: Any) -> str:
    seconds = plain(text).removesuffix("s")
    if not seconds.isdigit():
        return plain(text)
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if int(seconds) and int(seconds) % size == 0:
            return f"{int(seconds) // size} {unit}"
    return f"{seconds} s"


def _condition(rule: Values) -> str:
    match = rule.get("rule_http_match") or {}
    methods = "/".join(plain(method).upper() for method in match.get("method_filters") or ())
    host = plain((match.get("host_filter") or {}).get("value"))
    path = plain((match.get("path_filter") or {}).get("value"))
    return " ".join(filter(None, (methods, host, path))) or "any request"


def _filters(rule: Values) -> str:
    return f"Rule {plain(rule.get('position'))}: {_condition(rule)}"


def _unused(kind: str, stage: Values) -> Row:
    return Row(f"{kind} stage", "not in use", mark=Mark.IDLE, title=_tooltip(kind, stage))


def _problem(error: Values) -> Row:
    text = plain(error.get("message")) or plain(error.get("code"))
    critical = plain(error.get("severity")) == "critical" or plain(error.get("type")) == "runtime"
    return Row(text, mark=Mark.BAD if critical else Mark.WARN, title=f"{plain(error.get('stage'))}: {text}")


# Origins


def _origins(stage: Values, frontends: Mapping[str, str]) -> Iterator[Origin]:
    for lb in (stage.get("scaleway_lb") or {}).get("lbs") or ():
        yield Origin(lb_key(lb.get("id")), "", "load balancer", plain(frontends.get(lb.get("frontend_id"), "")))
    if container := stage.get("scaleway_serverless_container"):
        yield Origin(
            serverless_key("container", container.get("container_id")), row_key(container.get("container_id")), ""
        )
    if function := stage.get("scaleway_serverless_function"):
        yield Origin(serverless_key("function", function.get("function_id")), row_key(function.get("function_id")), "")
    if bucket := stage.get("scaleway_s3"):
        yield Origin(_bucket_key(bucket), "", plain(bucket.get("bucket_name")))


def _bucket_key(bucket: Values) -> str:
    return f"bucket:{bucket.get('bucket_region')}:{bucket.get('bucket_name')}"


def _bucket(stage: Values, group: str) -> list[Card]:
    bucket = stage.get("scaleway_s3")
    if not bucket:
        return []
    site = "website" if bucket.get("is_website") else ""
    detail = " · ".join(filter(None, (plain(bucket.get("bucket_region")), site)))
    name = plain(bucket.get("bucket_name"))
    return [Card(_bucket_key(bucket), Column.ORIGIN, "bucket", "Bucket", name, group, detail=detail, title=name)]
