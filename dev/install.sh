#!/usr/bin/env bash
# Puts a packed extension into the user's VS Code, or into whichever of its relatives is there.   usage: dev/install.sh FILE.vsix
set -euo pipefail
vsix=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

# On macOS the command is inside of the application until someone asks VS Code to put it on the PATH.
PATH="$PATH:/Applications/Visual Studio Code.app/Contents/Resources/app/bin"
for editor in code code-insiders codium cursor code-server; do
  if command -v "$editor" > /dev/null; then
    "$editor" --install-extension "$vsix" --force
    echo "Rolecall is in $editor. Open ~/.aws/config there, or the Rolecall view in the activity bar."
    exit
  fi
done
echo "No VS Code was found on the PATH. The extension is packed in $vsix:"
echo "in your editor's Extensions view, choose \"Install from VSIX…\" and pick that file."
