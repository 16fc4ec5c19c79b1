#!/usr/bin/env bash
# Puts the AWS SDK for JavaScript into .tools/javascript, for the tests of its reader. No package script runs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .tools/javascript
cp tests/readers/javascript/{package.json,package-lock.json,.npmrc} .tools/javascript/
cd .tools/javascript
npm ci --ignore-scripts --silent
