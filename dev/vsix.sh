#!/usr/bin/env bash
# Packs the extension, its server and the server's libraries for this platform.   usage: dev/vsix.sh OUT.vsix
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/$1
stage=$PWD/.tools/vsix/extension
libs=$stage/bundled/libs
pip=(.venv/bin/python -m pip --disable-pip-version-check -qq install --no-compile --no-deps)

# What is named here is shipped, and nothing else.
rm -rf "$stage"
mkdir -p "$libs" "$stage/dist"
cp client-extension/dist/extension.js "$stage/dist/"
cp -R client-extension/{package.json,language-configuration.json,media,syntaxes} README.md CHANGELOG.md LICENSE "$stage/"
cp server/launcher.py "$stage/bundled/"

# The one compiled library names its file after the Python it is for, so those for every Python fit side by side.
for version in 3.11 3.12 3.13 3.14; do
  "${pip[@]}" --require-hashes --only-binary :all: --python-version "$version" --upgrade --target "$libs/.$version" -r requirements/server.txt
  cp -R "$libs/.$version/." "$libs/"
  rm -rf "$libs/.$version"
done
"${pip[@]}" --no-build-isolation --target "$libs" .

# botocore describes every service of AWS; the server speaks to five. The files beside the folders hold endpoints and defaults.
data=$libs/botocore/data
for service in "$data"/*/; do
  case $(basename "$service") in iam | signin | sso | sso-oidc | sts) ;; *) rm -rf "$service" ;; esac
done
rm -rf "$libs/bin" "$libs"/*.dist-info/direct_url.json

# The readme's links are whole addresses or places inside of the package, so none needs a repository to point into.
cd "$stage"
node "$PWD/../node_modules/@vscode/vsce/vsce" package --no-dependencies --allow-missing-repository --no-rewrite-relative-links --out "$out"
