# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting hosts into Ansible's inventory: filters, names, variables, groups, and the servers behind load balancers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from ansible.errors import AnsibleError, AnsibleParserError, AnsibleUndefinedVariable
from ansible.inventory.data import InventoryData
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable, to_safe_group_name
from jinja2 import TemplateError

from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_servers
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_names import distinct, is_host_name
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_options import Filter, is_template, truth
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Host, Product
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_servers import ALL_SERVERS, Pool
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_trust import trusted, untrusted

RESERVED = ("all", "ungrouped")
CONNECTION = {"ansible_connection": "local"}
"""Nobody can log in to what the API manages: tasks about it run where Ansible does."""

EVALUATION_ERRORS = (AnsibleError, TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What an expression may end in: ansible-core 2.18 passes some errors of Python on."""

Offer = tuple[Host, dict[str, Any]]
"""A host, and its variables with the prefix, which no template in them can escape from."""


def safe_group_name(name: str) -> str:
    """A name as Ansible makes it safe, and never one of its own groups."""
    safe = str(to_safe_group_name(name))
    return f"_{safe}" if safe in RESERVED else safe


class Populating(BaseInventoryPlugin, Constructable):
    """Adds hosts. Nothing is added before all names are known, and what an error interrupts is taken back."""

    NAME: ClassVar[str]
    product: ClassVar[Product]
    inventory: InventoryData
    loader: DataLoader
    _sanitize_group_name = staticmethod(safe_group_name)

    def populate(self, hosts: Sequence[Host], filters: Sequence[Filter], *, servers: bool) -> None:
        """Add those of the hosts that the filters keep; raises AnsibleParserError."""
        offers = [(host, untrusted(self._prefixed(host.variables))) for host in hosts]
        kept = [offer for offer in offers if self._is_kept(offer[1], filters)]
        names = self._names(kept)
        with self._whole_or_nothing():
            for name, (host, variables) in zip(names, kept, strict=True):
                self._add(name, host, variables)
            self._construct(names, kept)
            if servers:
                self._add_servers([(name, host) for name, (host, _variables) in zip(names, kept, strict=True)])

    def _prefixed(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        prefix = self.get_option("hostvars_prefix")
        return {f"{prefix}{key}": value for key, value in variables.items()}

    @contextmanager
    def _whole_or_nothing(self) -> Iterator[None]:
        """Take back the hosts and groups that were added, should an error come in between."""
        hosts, groups = set(self.inventory.hosts), set(self.inventory.groups)
        try:
            yield
        except BaseException:
            for name in set(self.inventory.hosts) - hosts:
                self.inventory.remove_host(self.inventory.hosts[name])
            for name in set(self.inventory.groups) - groups:
                self.inventory.remove_group(self.inventory.groups[name])
            raise

    # Which, and what they are called

    def _is_kept(self, variables: Mapping[str, Any], filters: Sequence[Filter]) -> bool:
        for known in filters:
            shown = known.expression
            if boolean(self._evaluated(trusted(truth(shown)), variables, "filters", shown)):
                return known.keeps
        return not filters or not filters[-1].keeps

    def _evaluated(self, expression: str, variables: Mapping[str, Any], option: str, shown: str) -> Any:
        try:
            return self._compose(expression, variables)
        except AnsibleUndefinedVariable:
            if option == "hostnames":
                return None
            raise self._failed(option, shown, variables, "it uses something that is not defined") from None
        except EVALUATION_ERRORS as error:
            raise self._failed(option, shown, variables, str(error)) from None

    def _failed(self, option: str, shown: str, variables: Mapping[str, Any], why: str) -> AnsibleParserError:
        own_id = variables[f"{self.get_option('hostvars_prefix')}id"]
        return AnsibleParserError(
            f"{self.NAME}: {option}: {str(shown)!r} cannot be evaluated for {own_id}: {why.rstrip('.')}."
        )

    def _names(self, kept: Sequence[Offer]) -> list[str]:
        """A name for each: the first of those it may have that is a name, and that it shares with nobody."""
        listed = self._listed_before()
        taken = {*self.inventory.groups, *self.inventory.hosts} - set(listed.values())
        taken.update(safe_group_name(group) for host, _variables in kept for group in host.groups)
        candidates = []
        for host, variables in kept:
            own_id = host.variables["id"]
            preferred = [self._preferred(entry, variables) for entry in self.get_option("hostnames")]
            names = [name for name in (*preferred, *host.names) if is_host_name(name)]
            candidates.append([listed[own_id]] if own_id in listed else list(dict.fromkeys([*names, own_id])))
        return distinct(candidates, taken)

    def _listed_before(self) -> dict[Any, str]:
        """Names of the hosts that an earlier source made of the same product, by their IDs."""
        keys = self._prefixed({"id": None, "product": None})
        id_key, product_key = keys
        return {
            host.vars[id_key]: name
            for name, host in self.inventory.hosts.items()
            if host.vars.get(product_key) == self.product.name and host.vars.get(id_key)
        }

    def _preferred(self, entry: str, variables: Mapping[str, Any]) -> str:
        if entry in variables:
            value = variables[entry]
        elif is_template(entry):
            value = self._rendered_name(entry, variables)
        else:
            value = self._evaluated(entry, variables, "hostnames", entry)
        return "" if value is None or isinstance(value, (list, dict)) else str(value).strip()

    def _rendered_name(self, template: str, variables: Mapping[str, Any]) -> Any:
        self.templar.available_variables = dict(variables)
        try:
            return self.templar.template(template)
        except AnsibleUndefinedVariable:
            return None
        except EVALUATION_ERRORS as error:
            raise self._failed("hostnames", template, variables, str(error)) from None

    # What is added

    def _add(self, name: str, host: Host, variables: Mapping[str, Any]) -> None:
        self.inventory.add_host(name)
        for key, value in {**CONNECTION, **variables}.items():
            self.inventory.set_variable(name, key, value)
        for group in host.groups if self.get_option("default_groups") else host.groups[:1]:
            self.inventory.add_host(name, self.inventory.add_group(safe_group_name(group)))

    def _construct(self, names: Sequence[str], kept: Sequence[Offer]) -> None:
        """Ansible's own features. Variables come first: afterwards a group may have the name of a host."""
        strict = self.get_option("strict")
        compose, groups, keyed = (self.get_option(name) for name in ("compose", "groups", "keyed_groups"))
        pairs = [(name, variables) for name, (_host, variables) in zip(names, kept, strict=True)]
        for name, variables in pairs if compose else ():
            self._set_composite_vars(compose, variables, name, strict=strict)
        for name, variables in pairs if groups or keyed else ():
            self._add_host_to_composed_groups(groups, variables, name, strict=strict)
            self._add_host_to_keyed_groups(keyed, variables, name, strict=strict)

    # Servers

    def _add_servers(self, named: Sequence[tuple[str, Host]]) -> None:
        known = inventory_servers.known_addresses({name: host.vars for name, host in self.inventory.hosts.items()})
        self.inventory.add_group(ALL_SERVERS)
        behind: dict[str, list[Mapping[str, Any]]] = {}
        for pool in inventory_servers.pools(named, safe_group_name, ()):
            self._add_pool_groups(pool)
            for address in pool.addresses:
                if address not in known:
                    known[address] = [self._new_server(address)]
                for name in known[address]:
                    self.inventory.add_host(name, pool.group)
                    behind.setdefault(name, []).append({**pool.behind, "server_ip": address})
        for name, entries in behind.items():
            self._tell_server(name, entries)

    def _add_pool_groups(self, pool: Pool) -> None:
        for parent, child in ((ALL_SERVERS, pool.lb_group), (pool.lb_group, pool.group)):
            self.inventory.add_child(parent, self.inventory.add_group(child))

    def _new_server(self, address: str) -> str:
        name = inventory_servers.server_name(address)
        self.inventory.add_host(name)
        self.inventory.set_variable(name, "ansible_host", address)
        return name

    def _tell_server(self, name: str, entries: Sequence[Mapping[str, Any]]) -> None:
        key = f"{self.get_option('hostvars_prefix')}behind"
        before = self.inventory.hosts[name].vars.get(key) or []
        told = inventory_servers.server_variables([*before, *entries])
        for variable, value in untrusted(self._prefixed(told)).items():
            self.inventory.hosts[name].set_variable(variable, value)
