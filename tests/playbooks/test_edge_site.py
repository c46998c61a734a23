# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sites of Edge Services by a playbook and its role: before every kind of origin, and with a cache that forgets."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import BACKEND_BODY, PROJECT_ID
from playbooks.conftest import Played, Terminal

DEPLOY = "deploy_edge_site"
PURGE = "purge_cache"
SITE: dict[str, Any] = {
    "edge_site_name": "site",
    "edge_site_plan": "starter",
    "edge_site_bucket": "site",
    "edge_site_region": "fr-par",
    "edge_site_domains": ["www.example.com"],
    "edge_site_cache_ttl": "1h",
}
BUILT = [
    "SelectPlan",
    "CreatePipeline",
    "CreateBackendStage",
    "CreateCacheStage",
    "CreateTLSStage",
    "CreateDNSStage",
    "SetHeadStage",
]
PLAY = """
- hosts: localhost
  gather_facts: false
  roles:
    - role: scw.cloud.edge_site
      edge_site_name: site
      edge_site_purge_assets: [/, /index.html]
  tasks:
    - name: Upload one page
      ansible.builtin.copy: {content: "{{ text }}", dest: index.html, mode: "0644"}
      notify: Content of the edge site changed
    - name: Upload another
      ansible.builtin.copy: {content: "{{ text }}", dest: about.html, mode: "0644"}
      notify: Content of the edge site changed
"""


@pytest.fixture
def site(terminal: Terminal) -> Terminal:
    terminal.play(DEPLOY, **SITE).succeeded()
    return terminal


def stages(terminal: Terminal) -> list[str]:
    """The kinds of the stages that requests pass, in their order."""
    kinds = ("dns", "tls", "cache", "route", "waf", "backend")
    by_id = {stage["id"]: stage for kind in kinds for stage in terminal.objects(f"edge_{kind}_stages")}
    (stage,) = terminal.objects("edge_dns_stages")
    passed = [stage["kind"]]
    while stage["link"]:
        (next_id,) = stage["link"].values()
        stage = by_id[next_id]
        passed.append(stage["kind"])
    return passed


def origin(terminal: Terminal) -> dict[str, Any]:
    """Settings of the only backend stage."""
    (stage,) = terminal.objects("edge_backend_stages")
    return dict(stage["settings"])


def purged(played: Played) -> int:
    """How often a run had a cache forget something."""
    return played.writes.count("CreatePurgeRequest")


def own_domain(terminal: Terminal) -> str:
    """The domain that Edge Services gives the site."""
    return f"{terminal.object('edge_pipelines', name='site')['id']}.svc.edge.scw.cloud"


def test_one_command_builds_it_and_the_second_run_changes_nothing(terminal: Terminal) -> None:
    predicted = terminal.check(DEPLOY, **SITE).succeeded()
    played = terminal.play(DEPLOY, **SITE).succeeded()
    assert played.writes == BUILT
    assert predicted.changed == played.changed == 2
    assert stages(terminal) == ["dns", "tls", "cache", "backend"]
    assert origin(terminal) == {"scaleway_s3": {"bucket_name": "site", "bucket_region": "fr-par", "is_website": False}}
    where = f"answers at {own_domain(terminal)}, and at www.example.com once CNAME records lead there."
    assert played.says(f"The site 'site' {where}")
    assert predicted.says("It would be like this: The site 'site' answers at the domain that Edge Services gives it,")
    terminal.again(DEPLOY, **SITE)


def test_answers_of_a_survey_are_taken_as_they_come(terminal: Terminal) -> None:
    unanswered = dict.fromkeys(
        ["edge_site_lb", "edge_site_container", "edge_site_function", "edge_site_pipeline_errors"], ""
    )
    survey = {
        **unanswered,
        **SITE,
        "edge_site_domains": "www.example.com\nshop.example.com",
        "edge_site_bucket_is_website": "true",
        "edge_site_waf_mode": "enable",
        "edge_site_waf_paranoia_level": "2",
        "edge_site_purge": "false",
    }
    terminal.play(DEPLOY, **survey).succeeded()
    assert stages(terminal) == ["dns", "tls", "cache", "waf", "backend"]
    assert origin(terminal)["scaleway_s3"]["is_website"] is True
    assert set(terminal.object("edge_dns_stages")["settings"]["fqdns"]) == {"www.example.com", "shop.example.com"}
    terminal.again(DEPLOY, **survey)


def test_a_load_balancer_is_an_origin(terminal: Terminal) -> None:
    body = {"name": "shop", "type": "lb-s", "project_id": PROJECT_ID, "description": "", "tags": []}
    lb = terminal.account.post("/lbs", **body)
    backend = terminal.account.post(f"/lbs/{lb['id']}/backends", **{**BACKEND_BODY, "name": "app"})
    frontend = terminal.account.post(
        f"/lbs/{lb['id']}/frontends", name="https", inbound_port=443, backend_id=backend["id"], timeout_client=1000
    )
    wanted = {
        "edge_site_name": "site",
        "edge_site_plan": "starter",
        "edge_site_lb": "shop",
        "edge_site_lb_zone": "fr-par-1",
        "edge_site_lb_frontend": "https",
        "edge_site_lb_is_ssl": "true",
        "edge_site_lb_domain_name": "shop.example.com",
    }
    terminal.play(DEPLOY, **wanted).succeeded()
    (one,) = origin(terminal)["scaleway_lb"]["lbs"]
    assert (one["id"], one["frontend_id"], one["is_ssl"]) == (lb["id"], frontend["id"], True)
    assert one["domain_name"] == "shop.example.com"
    assert stages(terminal) == ["dns", "backend"]
    terminal.again(DEPLOY, **wanted)


@pytest.mark.parametrize(
    ("kind", "base", "product"),
    [
        ("container", "/containers/v1", {"image": "rg.fr-par.scw.cloud/shop/web:1"}),
        ("function", "/functions/v1beta1", {"runtime": "python313"}),
    ],
)
def test_a_container_or_a_function_is_an_origin(
    terminal: Terminal, kind: str, base: str, product: dict[str, str]
) -> None:
    account = terminal.account.at(base, "regions/nl-ams")
    namespace = account.post("/namespaces", name="shop", project_id=PROJECT_ID)
    made = account.post(f"/{kind}s", name="api", namespace_id=namespace["id"], **product)
    wanted = {"edge_site_name": "site", "edge_site_plan": "starter", "edge_site_region": "nl-ams"}
    terminal.play(DEPLOY, **wanted, **{f"edge_site_{kind}": "shop/api"}).succeeded()
    assert origin(terminal)[f"scaleway_serverless_{kind}"] == {"region": "nl-ams", f"{kind}_id": made["id"]}
    terminal.again(DEPLOY, **wanted, **{f"edge_site_{kind}": "shop/api"})


def test_what_is_not_described_stays_unless_the_others_are_to_go(site: Terminal) -> None:
    site.again(DEPLOY, edge_site_name="site", edge_site_bucket="site", edge_site_region="fr-par")
    moved = {**SITE, "edge_site_bucket": "new", "edge_site_remove_others": True}
    site.play(DEPLOY, **moved).succeeded()
    assert origin(site)["scaleway_s3"]["bucket_name"] == "new"
    assert stages(site) == ["dns", "tls", "cache", "backend"]
    site.again(DEPLOY, **moved)


def test_problems_that_edge_services_sees_are_told(terminal: Terminal) -> None:
    unresolved = {**SITE, "edge_site_domains": ["unresolved.example.com"]}
    played = terminal.play(DEPLOY, **unresolved).succeeded()
    assert played.says("Edge Services says of it: unresolved.example.com: dns cname dont exist")
    terminal.play(DEPLOY, **unresolved, edge_site_pipeline_errors="fail").refused()


def test_the_cache_forgets_everything_or_single_paths(site: Terminal) -> None:
    site.check(PURGE, edge_site_name="site").succeeded()
    everything = site.play(PURGE, edge_site_name="site").succeeded()
    assert everything.says("The cache of 'site' has forgotten everything.")
    paths = site.play(PURGE, edge_site_name="site", edge_site_purge_assets="/\n/index.html").succeeded()
    assert paths.says("The cache of 'site' has forgotten /, /index.html.")
    assert [one["target"] for one in site.objects("edge_purge_requests")] == [
        {"all": True},
        {"assets": ["/", "/index.html"]},
    ]


def test_the_run_that_deploys_purges_if_it_is_told_to(site: Terminal) -> None:
    site.check(DEPLOY, **SITE, edge_site_purge=True).succeeded()
    assert site.play(DEPLOY, **SITE, edge_site_purge=True).succeeded().writes == ["CreatePurgeRequest"]


def test_a_task_that_uploads_notifies_the_handler_once_and_only_after_a_change(site: Terminal) -> None:
    site.write("play.yml", PLAY)
    assert purged(site.play("play.yml", text="old").succeeded()) == 1
    assert site.object("edge_purge_requests")["target"] == {"assets": ["/", "/index.html"]}
    site.again("play.yml", text="old")
    assert purged(site.play("play.yml", text="new").succeeded()) == 1


def test_it_is_removed_and_its_plan_only_if_asked_for(site: Terminal) -> None:
    gone = {"edge_site_name": "site", "edge_site_state": "absent"}
    site.check(DEPLOY, **gone).succeeded()
    assert site.play(DEPLOY, **gone).succeeded().says("The site 'site' is gone.")
    assert (site.objects("edge_pipelines"), len(site.objects("edge_plans"))) == ([], 1)
    site.again(DEPLOY, **gone)
    site.play(DEPLOY, **gone, edge_site_end_plan=True).succeeded()
    assert site.objects("edge_plans") == []
    site.again(DEPLOY, **gone, edge_site_end_plan=True)


@pytest.mark.parametrize(
    ("playbook", "variables", "sentence"),
    [
        (DEPLOY, {}, 'Say which site it is about, such as by "-e edge_site_name=site".'),
        (PURGE, {}, 'Say which site it is about, such as by "-e edge_site_name=site".'),
        (
            DEPLOY,
            {**SITE, "edge_site_container": "shop/api"},
            "Set only one of edge_site_bucket, edge_site_lb, edge_site_container and edge_site_function.",
        ),
        (
            DEPLOY,
            {"edge_site_name": "site", "edge_site_bucket": "site"},
            "Set edge_site_region to the region of the bucket, container or function, such as fr-par.",
        ),
        (DEPLOY, {**SITE, "edge_site_plan": "gold"}, "value of edge_site_plan must be one of:"),
        (PURGE, {"edge_site_name": "nothing"}, "No pipeline 'nothing' exists. Create it first, or check the name."),
    ],
    ids=["no name", "no name to purge", "two origins", "no region", "unknown plan", "unknown site"],
)
def test_bad_input_is_refused_in_a_sentence(
    terminal: Terminal, playbook: str, variables: dict[str, Any], sentence: str
) -> None:
    refused = terminal.play(playbook, **variables).refused()
    assert refused.says(sentence), refused.output
    assert refused.writes == []
