# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, what the API can tell before a pipeline is built: whether domain, certificate and origin will do.

The calls are POSTs that change nothing, so one that was not answered is simply sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Enum, Str, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE, LB_ORIGIN
from ansible_collections.scw.cloud.plugins.module_utils.edge.plans import owner
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API, LOCATION, REGIONS
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import Failed, InvalidOption, LostAnswer, Transient
from ansible_collections.scw.cloud.plugins.module_utils.values import is_unknown

TRIES = 4
"""How often a request that is not answered is sent altogether."""

FILES = {"pem_chain.file": "raw"}
"""Options that take the path of a file on the controller, each with the option beside it that takes its content."""

DOMAIN = Object(
    "domain",
    fields=(Str("fqdn", required=True, may_be_empty=False), Str("cname", required=True, may_be_empty=False)),
)
PEM_CHAIN = Object(
    "pem_chain",
    fields=(
        Str("fqdn", required=True, may_be_empty=False),
        Object(
            "secret",
            fields=(
                Uuid("secret_id", required=True),
                Enum("region", choices=REGIONS, required=True, key="secret_region"),
            ),
        ),
        Str("raw", may_be_empty=False),
    ),
)
LB = Object("lb_origin", fields=LB_ORIGIN, key="lb")


def checks_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that checks."""
    pem_chain = PEM_CHAIN.option()
    pem_chain["options"]["raw"]["no_log"] = True
    pem_chain["options"]["secret"]["no_log"] = False  # says where a secret is, and holds none
    pem_chain["options"]["file"] = {"type": "path"}
    kinds = ["secret", "raw", "file"]
    pem_chain.update(mutually_exclusive=[kinds], required_one_of=[kinds])
    own = {
        "domain": DOMAIN.option(),
        "pem_chain": pem_chain,
        "lb_origin": LB.option(),
        "fail_if_invalid": {"type": "bool", "default": True},
    }
    return {**explicit_spec(LOCATION, own), "required_one_of": [["domain", "pem_chain", "lb_origin"]]}


def run_checks(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that checks. Raises Failed for what will not do, unless the task only wants to know."""
    checks = _Checks(client, params, warn, predict=check_mode)
    found = {name: one for name, one in checks.all().items() if one is not None}
    problems = [_problem(name, one) for name, one in found.items() if not one.get("is_valid")]
    if problems and params["fail_if_invalid"]:
        raise Failed(" ".join(problems), checks=found)
    return {"changed": False, "checks": found}


class _Checks:
    """The checks of one task."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, predict: bool
    ) -> None:
        self.client = client
        self.warn = warn
        given = {field: params[field.name] for field in (DOMAIN, PEM_CHAIN, LB) if params[field.name] is not None}
        if (given.get(PEM_CHAIN) or {}).get("file") is not None:
            raise InvalidOption(
                "pem_chain.file",
                "is read on the controller, by the action plugin that goes with the module, and that did not run. "
                "Give the content in raw instead.",
            )
        self.said = {field.name: field.parse(_without_file(value), field.name) for field, value in given.items()}
        # Origins of backends are load balancers with their frontends, by name or ID.
        self.lookup = Lookup(BACKEND_STAGE, client, {}, warn, predict=predict)

    def all(self) -> dict[str, Values | None]:
        """By the option: what was checked, with the answer of the API; None for what could not be checked."""
        origin = self._origin()  # first, because names may be wrong
        return {
            "domain": self._domain() if "domain" in self.said else None,
            "pem_chain": self._pem_chain() if "pem_chain" in self.said else None,
            "lb_origin": self._lb_origin(origin) if origin else None,
        }

    def _domain(self) -> Values:
        said = self.said["domain"]
        return {**said, **self._ask("check-domain", said, f"check the domain {said['fqdn']!r}", owned=True)}

    def _pem_chain(self) -> Values:
        body = PEM_CHAIN.encode(self.said["pem_chain"])
        doing = f"check the certificate for {body['fqdn']!r}"
        return {"fqdn": body["fqdn"], **self._ask("check-pem-chain", body, doing, owned=True)}

    def _origin(self) -> Values | None:
        """The load balancer with IDs; None if an earlier task would create it."""
        if "lb_origin" not in self.said:
            return None
        resolved = self.lookup.resolve({"scaleway_lb": {"lbs": [self.said["lb_origin"]]}})
        origin: Values = LB.complete(resolved["scaleway_lb"]["lbs"][0], "lb_origin")
        if not any(is_unknown(origin[name]) for name in ("lb", "frontend")):
            return LB.encode(origin)
        self.warn("lb_origin: what an earlier task would create cannot be checked before it exists.")
        return None

    def _lb_origin(self, origin: Values) -> Values:
        doing = f"check load balancer {origin['id']}"
        answer = self._ask("check-lb-origin", {LB.wire: origin}, doing, owned=False)
        shown = {key: origin[key] for key in ("zone", "frontend_id")}
        return {"lb_id": origin["id"], **shown, **answer}

    def _ask(self, call: str, body: Values, doing: str, *, owned: bool) -> Values:
        """What the API answers. ``owned``: the call is about a project."""
        body = {**({"project_id": owner(self.client, "To check it")} if owned else {}), **body}
        for attempt in range(1, TRIES):
            try:
                return self.client.call("POST", f"{API}/{call}", doing=doing, body=body)
            except (LostAnswer, Transient) as error:
                self.client.deadline.pause(self.client.backoff(attempt), str(error))
        return self.client.call("POST", f"{API}/{call}", doing=doing, body=body)


def _without_file(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if name != "file"}


def _problem(name: str, check: Values) -> str:
    """What is wrong, and what to do, in sentences."""
    if name == "domain":
        return (
            f"domain: {check['fqdn']!r} cannot be used. Have its CNAME record lead to {check['cname']!r}, "
            "and wait until that is known everywhere."
        )
    if name == "pem_chain":
        return (
            f"pem_chain: the certificate will not do for {check['fqdn']!r}. It must hold the whole chain with its "
            "private key, be valid, and name this domain."
        )
    return (
        f"lb_origin: load balancer {check['lb_id']} does not answer as an origin: {check.get('error_type')}. "
        "Check its frontend, its ACLs, is_ssl and domain_name."
    )
