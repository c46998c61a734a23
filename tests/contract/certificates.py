# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making certificates for tests."""

from __future__ import annotations

import datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


@cache
def _key(number: int) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(number: int = 0) -> str:
    """Return a private key in PEM; the same number gives the same key."""
    return _key(number).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def certificate_pem(
    common_name: str,
    alternative_names: list[str],
    not_before: datetime.datetime = _START,
    not_after: datetime.datetime = _START + datetime.timedelta(days=365),
) -> str:
    """Return a self-signed certificate in PEM, for the key number 0."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key(0).public_key())
        .serial_number(1)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
    )
    if alternative_names:
        names = x509.SubjectAlternativeName([x509.DNSName(text) for text in alternative_names])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(_key(0), hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def custom_chain(
    common_name: str,
    alternative_names: list[str],
    not_before: datetime.datetime = _START,
    not_after: datetime.datetime = _START + datetime.timedelta(days=365),
) -> str:
    """Return a private key and its certificate in PEM, as the API takes them."""
    return key_pem() + certificate_pem(common_name, alternative_names, not_before, not_after)
