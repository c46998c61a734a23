# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of all inventory plugins: a subclass says which product it lists, and nothing else.

options -> cache, or fetch -> to_host -> filters -> names -> the inventory
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ansible.constants import config as ansible_config
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import Cacheable

from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError, ScwError
from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_options
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_population import Populating
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Selection, to_host

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Order

CREDENTIALS = ("access_key", "secret_key", "api_url", "profile", "config_file")
FORMAT = 1
"""Changes with what the cache holds, so that no other version's content is taken."""


class ScwInventory(Populating, Cacheable):
    """Lists one product."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end."""
        return tuple(f".scw_{self.product.name}.{ending}" for ending in ("yml", "yaml"))

    def verify_file(self, path: str) -> bool:
        """Whether the file is one of ours; raises AnsibleParserError if it says so and its name does not."""
        if not super().verify_file(path):
            return False
        if path.endswith(self.suffixes):
            return True
        if self._claims_to_be_ours(path):
            raise AnsibleParserError(
                f"{path}: rename it. A file for {self.NAME} ends in {' or '.join(self.suffixes)}, "
                f"such as production{self.suffixes[0]}."
            )
        return False

    def _claims_to_be_ours(self, path: str) -> bool:
        if not path.endswith((".yml", ".yaml")):
            return False
        with open(path, encoding="utf-8", errors="replace") as file:
            return bool(re.search(rf"^plugin:\s*['\"]?{re.escape(self.NAME)}['\"]?\s*(#|$)", file.read(), re.MULTILINE))

    def parse(self, inventory: InventoryData, loader: DataLoader, path: str, cache: bool = True) -> None:
        """Add the hosts that the file describes."""
        super().parse(inventory, loader, path, cache)
        self._read_options(path)
        try:
            filters = self._checked_filters()
            hosts = [to_host(self.product, item, self._shown()) for item in self._items(path, cache)]
            wanted = list(filter(self._selection().fits, hosts))
            self.populate(wanted, filters, servers=bool(self._optional("servers")))
        except ScwError as error:
            raise AnsibleParserError(f"{self.NAME}: {error}") from None

    # Options

    def _read_options(self, path: str) -> None:
        # Raised anew, because Ansible would show the lines of the file around, and a secret may be in one of them.
        definitions = ansible_config.get_configuration_definitions("inventory", self._load_name)
        try:
            inventory_options.check_config(self.loader.load_from_file(path, cache="none"), definitions)
            self._read_config_data(path)
        except ScwError as error:
            raise AnsibleParserError(f"{path}: {error}") from None
        except AnsibleError as error:
            raise AnsibleParserError(f"{path}: {self._without_secrets(error, path)}") from None

    def _without_secrets(self, error: AnsibleError, path: str) -> str:
        text = str(getattr(error, "message", "") or error)
        with open(path, encoding="utf-8", errors="replace") as file:
            for found in re.finditer(r"^(?:secret_key|access_key):(.*)$", file.read(), re.MULTILINE):
                for part in re.findall(r"[\w-]{8,}", found[1]):
                    text = text.replace(part, "********")
        return text

    def _checked_filters(self) -> list[inventory_options.Filter]:
        """The filters; raises InvalidOption for whatever is wrong with any option."""
        options = self.get_options()
        inventory_options.check_words(options)
        inventory_options.check_hostnames(options["hostnames"])
        inventory_options.check_constructed(options)
        return inventory_options.parsed_filters(options["filters"])

    def _shown(self) -> list[str]:
        return list(self._optional("include") or [])

    def _optional(self, name: str) -> Any:
        """The value of an option that not all products have."""
        return self.get_option(name) if self.has_option(name) else None

    def _selection(self) -> Selection:
        return Selection(*(frozenset(self._optional(name) or ()) for name in ("tags", "status", "names")))

    def _credentials(self) -> dict[str, Any]:
        """Options for ``load_settings``, with their templates rendered."""
        options = {name: self._rendered(name, self.get_option(name)) for name in CREDENTIALS}
        return {
            **options,
            **{name: self.get_option(name) for name in ("api_allow_insecure", "api_timeout", "fetch_timeout")},
        }

    def _rendered(self, name: str, value: Any) -> str | None:
        if value is None:
            return None
        self.templar.available_variables = self._vars or {}
        try:
            rendered = self.templar.template(value)
        except AnsibleError as error:
            shown = "" if name in inventory_options.SECRETS else f" {str(value)!r}"
            raise ConfigError(f"{name}: the template{shown} cannot be rendered ({error.__class__.__name__}).") from None
        text = "" if rendered is None else str(rendered)
        if not text.strip():
            raise ConfigError(f"{name}: is empty, or its template gives nothing. Give it a value, or leave it out.")
        return os.path.expanduser(text) if name == "config_file" else text

    # What is listed

    def _items(self, path: str, cache: bool) -> list[Item]:
        """The items from the cache, or else from the API; the cache gets what is complete."""
        order = self._order()
        caching = bool(self.get_option("cache"))
        key = self.get_cache_key(path) if caching else ""
        content = self._cached(key) if caching and cache else None
        content_of = {"format": FORMAT, "order": order}
        if content is not None and all(content.get(name) == value for name, value in content_of.items()):
            return list(content["items"])
        items, complete = self._fetch(order)
        if caching and complete:
            self._cache[key] = {**content_of, "items": items}
        return items

    def _cached(self, key: str) -> Mapping[str, Any] | None:
        try:
            content = self._cache[key]
        except KeyError:
            return None
        return content if isinstance(content, Mapping) else None

    def _order(self) -> dict[str, Any]:
        """What the file asks the API for, as plain data without secrets; the cache is good for nothing else."""
        details = sorted({*self._shown(), *(["backends"] if self._optional("servers") else [])})
        told = ("api_url", "profile", "config_file")
        return {
            "zones": sorted(map(str, self._optional("zones") or ())),
            "regions": sorted(map(str, self._optional("regions") or ())),
            "projects": sorted(map(str, self.get_option("projects"))),
            "details": [str(name) for name in details],
            **{name: None if self.get_option(name) is None else str(self.get_option(name)) for name in told},
        }

    def _fetch(self, order: Mapping[str, Any]) -> tuple[list[Item], bool]:
        """The items, and whether they are all: a location may have been left out, with a warning."""
        # Imported here, so that an inventory from the cache needs neither the library for HTTP nor the time it takes.
        from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_fetch

        wanted: Order = inventory_fetch.Order(
            inventory_fetch.locations(self.product.location, order["zones"], order["regions"]),
            order["projects"],
            order["details"],
        )
        strict = bool(self.get_option("strict_permissions"))
        fetched = inventory_fetch.fetch(self.product, wanted, self._credentials(), strict_permissions=strict)
        for location, error in fetched.forbidden.items():
            self.display.warning(f"{self.NAME}: the inventory is not complete, {location} is left out: {error}")
        return fetched.items, not fetched.forbidden
