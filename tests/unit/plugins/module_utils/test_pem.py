# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and certificates in PEM: what is read, what is refused and how, and when two of them are the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import PrivateFormat

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.pem import Pem
from ansible_collections.scw.cloud.plugins.module_utils.engine.verification import outdated_option
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingLibrary
from unit.certificate_chains import END, certificate, chain, encrypted_key, key

PEM = Pem("chain")
SHOWN = {
    "common_name": "leaf.example.com",
    "subject_alternative_name": ["www.example.com", "leaf.example.com"],
    "not_valid_before": "2026-01-02T03:04:05Z",
    "not_valid_after": "2027-01-02T03:04:05Z",
}
NAMES = ("www.example.com", "leaf.example.com")


def read(text: str) -> Any:
    return PEM.parse(text, "web.chain")


def test_the_content_is_what_the_first_certificate_says() -> None:
    assert PEM.predicted(read(chain(*NAMES))) == SHOWN
    assert PEM.predicted(read(chain()))["subject_alternative_name"] == []


def test_a_certificate_without_a_common_name_has_its_alternative_names() -> None:
    text = key() + certificate(names=NAMES, named=False) + certificate("authority")
    assert PEM.predicted(read(text)) == {**SHOWN, "common_name": ""}
    assert PEM.same(read(text), {**SHOWN, "common_name": "", "subject_alternative_name": [*NAMES]})


@pytest.mark.parametrize(
    "text",
    [
        chain(),
        key(form=PrivateFormat.TraditionalOpenSSL) + certificate() + certificate("authority"),
        certificate() + certificate("authority") + certificate("root") + key(),
        key("alone") + certificate("alone"),
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + chain(),
        chain().replace("BEGIN CERTIFICATE", "BEGIN X509 CERTIFICATE").replace("END CERT", "END X509 CERT"),
    ],
    ids=["usual", "key-of-openssl", "with-root-and-key-last", "self-signed", "with-parameters", "older-label"],
)
def test_what_servers_take_is_taken(text: str) -> None:
    assert PEM.encode(read(text)) == text


def cut(block: str) -> str:
    """A block in PEM whose content is damaged."""
    lines = block.splitlines()
    return "\n".join([lines[0], lines[1][:20], lines[-1], ""])


REFUSED = {
    "nothing": ("", "holds no certificate"),
    "other text": ("secret words", "holds no certificate"),
    "key alone": (key(), "holds no certificate"),
    "half a certificate": (key() + certificate()[:300], "holds no certificate"),
    "certificates alone": (certificate() + certificate("authority"), "holds no private key"),
    "two keys": (key() + key("other") + certificate() + certificate("authority"), "holds 2 private keys"),
    "encrypted key": (encrypted_key() + certificate() + certificate("authority"), "key is encrypted"),
    "key encrypted by openssl": (
        encrypted_key(form=PrivateFormat.TraditionalOpenSSL) + certificate() + certificate("authority"),
        "key is encrypted",
    ),
    "damaged key": (cut(key()) + certificate() + certificate("authority"), "private key cannot be read"),
    "damaged certificate": (key() + cut(certificate()) + certificate("authority"), "certificate number 1 cannot be"),
    "damaged issuer": (key() + certificate() + cut(certificate("authority")), "certificate number 2 cannot be read"),
    "key of nobody": (key("other") + certificate() + certificate("authority"), "belongs to none"),
    "authority first": (
        key() + certificate("authority") + certificate(),
        "belongs to certificate number 2, not to the first",
    ),
    "no authority": (key() + certificate(), "append the certificate of 'authority.example.com'"),
    "root instead of authority": (
        key() + certificate() + certificate("root"),
        "not issued by the one after it. After it, put the certificate of 'authority.example.com'",
    ),
    "authority and root exchanged": (
        key() + certificate() + certificate("root") + certificate("authority"),
        "number 1 is not issued by the one after it but by number 3",
    ),
    "authority twice": (
        key() + certificate() + certificate("authority") + certificate("authority"),
        "number 2 is not issued by the one after it. After it, put the certificate of 'root.example.com'",
    ),
    "namesake of the authority": (
        key() + certificate(signed_by="other") + certificate("authority"),
        "number 1 is not signed by the one after it",
    ),
    "more than a self-signed one": (key("alone") + certificate("alone") + certificate("root"), "is self-signed"),
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.values(), ids=[name.replace(" ", "-") for name in REFUSED])
def test_what_no_server_could_use_is_refused_without_quoting_it(text: str, problem: str) -> None:
    with pytest.raises(InvalidOption) as refused:
        read(text)
    message = str(refused.value)
    assert message.startswith("web.chain: ")
    assert problem in message
    assert "\n" not in message
    assert refused.value.__cause__ is None
    assert refused.value.data == {"option": "web.chain"}
    assert not any(line in message for line in text.splitlines() if line)


def parts_of(value: Any) -> Iterator[str]:
    """Every way in which a message or a result could show a value."""
    yield from (repr(value), f"{value!r}", f"{[value]}", str({"chain": value}), f"{deepcopy(value)!r}")
    yield json.dumps(PEM.predicted(value))
    yield str(PEM.difference(value, None))
    yield str(PEM.difference(value, SHOWN))
    yield str(PEM.canonical(value))


def test_only_requests_carry_the_text() -> None:
    value = read(chain())
    assert json.dumps({"chain": PEM.encode(value)}) == json.dumps({"chain": chain()})
    for part in parts_of(value):
        assert "leaf.example.com" in part
        assert "BEGIN" not in part
        assert not any(line in part for line in chain().splitlines())


def test_line_ends_are_normalised_and_the_rest_is_sent_as_given() -> None:
    for ends in ("\n", "\r\n", "\r"):
        assert PEM.encode(read(f"# mine \n{chain()}\n\n".replace("\n", ends))) == f"# mine \n{chain()}\n\n"


def test_whitespace_and_words_around_the_blocks_do_not_matter() -> None:
    other = "Bag Attributes\n" + chain(*NAMES).replace("\n", " \r\n\t") + "\n# the end"
    assert PEM.same(read(other), PEM.predicted(read(chain(*NAMES))))


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        (SHOWN, True),
        ({**SHOWN, "subject_alternative_name": ["www.example.com"]}, True),
        ({**SHOWN, "subject_alternative_name": ["leaf.example.com", "www.example.com"]}, True),
        ({**SHOWN, "subject_alternative_name": ["WWW.example.com"], "common_name": "Leaf.example.com"}, True),
        ({**SHOWN, "not_valid_after": "2027-01-02T03:04:05.000000Z"}, True),
        ({**SHOWN, "not_valid_after": "2027-01-02T03:04:06Z"}, False),
        ({**SHOWN, "not_valid_before": "2026-01-02T03:04:04Z"}, False),
        ({**SHOWN, "common_name": "www.example.com"}, False),
        ({**SHOWN, "subject_alternative_name": []}, False),
        ({**SHOWN, "subject_alternative_name": ["www.example.com", "more.example.com"]}, False),
        ({**SHOWN, "subject_alternative_name": None}, False),
        ({}, False),
        (None, False),
        ("", False),
    ],
)
def test_it_is_the_same_if_names_and_validity_agree(shown: Any, same: bool) -> None:
    assert PEM.same(read(chain(*NAMES)), shown) is same


def test_the_comparable_form_is_stable() -> None:
    once = PEM.canonical(read(chain(*NAMES)))
    assert PEM.canonical(once) == once
    assert PEM.canonical(None) is None


def test_it_may_be_written_until_it_expires() -> None:
    value, end = read(chain()), END.timestamp()
    assert PEM.outdated(value, end) == ""
    assert PEM.outdated(value, end + 1) == "the certificate expired on 2027-01-02."


def test_what_is_outdated_is_found_at_every_depth() -> None:
    field = ListOf("sites", item=Object("site", fields=(PEM, Pem("spare"))))
    old, fresh = read(chain()), read(key("alone") + certificate("alone"))
    fresh.content["not_valid_after"] = "2030-01-01T00:00:00Z"
    now = END.timestamp() + 1
    value = [{"chain": fresh}, {"chain": fresh, "spare": old}]
    assert field.outdated(value, now) == "the certificate expired on 2027-01-02."
    assert outdated_option(field, value, "sites", now) == "sites[1].spare"
    assert field.outdated(value[:1], now) == ""


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(MissingLibrary) as missing:
        read(chain())
    assert "pip install cryptography" in str(missing.value)
    assert "where the module runs" in str(missing.value)


def test_an_older_library_tells_the_same_dates() -> None:
    class Older:
        """A certificate of cryptography 41, whose dates have no zone."""

        not_valid_after = END.replace(tzinfo=None)

    from ansible_collections.scw.cloud.plugins.module_utils.description.certificate_chain import _moment

    assert _moment(Older(), "not_valid_after") == "2027-01-02T03:04:05Z"  # type: ignore[arg-type]


def test_the_option_is_secret() -> None:
    assert PEM.option() == {"type": "str", "no_log": True}
