"""What an AWS CLI that is installed in a folder reads from a profile, as JSON.   usage: awscli_reads.py FOLDER [KEY=VALUE…]

Run it as a process of its own: the AWS CLI puts its own botocore in the place of every other one.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

_SCOPED = re.compile(r"""scoped_config(?:\(\))?\s*\.get\(\s*['"](\w+)['"]""")


def main(folder: str, *assignments: str) -> None:
    """Write it, with whether "aws s3" refuses to copy with each KEY=VALUE."""
    sys.path.insert(0, folder)
    from awscli import EnvironmentVariables  # type: ignore[import-not-found]  # It is not installed here.
    from awscli.customizations.s3 import transferconfig  # type: ignore[import-not-found]  # As above.
    from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES, DEFAULT_S3_CONFIG_VARS

    def refuses(assignment: str) -> bool:
        key, _, value = assignment.partition("=")
        try:
            transferconfig.RuntimeConfig().build_config(**{key: value})
        except (ValueError, transferconfig.InvalidConfigError):
            return True
        return False

    own = [path for path in Path(folder, "awscli").rglob("*.py") if "botocore" not in path.parts]
    scoped = {key for path in own for key in _SCOPED.findall(path.read_text(encoding="utf-8"))}
    variables = {**BOTOCORE_DEFAUT_SESSION_VARIABLES, **EnvironmentVariables}
    found = {
        "profile": sorted({row[0] for row in variables.values() if row[0]} | scoped),
        "profile/s3": sorted({*DEFAULT_S3_CONFIG_VARS, *transferconfig.DEFAULTS}),
        "transfers": {assignment: refuses(assignment) for assignment in assignments},
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
