# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a certificate chain in PEM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from emulator.errors import invalid_argument

_ARGUMENT = "custom_certificate.certificate_chain"


@dataclass(frozen=True)
class CertificateContent:
    """What the API shows of a certificate; validity is text with second precision."""

    common_name: str
    subject_alternative_name: list[str]
    not_valid_before: str
    not_valid_after: str


def read_chain(pem: str) -> CertificateContent:
    """Read the first certificate of a chain. Answers 400 unless the chain holds the private key that belongs to it."""
    content = pem.encode()
    try:
        leaf = x509.load_pem_x509_certificates(content)[0]
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise invalid_argument(_ARGUMENT, "value must be a private key and certificates in PEM", "format") from error
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != leaf.public_key().public_bytes(*form):
        raise invalid_argument(_ARGUMENT, "the private key does not belong to the certificate")
    names = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return CertificateContent(
        common_name=str(names[0].value) if names else "",
        subject_alternative_name=_alternative_names(leaf),
        not_valid_before=_text(leaf.not_valid_before_utc),
        not_valid_after=_text(leaf.not_valid_after_utc),
    )


def _alternative_names(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return list(extension.value.get_values_for_type(x509.DNSName))


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
