#!/usr/bin/env bash
# Runs all tests: Python's, then those in the real VS Code. With CI=true nothing may be skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

# Nothing of the user's may reach a test: no home, no AWS variables, no editor's or Python's settings.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
chromium=$(dev/chromium.sh)
for name in $(compgen -e); do
  case $name in AWS_* | BOTO_* | PYTHON* | XDG_* | VSCODE_* | HTTP_PROXY | HTTPS_PROXY | http_proxy | https_proxy) unset "$name" ;; esac
done
export HOME=$home ROLECALL_CHROMIUM=$chromium

failed=0
.venv/bin/python -m pytest -n 2 || failed=1

if [[ -n $chromium ]]; then
  run() { .tools/bin/node --test --test-concurrency=1 --test-reporter=spec "$@"; }
  run client-extension/test/unit/*.test.mjs || failed=1
  for file in tests/e2e/*.test.mjs; do
    # A real editor in a real browser now and then loses a click on a busy machine: a file that fails is tried once more.
    run "$file" || { echo "$file failed and is tried once more" >&2; run "$file"; } || failed=1
  done
else
  echo "The tests in the real VS Code were skipped: no Chromium was found. Install one, or set ROLECALL_CHROMIUM to its path." >&2
  [[ ${CI:-} == true ]] && failed=1
fi
exit $failed
