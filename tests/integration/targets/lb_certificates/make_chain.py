# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a new key, a certificate for the domain given, and the certificate of its authority, in PEM."""

from __future__ import annotations

import datetime
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.timezone.utc)


def named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject: str, key: ec.EllipticCurvePublicKey, issuer_key: ec.EllipticCurvePrivateKey) -> str:
    builder = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named("An authority"))
    builder = builder.public_key(key).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + datetime.timedelta(days=30))
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


authority, leaf = (ec.generate_private_key(ec.SECP256R1()) for owner in range(2))
sys.stdout.write(leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
sys.stdout.write(certificate(sys.argv[1], leaf.public_key(), authority))
sys.stdout.write(certificate("An authority", authority.public_key(), authority))
