# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about the stages of a pipeline: links, rules, certificates, domains, the head, and who uses whom."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.chain import Chain
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from emulator.testing import Emulator

SECRET = {"secret_id": "55555555-5555-4555-8555-555555555551", "region": "fr-par"}
OTHER_SECRET = {"secret_id": "55555555-5555-4555-8555-555555555552", "region": "nl-ams"}


@pytest.fixture
def chain(emulator: Emulator, session: requests.Session) -> Chain:
    return Chain(emulator, session)


# Links


def test_another_link_takes_the_place_of_the_present_one(chain: Chain) -> None:
    backend = chain.backend()
    waf = chain.add("waf", mode="enable", paranoia_level=1)
    chain.run("cache", fallback_ttl="1h", backend_stage="only")

    predicted = chain.run("cache", waf_stage="only", check=True)
    changed = chain.run("cache", waf_stage="only")
    assert_predicts(predicted)
    assert_changed(changed, "UpdateCacheStage")
    assert changed.writes[-1].body == {"waf_stage_id": waf}
    assert changed.diff == predicted.diff
    assert changed.diff["before"] == {"backend_stage": backend, "waf_stage": None}
    assert changed.diff["after"] == {"waf_stage": waf}
    assert "backend_stage_id" not in changed.result["cache_stage"]
    assert changed.result["cache_stage"]["fallback_ttl"] == "3600s"
    assert_quiet(chain.run("cache", waf_stage=waf))


def test_an_empty_link_ends_that_link_and_no_other(chain: Chain) -> None:
    backend = chain.backend()
    chain.run("cache", fallback_ttl="1h", backend_stage="only")
    assert_quiet(chain.run("cache", waf_stage=""))

    kept = chain.run("cache", waf_stage="", fallback_ttl="2h")
    assert kept.diff["before"] == {"fallback_ttl": "3600s"}
    assert kept.result["cache_stage"]["backend_stage_id"] == backend

    ended = chain.run("cache", backend_stage="")
    assert_changed(ended, "UpdateCacheStage")
    assert ended.writes[-1].body == {"backend_stage_id": ""}
    assert ended.diff["before"] == {"backend_stage": backend}
    assert "backend_stage_id" not in ended.result["cache_stage"]


def test_a_creation_does_not_send_a_link_that_is_not_wanted(chain: Chain) -> None:
    created = chain.run("cache", fallback_ttl="1h", backend_stage="")
    assert created.writes[-1].body == {"fallback_ttl": "3600s"}
    assert_quiet(chain.run("cache", fallback_ttl="1h", backend_stage=""))


def test_a_link_may_be_spelled_with_the_key_of_the_api(chain: Chain) -> None:
    backend = chain.backend()
    chain.run("cache", backend_stage_id=backend)
    assert_quiet(chain.run("cache", backend_stage=backend.upper()))


# Which one


def test_several_stages_of_a_kind_are_an_error_that_lists_them(chain: Chain) -> None:
    stages = [chain.add("cache"), chain.add("cache", fallback_ttl="60s")]
    for state in ("present", "absent"):
        refused = chain.run("cache", state=state)
        assert_refused(refused, "2 cache stages are on pipeline 'shop'", *stages)
        assert refused.result["error"]["ids"] == stages
    assert_quiet(chain.run("cache", id=stages[1], fallback_ttl="1m"))


def test_the_only_one_of_several_is_nobody(chain: Chain) -> None:
    backends = [chain.backend("one"), chain.backend("two")]
    assert_refused(chain.run("waf", mode="enable", paranoia_level=1, backend_stage="only"), *backends)
    chosen = chain.run("waf", mode="enable", paranoia_level=1, backend_stage=backends[1])
    assert chosen.result["waf_stage"]["backend_stage_id"] == backends[1]


def test_the_only_one_of_none_is_missing_but_foreseen_in_a_check_run(chain: Chain) -> None:
    assert_refused(chain.run("tls", cache_stage="only"), "cache stage", "'shop'")
    predicted = chain.run("tls", cache_stage="only", check=True)
    assert_predicts(predicted)
    assert "cache stage" in predicted.warnings[0]


# Rules


def to(backend: str, pattern: str, **match: Any) -> dict[str, Any]:
    """A rule for paths."""
    return {"rule_http_match": {"path_filter": {"value": pattern}, **match}, "backend_stage": backend}


def patterns(rules: list[dict[str, Any]]) -> list[str]:
    return [rule["rule_http_match"]["path_filter"]["value"] for rule in rules]


def test_rules_are_set_as_a_whole_in_their_order(chain: Chain) -> None:
    backend = chain.backend()
    rules = [to(backend, "/a"), to(backend, "/b"), to(backend, "/c")]
    created = chain.run("route", route_rules=rules, backend_stage="only")
    assert_changed(created, "CreateRouteStage", "SetRouteRules")
    assert_quiet(chain.run("route", route_rules=rules))

    turned = chain.run("route", route_rules=rules[::-1])
    assert_changed(turned, "SetRouteRules")
    assert patterns(turned.result["route_stage"]["route_rules"]) == ["/c", "/b", "/a"]
    assert patterns(turned.diff["before"]["route_rules"]) == ["/a", "/b", "/c"]
    assert patterns(turned.diff["after"]["route_rules"]) == ["/c", "/b", "/a"]
    assert_quiet(chain.run("route", route_rules=rules[::-1]))

    less = chain.run("route", route_rules=rules[:1])
    assert patterns(less.writes[-1].body["route_rules"]) == ["/a"]
    assert [rule["position"] for rule in less.result["route_stage"]["route_rules"]] == [1]

    none = chain.run("route", route_rules=[])
    assert none.writes[-1].body == {"route_rules": []}
    assert_quiet(chain.run("route", route_rules=[]))


def test_a_rule_has_nothing_that_the_task_does_not_say(chain: Chain) -> None:
    backend = chain.backend()
    chain.add("waf", mode="enable", paranoia_level=1)
    full = to(backend, "/a", method_filters=["post", "get"], host_filter={"value": r"a\.example\.com"})
    chain.run("route", route_rules=[full])
    reordered = to(backend, "/a", method_filters=["get", "post"], host_filter={"value": r"a\.example\.com"})
    assert_quiet(chain.run("route", route_rules=[reordered]))

    for less in (to(backend, "/a", method_filters=["get"]), to(backend, "/a"), {"waf_stage": "only"}):
        predicted = chain.run("route", route_rules=[less], check=True)
        changed = chain.run("route", route_rules=[less])
        assert_changed(changed, "SetRouteRules")
        assert changed.diff == predicted.diff
        assert_quiet(chain.run("route", route_rules=[less]))
    (rule,) = chain.stored("route")[0]["rules"]
    assert set(rule) == {"waf_stage_id"}


def test_both_sides_of_a_difference_in_rules_speak_the_same_words(chain: Chain) -> None:
    one, two = chain.backend("one"), chain.backend("two")
    chain.run("route", route_rules=[to(one, "/a")])
    run = chain.run("route", route_rules=[to(two, "/a")])
    pattern = {"path_filter": {"path_filter_type": "regex", "value": "/a"}}
    (before,), (after,) = run.diff["before"]["route_rules"], run.diff["after"]["route_rules"]
    assert before == {"rule_http_match": {"method_filters": [], **pattern}, "backend_stage_id": one}
    assert after == {"rule_http_match": pattern, "backend_stage_id": two}


def test_rules_that_are_not_given_are_left_alone(chain: Chain) -> None:
    backend = chain.backend()
    chain.run("route", route_rules=[to(backend, "/a")])
    assert_changed(chain.run("route", backend_stage="only"), "UpdateRouteStage")
    assert patterns(chain.stored("route")[0]["rules"]) == ["/a"]


# Certificates


def test_secrets_are_spelled_in_two_ways(chain: Chain) -> None:
    created = chain.run("tls", secrets=[SECRET])
    assert created.writes[-1].body == {"secrets": [SECRET]}
    changed = chain.run("tls", secrets=[OTHER_SECRET, SECRET])
    assert changed.writes[-1].body == {"tls_secrets_config": {"tls_secrets": [OTHER_SECRET, SECRET]}}
    assert_quiet(chain.run("tls", secrets=[SECRET, OTHER_SECRET]))
    emptied = chain.run("tls", secrets=[])
    assert emptied.writes[-1].body == {"tls_secrets_config": {"tls_secrets": []}}
    assert emptied.result["tls_stage"]["secrets"] == []


def test_a_managed_certificate_and_secrets_end_each_other_and_the_difference_says_so(chain: Chain) -> None:
    chain.run("tls", managed_certificate=True)
    brought = chain.run("tls", secrets=[SECRET])
    assert brought.diff["before"] == {"managed_certificate": True, "secrets": []}
    assert brought.diff["after"] == {"managed_certificate": False, "secrets": [SECRET]}
    assert_quiet(chain.run("tls", secrets=[SECRET]))

    managed = chain.run("tls", managed_certificate=True)
    assert managed.diff["after"] == {"managed_certificate": True, "secrets": []}
    assert managed.result["tls_stage"]["secrets"] == []
    assert_quiet(chain.run("tls", managed_certificate=True))


def test_stages_are_listed_by_the_secret_they_use(chain: Chain) -> None:
    made = chain.run("tls", secrets=[SECRET]).result["tls_stage"]["id"]
    for options in ({"secret_id": SECRET["secret_id"]}, {"secret_region": "fr-par"}):
        assert [stage["id"] for stage in chain.info("tls", **options).result["tls_stages"]] == [made]
    assert chain.info("tls", secret_id=OTHER_SECRET["secret_id"]).result["tls_stages"] == []


# Domains


@pytest.mark.parametrize("listed", [True, False])
def test_the_domain_of_the_platform_makes_no_difference(chain: Chain, listed: bool) -> None:
    chain.emulator.settings(list_default_fqdn=listed)
    chain.open(fqdns=["www.example.com"])
    default = f"{chain.pipeline_id}.svc.edge.scw.cloud"

    quiet = chain.run("dns", fqdns=["WWW.example.com"])
    assert_quiet(quiet)
    assert (default in quiet.result["dns_stage"]["fqdns"]) is listed
    assert_quiet(chain.run("dns", fqdns=[default, "www.example.com"]))

    changed = chain.run("dns", fqdns=["www.example.com", "shop.example.com"])
    assert_changed(changed, "UpdateDNSStage")
    assert changed.diff["before"] == {"fqdns": ["www.example.com"]}
    assert changed.writes[-1].body == {"fqdns": ["www.example.com", "shop.example.com"]}
    assert_changed(chain.run("dns", fqdns=[]), "UpdateDNSStage")
    assert_quiet(chain.run("dns", fqdns=[]))


# The head


def test_a_head_is_added_swapped_and_removed_each_in_its_own_words(chain: Chain) -> None:
    backend = chain.backend()
    one, two = (chain.add("dns", backend_stage_id=backend) for _number in range(2))
    assert chain.run("head", dns_stage=one).writes[-1].body == {"add_new_head_stage": {"new_stage_id": one}}
    swapped = chain.run("head", dns_stage=two)
    assert swapped.writes[-1].body == {"swap_head_stage": {"new_stage_id": two, "current_stage_id": one}}
    assert (swapped.diff["before"], swapped.diff["after"]) == ({"dns_stage": one}, {"dns_stage": two})
    assert chain.info("head").result["head_stages"][0]["dns_stage_id"] == two
    removed = chain.run("head", state="absent")
    assert removed.writes[-1].body == {"remove_head_stage": {"remove_stage_id": two}}
    assert chain.info("head").result["head_stages"] == []


def test_several_heads_are_an_error_that_lists_them(chain: Chain) -> None:
    backend = chain.backend()
    heads = [chain.add("dns", backend_stage_id=backend) for _number in range(2)]
    for head in heads:
        chain.set_head(add_new_head_stage={"new_stage_id": head})
    refused = chain.run("head", dns_stage=heads[0])
    assert_refused(refused, *heads)
    assert "its ID" not in refused.message


def test_a_task_without_a_head_says_what_it_needs(chain: Chain) -> None:
    assert_refused(chain.run("head"), "does not exist yet", "dns_stage")


# Who uses whom


@pytest.mark.parametrize("user", ["waf", "route", "cache", "tls", "dns", "rule"])
def test_a_stage_that_another_leads_to_cannot_be_deleted(chain: Chain, user: str) -> None:
    backend = chain.backend()
    if user == "rule":
        chain.run("route", route_rules=[{"backend_stage": backend}])
    else:
        chain.add(user, backend_stage_id=backend, **({"mode": "enable", "paranoia_level": 1} if user == "waf" else {}))
    refused = chain.run("backend", id=backend, state="absent")
    assert refused.failed
    assert not refused.result["changed"]
    assert_clear(refused, "delete backend stage", "leads to the stage", "412", "Remove what still uses the resource")
    assert len(chain.stored("backend")) == 1


def test_the_head_cannot_be_deleted_before_it_is_none(chain: Chain) -> None:
    head = chain.open()
    refused = chain.run("dns", state="absent")
    assert refused.failed
    assert_clear(refused, head, "head stage of its pipeline")
    assert_changed(chain.run("head", state="absent"), "SetHeadStage")
    assert_changed(chain.run("dns", state="absent"), "DeleteDNSStage")


def test_every_change_below_a_head_waits_until_it_is_deployed(chain: Chain) -> None:
    chain.open()
    chain.emulator.settings(settle_reads=2)
    changed = chain.run("backend", scaleway_s3={"bucket_name": "behind", "bucket_region": "fr-par", "is_website": True})
    assert_changed(changed, "UpdateBackendStage")
    reads = [entry.response["status"] for entry in changed.requests if entry.operation == "GetPipeline"]
    assert reads[-1] == "ready"
    assert "pending" in reads
