#!/usr/bin/env bash
# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# A play of its own, because it needs a vault password, files beside it, and its output at the highest verbosity.
set -euo pipefail

password=$PWD/vault_password
log=$PWD/play.log
trap 'rm -rf "$password" "$log" files key_lines' EXIT
echo 'a password' >"$password"
mkdir -p files
python make_chain.py one.example.com >files/plain.pem
python make_chain.py two.example.com >files/secret.pem
sed -n '/BEGIN PRIVATE KEY/,/END PRIVATE KEY/{/PRIVATE KEY/!p}' files/*.pem >key_lines
test -s key_lines
ansible-vault encrypt --vault-password-file "$password" files/secret.pem
: >files/empty.pem
head -c 100 /dev/urandom >files/binary.pem

ansible-playbook play.yml -i ../../inventory -e @../../integration_config.yml \
    --vault-password-file "$password" --diff -vvv "$@" | tee "$log"

if grep -q -F -f key_lines "$log"; then
    echo 'A private key is in the output.'
    exit 1
fi
