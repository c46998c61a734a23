# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of load balancers beyond single resources: trees, all ACLs, single servers, a rotation, and what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import requests

from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from behaviour.account import BACKEND_BODY, PROJECT_ID
from behaviour.pool import FIRST, SECOND, THIRD, Pool
from behaviour.subjects import Scene
from behaviour.whole import Shop, acl, backend, route
from emulator.testing import Emulator
from faults.story import Settling, Start, Story

TREE: Mapping[str, Any] = {
    "name": "shop",
    "type": "lb-s",
    "backends": [backend("web")],
    "frontends": [
        {
            "name": "https",
            "inbound_port": 443,
            "backend": "web",
            "acls": [acl("first", "10.0.0.0/8"), acl("second", "192.0.2.0/24")],
            "routes": [route("web", host_header="api.example.com")],
        }
    ],
}
THREE = [acl("first", "10.0.0.0/8"), acl("second", "192.0.2.0/24"), acl("third", "::/0")]
RENEWED = {"letsencrypt": {"common_name": "new.example.com"}, "rotate": True}


# Whole load balancers


def _absent_tree(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    return {**Shop(emulator, "zone", session).place, **deepcopy(dict(TREE))}


def _existing_tree(change: Callable[[dict[str, Any]], None], **more: Any) -> Start:
    """The whole tree is there, with ``more``, and the task has ``change`` made to it."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        shop = Shop(emulator, "zone", session)
        task = {**shop.place, **deepcopy(dict(TREE))}
        shop.make({**task, **more})
        change(task)
        return task

    return start


def _change_in_the_depth(task: dict[str, Any]) -> None:
    (frontend,) = task["frontends"]
    frontend["routes"].append(route("web", path_begin="/shop"))
    frontend["acls"][1]["action"] = {"type": "allow"}


def _purge_children(task: dict[str, Any]) -> None:
    task["purge"] = True
    (frontend,) = task["frontends"]
    frontend["acls"] = frontend["acls"][:1]


def _remove_everything(task: dict[str, Any]) -> None:
    for option in TREE:
        if option != "name":
            del task[option]
    task["state"] = "absent"


# All ACLs of a frontend


def _acls(place: str, before: list[dict[str, Any]], after: list[dict[str, Any]], **options: Any) -> Start:
    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        shop = Shop(emulator, place, session)
        frontend = {"name": "https", "inbound_port": 443, "backend": "web", "acls": before}
        shop.make({**shop.named, "type": "lb-s", "backends": [backend("web")], "frontends": [frontend]})
        return {**shop.place, "lb": "shop", "frontend": "https", "acls": after, **options}

    return start


CHANGED = [acl("first", "10.0.0.0/9"), acl("third", "::/0"), acl("fourth", "203.0.113.0/24")]
ONE_CHANGED = [THREE[0], acl("second", "203.0.113.0/24"), THREE[2]]


# Single servers of a backend


def _servers(*addresses: str, **options: Any) -> Start:
    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        return {**Pool(emulator, "zone", session).named, "server_ip": list(addresses), **options}

    return start


def _healthy_server(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    options = _servers(THIRD, wait_for_health=True)(emulator, session)
    healthy = {"server_state": "running", "last_health_check_status": "passed"}
    emulator.stats([{"ip": THIRD, **healthy}])
    return dict(options)


# Certificates


def _rotation(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """One certificate that a frontend uses together with another."""
    scene = Scene(emulator, CERTIFICATE, "zone", session)
    old = scene.make({**scene.identity, "letsencrypt": {"common_name": "old.example.com"}})
    ids = [scene.things.id("certificate-a"), old["id"]]
    body = {"name": "https", "inbound_port": 9100, "backend_id": scene.things.id("backend-a"), "certificate_ids": ids}
    scene.account.post(f"/lbs/{scene.parent_id}/frontends", **body)
    scene.account.call("GET", f"/lbs/{scene.parent_id}")
    return {**scene.identity, **RENEWED}


# What is read


def _statistics(**options: Any) -> Start:
    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        pool = Pool(emulator, "zone", session)
        body = {**BACKEND_BODY, "name": "other", "server_ip": [THIRD]}
        pool.account.post(f"/lbs/{pool.lb_id}/backends", **body)
        pool.account.call("GET", f"/lbs/{pool.lb_id}")
        return {**pool.place, "lb": "outer", **options}

    return start


def _types(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    emulator.settings(max_page_size=2)
    return {"zone": "nl-ams-2", "project_id": PROJECT_ID}


INSTANCE = Settling("instance")

STORIES: tuple[Story, ...] = (
    Story("scw_lb-tree-create", "scw_lb", _absent_tree, settles=(Settling("lb"),)),
    Story("scw_lb-tree-change", "scw_lb", _existing_tree(_change_in_the_depth)),
    Story("scw_lb-tree-purge", "scw_lb", _existing_tree(_purge_children, backends=[backend("web"), backend("mail")])),
    Story("scw_lb-tree-delete", "scw_lb", _existing_tree(_remove_everything)),
    Story("scw_lb_acls-create", "scw_lb_acls", _acls("zone", [], THREE)),
    Story("scw_lb_acls-change", "scw_lb_acls", _acls("zone", THREE, CHANGED), settles=(INSTANCE,)),
    Story("scw_lb_acls-change-one", "scw_lb_acls", _acls("zone", THREE, ONE_CHANGED)),
    Story("scw_lb_acls-order", "scw_lb_acls", _acls("zone", THREE, THREE[::-1])),
    Story("scw_lb_acls-purge", "scw_lb_acls", _acls("zone", THREE, THREE[:1])),
    Story("scw_lb_acls-change-in-region", "scw_lb_acls", _acls("region", THREE, CHANGED), meanwhile={"acls": 1}),
    Story("scw_lb_backend_server-add", "scw_lb_backend_server", _servers(THIRD), settles=(INSTANCE,)),
    Story("scw_lb_backend_server-add-healthy", "scw_lb_backend_server", _healthy_server),
    Story("scw_lb_backend_server-remove", "scw_lb_backend_server", _servers(FIRST, state="absent")),
    Story(
        "scw_lb_backend_server-remove-several",
        "scw_lb_backend_server",
        _servers(FIRST, SECOND, state="absent", allow_empty=True),
    ),
    Story(
        "scw_lb_certificate-rotate",
        "scw_lb_certificate",
        _rotation,
        takes_back=True,
        meanwhile={"certificates": 1},
    ),
    Story("scw_lb_stats_info-all", "scw_lb_stats_info", _statistics()),
    Story("scw_lb_stats_info-backend", "scw_lb_stats_info", _statistics(backend="app", server_ip=[FIRST])),
    Story("scw_lb_type_info-list", "scw_lb_type_info", _types),
)
