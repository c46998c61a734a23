# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Serverless Functions operation: name, method, path, the SDK's request type, and the function that answers.

Other products have namespaces, domains and triggers too, so the names say whose they are.
"""

from __future__ import annotations

from functools import partial

from scaleway.function.v1beta1 import types

from emulator.functions import crons, domains, functions, namespaces, tokens, triggers
from emulator.functions.state import FunctionsState
from emulator.operations import Operation
from emulator.serverless.operation_table import operation

_BASE = "/functions/v1beta1/regions/{region}"
_operation = partial(operation, types, _BASE)

_NAMESPACE = "/namespaces/{namespace_id}"
_FUNCTION = "/functions/{function_id}"
_CRON = "/crons/{cron_id}"
_DOMAIN = "/domains/{domain_id}"
_TOKEN = "/tokens/{token_id}"
_TRIGGER = "/triggers/{trigger_id}"
_UPLOAD = f"{_FUNCTION}/upload-url"
_DOWNLOAD = f"{_FUNCTION}/download-url"

OPERATIONS: tuple[Operation[FunctionsState], ...] = (
    _operation("ListFunctionNamespaces", "GET", "/namespaces", "ListNamespaces", namespaces.list_namespaces),
    _operation("CreateFunctionNamespace", "POST", "/namespaces", "CreateNamespace", namespaces.create_namespace),
    _operation("GetFunctionNamespace", "GET", _NAMESPACE, "GetNamespace", namespaces.get_namespace),
    _operation("UpdateFunctionNamespace", "PATCH", _NAMESPACE, "UpdateNamespace", namespaces.update_namespace),
    _operation("DeleteFunctionNamespace", "DELETE", _NAMESPACE, "DeleteNamespace", namespaces.delete_namespace),
    _operation("ListFunctions", "GET", "/functions", "ListFunctions", functions.list_functions),
    _operation("CreateFunction", "POST", "/functions", "CreateFunction", functions.create_function),
    _operation("GetFunction", "GET", _FUNCTION, "GetFunction", functions.get_function),
    _operation("UpdateFunction", "PATCH", _FUNCTION, "UpdateFunction", functions.update_function),
    _operation("DeleteFunction", "DELETE", _FUNCTION, "DeleteFunction", functions.delete_function),
    _operation("DeployFunction", "POST", f"{_FUNCTION}/deploy", "DeployFunction", functions.deploy_function),
    _operation("GetFunctionUploadURL", "GET", _UPLOAD, "GetFunctionUploadURL", functions.get_upload_url),
    _operation("GetFunctionDownloadURL", "GET", _DOWNLOAD, "GetFunctionDownloadURL", functions.get_download_url),
    _operation("ListFunctionRuntimes", "GET", "/runtimes", "ListFunctionRuntimes", functions.list_runtimes),
    _operation("ListFunctionCrons", "GET", "/crons", "ListCrons", crons.list_crons),
    _operation("CreateFunctionCron", "POST", "/crons", "CreateCron", crons.create_cron),
    _operation("GetFunctionCron", "GET", _CRON, "GetCron", crons.get_cron),
    _operation("UpdateFunctionCron", "PATCH", _CRON, "UpdateCron", crons.update_cron),
    _operation("DeleteFunctionCron", "DELETE", _CRON, "DeleteCron", crons.delete_cron),
    _operation("ListFunctionDomains", "GET", "/domains", "ListDomains", domains.list_domains),
    _operation("CreateFunctionDomain", "POST", "/domains", "CreateDomain", domains.create_domain),
    _operation("GetFunctionDomain", "GET", _DOMAIN, "GetDomain", domains.get_domain),
    _operation("DeleteFunctionDomain", "DELETE", _DOMAIN, "DeleteDomain", domains.delete_domain),
    _operation("ListFunctionTokens", "GET", "/tokens", "ListTokens", tokens.list_tokens),
    _operation("CreateFunctionToken", "POST", "/tokens", "CreateToken", tokens.create_token),
    _operation("GetFunctionToken", "GET", _TOKEN, "GetToken", tokens.get_token),
    _operation("DeleteFunctionToken", "DELETE", _TOKEN, "DeleteToken", tokens.delete_token),
    _operation("ListFunctionTriggers", "GET", "/triggers", "ListTriggers", triggers.list_triggers),
    _operation("CreateFunctionTrigger", "POST", "/triggers", "CreateTrigger", triggers.create_trigger),
    _operation("GetFunctionTrigger", "GET", _TRIGGER, "GetTrigger", triggers.get_trigger),
    _operation("UpdateFunctionTrigger", "PATCH", _TRIGGER, "UpdateTrigger", triggers.update_trigger),
    _operation("DeleteFunctionTrigger", "DELETE", _TRIGGER, "DeleteTrigger", triggers.delete_trigger),
)
