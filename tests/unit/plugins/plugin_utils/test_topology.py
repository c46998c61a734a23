# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as pictures: which cards, rows and links there are, what needs attention, and the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.scw.cloud.plugins.filter.topology import FilterModule
from ansible_collections.scw.cloud.plugins.plugin_utils.topology import diagram, topology
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import MORE, Card, Mark, Row
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_table import HEADINGS, lines, rows

Account = Mapping[str, Sequence[Mapping[str, Any]]]

LB: dict[str, Any] = {
    "id": "L",
    "name": "shop",
    "status": "ready",
    "type": "lb-s",
    "zone": "fr-par-1",
    "ip": [{"id": "I", "ip_address": "198.51.100.1", "reverse": "one.example.com"}],
    "frontends": [
        {"id": "F443", "name": "https", "inbound_port": 443, "backend": {"id": "B1"}, "certificate_ids": ["C"]},
        {"id": "F80", "name": "http", "inbound_port": 80, "backend": None},
    ],
    "backends": [
        {
            "id": "B1",
            "name": "web",
            "forward_protocol": "http",
            "forward_port": 80,
            "pool": ["10.0.0.1", "2001:DB8::1"],
        },
        {"id": "B2", "name": "api", "forward_protocol": "http", "forward_port": 80, "pool": []},
    ],
    "acls": [
        {"id": "A2", "name": "rest", "index": 9, "frontend": {"id": "F443"}, "action": {"type": "deny"}, "match": {}},
        {
            "id": "A1",
            "name": "office",
            "index": 1,
            "frontend": {"id": "F443"},
            "action": {"type": "allow"},
            "match": {"ip_subnet": ["192.0.2.0/24"]},
        },
    ],
    "routes": [{"id": "R", "frontend_id": "F443", "backend_id": "B2", "match": {"host_header": "api.example.com"}}],
    "certificates": [
        {"id": "C", "name": "c", "common_name": "shop.example.com", "status": "error", "status_details": "no"}
    ],
    "servers": [
        {"backend_id": "B1", "ip": "10.0.0.1", "healthy": True, "states": ["running"]},
        {"backend_id": "B1", "ip": "2001:db8::1", "healthy": False, "states": ["stopped"]},
    ],
}
PIPELINE: dict[str, Any] = {
    "id": "P",
    "name": "site",
    "status": "ready",
    "errors": [],
    "dns_stages": [{"id": "D", "tls_stage_id": "T", "fqdns": ["www.example.com", "own"], "default_fqdn": "own"}],
    "tls_stages": [{"id": "T", "route_stage_id": "R", "managed_certificate": True}],
    "route_stages": [
        {
            "id": "R",
            "backend_stage_id": "X",
            "route_rules": [
                {"route_stage_id": "R", "waf_stage_id": "W", "rule_http_match": {"path_filter": {"value": "/pay/.*"}}},
                {"route_stage_id": "R", "backend_stage_id": "Y", "rule_http_match": {"method_filters": ["get"]}},
            ],
        }
    ],
    "waf_stages": [{"id": "W", "mode": "enable", "paranoia_level": 3, "backend_stage_id": "X"}],
    "cache_stages": [{"id": "K", "fallback_ttl": "3600s"}],
    "backend_stages": [
        {"id": "X", "scaleway_lb": {"lbs": [{"id": "L", "zone": "fr-par-1", "frontend_id": "F443"}]}},
        {"id": "Y", "scaleway_serverless_container": {"region": "fr-par", "container_id": "C1"}},
    ],
}
CONTAINER: dict[str, Any] = {
    "id": "C1",
    "name": "web",
    "namespace_id": "N",
    "namespace": "shop",
    "region": "fr-par",
    "status": "ready",
    "image": "rg.fr-par.scw.cloud/shop/web:1.4",
    "domains": [{"id": "CD", "hostname": "web.example.com", "status": "error", "error_message": "no CNAME"}],
    "triggers": [{"id": "CT", "name": "nightly", "status": "ready", "cron_config": {"schedule": "0 3 * * *"}}],
}
NAMESPACE: dict[str, Any] = {"id": "N", "name": "shop", "region": "fr-par", "status": "ready"}
FUNCTION: dict[str, Any] = {
    "id": "G",
    "name": "resize",
    "namespace_id": "M",
    "namespace": "images",
    "region": "nl-ams",
    "status": "error",
    "runtime": "python313",
    "error_message": "it does not start",
    "crons": [{"id": "GC", "name": "sweep", "schedule": "0 * * * *", "status": "ready"}],
}
WHOLE: Account = {
    "load_balancers": [LB],
    "pipelines": [PIPELINE],
    "containers": [CONTAINER],
    "container_namespaces": [NAMESPACE],
    "functions": [FUNCTION],
    "ips": [{"id": "I", "ip_address": "198.51.100.1", "lb_id": "L"}, {"id": "J", "ip_address": "198.51.100.2"}],
}


def cards(account: Account) -> dict[str, Card]:
    """The cards of an account by their keys."""
    return {card.key: card for card in diagram(account).cards}


def links(account: Account) -> set[tuple[str, str, str, str]]:
    """Its links, as source and row, target and row."""
    found = diagram(account).links
    return {(link.source, link.source_row, link.target, link.target_row) for link in found}


def row(card: Card, text: str) -> Row:
    """The row of a card that begins with this text."""
    (found,) = [each for each in card.rows if each.text.startswith(text)]
    return found


def test_requests_go_from_addresses_by_frontends_and_routes_to_backends_and_servers() -> None:
    assert links({"load_balancers": [LB]}) == {
        ("ip:L", "", "lb:L", ""),
        ("lb:L", "", "frontend:F80", ""),
        ("lb:L", "", "frontend:F443", ""),
        ("frontend:F443", "R", "backend:B2", ""),
        ("frontend:F443", "default", "backend:B1", ""),
        ("backend:B1", "", "servers:B1", ""),
        ("backend:B2", "", "servers:B2", ""),
    }


def test_a_frontend_shows_its_acls_in_their_order_then_its_routes_then_the_rest() -> None:
    frontend = cards({"load_balancers": [LB]})["frontend:F443"]
    assert [each.text for each in frontend.rows] == ["office", "rest", "host api.example.com", "everything else"]
    assert [each.icon for each in frontend.rows] == ["allow", "deny", "way", "way"]
    assert frontend.detail == "port 443 · TLS"
    assert row(cards({"load_balancers": [LB]})["frontend:F80"], "all requests").note == "no backend"


def test_servers_show_their_health_in_any_spelling_of_their_address() -> None:
    found = cards({"load_balancers": [LB]})
    assert [(each.text, each.note, each.mark) for each in found["servers:B1"].rows] == [
        ("10.0.0.1", "healthy", Mark.OK),
        ("2001:DB8::1", "stopped", Mark.BAD),
    ]
    assert (found["servers:B1"].word, found["servers:B1"].mark) == ("1 of 2 healthy", Mark.WARN)
    assert (found["servers:B2"].word, found["servers:B2"].mark) == ("none", Mark.WARN)


def test_a_server_without_statistics_is_not_known_to_be_broken() -> None:
    lb = {**LB, "servers": []}
    assert {each.mark for each in cards({"load_balancers": [lb]})["servers:B1"].rows} == {Mark.IDLE}


def test_of_many_servers_those_that_are_well_are_one_row() -> None:
    pool = [f"10.0.0.{number}" for number in range(1, 41)]
    servers = [
        {
            "backend_id": "B1",
            "ip": ip,
            "healthy": ip != "10.0.0.9",
            "states": ["running" if ip != "10.0.0.9" else "stopping"],
        }
        for ip in pool
    ]
    lb = {**LB, "backends": [{**LB["backends"][0], "pool": pool}], "servers": servers}
    shown = cards({"load_balancers": [lb]})["servers:B1"].rows
    assert [(each.text, each.mark) for each in shown] == [("10.0.0.9", Mark.BUSY), ("39 servers", Mark.OK)]
    assert "10.0.0.40" in shown[1].title


def test_a_backend_that_nothing_leads_to_says_so() -> None:
    found = cards({"load_balancers": [{**LB, "routes": []}]})
    assert (found["backend:B2"].word, found["backend:B1"].word) == ("unused", "")


def test_a_pipeline_shows_its_stages_as_requests_pass_them_and_where_each_rule_leads() -> None:
    pipeline = cards(WHOLE)["pipeline:P"]
    assert [each.text for each in pipeline.rows] == [
        *("DNS", "TLS", "Rules", "/pay/.*", "GET", "everything else", "cache stage"),
    ]
    assert row(pipeline, "/pay").note == "firewall, level 3 · https"
    assert row(pipeline, "cache stage").note == "not in use"
    ends = {(target, target_row) for source, _row, target, target_row in links(WHOLE) if source == "pipeline:P"}
    assert ends == {("lb:L", ""), ("containers:N", "C1")}


def test_names_of_a_pipeline_are_its_own_or_else_the_one_that_it_was_given() -> None:
    assert [each.text for each in cards(WHOLE)["names:P"].rows] == ["www.example.com"]
    given = {**PIPELINE, "dns_stages": [{"id": "D", "fqdns": ["own"], "default_fqdn": "own"}]}
    assert [each.text for each in cards({"pipelines": [given]})["names:P"].rows] == ["own"]


def test_stages_that_lead_in_a_circle_or_nowhere_are_drawn_all_the_same() -> None:
    circle = {
        **PIPELINE,
        "dns_stages": [{"id": "D", "tls_stage_id": "T", "fqdns": []}],
        "tls_stages": [{"id": "T", "cache_stage_id": "K"}],
        "cache_stages": [{"id": "K", "tls_stage_id": "T"}],
        "route_stages": [],
        "waf_stages": [],
    }
    pipeline = cards({"pipelines": [circle]})["pipeline:P"]
    assert [each.text for each in pipeline.rows][:4] == ["DNS", "TLS", "Cache", "all requests"]
    assert (pipeline.rows[3].note, pipeline.rows[3].mark) == ("leads nowhere", Mark.BAD)


def test_what_a_link_leads_to_and_the_report_does_not_have_is_drawn_as_such() -> None:
    alone = cards({"pipelines": [PIPELINE]})
    assert (alone["lb:L"].kind, alone["lb:L"].detail) == ("Load balancer", "not in this report")
    assert alone["container:C1"].kind == "Container"


def test_two_pipelines_share_the_card_of_a_bucket() -> None:
    bucket = {"scaleway_s3": {"bucket_name": "files", "bucket_region": "fr-par"}}
    pipelines = [
        {
            "id": key,
            "name": key,
            "dns_stages": [{"id": f"D{key}", "backend_stage_id": f"B{key}"}],
            "backend_stages": [{"id": f"B{key}", **bucket}],
        }
        for key in "pq"
    ]
    assert [card.name for card in diagram({"pipelines": pipelines}).cards].count("files") == 1
    assert [figure["name"] for figure in topology({"pipelines": pipelines})["figures"]] == ["Pipeline p, pipeline q"]


def test_containers_and_functions_stand_in_their_namespaces_with_what_calls_them() -> None:
    found = cards(WHOLE)
    assert (found["containers:N"].name, found["functions:M"].name) == ("shop", "images")
    assert row(found["containers:N"], "web").below == "web:1.4"
    assert row(found["functions:M"], "resize").below == "it does not start"
    called = {
        (target, target_row) for source, _row, target, target_row in links(WHOLE) if source.startswith("callers:")
    }
    assert called == {("containers:N", "C1"), ("functions:M", "G")}
    assert [each.text for each in found["callers:containers:N"].rows] == ["web.example.com", "nightly"]


def test_a_namespace_without_containers_is_there() -> None:
    found = cards({"container_namespaces": [NAMESPACE]})
    assert [each.text for each in found["containers:N"].rows] == ["no containers"]


def test_a_container_that_is_called_is_drawn_among_hundreds() -> None:
    many = [
        {**CONTAINER, "id": f"X{number}", "name": f"x{number}", "domains": [], "triggers": []} for number in range(300)
    ]
    account = {**WHOLE, "containers": [*many, CONTAINER]}
    assert ("pipeline:P", "end4", "containers:N", "C1") in links(account)
    assert len(cards(account)["containers:N"].rows) < 30


def test_what_calls_a_container_that_is_not_shown_leads_to_the_row_for_all_of_those() -> None:
    cron = FUNCTION["crons"][0]
    many = [{**FUNCTION, "id": f"X{number}", "crons": [{**cron, "id": f"Y{number}"}]} for number in range(99)]
    targets = {target_row for _source, _row, _target, target_row in links({"functions": many})}
    assert MORE in targets
    assert "" not in targets


def test_figures_are_named_and_say_where_they_are_and_how() -> None:
    figures = topology(WHOLE)["figures"]
    assert [(figure["name"], figure["places"], figure["mark"]) for figure in figures] == [
        ("Pipeline site, load balancer shop, containers shop", "fr-par-1, fr-par", "bad"),
        ("Functions images", "nl-ams", "bad"),
        ("Addresses attached to nothing", "", "warn"),
    ]
    assert all(figure["svg"].startswith("<svg ") and figure["open"] for figure in figures)


def test_what_needs_attention_is_said_in_words_the_worst_first() -> None:
    found = topology(WHOLE)["attention"]
    assert [problem["said"] for problem in found] == [
        "Callers of shop: web.example.com error",
        "Load balancer shop: shop.example.com error: no",
        "Servers of shop/web: 2001:DB8::1 stopped",
        "Functions images: resize error: it does not start",
        "Frontend shop/http: all requests no backend",
        "Servers of shop/api: none",
        "Attached to nothing: 198.51.100.2",
    ]
    assert [problem["mark"] for problem in found] == ["bad"] * 4 + ["warn"] * 3


def test_every_problem_leads_to_its_card() -> None:
    picture = topology(WHOLE)
    whole = "".join(figure["svg"] for figure in picture["figures"])
    assert all(f'id="{problem["anchor"]}"' in whole for problem in picture["attention"])


def test_errors_of_a_pipeline_are_rows_of_it() -> None:
    error = {"stage": "tls", "code": "x", "severity": "critical", "type": "config", "message": "It has expired"}
    picture = topology({"pipelines": [{**PIPELINE, "status": "warning", "errors": [error]}]})
    assert "Pipeline site: It has expired" in [problem["said"] for problem in picture["attention"]]


def test_of_very_many_figures_only_those_with_problems_are_open() -> None:
    lbs = [
        {"id": f"L{number}", "name": f"lb{number}", "status": "error" if number == 3 else "ready"}
        for number in range(40)
    ]
    figures = topology({"load_balancers": lbs})["figures"]
    assert [figure["name"] for figure in figures if figure["open"]] == ["Load balancer lb3"]
    assert all(figure["open"] for figure in topology({"load_balancers": lbs[:10]})["figures"])


def test_objects_without_most_of_their_keys_are_drawn() -> None:
    bare = {
        "load_balancers": [{"id": "L"}],
        "pipelines": [{"id": "P"}],
        "containers": [{"id": "C"}],
        "functions": [{"id": "G"}],
    }
    assert len(topology(bare)["figures"]) == 4
    assert len(rows(bare)) == 4


def test_an_empty_account_is_an_empty_picture_and_no_table() -> None:
    picture = topology({})
    assert (picture["figures"], picture["attention"], picture["counts"], picture["table"]) == ([], [], [], [])
    assert lines(rows({})) == []


def test_everything_is_counted() -> None:
    assert [(count["number"], count["what"]) for count in topology(WHOLE)["counts"]] == [
        *((1, "pipeline"), (1, "load balancer"), (2, "frontends"), (2, "backends"), (2, "servers")),
        *((1, "container"), (1, "function")),
    ]


def test_the_table_has_a_line_for_each_thing_under_headings() -> None:
    table = lines(rows(WHOLE))
    assert table[0].split() == [heading.upper() for heading in HEADINGS]
    assert [" ".join(line.split()) for line in table[1:]] == [
        "pipeline site ready www.example.com, own",
        "load balancer shop fr-par-1 ready lb-s, 198.51.100.1, 2 frontends, 2 backends, 1 of 2 servers healthy",
        "container shop/web fr-par ready rg.fr-par.scw.cloud/shop/web:1.4, web.example.com",
        "function images/resize nl-ams error it does not start",
        "address 198.51.100.2 unused attached to nothing",
    ]
    start = table[0].index("STATUS")
    assert {line[start - 1] for line in table} == {" "}


def test_long_cells_of_the_table_are_cut() -> None:
    table = lines(rows({"load_balancers": [{**LB, "name": "n" * 200}]}))
    assert "n" * 31 + "… " in table[1]


@pytest.mark.parametrize("name", ["topology", "topology_table"])
def test_the_filters_refuse_what_is_no_account(name: str) -> None:
    with pytest.raises(AnsibleFilterError, match="give it what the lookup scw.cloud.account returns"):
        FilterModule().filters()[name]([])
