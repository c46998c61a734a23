# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For every resource of every product: an object as the API shows it, and a model of the API."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from naming import product_of
from unit import (
    container_model,
    container_samples,
    edge_model,
    edge_samples,
    function_model,
    function_samples,
    lb_model,
    samples,
)

SAMPLES = {"lb": samples, "container": container_samples, "function": function_samples, "edge": edge_samples}
MODELS = {"lb": lb_model, "container": container_model, "function": function_model, "edge": edge_model}


def shown(resource: Resource) -> dict[str, Any]:
    """An object of the resource as the API shows it."""
    return dict(getattr(SAMPLES[product_of(resource)], resource.name)())


def wishes(resource: Resource) -> st.SearchStrategy[dict[str, Any]]:
    """Options that a task for the resource may give; always enough to create it."""
    return MODELS[product_of(resource)].wishes(resource.name)


def model(resource: Resource) -> Any:
    """The API, as far as it is about one such resource."""
    return MODELS[product_of(resource)].Model(resource.name)
