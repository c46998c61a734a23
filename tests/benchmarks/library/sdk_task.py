# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task with nothing to do as one writes it with the vendor's SDK: find by name what is around it, and compare it."""

from __future__ import annotations

import os
from typing import Any

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: sdk_task
short_description: Finds a resource by name with the vendor's SDK
description: For measurements only.
options: {}
"""


def the_one(found: list[Any], name: str) -> Any:
    """What has exactly this name."""
    return next(one for one in found if one.name == name)


def lb(client: Any, names: dict[str, str]) -> list[Any]:
    """A load balancer."""
    from scaleway.lb.v1.api import LbV1ZonedAPI

    return [the_one(LbV1ZonedAPI(client).list_lbs_all(zone="fr-par-1", name=names["lb"]), names["lb"]).type_]


def acl(client: Any, names: dict[str, str]) -> list[Any]:
    """An ACL of a frontend."""
    from scaleway.lb.v1.api import LbV1ZonedAPI

    api, zone = LbV1ZonedAPI(client), "fr-par-1"
    around = the_one(api.list_lbs_all(zone=zone, name=names["lb"]), names["lb"])
    frontends = api.list_frontends_all(zone=zone, lb_id=around.id, name=names["frontend"])
    frontend = the_one(frontends, names["frontend"])
    found = the_one(api.list_acls_all(zone=zone, frontend_id=frontend.id, name=names["acl"]), names["acl"])
    return [found.index, str(found.action.type_)]


def backend_stage(client: Any, names: dict[str, str]) -> list[Any]:
    """An origin of a pipeline."""
    from scaleway.edge_services.v1beta1.api import EdgeServicesV1Beta1API

    api = EdgeServicesV1Beta1API(client)
    pipeline = the_one(api.list_pipelines_all(name=names["pipeline"]), names["pipeline"])
    stages = api.list_backend_stages_all(pipeline_id=pipeline.id)
    return [next(one.scaleway_s3.bucket_name for one in stages if one.scaleway_s3)]


def trigger(client: Any, names: dict[str, str]) -> list[Any]:
    """A trigger of a container."""
    from scaleway.container.v1.api import ContainerV1API

    api, region = ContainerV1API(client), "fr-par"
    namespace = the_one(api.list_namespaces_all(region=region, name=names["namespace"]), names["namespace"])
    containers = api.list_containers_all(region=region, namespace_id=namespace.id, name=names["container"])
    container = the_one(containers, names["container"])
    found = the_one(api.list_triggers_all(region=region, container_id=container.id), names["trigger"])
    return [found.cron_config.schedule]


def function(client: Any, names: dict[str, str]) -> list[Any]:
    """A function."""
    from scaleway.function.v1beta1.api import FunctionV1Beta1API

    api, region = FunctionV1Beta1API(client), "fr-par"
    namespace = the_one(api.list_namespaces_all(region=region, name=names["namespace"]), names["namespace"])
    functions = api.list_functions_all(region=region, namespace_id=namespace.id, name=names["function"])
    return [str(the_one(functions, names["function"]).runtime)]


KINDS = {"lb": lb, "acl": acl, "backend_stage": backend_stage, "trigger": trigger, "function": function}


def main() -> None:
    """Find the resource, and fail if it is not as it should be."""
    spec = {
        "kind": {"type": "str", "choices": list(KINDS), "required": True},
        "names": {"type": "dict", "required": True},
        "wanted": {"type": "list", "elements": "raw", "required": True},
    }
    module = AnsibleModule(argument_spec=spec, supports_check_mode=True)
    from scaleway import Client

    client = Client(
        access_key="SCWXXXXXXXXXXXXXXXXX",
        secret_key=os.environ["SCW_SECRET_KEY"],
        api_url=os.environ["SCW_API_URL"],
        default_project_id=os.environ["SCW_DEFAULT_PROJECT_ID"],
        default_region="fr-par",
        default_zone="fr-par-1",
    )
    found = KINDS[module.params["kind"]](client, module.params["names"])
    if found != module.params["wanted"]:
        module.fail_json(msg=f"found {found}, wanted {module.params['wanted']}")
    module.exit_json(changed=False)


if __name__ == "__main__":
    main()
