"""Takes schemas/partitions.json and schemas/regions.json from the installed botocore.

Run `python server/dev/snapshot_regions.py` after botocore was upgraded, review the difference, then `make generate`.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parents[2] / "schemas"

Json = dict[str, Any]


def botocore_data(name: str) -> Json:
    """One of the data files that botocore ships, such as "partitions.json"."""
    import botocore

    loaded: Json = json.loads((Path(botocore.__file__).parent / "data" / name).read_text(encoding="utf-8"))
    return loaded


def partitions() -> list[Json]:
    """The partitions in the order of partitions.json, with the titles that only endpoints.json knows."""
    titles = {entry["partition"]: entry["partitionName"] for entry in botocore_data("endpoints.json")["partitions"]}
    return [
        {
            "id": entry["id"],
            "title": titles[entry["id"]],
            "dnsSuffix": entry["outputs"]["dnsSuffix"],
            "dualStackDnsSuffix": entry["outputs"]["dualStackDnsSuffix"],
            "implicitGlobalRegion": entry["outputs"]["implicitGlobalRegion"],
            "regionRegex": entry["regionRegex"],
        }
        for entry in botocore_data("partitions.json")["partitions"]
    ]


def regions() -> list[Json]:
    """Every region id that botocore knows; those that stand for a whole partition (aws-global) are "pseudo"."""
    rows = []
    for partition in botocore_data("partitions.json")["partitions"]:
        for region, facts in partition["regions"].items():
            row = {"id": region, "description": facts["description"], "partition": partition["id"]}
            rows.append(row | {"pseudo": True} if region.endswith("-global") else row)
    return rows


def document(key: str, rows: list[Json]) -> str:
    """The text of a schema file with one row a line, which keeps a change of one region a change of one line."""
    head = {"$schema": f"meta/{key}.schema.json", "source": f"botocore {version('botocore')}, data/partitions.json"}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    body = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return "\n".join(["{", *lines, f'  "{key}": [', body, "  ]", "}", ""])


def main() -> None:
    """Write both files."""
    (SCHEMAS / "partitions.json").write_text(document("partitions", partitions()), encoding="utf-8")
    (SCHEMAS / "regions.json").write_text(document("regions", regions()), encoding="utf-8")


if __name__ == "__main__":
    main()
