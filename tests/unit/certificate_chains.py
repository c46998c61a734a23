# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and chains of certificates for tests: a root, an authority below it, and what that signs."""

from __future__ import annotations

import datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

START = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2027, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
ISSUERS = {"leaf": "authority", "other": "authority", "authority": "root", "root": "root", "alone": "alone"}


@cache
def _key(owner: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def key(owner: str = "leaf", form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    """The private key of ``owner`` in PEM."""
    return _key(owner).private_bytes(Encoding.PEM, form, NoEncryption()).decode()


def encrypted_key(owner: str = "leaf", form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    """The same with a password."""
    return _key(owner).private_bytes(Encoding.PEM, form, BestAvailableEncryption(b"a password")).decode()


def _name(owner: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{owner}.example.com")])


@cache
def certificate(owner: str = "leaf", *, signed_by: str = "", names: tuple[str, ...] = (), named: bool = True) -> str:
    """The certificate of ``owner`` in PEM. ``signed_by``: who signs it in the name of its issuer."""
    issuer = ISSUERS[owner]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(owner) if named else x509.Name([]))
        .issuer_name(_name(issuer))
        .public_key(_key(owner).public_key())
        .serial_number(1 + list(ISSUERS).index(owner))
        .not_valid_before(START)
        .not_valid_after(END)
    )
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        builder = builder.add_extension(alternatives, critical=False)
    return builder.sign(_key(signed_by or issuer), hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def chain(*names: str) -> str:
    """What a user brings: the key and the certificate of the leaf, and the certificate of its authority."""
    return key() + certificate(names=names) + certificate("authority")
