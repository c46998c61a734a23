# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of tasks that say all of something at once: a load balancer, the ACLs of a frontend, a pipeline.

Each task says everything that varies, and removes what it does not say, so the last one alone tells how it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from behaviour.expectations import assert_clear, assert_quiet
from behaviour.runner import Run, run_module
from properties.beginning import Beginning
from properties.lasting import lasting
from properties.steps import Conditions, Strike, strikes

Options = Mapping[str, Any]
OptionsOf = st.SearchStrategy[Options]


@dataclass(frozen=True)
class Whole:
    """Have everything as these options say; in check mode if ``only_foresee``."""

    options: Options = field(default_factory=dict)
    strikes: tuple[Strike, ...] = ()
    only_foresee: bool = False


@dataclass(frozen=True)
class Nothing:
    """Have nothing of it exist."""

    strikes: tuple[Strike, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A module that takes all of something: options that find it, more that have it exist, and those that delete it.

    ``unique``: kinds, each with the keys that no two objects of it may have alike.
    """

    module: str
    identity: Options
    creation: Options
    removal: Options | None
    unique: Mapping[str, tuple[str, ...]]


def wholes(options: OptionsOf, *, removable: bool) -> st.SearchStrategy[list[Whole | Nothing]]:
    """A sequence of tasks with such options."""
    wanted: st.SearchStrategy[Whole | Nothing] = st.builds(Whole, options, strikes())
    foreseen = st.builds(Whole, options, strikes(), st.just(True))
    kinds = [wanted, wanted, wanted, foreseen, *([st.builds(Nothing, strikes())] if removable else [])]
    return st.lists(st.one_of(kinds), min_size=1, max_size=5)


class TreeTeller:
    """One story of tasks about one subject."""

    def __init__(self, beginning: Beginning, subject: Subject, conditions: Conditions) -> None:
        self._beginning = beginning
        self._emulator = beginning.emulator
        self._subject = subject
        self._last: Options | None = None
        beginning.restore(conditions)

    def tell(self, step: Whole | Nothing) -> None:
        """Let one step happen."""
        task = self._task(step)
        check = isinstance(step, Whole) and step.only_foresee
        if not check:
            self._last = task
        self._emulator.faults([strike.rule for strike in step.strikes])
        run = self._checked(task, check=check)
        self._emulator.faults([])
        assert step.strikes or not run.failed, run.message

    def _task(self, step: Whole | Nothing) -> Options:
        subject = self._subject
        if isinstance(step, Whole):
            return {**subject.identity, **subject.creation, **step.options}
        return {**subject.identity, **(subject.removal or {})}

    def _checked(self, task: Options, *, check: bool) -> Run:
        """Run a task; what it says of itself must be true, and nothing may be there twice."""
        before = lasting(self._emulator.state())
        run = self._run(task, check=check)
        after = lasting(self._emulator.state())
        if run.failed:
            assert_clear(run)
        if check:
            assert run.operations == [], "check mode has written"
        elif not run.result.get("changed"):
            assert after == before, "a task has changed something and does not say so"
        elif not run.failed:
            assert after != before, "a task says that it has changed something, and has not"
        for kind, keys in self._subject.unique.items():
            held = [str([one[key] for key in keys]) for one in after.get(kind, [])]
            assert len(held) == len(set(held)), f"there are two alike of {kind}"
        return run

    def _run(self, task: Options, *, check: bool = False) -> Run:
        return run_module(self._emulator, self._subject.module, task, check=check)

    def assert_ends_well(self) -> None:
        """The last task runs once more and succeeds, and then has nothing to do; nothing else is there."""
        if self._last is None:
            return
        run = self._checked(self._last, check=False)
        assert not run.failed, run.message
        assert_quiet(self._run(self._last))
        held = lasting(self._emulator.state())
        self._beginning.restore(Conditions())
        straight = self._run(self._last)
        assert not straight.failed, straight.message
        assert held == lasting(self._emulator.state())


# A load balancer

SUBNETS = (["10.0.0.0/8"], ["192.0.2.0/24", "198.51.100.7"])
LB = Subject(
    "scw_lb",
    {"zone": "nl-ams-2", "name": "shop"},
    {"purge": True},
    {"state": "absent", "release_ip": True},
    {
        "lbs": ("name",),
        "backends": ("name",),
        "frontends": ("name",),
        "certificates": ("name",),
        "acls": ("frontend_id", "name"),
        "routes": ("frontend_id", "match"),
        "private_networks": ("private_network_id",),
    },
)
ACLS = Subject(
    "scw_lb_acls",
    {"zone": "nl-ams-2", "lb": "shop", "frontend": "http"},
    {"purge": True},
    None,
    {"acls": ("name",)},
)


def some(*names: str, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Some of these, in their order."""
    chosen = st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=len(names))
    return chosen.map(lambda kept: [name for name in names if name in kept])


def acls() -> st.SearchStrategy[list[Options]]:
    """Some ACLs in any order."""

    def made(name: str) -> OptionsOf:
        return st.fixed_dictionaries(
            {
                "name": st.just(name),
                "action": st.sampled_from(({"type": "allow"}, {"type": "deny"})),
                "match": st.fixed_dictionaries({"ip_subnet": st.sampled_from(SUBNETS), "invert": st.booleans()}),
            }
        )

    names = st.lists(st.sampled_from(("office", "others", "rest")), unique=True, max_size=3)
    return names.flatmap(lambda kept: st.tuples(*map(made, kept)).map(list))


def _backend(name: str) -> OptionsOf:
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "forward_protocol": st.just("http"),
            "forward_port": st.sampled_from((8080, 8081)),
            "health_check": st.sampled_from(({"port": 8080}, {"port": 8081})),
            "server_ip": st.sampled_from(([], ["10.0.0.1"], ["10.0.0.2", "10.0.0.3"])),
            "timeout_server": st.sampled_from(("30s", "1m")),
        }
    )


def _frontend(name: str, backends: list[str], certificates: list[str]) -> OptionsOf:
    """``plain`` and ``http`` are on the same port."""

    def routes(hosts: list[str]) -> st.SearchStrategy[list[Options]]:
        each = [
            st.fixed_dictionaries({"match": st.just({"host_header": host}), "backend": st.sampled_from(backends)})
            for host in hosts
        ]
        return st.tuples(*each).map(list)

    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "inbound_port": st.just(443 if name == "https" else 80),
            "backend": st.sampled_from(backends),
            "timeout_client": st.sampled_from(("5s", "10s")),
            "certificates": st.just(certificates if name == "https" else []),
            "acls": acls(),
            "routes": some("a.example.com", "b.example.com").flatmap(routes),
        }
    )


def _branches(names: tuple[list[str], list[str], list[str]]) -> OptionsOf:
    backends, frontends, certificates = names
    kept = [name for name in frontends if backends and not (name == "plain" and "http" in frontends)]
    issued = [{"name": name, "letsencrypt": {"common_name": f"{name}.example.com"}} for name in certificates]
    return st.fixed_dictionaries(
        {
            "type": st.sampled_from(("lb-s", "lb-gp-m")),
            "description": st.sampled_from(("", "one")),
            "tags": st.sampled_from(([], ["a"], ["b", "c"])),
            "certificates": st.just(issued),
            "private_networks": some("a", "c").map(_networks),
            "backends": st.tuples(*map(_backend, backends)).map(list),
            "frontends": st.tuples(*(_frontend(name, backends, certificates) for name in kept)).map(list),
        }
    )


def _networks(names: list[str]) -> list[Options]:
    own_id = "{}5555555-5555-4555-8555-555555555550"
    return [{"private_network_id": own_id.format(name), "ipam_ids": [own_id.format(f"b{name}"[0])]} for name in names]


def load_balancers() -> OptionsOf:
    """Everything about a load balancer."""
    names = st.tuples(some("web", "api", "mail"), some("plain", "http", "https"), some("issued"))
    return names.flatmap(_branches)


# A pipeline

PIPELINE = Subject(
    "scw_edge_pipeline",
    {"name": "shop"},
    {"purge": True, "pipeline_errors": "ignore"},
    {"state": "absent"},
    {
        "edge_pipelines": ("name",),
        "edge_backend_stages": ("settings",),
        **{f"edge_{kind}_stages": ("pipeline_id",) for kind in ("dns", "tls", "cache", "route", "waf")},
    },
)


def _bucket(name: str) -> OptionsOf:
    origin = st.booleans().map(lambda site: {"bucket_name": name, "bucket_region": "fr-par", "is_website": site})
    return st.fixed_dictionaries({"name": st.just(name), "scaleway_s3": origin})


def _stages(kinds: list[str]) -> OptionsOf:
    """Stages of these kinds before one backend, or two if requests are told apart."""
    if "dns" in kinds and not {"tls", "cache"} & set(kinds):
        kinds = [*kinds, "cache"]  # a DNS stage leads to no other
    told_apart = "route" in kinds
    buckets = [_bucket(name) for name in ("site", "files")[: 1 + told_apart]]
    to_site = {"backend_stage": st.just("site")} if told_apart else {}
    targets = [{"backend_stage": "files"}, *([{"waf_stage": "only"}] if "waf" in kinds else [])]
    rule = st.builds(
        lambda path, target: {"rule_http_match": {"path_filter": {"value": path}}, **target},
        st.sampled_from(("/a/.*", "/b/.*")),
        st.sampled_from(targets),
    )
    values: dict[str, OptionsOf] = {
        "dns": st.fixed_dictionaries({"fqdns": some("www.example.com", "shop.example.com", least=1)}),
        "tls": st.fixed_dictionaries({"managed_certificate": st.booleans()}),
        "cache": st.fixed_dictionaries(
            {"fallback_ttl": st.sampled_from(("1h", "2h")), "include_cookies": st.booleans()}
        ),
        "route": st.fixed_dictionaries({**to_site, "route_rules": st.lists(rule, max_size=2)}),
        "waf": st.fixed_dictionaries(
            {"mode": st.sampled_from(("enable", "log_only")), "paranoia_level": st.sampled_from((1, 3)), **to_site}
        ),
    }
    chosen = {kind: values[kind] for kind in values if kind in kinds}
    return st.fixed_dictionaries({**chosen, "backends": st.tuples(*buckets).map(list)})


def pipelines() -> OptionsOf:
    """Everything about a pipeline."""
    stages = some("dns", "tls", "cache", "route", "waf").flatmap(_stages)
    return st.fixed_dictionaries({"description": st.sampled_from(("", "one")), "stages": stages})
