# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services: what has no location, no name, no ID of its own or a list besides; and what pipelines complain of."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API, PIPELINE, VPC_ENDPOINT
from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import (
    CACHE_STAGE,
    DNS_STAGE,
    HEAD_STAGE,
    ROUTE_STAGE,
    TLS_STAGE,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import doubt_of_absence, told_apart
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import tell_problems
from ansible_collections.scw.cloud.plugins.module_utils.errors import Failed, Forbidden, InvalidOption, NotFound
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit import edge_samples
from unit.conftest import Connect, Serve
from unit.edge_samples import BACKEND_ID, CACHE_ID, DNS_ID, HEADLESS, OTHER_BACKEND_ID, PIPELINE_ID, ROUTE_ID
from unit.planning import only, plan
from unit.samples import FRONTEND_ID, LB_ID
from unit.scripted_server import Answer, Exchange
from unit.tasks import Play, listing

HEADS = f"{API}/pipelines/{PIPELINE_ID}/head-stages"
RULES = f"{API}/route-stages/{ROUTE_ID}/route-rules"
ERROR = {"stage": "tls", "code": "tls_cert_expired", "severity": "critical", "message": "expired"}
FORBIDDEN = Forbidden("no", status=403, kind="")
MISSING = NotFound("no", status=404, kind="")


def rules(*found: dict[str, Any]) -> Exchange:
    """The list of the rules of a route stage."""
    return listing(RULES, "route_rules", *found)


# No location


def test_what_is_global_takes_no_location_and_needs_none(serve: Serve, connect: Connect) -> None:
    assert options.locate(PIPELINE, {}, {"zone": "fr-par-1", "region": "fr-par"}) == ("global", "Edge Services")
    spec = options.present_spec(PIPELINE)["argument_spec"]
    assert not {"zone", "region"} & set(spec)
    script = [Exchange("GET", f"{API}/pipelines/{PIPELINE_ID}", Answer(json=edge_samples.pipeline()))]
    lookup = Play(connect(serve(script).url)).lookup(PIPELINE, id=PIPELINE_ID)
    assert lookup.find({}, must_exist=True) == edge_samples.pipeline()


def test_a_region_of_an_object_is_no_location() -> None:
    assert not VPC_ENDPOINT.is_located
    assert options.present_spec(VPC_ENDPOINT)["argument_spec"]["region"]["choices"] == ["fr-par", "nl-ams", "pl-waw"]


def test_messages_say_the_product_where_there_is_no_location(serve: Serve, connect: Connect) -> None:
    script = [Exchange("GET", f"{API}/pipelines/{PIPELINE_ID}", Answer(404, json={"message": "Not Found"}))]
    with pytest.raises(Exception, match=f"No pipeline with ID {PIPELINE_ID} exists in Edge Services"):
        Play(connect(serve(script).url)).lookup(PIPELINE, id=PIPELINE_ID).find({}, must_exist=True)


# No name


def stages(kind: str, *found: dict[str, Any]) -> Exchange:
    """The list of the stages of a kind."""
    return listing(f"{API}/pipelines/{PIPELINE_ID}/{kind}-stages", "stages", *found)


def test_what_has_no_name_is_the_only_one_of_its_parent(serve: Serve, connect: Connect) -> None:
    play = Play(connect(serve([stages("cache", edge_samples.cache_stage()), stages("cache")]).url))
    assert play.lookup(CACHE_STAGE, pipeline=PIPELINE_ID).find({}, must_exist=True) == edge_samples.cache_stage()
    assert play.lookup(CACHE_STAGE, pipeline=PIPELINE_ID).find({}, must_exist=True) is None


def test_several_without_a_name_are_listed(serve: Serve, connect: Connect) -> None:
    found = [edge_samples.cache_stage(), edge_samples.cache_stage(id=BACKEND_ID)]
    lookup = Play(connect(serve([stages("cache", *found)]).url)).lookup(CACHE_STAGE, pipeline=PIPELINE_ID)
    with pytest.raises(Exception, match=f"2 cache stages are on pipeline .*: {CACHE_ID}, {BACKEND_ID}. Say which"):
        lookup.find({}, must_exist=True)


def test_a_creation_of_what_has_no_name_needs_none() -> None:
    assert only(plan(DNS_STAGE, {})).body == {}
    assert DNS_STAGE.label(None, {}) == "DNS stage"
    assert options.present_spec(DNS_STAGE)["required_one_of"] == [["id", "pipeline"]]


# No ID


def test_the_id_of_the_parent_stands_for_that_of_the_head(serve: Serve, connect: Connect) -> None:
    play = Play(connect(serve([listing(HEADS, "head_stages", {"dns_stage_id": DNS_ID})]).url))
    lookup = play.lookup(HEAD_STAGE, pipeline=PIPELINE_ID)
    assert lookup.find({}, must_exist=True) == {"id": PIPELINE_ID, "dns_stage_id": DNS_ID}
    assert lookup.id_of_new({}) == PIPELINE_ID


def test_what_has_no_id_takes_none() -> None:
    assert "id" not in options.present_spec(HEAD_STAGE)["argument_spec"]
    assert options.present_spec(HEAD_STAGE)["argument_spec"]["pipeline"]["required"] is True
    assert options.info_spec(HEAD_STAGE)["argument_spec"]["pipeline"]["required"] is True


def test_several_without_an_id_are_told_apart_by_what_they_refer_to() -> None:
    heads = [edge_samples.head_stage(), edge_samples.head_stage(dns_stage_id=BACKEND_ID)]
    assert told_apart(HEAD_STAGE, heads) == [DNS_ID, BACKEND_ID]
    assert told_apart(CACHE_STAGE, [edge_samples.cache_stage()]) == [CACHE_ID]


def test_a_head_is_set_swapped_and_removed_by_one_call() -> None:
    assert only(plan(HEAD_STAGE, {"dns_stage": DNS_ID})).body == {"add_new_head_stage": {"new_stage_id": DNS_ID}}
    swap = only(plan(HEAD_STAGE, {"dns_stage": BACKEND_ID}, edge_samples.head_stage()))
    assert swap.body == {"swap_head_stage": {"new_stage_id": BACKEND_ID, "current_stage_id": DNS_ID}}


# A list besides


def test_parts_are_read_with_the_object_and_with_every_one_of_a_list(serve: Serve, connect: Connect) -> None:
    bare = {key: value for key, value in edge_samples.route_stage().items() if key != "route_rules"}
    got = Exchange("GET", f"{API}/route-stages/{ROUTE_ID}", Answer(json=bare))
    play = Play(connect(serve([got, rules(edge_samples.rule()), stages("route", bare), rules()]).url))
    by_id = play.lookup(ROUTE_STAGE, id=ROUTE_ID).find({}, must_exist=True)
    assert by_id == edge_samples.route_stage(route_rules=[edge_samples.rule()])
    listed = play.lookup(ROUTE_STAGE, pipeline=PIPELINE_ID).find({}, must_exist=True)
    assert listed == edge_samples.route_stage()


def test_a_part_has_a_call_of_its_own_after_the_creation() -> None:
    wanted = {"route_rules": [{"backend_stage": BACKEND_ID}], "backend_stage": BACKEND_ID}
    create, follow_up = plan(ROUTE_STAGE, wanted).requests
    assert create.body == {"backend_stage_id": BACKEND_ID}
    assert (follow_up.method, follow_up.path) == ("PUT", f"{API}/route-stages/{{id}}/route-rules")
    assert follow_up.body == {"route_rules": [{"backend_stage_id": BACKEND_ID}]}


# Dotted names


LB_ORIGIN = {"scaleway_lb": {"lbs": [{"lb": LB_ID, "zone": "fr-par-1", "frontend": FRONTEND_ID}]}}


def test_a_field_is_found_by_its_dotted_name_in_objects_and_lists() -> None:
    assert BACKEND_STAGE.field("scaleway_s3.bucket_name").name == "bucket_name"
    assert BACKEND_STAGE.field("scaleway_lb.lbs[].frontend").wire == "frontend_id"
    with pytest.raises(StopIteration):
        BACKEND_STAGE.field("scaleway_lb.lbs[].nothing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scaleway_lb.lbs[].lb", [LB_ID]),
        ("scaleway_lb.lbs[].zone", ["fr-par-1"]),
        ("scaleway_s3.bucket_name", None),
        ("scaleway_serverless_container.container", None),
    ],
)
def test_a_value_is_read_by_the_dotted_name_of_its_option(name: str, value: Any) -> None:
    stage = edge_samples.backend_stage(scaleway_s3=None, scaleway_lb={"lbs": [edge_samples.BALANCER]})
    assert BACKEND_STAGE.value(name, stage) == value


@pytest.mark.parametrize("odd", [None, 5, {"lbs": 5}, {"lbs": [None]}, {"lbs": None}])
def test_an_answer_of_another_shape_has_no_value(odd: Any) -> None:
    assert BACKEND_STAGE.value("scaleway_lb.lbs[].lb", {"scaleway_lb": odd}) in (None, [None])


def test_a_list_identifies_by_every_element_and_its_number() -> None:
    stage = edge_samples.backend_stage(scaleway_lb={"lbs": [edge_samples.BALANCER, edge_samples.BALANCER]})
    assert BACKEND_STAGE.identifies("scaleway_lb.lbs[].lb", [LB_ID, LB_ID], stage)
    assert not BACKEND_STAGE.identifies("scaleway_lb.lbs[].lb", [LB_ID], stage)
    assert not BACKEND_STAGE.identifies("scaleway_lb.lbs[].lb", [LB_ID, FRONTEND_ID], stage)
    assert not BACKEND_STAGE.identifies("scaleway_lb.lbs[].lb", [LB_ID], edge_samples.backend_stage())
    assert BACKEND_STAGE.identifies("scaleway_s3.bucket_name", "pictures", edge_samples.backend_stage())


def test_a_nameless_stage_is_called_by_its_origin() -> None:
    assert BACKEND_STAGE.label(edge_samples.backend_stage()) == f"backend stage 'pictures' ({BACKEND_ID})"
    assert BACKEND_STAGE.label(None, LB_ORIGIN) == f"backend stage '{LB_ID}'"


# Links


def test_another_link_replaces_the_present_one_and_the_difference_shows_both() -> None:
    planned = plan(CACHE_STAGE, {"route_stage": ROUTE_ID}, edge_samples.cache_stage())
    assert only(planned).body == {"route_stage_id": ROUTE_ID}
    assert planned.before == {"backend_stage": BACKEND_ID, "route_stage": None}
    assert "backend_stage_id" not in planned.result
    assert planned.result["route_stage_id"] == ROUTE_ID


def test_an_ended_link_takes_no_other_with_it() -> None:
    current = edge_samples.cache_stage()
    assert not plan(CACHE_STAGE, {"route_stage": ""}, current).changed
    planned = plan(CACHE_STAGE, {"route_stage": "", "fallback_ttl": "1m"}, current)
    assert (planned.before, planned.result["backend_stage_id"]) == ({"fallback_ttl": "3600s"}, BACKEND_ID)
    ended = plan(CACHE_STAGE, {"backend_stage": ""}, current)
    assert only(ended).body == {"backend_stage_id": ""}
    assert "backend_stage_id" not in ended.result


def test_an_empty_link_is_not_sent_with_a_creation() -> None:
    assert only(plan(CACHE_STAGE, {"backend_stage": "", "include_cookies": True})).body == {"include_cookies": True}


# Certificates, rules and domains


def test_a_managed_certificate_ends_the_use_of_secrets_and_the_other_way_round() -> None:
    secret = {"secret_id": BACKEND_ID, "region": "fr-par"}
    brought = edge_samples.tls_stage(secrets=[secret])
    body = {"managed_certificate": True, "tls_secrets_config": {"tls_secrets": []}}
    assert only(plan(TLS_STAGE, {"managed_certificate": True}, brought)).body == body
    managed = edge_samples.tls_stage(managed_certificate=True)
    body = {"managed_certificate": False, "tls_secrets_config": {"tls_secrets": [secret]}}
    assert only(plan(TLS_STAGE, {"secrets": [secret]}, managed)).body == body
    assert only(plan(TLS_STAGE, {"secrets": [secret]})).body == {"secrets": [secret]}


def test_where_secrets_are_is_no_secret() -> None:
    assert options.present_spec(TLS_STAGE)["argument_spec"]["secrets"]["no_log"] is False


@pytest.mark.parametrize(
    "fqdn",
    ["www.example.com", "a-b.example.co.uk", "*.example.com", "_dmarc.example.com", "www.example.com.", "x1.xn--p1ai"],
)
def test_full_domain_names_are_taken(fqdn: str) -> None:
    assert plan(DNS_STAGE, {"fqdns": [fqdn]}).changed


@pytest.mark.parametrize(
    "fqdn", ["shop", "-a.example.com", "a b.example.com", "http://a.example.com", "a..example.com"]
)
def test_other_texts_are_no_domain_names(fqdn: str) -> None:
    with pytest.raises(InvalidOption, match="fqdns: .* is not a full domain name"):
        plan(DNS_STAGE, {"fqdns": ["www.example.com", fqdn]})


def test_rules_differ_by_their_order_and_their_target() -> None:
    present = edge_samples.route_stage(route_rules=[edge_samples.rule(1, "/a"), edge_samples.rule(2, "/b")])
    said = [
        {"rule_http_match": {"path_filter": {"value": pattern}}, "backend_stage": OTHER_BACKEND_ID}
        for pattern in ("/a", "/b")
    ]
    assert not plan(ROUTE_STAGE, {"route_rules": said}, present).changed
    assert plan(ROUTE_STAGE, {"route_rules": said[::-1]}, present).changed
    assert plan(ROUTE_STAGE, {"route_rules": [said[0], {**said[1], "backend_stage": BACKEND_ID}]}, present).changed


# Problems


def tell(how: str, **changes: Any) -> list[str]:
    """The warnings about a pipeline."""
    told: list[str] = []
    tell_problems(PIPELINE, edge_samples.pipeline(**changes), {"pipeline_errors": how}, told.append)
    return told


def test_problems_are_told_with_all_that_the_api_says() -> None:
    (warning,) = tell("warn", errors=[HEADLESS, ERROR])
    assert warning == f"pipeline 'shop' ({PIPELINE_ID}): critical: expired (tls stage, tls_cert_expired)."
    with pytest.raises(Failed, match="does not work as configured: critical: expired") as raised:
        tell("fail", errors=[ERROR, HEADLESS])
    assert raised.value.data["problems"] == ["critical: expired (tls stage, tls_cert_expired)"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ({"code": "new_code"}, "the API gives no reason (new_code)."),
        ({"message": "expired", "stage": None, "severity": None}, "expired."),
        ({"severity": "warning", "stage": "tls"}, "warning (tls stage)."),
        ({}, "the API gives no reason."),
    ],
)
def test_what_the_api_leaves_out_of_a_problem_is_left_out(error: dict[str, Any], told: str) -> None:
    assert tell("warn", errors=[error]) == [f"pipeline 'shop' ({PIPELINE_ID}): {told}"]


def test_a_status_of_error_without_a_reason_is_told() -> None:
    (warning,) = tell("warn", errors=[], status="error")
    assert "gives no reason" in warning
    assert tell("warn", errors=[ERROR], status="error") != tell("warn", errors=[], status="error")


@pytest.mark.parametrize("errors", [[], [HEADLESS], None, "nonsense", [None]])
def test_what_is_no_problem_is_not_told(errors: Any) -> None:
    assert tell("warn", errors=errors) == []
    assert tell("fail", errors=errors) == []
    assert tell("ignore", errors=[ERROR]) == []


def test_what_tells_no_problems_is_asked_for_none() -> None:
    told: list[str] = []
    tell_problems(LB, {"errors": [ERROR]}, {}, told.append)
    assert told == []


# 403 in the place of 404


def test_only_where_it_was_recorded_a_refusal_means_absent() -> None:
    assert PIPELINE.is_gone(FORBIDDEN)
    assert CACHE_STAGE.is_gone(FORBIDDEN)
    assert PIPELINE.is_gone(MISSING)
    assert not LB.is_gone(FORBIDDEN)
    assert not PIPELINE.is_gone(ValueError())


def test_a_refusal_leaves_doubt_and_a_plain_answer_none() -> None:
    assert "403" in doubt_of_absence(FORBIDDEN, "pipeline p")
    assert "pipeline p" in doubt_of_absence(FORBIDDEN, "pipeline p")
    assert doubt_of_absence(MISSING, "pipeline p") == ""


@pytest.mark.parametrize(("status", "warnings"), [(403, 1), (404, 0)])
def test_a_refusal_taken_for_absent_is_told(serve: Serve, connect: Connect, status: int, warnings: int) -> None:
    script = [Exchange("GET", f"{API}/cache-stages/{CACHE_ID}", Answer(status, json={"message": "no"}))]
    play = Play(connect(serve(script).url))
    assert not play.run(CACHE_STAGE, id=CACHE_ID, state="absent").changed
    assert len(play.warnings) == warnings


@pytest.mark.parametrize("there", [True, False])
def test_a_refused_deletion_is_looked_after(serve: Serve, connect: Connect, there: bool) -> None:
    got = Exchange("GET", f"{API}/cache-stages/{CACHE_ID}", Answer(json=edge_samples.cache_stage()))
    refusal = Answer(403, json={"message": "Permission denied"})
    pipeline = Exchange("GET", f"{API}/pipelines/{PIPELINE_ID}", Answer(json=edge_samples.pipeline()))
    deletion = Exchange("DELETE", f"{API}/cache-stages/{CACHE_ID}", refusal)
    look = got if there else Exchange("GET", f"{API}/cache-stages/{CACHE_ID}", refusal)
    # What is gone is waited for as usual.
    play = Play(connect(serve([got, pipeline, deletion, look, *([] if there else [look, pipeline])]).url))
    if there:
        with pytest.raises(Forbidden, match="delete cache stage"):
            play.run(CACHE_STAGE, id=CACHE_ID, state="absent")
    else:
        assert not play.run(CACHE_STAGE, id=CACHE_ID, state="absent").changed


def test_a_prediction_does_not_know_the_id() -> None:
    assert plan(CACHE_STAGE, {}).result["id"] == UNKNOWN
