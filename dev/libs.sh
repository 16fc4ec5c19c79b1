#!/usr/bin/env bash
# Puts what the bundled server imports into a folder.   usage: dev/libs.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
libs=$1
rm -rf "$libs"
mkdir -p "$libs"

# The one compiled library names its file after the Python it is for, so those for every Python fit side by side.
for version in 3.11 3.12 3.13 3.14; do
  .venv/bin/python -m pip --disable-pip-version-check -qq install --no-compile --no-deps --require-hashes --only-binary :all: \
    --python-version "$version" --target "$libs/.$version" -r requirements/server.txt
  cp -R "$libs/.$version/." "$libs/"
  rm -rf "$libs/.$version"
done

# botocore describes every service of AWS; the server speaks to five. The files beside the folders hold endpoints and defaults.
for service in "$libs"/botocore/data/*/; do
  case $(basename "$service") in iam | signin | sso | sso-oidc | sts) ;; *) rm -rf "$service" ;; esac
done
rm -rf "$libs/bin"
