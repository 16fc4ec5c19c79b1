"""Starts the bundled server: ``python -I -S -X utf8 launcher.py --storage FOLDER COMMAND...``.

Shipped as ``bundled/launcher.py`` beside ``bundled/libs``. ``-I -S`` leave only the standard library on the path; this
adds the bundled libraries, so that no package, variable or start-up file of the user's Python can reach the server.
``FOLDER`` is the extension's own storage, where compiled files are kept: the extension's folder may not be writable.
"""

from __future__ import annotations

import os
import sys

OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Run ``rolecall`` with what follows the storage folder, and give its exit code; 2 when this Python is too old."""
    if sys.version_info < OLDEST:
        # An old Python gets this far, as nothing above needs a new one.
        found = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(f"Rolecall needs Python 3.11 or later; {sys.executable} is {found}\n")
        return 2
    if arguments[:1] == ["--storage"]:
        sys.pycache_prefix = os.path.join(arguments[1], "pycache")
        arguments = arguments[2:]
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "libs"))
    # botocore would import the modules that this names.
    os.environ.pop("BOTOCORE_EXPERIMENTAL__PLUGINS", None)

    sys.argv = ["rolecall", *arguments]
    from rolecall.cli import run

    return run()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
