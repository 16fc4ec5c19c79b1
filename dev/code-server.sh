#!/usr/bin/env bash
# Puts the real VS Code for the browser (code-server) and Playwright into .tools/rig. Nothing is compiled and no package script runs.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD/dev/rig
rig=$PWD/.tools/rig
export PATH=$PWD/.tools/bin:$PATH

rm -rf "$rig"
mkdir -p "$rig"
cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" "$rig/"
cd "$rig"
npm ci --ignore-scripts --silent

# VS Code's own dependencies, less those that must be compiled or are huge and that nothing here reaches.
cd node_modules/code-server/lib/vscode
node "$source/trim.mjs" package.json
# "npm ci" refuses a package.json that differs from its shrinkwrap; "npm install" keeps every version the shrinkwrap names.
npm install --omit=dev --ignore-scripts --silent

# Two native modules have no prebuilt form. Without them the server runs, but writes no logs.
cp "$source/stand-ins/spdlog.js" node_modules/@vscode/spdlog/index.js
cp "$source/stand-ins/native-watchdog.js" node_modules/@vscode/native-watchdog/index.js

# A window starts seconds sooner with the few built-in extensions that matter here.
rm -rf extensions/copilot extensions/mermaid-markdown-features extensions/microsoft-authentication
mkdir "$rig/builtin"
for name in theme-defaults theme-seti json ini markdown-basics; do
  cp -R "extensions/$name" "$rig/builtin/"
done
