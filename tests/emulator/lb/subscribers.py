# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscribers, and the one subscription a Load Balancer may have. Known from the SDK alone."""

from __future__ import annotations

from emulator.errors import invalid_argument, not_found, still_in_use
from emulator.lb import settling
from emulator.lb.ownership import owner_of_new
from emulator.lb.records import Subscriber
from emulator.lb.state import LbState
from emulator.lb.views import lb_view, subscriber_view
from emulator.listing import contains, page
from emulator.operations import Answer, Call


def list_subscribers(state: LbState, call: Call) -> Answer:
    """List subscribers."""
    found = [s for s in state.subscribers if call.place.holds(s.zone) and _fits(s, call)]
    return page(call, found, "subscribers", subscriber_view)


def _fits(subscriber: Subscriber, call: Call) -> bool:
    return (
        contains(subscriber.name, call.value("name"))
        and subscriber.project_id == call.value("project_id", subscriber.project_id)
        and subscriber.organization_id == call.value("organization_id", subscriber.organization_id)
    )


def create_subscriber(state: LbState, call: Call) -> Answer:
    """Create a subscriber with one channel."""
    project_id, organization_id = owner_of_new(state, call, "subscriber")
    _require_channel(call)
    subscriber = state.subscribers.add(
        Subscriber(
            id=state.world.identities.uuid(),
            name=call.value("name"),
            zone=call.place.creation_zone,
            project_id=project_id,
            organization_id=organization_id,
            created_at=state.world.clock.tick(),
            email_config=call.value("email_config"),
            webhook_config=call.value("webhook_config"),
        )
    )
    return subscriber_view(subscriber)


def _require_channel(call: Call) -> None:
    if call.value("email_config") is None and call.value("webhook_config") is None:
        raise invalid_argument("email_config", "one of email_config, webhook_config must be set", "required")


def _subscriber(state: LbState, call: Call, identifier: str) -> Subscriber:
    subscriber = state.subscribers.get(identifier)
    if subscriber is None or not call.place.holds(subscriber.zone):
        raise not_found("subscriber")
    return subscriber


def get_subscriber(state: LbState, call: Call) -> Answer:
    """Read a subscriber."""
    return subscriber_view(_subscriber(state, call, call.ids["subscriber_id"]))


def update_subscriber(state: LbState, call: Call) -> Answer:
    """Replace name and channel."""
    subscriber = _subscriber(state, call, call.ids["subscriber_id"])
    state.require_project(subscriber.project_id, "subscriber")
    _require_channel(call)
    subscriber.name = call.value("name")
    subscriber.email_config = call.value("email_config")
    subscriber.webhook_config = call.value("webhook_config")
    return subscriber_view(subscriber)


def delete_subscriber(state: LbState, call: Call) -> Answer:
    """Delete a subscriber no Load Balancer uses."""
    subscriber = _subscriber(state, call, call.ids["subscriber_id"])
    state.require_project(subscriber.project_id, "subscriber")
    if any(lb.subscriber_id == subscriber.id for lb in state.lbs):
        raise still_in_use("Subscriber is subscribed to a Load Balancer")
    state.subscribers.remove(subscriber)
    return None


def subscribe(state: LbState, call: Call) -> Answer:
    """Subscribe to a Load Balancer that has no other subscriber."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    subscriber = _subscriber(state, call, call.value("subscriber_id"))
    if lb.subscriber_id not in (None, subscriber.id):
        raise still_in_use("Load Balancer has another subscriber")
    lb.subscriber_id = subscriber.id
    lb.updated_at = state.world.clock.tick()
    return lb_view(state, lb)


def unsubscribe(state: LbState, call: Call) -> Answer:
    """End the subscription of a Load Balancer."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    lb.subscriber_id = None
    lb.updated_at = state.world.clock.tick()
    return lb_view(state, lb)
