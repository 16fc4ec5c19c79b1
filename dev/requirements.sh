#!/usr/bin/env bash
# Pins the newest allowed version of every Python package, with hashes, in requirements/*.txt.
# Run with the oldest supported Python: what a newer one would leave out is then still pinned.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$(PYTHON=${PYTHON:-python3.11} dev/find-python.sh)
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/pip" -q --disable-pip-version-check install pip-tools==7.6.2

export CUSTOM_COMPILE_COMMAND="make requirements"
# No address or path of this machine may get into the files.
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
compile=("$tools/bin/pip-compile" --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options)
"${compile[@]}" --output-file requirements/server.txt pyproject.toml
"${compile[@]}" --output-file requirements/dev.txt pyproject.toml requirements/dev.in
"${compile[@]}" --output-file requirements/node.txt requirements/node.in
"${compile[@]}" --output-file requirements/awscli.txt requirements/awscli.in
