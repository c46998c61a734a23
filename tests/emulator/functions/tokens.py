# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens for private functions: shown once, when they are made (recorded)."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timezone

from emulator.errors import invalid_argument
from emulator.functions import settling
from emulator.functions.records import Function, Namespace, Token
from emulator.functions.state import FunctionsState
from emulator.functions.views import token_view
from emulator.operations import Answer, Call
from emulator.serverless.records import born


def list_tokens(state: FunctionsState, call: Call) -> Answer:
    """List tokens, of one function or one namespace where asked for; those of a function are not its namespace's."""
    wanted = (
        token
        for token in state.tokens
        if token.region == call.place.region
        and call.value("function_id", token.function_id) == token.function_id
        and call.value("namespace_id", token.namespace_id) == token.namespace_id
    )
    return settling.LIFE.listed(state, call, wanted, "tokens", token_view)


def create_token(state: FunctionsState, call: Call) -> Answer:
    """Make a token for a function or for all of a namespace, and show its content this once."""
    owner = _owner(state, call)
    settling.require_settled(state, owner)
    token = Token(
        **born(state.world, owner.region, settling.CREATING),
        function_id=owner.id if isinstance(owner, Function) else None,
        namespace_id=owner.id if isinstance(owner, Namespace) else None,
        description=call.value("description", ""),
        expires_at=_in_utc(call.value("expires_at")),
    )
    settling.begin(state, token, settling.CREATING)
    state.tokens.add(token)
    return {**token_view(state, token), "token": _content(token), "public_key": _public_key(token)}


def _owner(state: FunctionsState, call: Call) -> Function | Namespace:
    if call.value("function_id") is not None:
        return state.function(call.place, call.value("function_id"))
    if call.value("namespace_id") is not None:
        return state.namespace(call.place, call.value("namespace_id"))
    raise invalid_argument("function_id", "one of function_id, namespace_id must be set", "required")


def _in_utc(text: str | None) -> str | None:
    """Show a date as the API does, whatever its offset was (recorded)."""
    if text is None:
        return None
    date = datetime.fromisoformat(text).astimezone(timezone.utc)
    return date.isoformat().replace("+00:00", "Z")


def _content(token: Token) -> str:
    """Return something of the form of a signed token that nobody can use."""
    owner = "namespace_id" if token.function_id is None else "function_id"
    claims = {"application_claim": [{owner: token.parent_id}], "jti": token.id}
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, claims)]
    parts.append(hashlib.sha512(token.id.encode()).digest() * 4)
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def _public_key(token: Token) -> str:
    """Return something of the form of a key."""
    text = base64.b64encode(hashlib.sha512(f"key/{token.id}".encode()).digest() * 4).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN RSA PUBLIC KEY-----", *lines, "-----END RSA PUBLIC KEY-----", ""])


def get_token(state: FunctionsState, call: Call) -> Answer:
    """Read a token, but not its content."""
    return settling.LIFE.read(state, state.token(call.place, call.ids["token_id"]), token_view)


def delete_token(state: FunctionsState, call: Call) -> Answer:
    """Begin a deletion; the answer has an empty text instead of the hidden one (recorded)."""
    token = state.token(call.place, call.ids["token_id"])
    return {**settling.LIFE.delete(state, token, token_view), "token": ""}
