# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation of the plugins promises: places and statuses as the API has them."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.scw.cloud.plugins.plugin_utils import (
    inventory_container,
    inventory_edge,
    inventory_function,
    inventory_lb,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Product

PLUGINS = Path(__file__).parents[2] / "plugins" / "inventory"
PRODUCTS = {
    product.PRODUCT.name: product.PRODUCT
    for product in (inventory_lb, inventory_container, inventory_function, inventory_edge)
}
STATUSES = {
    "lb": ("lb.v1", "LbStatus"),
    "container": ("container.v1", "ContainerStatus"),
    "function": ("function.v1beta1", "FunctionStatus"),
    "edge": ("edge_services.v1beta1", "PipelineStatus"),
}
every_product = pytest.mark.parametrize("product", PRODUCTS.values(), ids=PRODUCTS)


def documented(product: Product, what: str = "DOCUMENTATION") -> Any:
    """A text of a plugin, parsed."""
    parsed = ast.parse((PLUGINS / f"scw_{product.name}.py").read_text())
    assignments = [node for node in parsed.body if isinstance(node, ast.Assign)]
    text = next(ast.literal_eval(node.value) for node in assignments if ast.unparse(node.targets[0]) == what)
    return yaml.safe_load(text) if what == "DOCUMENTATION" else list(yaml.safe_load_all(text))


def test_every_plugin_is_a_product() -> None:
    assert {file.stem for file in PLUGINS.glob("*.py")} == {f"scw_{name}" for name in PRODUCTS}


@every_product
def test_places_are_those_of_the_product(product: Product) -> None:
    options = documented(product)["options"]
    for name, places in (("zones", product.location.zones), ("regions", product.location.regions)):
        assert tuple(options.get(name, {}).get("choices", ())) == places


@every_product
def test_statuses_are_those_of_the_vendor(product: Product) -> None:
    module, name = STATUSES[product.name]
    enum = getattr(importlib.import_module(f"scaleway.{module}.types"), name)
    assert documented(product)["options"]["status"]["choices"] == [str(value) for value in enum]


@every_product
def test_examples_use_the_options_that_there_are(product: Product) -> None:
    from ansible.constants import config
    from ansible.plugins.loader import inventory_loader

    plugin = inventory_loader.get(f"scw.cloud.scw_{product.name}")
    known = set(config.get_configuration_definitions("inventory", plugin._load_name))
    examples = documented(product, "EXAMPLES")
    assert len(examples) >= 3
    assert {key for example in examples for key in example} <= known
    assert {example["plugin"] for example in examples} == {f"scw.cloud.scw_{product.name}"}


def test_the_keys_of_hosts_are_those_of_the_vendor() -> None:
    types = {"lb": "Lb", "container": "Container", "function": "Function", "edge": "Pipeline"}
    for name, product in PRODUCTS.items():
        module, _status = STATUSES[name]
        fields = getattr(importlib.import_module(f"scaleway.{module}.types"), types[name]).__dataclass_fields__
        assert {key for key in product.keys if key not in fields and f"{key}_" not in fields} == set()
