# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private key with its certificate and chain, in PEM: what it holds, and what is wrong with it. Pure.

No message ever holds any of the text: of its content, only what an API shows of a certificate anyway.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.errors import MissingLibrary

if TYPE_CHECKING:
    from cryptography import x509

Content = dict[str, Any]
"""What APIs show of a certificate: ``common_name``, ``subject_alternative_name`` (its DNS names), and
``not_valid_before`` and ``not_valid_after`` such as ``2026-01-02T03:04:05Z``."""

_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----\s.*?-----END \1-----", re.DOTALL)
_CERTIFICATES = ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
_NEEDED = "Give the private key, its certificate and the certificates of its issuers, in this order and in PEM."


class PemProblem(Exception):
    """A text that no server could use; the message says why, after the name of the option."""


def read_chain(text: str) -> tuple[str, Content]:
    """The text as requests carry it, checked, and what it says. Raises PemProblem, or MissingLibrary."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = [(match[1], _tidy(match[0])) for match in _BLOCK.finditer(text)]
    certificates = [block for label, block in blocks if label in _CERTIFICATES]
    keys = [block for label, block in blocks if label.endswith("PRIVATE KEY")]
    if not certificates:
        raise PemProblem(f"holds no certificate. {_NEEDED}")
    if not keys:
        raise PemProblem(f"holds no private key. {_NEEDED}")
    if len(keys) > 1:
        raise PemProblem(f"holds {len(keys)} private keys. Give only the one that belongs to the first certificate.")
    public_key = _public_key(keys[0])
    chain = [_certificate(block, number) for number, block in enumerate(certificates, 1)]
    _check_key(public_key, chain)
    _check_chain(chain)
    return text, _content(chain[0])


def _tidy(block: str) -> str:
    """One block without the whitespace around its lines, which the library takes for damage."""
    return "\n".join(line.strip() for line in block.split("\n")) + "\n"


def _public_key(block: str) -> bytes:
    """The public half of a private key."""
    _need_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return _encoded(load_pem_private_key(block.encode(), password=None).public_key())
    except TypeError:  # says the library of a key that needs a password
        raise PemProblem(
            "the private key is encrypted. Remove its password; Ansible Vault can protect the file instead."
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        # Not as the cause: what the library says may quote the key.
        raise PemProblem("the private key cannot be read.") from None


def _certificate(block: str, number: int) -> x509.Certificate:
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        certificate = x509.load_pem_x509_certificate(block.replace("TRUSTED CERT", "CERT").encode())
        _encoded(certificate.public_key())
        _content(certificate)
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise PemProblem(f"certificate number {number} cannot be read.") from None
    return certificate


def _encoded(public_key: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _content(certificate: x509.Certificate) -> Content:
    from cryptography import x509

    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = extension.value.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        names = []
    return {
        "common_name": _common_name(certificate.subject),
        "subject_alternative_name": [str(name) for name in names],
        "not_valid_before": _moment(certificate, "not_valid_before"),
        "not_valid_after": _moment(certificate, "not_valid_after"),
    }


def _common_name(name: x509.Name) -> str:
    from cryptography.x509.oid import NameOID

    return next((str(attribute.value) for attribute in name.get_attributes_for_oid(NameOID.COMMON_NAME)), "")


def _moment(certificate: x509.Certificate, which: str) -> str:
    # Before cryptography 42, only the name without _utc.
    moment: datetime = getattr(certificate, f"{which}_utc", None) or getattr(certificate, which)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_key(public_key: bytes, chain: list[x509.Certificate]) -> None:
    owners = [number for number, one in enumerate(chain, 1) if _encoded(one.public_key()) == public_key]
    if not owners:
        raise PemProblem("the private key belongs to none of the certificates.")
    if owners[0] != 1:
        raise PemProblem(
            f"the private key belongs to certificate number {owners[0]}, not to the first. "
            "Put its certificate first and those of the issuers after it, each after the one that it issued."
        )


def _check_chain(chain: list[x509.Certificate]) -> None:
    """Each certificate must be issued by the next; only the root of a chain may be left out."""
    for number, one in enumerate(chain, 1):
        following = chain[number] if number < len(chain) else None
        if one.issuer == one.subject:
            if following:
                raise PemProblem(f"certificate number {number} is self-signed, so those after it have no place here.")
        elif following is None:
            if number == 1:
                raise PemProblem(f"lacks the issuer's certificate: append the certificate of {_issuer(one)}.")
        elif following.subject != one.issuer:
            _refuse_order(chain, number)
        else:
            _check_signature(one, following, number)


def _refuse_order(chain: list[x509.Certificate], number: int) -> None:
    one = chain[number - 1]
    actual = next((other for other, candidate in enumerate(chain, 1) if candidate.subject == one.issuer), None)
    wrong = f"certificate number {number} is not issued by the one after it"
    if actual:
        raise PemProblem(f"{wrong} but by number {actual}. Put each certificate before that of its issuer.")
    raise PemProblem(f"{wrong}. After it, put the certificate of {_issuer(one)}.")


def _issuer(certificate: x509.Certificate) -> str:
    return repr(_common_name(certificate.issuer)) if _common_name(certificate.issuer) else "its issuer"


def _check_signature(one: x509.Certificate, issuer: x509.Certificate, number: int) -> None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        one.verify_directly_issued_by(issuer)
    except InvalidSignature:
        raise PemProblem(
            f"certificate number {number} is not signed by the one after it, although that has the name of its issuer."
        ) from None
    except (TypeError, ValueError, UnsupportedAlgorithm):
        pass  # a kind of signature that the library cannot check


def _need_library() -> None:
    # Imported where a text is read: only tasks that bring one need the library.
    try:
        from cryptography import x509  # noqa: F401
    except ImportError as error:
        raise MissingLibrary(
            "Python's cryptography is needed on the machine where the module runs, to compare certificates: "
            "install it there with pip install cryptography."
        ) from error
