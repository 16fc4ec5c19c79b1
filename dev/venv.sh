#!/usr/bin/env bash
# Makes .venv hold exactly what requirements/dev.txt pins, and rolecall itself from server/.
set -euo pipefail
cd "$(dirname "$0")/.."

# A working copy that was moved, or whose Python is gone, gets a new one.
if ! .venv/bin/python -c '' 2> /dev/null; then
  python=$(dev/find-python.sh)
  "$python" -m venv --clear .venv
fi
pip=(.venv/bin/python -m pip --disable-pip-version-check -qq install)
"${pip[@]}" --no-compile --require-hashes -r requirements/dev.txt
"${pip[@]}" --no-deps --no-build-isolation -e .

# Start-up costs 1.4 times as much without compiled files, and PYTHONDONTWRITEBYTECODE would keep Python from writing them.
# Some packages carry templates that are no Python, which compileall counts as failures.
.venv/bin/python -m compileall -q -j 0 .venv/lib > /dev/null || true
# Rolecall itself is not in there, but where it is edited.
.venv/bin/python -m compileall -q server/rolecall
