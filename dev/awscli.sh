#!/usr/bin/env bash
# Puts the AWS CLI into .tools/awscli, for the tests that compare schemas/ with what it reads. It is not run as a program.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.tools/awscli
rm -rf "$folder"
.venv/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes --no-compile \
  --target "$folder" -r requirements/awscli.txt
# Most of it are examples and the descriptions of all services, which say nothing of settings.
rm -rf "$folder"/awscli/{examples,topics,botocore/data} "$folder/bin"
