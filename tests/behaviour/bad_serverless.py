# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks about containers and functions with one thing wrong in each."""

from __future__ import annotations

from collections.abc import Mapping

from behaviour.bad import Bad

NOBODY = "33333333-3333-4333-8333-333333333333"
CONTAINERS: Mapping[str, Bad] = {
    "unknown region of containers": Bad("container", {"region": "us-east"}, ("region", "us-east", "pl-waw")),
    "zone for a container": Bad("container", {"zone": "fr-par-1"}, ("zone", "region")),
    "name of a namespace": Bad("container_namespace", {"name": "1shop"}, ("name", "1shop", "letter"), early=False),
    "name of a container": Bad("container", {"name": "web_1"}, ("name", "web_1", "hyphens"), early=False),
    "reserved variable": Bad(
        "container", {"environment_variables": {"PORT": "80"}}, ("environment_variables.PORT", "reserved"), early=False
    ),
    "reserved secret": Bad(
        "container_namespace",
        {"secret_environment_variables": {"SCW_TOKEN": "t0p"}},
        ("secret_environment_variables.SCW_TOKEN", "reserved"),
        early=False,
    ),
    "too many variables": Bad(
        "container",
        {"environment_variables": {f"V{number}": "x" for number in range(101)}},
        ("environment_variables", "101", "100"),
        early=False,
    ),
    "number as variable": Bad(
        "container", {"environment_variables": {"RATE": 1.5}}, ("environment_variables.RATE", "quotes")
    ),
    "empty secret": Bad(
        "container", {"secret_environment_variables": {"TOKEN": ""}}, ("secret_environment_variables.TOKEN", "empty")
    ),
    "reserved port": Bad("container", {"port": 9090}, ("port", "9090", "8008"), early=False),
    "more at least than at most": Bad(
        "container", {"min_scale": 4, "max_scale": 3}, ("min_scale", "4", "max_scale", "3"), early=False
    ),
    "more at least than there may be": Bad(
        "container", {"min_scale": 6}, ("min_scale", "6", "max_scale", "5"), early=False, exists=True
    ),
    "amount of memory": Bad("container", {"memory_limit_bytes": "much"}, ("memory_limit_bytes", "much", "256MB")),
    "share of a processor": Bad("container", {"mvcpu_limit": "0.5"}, ("mvcpu_limit", "0.5", "500m")),
    "timeout of a container": Bad("container", {"timeout": "60"}, ("timeout", "60", "30s")),
    "two ways to scale": Bad(
        "container",
        {"scaling_option": {"cpu_usage_threshold": 70, "memory_usage_threshold": 70}},
        ("cpu_usage_threshold", "memory_usage_threshold"),
    ),
    "two kinds of probe": Bad(
        "container", {"liveness_probe": {"tcp": {}, "http": {"path": "/"}}}, ("tcp", "http", "liveness_probe")
    ),
    "probe without threshold": Bad(
        "container", {"startup_probe": {"tcp": {}}}, ("startup_probe.failure_threshold",), early=False
    ),
    "private network that is a name": Bad("container", {"private_network_id": "vpc"}, ("private_network_id", "vpc")),
    "container of a missing namespace": Bad(
        "container", {"namespace": "nowhere"}, ("namespace", "nowhere"), early=False, guessable=True
    ),
    "trigger of a missing container": Bad(
        "container_trigger", {"container": "nowhere"}, ("container", "nowhere"), early=False, guessable=True
    ),
    "container without its namespace": Bad(
        "container_domain", {"namespace": None}, ("container-a", "namespace"), early=False
    ),
    "empty host name": Bad("container_domain", {"hostname": ""}, ("hostname", "empty")),
    "schedule of six fields": Bad(
        "container_trigger",
        {"cron_config": {"schedule": "0 0 5 4 * *", "timezone": "UTC"}},
        ("cron_config.schedule", "five"),
    ),
    "schedule out of range": Bad(
        "container_trigger",
        {"cron_config": {"schedule": "0 24 * * *", "timezone": "UTC"}},
        ("cron_config.schedule", "hour", "24", "23"),
    ),
    "schedule without time zone": Bad(
        "container_trigger", {"cron_config": {"schedule": "0 5 * * *"}}, ("cron_config.timezone",), early=False
    ),
    "queue without key": Bad(
        "container_trigger",
        {
            "cron_config": None,
            "sqs_config": {"region": "fr-par", "endpoint": "e", "access_key_id": "a", "queue_url": "q"},
        },
        ("sqs_config.secret_access_key", "needed"),
        early=False,
    ),
    "two things to follow": Bad(
        "container_trigger", {"nats_config": {"subject": "orders"}}, ("cron_config", "nats_config")
    ),
}
FUNCTIONS: Mapping[str, Bad] = {
    "name of a function namespace": Bad(
        "function_namespace", {"name": "shop-"}, ("name", "shop-", "hyphen"), early=False
    ),
    "name of a function": Bad("function", {"name": "re.size"}, ("name", "re.size", "hyphens"), early=False),
    "runtime that does not exist": Bad(
        "function", {"runtime": "python99"}, ("runtime", "python99", "python314", "node26"), early=False
    ),
    "runtime at its end": Bad(
        "function", {"runtime": "node16"}, ("runtime", "node16", "end of life", "node26"), early=False
    ),
    "another runtime that does not exist": Bad(
        "function", {"runtime": "cobol"}, ("runtime", "cobol", "rust196"), early=False, exists=True
    ),
    "empty runtime": Bad("function", {"runtime": ""}, ("runtime", "empty")),
    "empty handler": Bad("function", {"handler": ""}, ("handler", "empty")),
    "reserved variable of a function": Bad(
        "function",
        {"environment_variables": {"SCW_TOKEN": "x"}},
        ("environment_variables.SCW_TOKEN", "reserved"),
        early=False,
    ),
    "too many variables of a function": Bad(
        "function",
        {"secret_environment_variables": {f"V{number}": "x" for number in range(101)}},
        ("secret_environment_variables", "101", "100"),
        early=False,
    ),
    "too many variables together": Bad(
        "function",
        {"environment_variables": {f"V{number}": "x" for number in range(101)}, "merge_environment_variables": True},
        ("environment_variables", "101", "100"),
        early=False,
        exists=True,
    ),
    "empty secret of a function namespace": Bad(
        "function_namespace",
        {"secret_environment_variables": {"TOKEN": ""}},
        ("secret_environment_variables.TOKEN", "empty"),
    ),
    "more instances at least than at most": Bad(
        "function", {"min_scale": 4, "max_scale": 3}, ("min_scale", "4", "max_scale", "3"), early=False
    ),
    "fewer instances at most than there are": Bad(
        "function", {"min_scale": 6}, ("min_scale", "6", "max_scale", "5"), early=False, exists=True
    ),
    "memory of a function": Bad("function", {"memory_limit": "0.5MB"}, ("memory_limit", "0.5MB", "256MB")),
    "timeout of a function": Bad("function", {"timeout": "60"}, ("timeout", "60", "30s")),
    "private network of a function": Bad("function", {"private_network_id": "vpc"}, ("private_network_id", "vpc")),
    "function of a missing namespace": Bad(
        "function", {"namespace": "nowhere"}, ("namespace", "nowhere"), early=False, guessable=True
    ),
    "archive that does not exist": Bad("function", {"src": "/nonexistent/code.zip"}, ("src", "archive"), early=True),
    "cron of a missing function": Bad(
        "function_cron", {"function": "nowhere"}, ("function", "nowhere"), early=False, guessable=True
    ),
    "function without its namespace": Bad(
        "function_domain", {"namespace": None}, ("function-a", "namespace"), early=False
    ),
    "cron of six fields": Bad("function_cron", {"schedule": "0 0 5 4 * *"}, ("schedule", "0 0 5 4 * *", "five")),
    "cron out of range": Bad("function_cron", {"schedule": "60 * * * *"}, ("schedule", "minute", "60", "59")),
    "cron without a schedule": Bad("function_cron", {"schedule": ""}, ("schedule", "empty")),
    "host name of nothing": Bad("function_domain", {"hostname": ""}, ("hostname", "empty")),
    "two queues to follow": Bad(
        "function_trigger", {"sqs_config": {"endpoint": "e"}}, ("scw_sqs_config", "sqs_config")
    ),
    "queue of Scaleway without a name": Bad(
        "function_trigger",
        {"scw_sqs_config": {"mnq_project_id": NOBODY, "mnq_region": "fr-par"}},
        ("scw_sqs_config.queue", "needed"),
        early=False,
    ),
    "queue of a project that is a name": Bad(
        "function_trigger",
        {"scw_sqs_config": {"queue": "q", "mnq_project_id": "shop", "mnq_region": "fr-par"}},
        ("scw_sqs_config.mnq_project_id", "shop", "ID"),
    ),
    "queue without a secret key": Bad(
        "function_trigger",
        {"scw_sqs_config": None, "sqs_config": {"endpoint": "e", "queue_url": "q", "access_key": "a"}},
        ("sqs_config.secret_key", "needed"),
        early=False,
    ),
}
BAD_SERVERLESS: Mapping[str, Bad] = {**CONTAINERS, **FUNCTIONS}
