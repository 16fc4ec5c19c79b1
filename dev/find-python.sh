#!/usr/bin/env bash
# Prints a Python that can set this project up: 3.11 or later, with venv. $PYTHON is tried alone when it is set.
set -euo pipefail

too_old=()
without_venv=()
for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
  path=$(command -v "$name") || continue
  if ! "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
    too_old+=("$path")
  elif ! "$path" -c 'import ensurepip, venv' 2> /dev/null; then
    without_venv+=("$path")
  else
    echo "$path"
    exit
  fi
done

{
  echo "Rolecall needs Python 3.11 or later, with the venv module."
  for path in ${too_old[@]+"${too_old[@]}"}; do echo "  $path is too old: $("$path" --version 2>&1)"; done
  for path in ${without_venv[@]+"${without_venv[@]}"}; do echo "  $path has no venv module (on Debian and Ubuntu: apt install python3-venv)"; done
  echo "Install it, or name one: make PYTHON=/path/to/python3.11 setup"
} >&2
exit 1
