#!/usr/bin/env bash
# Prints the path of a Chromium for the tests in the real editor; ends with 1 when there is none.
# Looks at $ROLECALL_CHROMIUM, the PATH, where macOS keeps its applications and Playwright its own browsers.
#   dev/chromium.sh             only looks
#   dev/chromium.sh --install   and installs Debian's package when there is none and this is root on Debian
set -euo pipefail

find_chromium() {
  if [[ -n ${ROLECALL_CHROMIUM:-} ]]; then
    [[ -x $ROLECALL_CHROMIUM ]] || { echo "ROLECALL_CHROMIUM is set to $ROLECALL_CHROMIUM, which is not a program" >&2; return 1; }
    echo "$ROLECALL_CHROMIUM"
    return
  fi
  local name path
  # The headless shell comes first: it is the quickest.
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    command -v "$name" && return
  done
  local cache=${PLAYWRIGHT_BROWSERS_PATH:-}
  for path in \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "${cache:-$HOME/.cache/ms-playwright}"/chromium_headless_shell-*/*/*headless[-_]shell \
    "${cache:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome \
    "${cache:-$HOME/Library/Caches/ms-playwright}"/chromium_headless_shell-*/*/*headless[-_]shell; do
    [[ -x $path ]] && { echo "$path"; return; }
  done
  return 1
}

if find_chromium; then exit; fi
if [[ ${1:-} == --install && -z ${ROLECALL_CHROMIUM:-} && $(id -u) == 0 ]] && command -v apt-get > /dev/null; then
  # A page without any font has no text that could be found or clicked.
  { apt-get update -q &&
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium-headless-shell fonts-dejavu-core; } >&2
  find_chromium
else
  exit 1
fi
