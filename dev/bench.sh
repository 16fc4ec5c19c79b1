#!/usr/bin/env bash
# Puts the language servers that ours is timed against into .tools/bench. No package script runs.
# On Debian, as root, valgrind comes too: it counts the instructions of an edit, which no other load disturbs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .tools/bench
cp tests/bench/npm/{package.json,package-lock.json,.npmrc} .tools/bench/
(cd .tools/bench && npm ci --ignore-scripts --silent)
if ! command -v valgrind > /dev/null && [[ $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends valgrind; } >&2 ||
    echo "No valgrind: instructions will not be counted." >&2
fi
