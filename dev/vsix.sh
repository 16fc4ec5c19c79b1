#!/usr/bin/env bash
# Packs the extension, its server and the server's libraries (from dev/libs.sh) for this platform.   usage: dev/vsix.sh LIBS OUT.vsix
set -euo pipefail
cd "$(dirname "$0")/.."
libs=$1
out=$PWD/$2
stage=$PWD/.tools/vsix/extension

# What is named here is shipped, and nothing else.
rm -rf "$stage"
mkdir -p "$stage/dist" "$stage/bundled"
cp client-extension/dist/extension.js "$stage/dist/"
cp -R client-extension/{package.json,language-configuration.json,media,syntaxes} CHANGELOG.md LICENSE "$stage/"
# The readme shows pictures and links to the pages of the rules; in the package they lie elsewhere.
sed 's#client-extension/media/#media/#g' README.md > "$stage/README.md"
mkdir -p "$stage/server/docs"
cp -R server/docs/{rules,architecture.md,ci.md,speed.md} "$stage/server/docs/"
cp server/launcher.py "$stage/bundled/"
cp -R "$libs" "$stage/bundled/libs"
.venv/bin/python -m pip --disable-pip-version-check -qq install --no-compile --no-deps --no-build-isolation --target "$stage/bundled/libs" .
# They name the machine that this was packed on.
rm -rf "$stage/bundled/libs/bin" "$stage"/bundled/libs/*.dist-info/direct_url.json "$stage/bundled/libs/.ready"

printf '**/__pycache__/**\n' > "$stage/.vscodeignore"

# The readme's links are whole addresses or places inside of the package, so none needs a repository to point into.
cd "$stage"
node ../node_modules/@vscode/vsce/vsce package --no-dependencies --allow-missing-repository --no-rewrite-relative-links --out "$out" > /dev/null
