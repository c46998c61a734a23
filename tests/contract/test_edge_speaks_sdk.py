# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's own SDK drives every operation of Edge Services."""

from __future__ import annotations

from typing import Any

import pytest
from scaleway.edge_services.v1beta1 import EdgeServicesV1Beta1API, api, types

from contract.certificates import custom_chain
from contract.cloud import PROJECT_ID, Cloud, sdk_client
from contract.edge_cloud import NETWORK_ID, SECRET
from contract.sdk_calls import anonymous, read_calls
from emulator.edge import EDGE_SERVICES
from emulator.testing import Emulator

READY = types.PipelineStatus.READY
BUCKET = types.ScalewayS3BackendConfig(bucket_name="shop", bucket_region="fr-par")


@pytest.fixture
def instant(emulator: Emulator) -> Emulator:
    emulator.settings(settle_reads=0, max_page_size=2)
    return emulator


@pytest.fixture
def lb_origin(instant: Emulator) -> types.ScalewayLb:
    cloud = Cloud(instant)
    lb = cloud.make_lb()
    cloud.send("GET", f"/lbs/{lb['id']}")
    frontend = cloud.make_frontend(lb["id"], cloud.make_backend(lb["id"])["id"])
    instant.clear_journal()
    return types.ScalewayLb(id=lb["id"], zone="fr-par-1", frontend_id=frontend["id"], is_ssl=True)


def test_every_call_of_the_sdk_has_an_operation() -> None:
    served = {(operation.method, anonymous(operation.path)) for operation in EDGE_SERVICES.operations}
    assert served == set(read_calls(api, types))


def test_the_sdk_drives_every_operation(instant: Emulator, lb_origin: types.ScalewayLb) -> None:
    drive_everything(EdgeServicesV1Beta1API(sdk_client(instant)), lb_origin)
    entries = instant.journal()
    assert {entry.operation for entry in entries} == {operation.name for operation in EDGE_SERVICES.operations}
    assert [entry for entry in entries if entry.status not in (200, 204)] == []


def drive_everything(client: EdgeServicesV1Beta1API, lb_origin: types.ScalewayLb) -> None:
    drive_plans(client)
    pipeline = drive_pipelines(client)
    backend = drive_backends(client, pipeline, lb_origin)
    waf = drive_wafs(client, pipeline, backend)
    route = drive_routes(client, pipeline, backend, waf)
    cache = drive_caches(client, pipeline, route)
    tls = drive_tls(client, pipeline, cache)
    dns = drive_dns(client, pipeline, tls)
    drive_heads(client, pipeline, dns)
    drive_endpoints(client, pipeline)
    drive_purges(client, pipeline)
    drive_checks(client, pipeline, lb_origin)
    drive_listing(client, pipeline, dns)
    drive_deletions(client, pipeline, {"dns": dns, "tls": tls, "cache": cache, "route": route, "waf": waf})


def drive_plans(client: EdgeServicesV1Beta1API) -> None:
    assert client.select_plan(plan_name=types.PlanName.PROFESSIONAL).plan_name == "professional"
    assert client.get_current_plan().plan_name == types.PlanName.PROFESSIONAL
    assert [plan.plan_name for plan in client.list_plans().plans] == ["starter", "professional", "advanced"]
    billing = client.get_billing()
    assert billing.current_plan is not None
    assert (billing.pipeline_number, billing.current_plan.backend_limit) == (0, 5)


def drive_pipelines(client: EdgeServicesV1Beta1API) -> str:
    made = client.create_pipeline(name="shop", description="all of it")
    assert (made.status, made.project_id) == (types.PipelineStatus.WARNING, PROJECT_ID)
    assert [error.code for error in made.errors] == [types.PipelineErrorCode.PIPELINE_MISSING_HEAD_STAGE]
    assert client.update_pipeline(pipeline_id=made.id, name="web").description == "all of it"
    assert client.get_pipeline(pipeline_id=made.id).name == "web"
    return made.id


def drive_backends(client: EdgeServicesV1Beta1API, pipeline: str, lb_origin: types.ScalewayLb) -> str:
    made = client.create_backend_stage(pipeline_id=pipeline, scaleway_s3=BUCKET)
    assert (made.scaleway_lb, made.scaleway_s3.is_website, made.status) == (None, False, types.StageStatus.INACTIVE)
    balanced = types.ScalewayLbBackendConfig(lbs=[lb_origin])
    changed = client.update_backend_stage(backend_stage_id=made.id, pipeline_id=pipeline, scaleway_lb=balanced)
    assert (changed.scaleway_s3, changed.scaleway_lb.lbs[0].frontend_id) == (None, lb_origin.frontend_id)
    assert client.get_backend_stage(backend_stage_id=made.id).scaleway_lb == changed.scaleway_lb
    other = client.create_backend_stage(pipeline_id=pipeline, scaleway_s3=BUCKET)
    client.create_backend_stage(pipeline_id=pipeline, scaleway_s3=BUCKET)
    assert len(client.list_backend_stages_all(pipeline_id=pipeline)) == 3
    assert client.search_backend_stages(lb_id=lb_origin.id).stages[0].id == made.id
    client.delete_backend_stage(backend_stage_id=other.id)
    assert client.list_backend_stages(pipeline_id=pipeline, bucket_name="shop").total_count == 1
    return made.id


def drive_wafs(client: EdgeServicesV1Beta1API, pipeline: str, backend: str) -> str:
    mode = types.WafStageMode
    made = client.create_waf_stage(pipeline_id=pipeline, paranoia_level=2, mode=mode.LOG_ONLY)
    changed = client.update_waf_stage(waf_stage_id=made.id, mode=mode.UNKNOWN_MODE, backend_stage_id=backend)
    assert (changed.mode, changed.paranoia_level, changed.backend_stage_id) == (mode.LOG_ONLY, 2, backend)
    assert client.get_waf_stage(waf_stage_id=made.id).backend_stage_id == backend
    assert [found.id for found in client.list_waf_stages_all(pipeline_id=pipeline)] == [made.id]
    assert client.search_waf_stages().total_count == 1
    return made.id


def drive_routes(client: EdgeServicesV1Beta1API, pipeline: str, backend: str, waf: str) -> str:
    made = client.create_route_stage(pipeline_id=pipeline, waf_stage_id=waf)
    assert client.update_route_stage(route_stage_id=made.id, backend_stage_id=backend).waf_stage_id is None
    assert client.get_route_stage(route_stage_id=made.id).backend_stage_id == backend
    assert [found.id for found in client.list_route_stages_all(pipeline_id=pipeline)] == [made.id]
    rule = types.SetRouteRulesRequestRouteRule
    host = types.RuleHttpMatchHostFilter(types.RuleHttpMatchHostFilterHostFilterType.REGEX, r"a\.example\.com")
    match = types.RuleHttpMatch(method_filters=[types.RuleHttpMatchMethodFilter.GET], host_filter=host)
    rules = [rule(rule_http_match=match, backend_stage_id=backend), rule(waf_stage_id=waf)]
    assert [found.position for found in client.set_route_rules(route_stage_id=made.id, route_rules=rules).route_rules]
    first = client.add_route_rules(route_stage_id=made.id, route_rules=[rules[1]], before_position=1).route_rules
    assert [(found.position, found.waf_stage_id) for found in first] == [(1, waf), (2, None), (3, waf)]
    assert client.list_route_rules(route_stage_id=made.id).route_rules[1].rule_http_match == match
    assert client.search_route_rules().total_count == 3
    return made.id


def drive_caches(client: EdgeServicesV1Beta1API, pipeline: str, route: str) -> str:
    made = client.create_cache_stage(pipeline_id=pipeline, fallback_ttl="60.500000000s", route_stage_id=route)
    assert (made.fallback_ttl, made.include_cookies) == ("60.500s", False)
    assert client.update_cache_stage(cache_stage_id=made.id, include_cookies=True).fallback_ttl == "60.500s"
    assert client.get_cache_stage(cache_stage_id=made.id).include_cookies
    assert [found.route_stage_id for found in client.list_cache_stages_all(pipeline_id=pipeline)] == [route]
    return made.id


def drive_tls(client: EdgeServicesV1Beta1API, pipeline: str, cache: str) -> str:
    secret = types.TLSSecret(**SECRET)
    made = client.create_tls_stage(pipeline_id=pipeline, secrets=[secret], cache_stage_id=cache)
    assert (made.managed_certificate, made.certificate_expires_at, made.secrets) == (False, None, [secret])
    assert client.update_tls_stage(tls_stage_id=made.id, managed_certificate=True).secrets == []
    config = types.TLSSecretsConfig(tls_secrets=[secret])
    assert not client.update_tls_stage(tls_stage_id=made.id, tls_secrets_config=config).managed_certificate
    assert client.get_tls_stage(tls_stage_id=made.id).secrets == [secret]
    found = client.list_tls_stages_all(pipeline_id=pipeline, secret_id=secret.secret_id, secret_region="fr-par")
    assert [stage.id for stage in found] == [made.id]
    return made.id


def drive_dns(client: EdgeServicesV1Beta1API, pipeline: str, tls: str) -> str:
    made = client.create_dns_stage(pipeline_id=pipeline, fqdns=["www.example.com"], tls_stage_id=tls)
    assert (made.type_, made.default_fqdn) == (types.DNSStageType.MANAGED, "")
    changed = client.update_dns_stage(dns_stage_id=made.id, fqdns=["cdn.example.com"], wildcard_domain=True)
    assert (changed.fqdns, changed.tls_stage_id) == (["cdn.example.com"], tls)
    assert client.get_dns_stage(dns_stage_id=made.id).wildcard_domain
    assert len(client.list_dns_stages_all(pipeline_id=pipeline, fqdn="cdn.example.com")) == 1
    return made.id


def drive_heads(client: EdgeServicesV1Beta1API, pipeline: str, dns: str) -> None:
    new = types.SetHeadStageRequestAddNewHeadStage(new_stage_id=dns)
    answer: Any = client.set_head_stage(pipeline_id=pipeline, add_new_head_stage=new)
    assert answer.head_stage.dns_stage_id == dns
    assert client.get_pipeline(pipeline_id=pipeline).status == READY
    assert [head.dns_stage_id for head in client.list_head_stages_all(pipeline_id=pipeline)] == [dns]
    other = client.create_dns_stage(pipeline_id=pipeline).id
    swap = types.SetHeadStageRequestSwapHeadStage(new_stage_id=other, current_stage_id=dns)
    client.set_head_stage(pipeline_id=pipeline, swap_head_stage=swap)
    assert client.get_pipeline(pipeline_id=pipeline).status == types.PipelineStatus.WARNING
    back = types.SetHeadStageRequestSwapHeadStage(new_stage_id=dns, current_stage_id=other)
    client.set_head_stage(pipeline_id=pipeline, swap_head_stage=back)
    assert client.get_dns_stage(dns_stage_id=dns).status == types.StageStatus.INACTIVE
    assert client.get_pipeline(pipeline_id=pipeline).status == READY
    assert client.get_dns_stage(dns_stage_id=dns).default_fqdn == f"{pipeline}.svc.edge.scw.cloud"


def drive_endpoints(client: EdgeServicesV1Beta1API, pipeline: str) -> None:
    made = client.create_vpc_endpoint(private_network_id=NETWORK_ID)
    assert (made.region, made.project_id) == ("fr-par", PROJECT_ID)
    assert client.get_vpc_endpoint(vpc_endpoint_id=made.id) == client.list_vpc_endpoints_all()[0]
    attached = client.set_pipeline_vpc_endpoints(pipeline_id=pipeline, vpc_endpoint_ids=[made.id])
    assert (attached.total_count, attached.vpc_endpoints[0].id) == (1, made.id)
    assert client.get_pipeline(pipeline_id=pipeline).vpc_endpoint_ids == [made.id]
    client.set_pipeline_vpc_endpoints(pipeline_id=pipeline, vpc_endpoint_ids=[])
    client.delete_vpc_endpoint(vpc_endpoint_id=made.id)
    assert client.get_pipeline(pipeline_id=pipeline).vpc_endpoint_ids == []


def drive_purges(client: EdgeServicesV1Beta1API, pipeline: str) -> None:
    everything = client.create_purge_request(pipeline_id=pipeline, all=True)
    assert (everything.status, everything.all) == (types.PurgeRequestStatus.PENDING, True)
    some = client.create_purge_request(pipeline_id=pipeline, assets=["/a.png"])
    assert client.get_purge_request(purge_request_id=some.id).assets == ["/a.png"]
    found = client.list_purge_requests_all(pipeline_id=pipeline)
    assert [(purge.id, purge.status) for purge in found] == [(everything.id, "done"), (some.id, "done")]


def drive_checks(client: EdgeServicesV1Beta1API, pipeline: str, lb_origin: types.ScalewayLb) -> None:
    assert client.check_domain(fqdn="www.example.com", cname=f"{pipeline}.svc.edge.scw.cloud").is_valid
    assert client.check_pem_chain(fqdn="www.example.com", raw=custom_chain("www.example.com", [])).is_valid
    secret = types.CheckPEMChainRequestSecretChain(secret_id=SECRET["secret_id"], secret_region="fr-par")
    assert client.check_pem_chain(fqdn="www.example.com", secret=secret).is_valid
    assert client.check_lb_origin(lb=lb_origin).is_valid


def drive_listing(client: EdgeServicesV1Beta1API, pipeline: str, dns: str) -> None:
    (found,) = client.list_pipelines_all(name="we", has_backend_stage_lb=True)
    assert (found.id, found.status) == (pipeline, READY)
    (whole,) = client.list_pipelines_with_stages_all()
    assert (whole.pipeline.id, whole.dns_stages[0].id, len(whole.backend_stages)) == (pipeline, dns, 2)


def drive_deletions(client: EdgeServicesV1Beta1API, pipeline: str, stages: dict[str, str]) -> None:
    head = types.SetHeadStageRequestRemoveHeadStage(remove_stage_id=stages["dns"])
    assert client.set_head_stage(pipeline_id=pipeline, remove_head_stage=head).head_stage is None
    for kind, stage in stages.items():
        getattr(client, f"delete_{kind}_stage")(**{f"{kind}_stage_id": stage})
    client.delete_pipeline(pipeline_id=pipeline)
    client.delete_current_plan()
    assert client.list_pipelines_all() == []


def test_every_call_of_the_sdk_is_driven_by_name(instant: Emulator, lb_origin: types.ScalewayLb) -> None:
    called: set[str] = set()

    class Watched(EdgeServicesV1Beta1API):
        def __getattribute__(self, name: str) -> Any:
            called.add(name)
            return super().__getattribute__(name)

    drive_everything(Watched(sdk_client(instant)), lb_origin)
    methods = {name for name in vars(EdgeServicesV1Beta1API) if not name.startswith(("_", "wait_for_"))}
    assert methods - called == set()
