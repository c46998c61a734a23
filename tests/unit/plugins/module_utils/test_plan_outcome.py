# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan predicts, and that carrying it out is enough."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import (
    differences,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import Refused
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND, FRONTEND
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from naming import key_of
from unit import edge_samples, samples
from unit.function_samples import QUEUE
from unit.objects import model, shown, wishes
from unit.planning import plan

# Predictions


# The least that creates each.
LEAST: dict[str, dict[str, Any]] = {
    "lb": {"name": "a", "type": "lb-s"},
    "lb_ip": {"tags": ["a"]},
    "lb_backend": {"name": "a", "forward_protocol": "tcp", "forward_port": 1},
    "lb_frontend": {"name": "a", "inbound_port": 1, "backend": samples.BACKEND_ID},
    "lb_acl": {"name": "a", "index": 1, "action": {"type": "allow"}},
    "lb_route": {"backend": samples.BACKEND_ID, "match": {"sni": "a.example.com"}},
    "lb_certificate": {"name": "a", "letsencrypt": {"common_name": "a.example.com"}},
    "lb_subscriber": {"name": "a", "email_config": {"email": "a@example.com"}},
    "lb_private_network": {"private_network_id": samples.NETWORK_ID},
    "container_namespace": {"name": "a"},
    "container": {"name": "a", "image": "i"},
    "container_domain": {"hostname": "a.example.com"},
    "container_trigger": {"name": "a", "cron_config": {"schedule": "* * * * *", "timezone": "UTC"}},
    "function_namespace": {"name": "a"},
    "function": {"name": "a", "runtime": "python313"},
    "function_cron": {"name": "a", "schedule": "* * * * *"},
    "function_domain": {"hostname": "a.example.com"},
    "function_trigger": {"name": "a", "scw_sqs_config": QUEUE},
    "edge_pipeline": {"name": "a"},
    "edge_vpc_endpoint": {"private_network_id": samples.NETWORK_ID, "region": "fr-par"},
    "edge_backend_stage": {"scaleway_s3": {"bucket_name": "a", "bucket_region": "fr-par"}},
    "edge_waf_stage": {"mode": "enable", "paranoia_level": 1, "backend_stage": edge_samples.BACKEND_ID},
    "edge_route_stage": {"backend_stage": edge_samples.BACKEND_ID},
    "edge_cache_stage": {"backend_stage": edge_samples.BACKEND_ID},
    "edge_tls_stage": {},
    "edge_dns_stage": {},
    "edge_head_stage": {"dns_stage": edge_samples.DNS_ID},
}


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_the_prediction_of_a_create_has_the_shape_of_the_real_object(resource: Resource) -> None:
    predicted = plan(resource, LEAST[key_of(resource)]).result
    real = shown(resource)
    assert set(real) - set(predicted) == set()
    assert predicted["id"] == LEAST[key_of(resource)].get(resource.id_key, UNKNOWN)


def test_a_private_load_balancer_is_predicted_without_an_address() -> None:
    assert plan(LB, {"name": "a", "type": "lb-s", "assign_flexible_ip": False}).result["ip"] == []


def test_the_prediction_of_an_update_is_the_object_with_the_change() -> None:
    planned = plan(FRONTEND, {"name": "https", "backend": UNKNOWN, "inbound_port": 80}, samples.frontend())
    assert planned.result == {**samples.frontend(), "inbound_port": 80, "backend": {"id": UNKNOWN}}


def test_planning_changes_neither_the_wish_nor_the_object() -> None:
    current, said = samples.backend(), {"name": "app", "health_check": {"http_config": {"uri": "/"}}, "server_ip": []}
    plan(BACKEND, said, current)
    assert current == samples.backend()
    assert said == {"name": "app", "health_check": {"http_config": {"uri": "/"}}, "server_ip": []}


def test_what_the_api_did_not_keep_is_named() -> None:
    wanted = {"name": "app", "max_retries": 3, "health_check": {"port": 80}}
    assert differences(BACKEND, wanted, samples.backend(max_retries=1)) == ["max_retries"]
    assert differences(BACKEND, wanted, samples.backend(max_retries=3)) == []


# Properties: whatever is wanted, one run is enough and touches nothing else


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_one_run_is_enough_and_leaves_the_rest_alone(resource: Resource) -> None:
    @given(before=wishes(resource), after=wishes(resource))
    def holds(before: dict[str, Any], after: dict[str, Any]) -> None:
        api = model(resource)
        api.apply(plan(resource, before).requests)
        created = api.shown()
        assert not plan(resource, before, created).changed, "a second run would change what was created"
        second = _but_fixed(resource, after, created)
        planned = plan(resource, second, created)
        api.apply(planned.requests)
        changed = api.shown()
        assert not plan(resource, second, changed).changed, "a second run would change what was updated"
        touched = api.keys_of({*planned.before, *planned.after})
        differing = {key for key in created if created[key] != changed.get(key)}
        # A full replace may spell "nothing" in another way.
        assert {key for key in differing if created[key] or changed.get(key)} <= touched

    holds()


def _but_fixed(resource: Resource, wish: dict[str, Any], present: dict[str, Any]) -> dict[str, Any]:
    """A wish without what cannot be changed, or only grown."""
    fixed = {field.name for field in resource.fields if not field.mutable} | {"ips"}
    fixed |= {name for group in resource.one_of if not group.switchable for name in set(group.fields) - set(present)}
    return {name: value for name, value in wish.items() if name not in fixed}


@given(st.lists(st.sampled_from([samples.IP_ID, samples.OTHER_IP_ID]), min_size=1, unique=True))
def test_addresses_only_ever_grow(ips: list[str]) -> None:
    current = samples.lb(ip=[{"id": samples.IP_ID, "ip_address": "192.0.2.7"}])
    if samples.IP_ID not in ips:
        with pytest.raises(Refused):
            plan(LB, {"name": "web", "ips": ips}, current)
    else:
        assert len(plan(LB, {"name": "web", "ips": ips}, current).requests) == len(ips) - 1
