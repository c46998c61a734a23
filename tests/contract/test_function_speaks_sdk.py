# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's own SDK drives every operation of Serverless Functions, in every region."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import requests
from scaleway.function.v1beta1 import FunctionV1Beta1API, api, types

from contract.cloud import PROJECT_ID, sdk_client
from contract.function_cloud import CODE, plain
from contract.sdk_calls import anonymous, read_calls
from emulator.functions import FUNCTIONS
from emulator.testing import Emulator

REGIONS = ("fr-par", "nl-ams", "pl-waw")
HOSTNAME = "www.example.com"


@pytest.fixture
def instant(emulator: Emulator) -> Emulator:
    emulator.settings(settle_reads=0, max_page_size=2)
    return emulator


def test_every_call_of_the_sdk_has_an_operation() -> None:
    served = {(operation.method, anonymous(operation.path)) for operation in FUNCTIONS.operations}
    assert served == set(read_calls(api, types))


@pytest.mark.parametrize("region", REGIONS)
def test_the_sdk_drives_every_operation(instant: Emulator, region: str) -> None:
    drive_everything(FunctionV1Beta1API(sdk_client(instant, region)))
    entries = [entry for entry in instant.journal() if f"/regions/{region}/" in entry.path]
    assert {entry.operation for entry in entries} == {operation.name for operation in FUNCTIONS.operations}
    assert [entry for entry in instant.journal() if entry.status != 200] == []


def drive_everything(client: FunctionV1Beta1API) -> None:
    namespace = drive_namespaces(client)
    function = drive_functions(client, namespace)
    drive_code(client, function)
    drive_crons(client, function)
    drive_domains(client, function)
    drive_tokens(client, function, namespace)
    drive_triggers(client, function, namespace)
    assert client.delete_function(function_id=function).status == types.FunctionStatus.DELETING
    assert client.list_functions_all(namespace_id=namespace) == []
    assert client.delete_namespace(namespace_id=namespace).status == types.NamespaceStatus.DELETING
    assert client.list_namespaces_all() == []


def drive_namespaces(client: FunctionV1Beta1API) -> str:
    secret = types.Secret("token", "hush")
    made = client.create_namespace(name="shop", environment_variables={"a": "1"}, secret_environment_variables=[secret])
    assert (made.status, made.project_id, made.registry_endpoint) == (types.NamespaceStatus.PENDING, PROJECT_ID, "")
    ready = client.get_namespace(namespace_id=made.id)
    assert ready.status == types.NamespaceStatus.READY
    assert ready.registry_endpoint.startswith(f"rg.{made.region}.scw.cloud/funcscwshop")
    changed = client.update_namespace(namespace_id=made.id, tags=["blue"], environment_variables={})
    assert (changed.tags, changed.environment_variables) == (["blue"], {})
    assert [item.key for item in changed.secret_environment_variables] == ["token"]
    assert client.get_namespace(namespace_id=made.id).status == types.NamespaceStatus.READY
    assert [found.id for found in client.list_namespaces_all(name="shop", project_id=PROJECT_ID)] == [made.id]
    return made.id


def drive_functions(client: FunctionV1Beta1API, namespace: str) -> str:
    runtimes = {runtime.name: runtime for runtime in client.list_function_runtimes().runtimes}
    assert runtimes["python313"].status == types.RuntimeStatus.AVAILABLE
    made = client.create_function(
        namespace_id=namespace,
        name="hook",
        runtime=types.FunctionRuntime.PYTHON313,
        memory_limit=512,
        timeout="10.000000000s",
        secret_environment_variables=[types.Secret("token", "hush")],
    )
    assert (made.status, made.timeout, made.cpu_limit) == (types.FunctionStatus.CREATED, "10s", 280)
    kept = client.update_function(function_id=made.id, min_scale=1, redeploy=False)
    assert (kept.status, kept.min_scale) == (types.FunctionStatus.CREATED, 1)
    others = [
        client.create_function(namespace_id=namespace, name=name, runtime=types.FunctionRuntime.GO126)
        for name in ("api", "job")
    ]
    listed = client.list_functions_all(namespace_id=namespace, order_by=types.ListFunctionsRequestOrderBy.NAME_DESC)
    assert [found.name for found in listed] == ["job", "hook", "api"]
    for other in others:
        client.delete_function(function_id=other.id)
    return made.id


def drive_code(client: FunctionV1Beta1API, function: str) -> None:
    place = client.get_function_upload_url(function_id=function, content_length=len(CODE))
    assert requests.put(place.url, data=CODE, headers=plain(place.headers), timeout=10).status_code == 200
    assert client.deploy_function(function_id=function).status == types.FunctionStatus.PENDING
    ready = client.get_function(function_id=function)
    assert (ready.status, ready.ready_at is not None) == (types.FunctionStatus.READY, True)
    kept = client.get_function_download_url(function_id=function)
    assert requests.get(kept.url, headers=plain(kept.headers), timeout=10).content == CODE


def drive_crons(client: FunctionV1Beta1API, function: str) -> None:
    made = client.create_cron(function_id=function, schedule="5 4 * * *", args={"a": {"b": [1]}})
    assert (made.status, made.args) == (types.CronStatus.PENDING, {"a": {"b": [1]}})
    assert client.get_cron(cron_id=made.id).status == types.CronStatus.READY
    assert client.update_cron(cron_id=made.id, schedule="* * * * *").args == made.args
    assert client.get_cron(cron_id=made.id).schedule == "* * * * *"
    assert [found.id for found in client.list_crons_all(function_id=function)] == [made.id]
    assert client.delete_cron(cron_id=made.id).status == types.CronStatus.DELETING


def drive_domains(client: FunctionV1Beta1API, function: str) -> None:
    made = client.create_domain(function_id=function, hostname=HOSTNAME)
    assert (made.status, made.url) == (types.DomainStatus.PENDING, "")
    assert client.get_domain(domain_id=made.id).url == f"https://{HOSTNAME}"
    assert [found.id for found in client.list_domains_all(function_id=function)] == [made.id]
    assert client.delete_domain(domain_id=made.id).status == types.DomainStatus.DELETING


def drive_tokens(client: FunctionV1Beta1API, function: str, namespace: str) -> None:
    date = datetime(2030, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    made = client.create_token(function_id=function, description="door", expires_at=date)
    assert made.token.count(".") == 2
    client.create_token(namespace_id=namespace)
    kept = client.get_token(token_id=made.id)
    assert (kept.status, kept.token, kept.expires_at) == (types.TokenStatus.READY, "<hidden>", date)
    assert [found.id for found in client.list_tokens_all(function_id=function)] == [made.id]
    assert len(client.list_tokens_all()) == 2
    assert client.delete_token(token_id=made.id).status == types.TokenStatus.DELETING


def drive_triggers(client: FunctionV1Beta1API, function: str, namespace: str) -> None:
    scw_sqs = types.CreateTriggerRequestMnqSqsClientConfig("orders", PROJECT_ID, "fr-par")
    scw_nats = types.CreateTriggerRequestMnqNatsClientConfig("orders", "AB", PROJECT_ID, "nl-ams")
    sqs = types.CreateTriggerRequestSqsClientConfig("https://a", "https://a/q", "key", "hush")
    made = [
        client.create_trigger(function_id=function, name="queue", scw_sqs_config=scw_sqs),
        client.create_trigger(function_id=function, name="subject", scw_nats_config=scw_nats),
        client.create_trigger(function_id=function, name="other", sqs_config=sqs),
    ]
    assert [trigger.input_type for trigger in made] == ["scw_sqs", "scw_nats", "sqs"]
    ready = client.get_trigger(trigger_id=made[0].id)
    assert (ready.status, ready.scw_sqs_config.mnq_credential_id is not None) == (types.TriggerStatus.READY, True)
    client.get_trigger(trigger_id=made[2].id)
    keys = types.UpdateTriggerRequestSqsClientConfig(access_key="another")
    assert client.update_trigger(trigger_id=made[2].id, sqs_config=keys).sqs_config.access_key == "another"
    for query in ({"function_id": function}, {"namespace_id": namespace}, {"project_id": PROJECT_ID}):
        assert len(client.list_triggers_all(**query)) == 3
    assert client.delete_trigger(trigger_id=made[0].id).status == types.TriggerStatus.DELETING
