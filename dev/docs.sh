#!/usr/bin/env bash
# Build the site of guides and reference in .build/docs/html, without the network. Warnings are errors.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/stage.sh

DOCS=$STATE/docs
SOURCE=$DOCS/source
export DOCS_STATE=$DOCS

# The same tree as the repository, so that links between files hold on the site as they do in a checkout.
collect_guides() {
    (cd "$STAGE" && cp --parents README.md LICENSE docs/*.md roles/*/README.md playbooks/*.yml tests/emulator/README.md "$SOURCE")
    cat README.md dev/docs/contents.md >"$SOURCE/index.md"
}

write_reference() {
    mkdir "$SOURCE/reference"
    # antsibull-docs writes only to a directory that nobody else can write to.
    chmod go-w "$SOURCE/reference"
    ANSIBLE_COLLECTIONS_PATH=$STATE antsibull-docs --config-file dev/docs/antsibull-docs.cfg collection \
        --use-current --squash-hierarchy --fail-on-error --dest-dir "$SOURCE/reference" scw.cloud
}

rm -rf "$DOCS"
mkdir -p "$SOURCE"
say "docs: guides"
collect_guides
say "docs: reference of modules, plugins and roles"
write_reference
say "docs: site"
sphinx-build --quiet --fail-on-warning --keep-going --jobs 2 -c dev/docs -d "$DOCS/doctrees" "$SOURCE" "$DOCS/html"
say "Ready: $DOCS/html/index.html"
