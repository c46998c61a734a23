# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's own SDK drives every operation of Serverless Containers, and reads the registry, in every region."""

from __future__ import annotations

from typing import Any

import pytest
from scaleway.container.v1 import ContainerV1API, api, types
from scaleway.registry.v1 import RegistryV1API
from scaleway.registry.v1 import api as registry_api
from scaleway.registry.v1 import types as registry_types

from contract.cloud import PROJECT_ID, sdk_client
from contract.container_cloud import IMAGE
from contract.sdk_calls import anonymous, read_calls
from emulator.containers import CONTAINERS
from emulator.operations import Product
from emulator.products import products
from emulator.registry import REGISTRY
from emulator.testing import Emulator

REGIONS = ("fr-par", "nl-ams", "pl-waw")


@pytest.fixture
def instant(emulator: Emulator) -> Emulator:
    emulator.settings(settle_reads=0, max_page_size=2)
    return emulator


def served(product: Product[Any]) -> set[tuple[str, str]]:
    return {(operation.method, anonymous(operation.path)) for operation in product.operations}


def test_every_call_of_the_sdk_has_an_operation() -> None:
    assert served(CONTAINERS) == set(read_calls(api, types))


def test_every_read_of_the_registry_has_an_operation() -> None:
    reads = {call for call in read_calls(registry_api, registry_types) if call[0] == "GET"}
    assert served(REGISTRY) == reads


def test_no_two_products_share_the_name_of_an_operation() -> None:
    names = [{operation.name for operation in product.operations} for product in products()]
    assert len(set().union(*names)) == sum(map(len, names))


@pytest.mark.parametrize("region", REGIONS)
def test_the_sdk_drives_every_operation(instant: Emulator, region: str) -> None:
    drive_everything(ContainerV1API(sdk_client(instant, region)))
    entries = [entry for entry in instant.journal() if f"/regions/{region}/" in entry.path]
    assert {entry.operation for entry in entries} == {operation.name for operation in CONTAINERS.operations}
    assert [entry for entry in instant.journal() if entry.status != 200] == []


def drive_everything(client: ContainerV1API) -> None:
    namespace = drive_namespaces(client)
    container = drive_containers(client, namespace)
    drive_domains(client, container)
    drive_triggers(client, container)
    assert client.delete_container(container_id=container).status == types.ContainerStatus.DELETING
    assert client.list_containers_all(namespace_id=namespace) == []
    assert client.delete_namespace(namespace_id=namespace).status == types.NamespaceStatus.DELETING
    assert client.list_namespaces_all() == []


def drive_namespaces(client: ContainerV1API) -> str:
    made = client.create_namespace(name="shop", environment_variables={"a": "1"}, tags=["blue"])
    assert (made.status, made.project_id, made.error_message) == (types.NamespaceStatus.CREATING, PROJECT_ID, None)
    ready = client.get_namespace(namespace_id=made.id)
    assert (ready.status, ready.tags) == (types.NamespaceStatus.READY, ["blue"])
    changed = client.update_namespace(namespace_id=made.id, description="all of it", environment_variables={})
    assert (changed.description, changed.environment_variables) == ("all of it", {})
    assert client.get_namespace(namespace_id=made.id).status == types.NamespaceStatus.READY
    assert [found.id for found in client.list_namespaces_all(name="shop", project_id=PROJECT_ID)] == [made.id]
    return made.id


def drive_containers(client: ContainerV1API, namespace: str) -> str:
    made = client.create_container(
        namespace_id=namespace,
        name="web",
        image=IMAGE,
        port=80,
        secret_environment_variables={"token": "hush"},
        timeout="360.000000000s",
        scaling_option=scaling(cpu_usage_threshold=72),
        startup_probe=types.ContainerProbe(
            failure_threshold=5, interval="15s", http=types.ContainerProbeHTTPProbe("/")
        ),
    )
    assert (made.status, made.timeout, made.scaling_option.cpu_usage_threshold) == ("creating", "360s", 72)
    ready = client.get_container(container_id=made.id)
    assert (ready.status, ready.error_message) == (types.ContainerStatus.READY, "")
    change_container(client, made)
    others = [client.create_container(namespace_id=namespace, name=name, image=IMAGE).id for name in ("api", "job")]
    listed = client.list_containers_all(namespace_id=namespace, order_by=types.ListContainersRequestOrderBy.NAME_DESC)
    assert [found.name for found in listed] == ["web", "job", "api"]
    for other in others:
        client.delete_container(container_id=other)
    return made.id


def change_container(client: ContainerV1API, made: types.Container) -> None:
    changed = client.update_container(
        container_id=made.id,
        https_connection_only=True,
        liveness_probe=types.ContainerProbe(failure_threshold=3, tcp=types.ContainerProbeTCPProbe()),
        startup_probe=types.UpdateContainerRequestProbe(http=types.UpdateContainerRequestProbeHTTPProbe("/up")),
    )
    assert (changed.https_connections_only, changed.liveness_probe.failure_threshold) == (True, 3)
    assert changed.startup_probe.http.path == "/up"
    assert client.get_container(container_id=made.id).secret_environment_variables == made.secret_environment_variables
    assert client.redeploy_container(container_id=made.id).status == types.ContainerStatus.UPDATING


def scaling(**chosen: int) -> types.ContainerScalingOption:
    """The SDK sends the zeroes that its type begins with, unless they are taken away."""
    nothing = dict.fromkeys(("concurrent_requests_threshold", "cpu_usage_threshold", "memory_usage_threshold"))
    return types.ContainerScalingOption(**{**nothing, **chosen})


def drive_domains(client: ContainerV1API, container: str) -> None:
    made = client.create_domain(container_id=container, hostname="www.example.com")
    assert client.get_domain(domain_id=made.id).status == types.DomainStatus.READY
    assert client.update_domain(domain_id=made.id, tags=["blue"]).tags == ["blue"]
    assert client.get_domain(domain_id=made.id).hostname == "www.example.com"
    assert [found.id for found in client.list_domains_all(container_id=container)] == [made.id]
    assert client.delete_domain(domain_id=made.id).status == types.DomainStatus.DELETING


def drive_triggers(client: ContainerV1API, container: str) -> None:
    cron = types.CreateTriggerRequestCronConfig(schedule="* * * * *", timezone="UTC", body="", headers={"a": "b"})
    sqs = types.CreateTriggerRequestSQSConfig("fr-par", "https://a", "key", "hush", "https://a/q")
    nats = types.CreateTriggerRequestNATSConfig(["nats://a:4222"], "orders", "hush")
    made = [
        client.create_trigger(container_id=container, name="clock", cron_config=cron),
        client.create_trigger(container_id=container, name="queue", sqs_config=sqs),
        client.create_trigger(container_id=container, name="subject", nats_config=nats),
    ]
    assert [trigger.source_type for trigger in made] == ["cron", "sqs", "nats"]
    assert client.get_trigger(trigger_id=made[0].id).status == types.TriggerStatus.READY
    later = types.UpdateTriggerRequestCronConfig(schedule="5 4 * * *")
    assert client.update_trigger(trigger_id=made[0].id, cron_config=later).cron_config.timezone == "UTC"
    assert client.get_trigger(trigger_id=made[1].id).sqs_config.region == "fr-par"
    assert len(client.list_triggers_all(container_id=container)) == 3
    found = client.list_triggers_all(container_id=container, trigger_type=types.TriggerSourceType.NATS)
    assert [trigger.name for trigger in found] == ["subject"]
    assert client.delete_trigger(trigger_id=made[0].id).status == types.TriggerStatus.DELETING


@pytest.mark.parametrize("region", REGIONS)
def test_the_sdk_reads_the_registry(instant: Emulator, region: str) -> None:
    instant.push(f"rg.{region}.scw.cloud/shop/web:1.4", project_id=PROJECT_ID)
    client = RegistryV1API(sdk_client(instant, region))
    (namespace,) = client.list_namespaces_all(name="shop", project_id=PROJECT_ID)
    assert client.get_namespace(namespace_id=namespace.id).endpoint == f"rg.{region}.scw.cloud/shop"
    (image,) = client.list_images_all(namespace_id=namespace.id, name="web")
    assert client.get_image(image_id=image.id).tags == ["1.4"]
    (tag,) = client.list_tags_all(image_id=image.id, name="1.4")
    assert client.get_tag(tag_id=tag.id).digest == tag.digest
    assert {entry.operation for entry in instant.journal()} == {operation.name for operation in REGISTRY.operations}
    assert [entry for entry in instant.journal() if entry.status != 200] == []
