#!/usr/bin/env bash
# Puts the packer of VS Code extensions into .tools/vsix. No package script runs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .tools/vsix
cp dev/vsix/package.json dev/vsix/package-lock.json dev/vsix/.npmrc .tools/vsix/
cd .tools/vsix
npm ci --ignore-scripts --silent
