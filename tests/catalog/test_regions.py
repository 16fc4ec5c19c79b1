"""Regions and partitions are those of the installed botocore."""

from __future__ import annotations

import botocore.session
import pytest

from dev import snapshot_regions
from rolecall import catalog


def test_regions_are_those_of_botocore() -> None:
    ours = [(row.id, row.description, row.partition, row.pseudo) for row in catalog.regions().values()]
    theirs = [
        (row["id"], row["description"], row["partition"], row.get("pseudo", False))
        for row in snapshot_regions.regions()
    ]
    assert ours == theirs


def test_partitions_are_those_of_botocore() -> None:
    assert [tuple(row) for row in catalog.partitions().values()] == [
        (
            row["id"],
            row["title"],
            row["dnsSuffix"],
            row["dualStackDnsSuffix"],
            row["implicitGlobalRegion"],
            row["regionRegex"],
        )
        for row in snapshot_regions.partitions()
    ]


def test_every_region_that_botocore_offers_is_known() -> None:
    session = botocore.session.Session()
    for partition in session.get_available_partitions():
        for region in session.get_available_regions("ec2", partition):
            assert catalog.regions()[region].partition == partition


@pytest.mark.parametrize(
    "region",
    ["us-east-1", "eu-central-2", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1", "eu-west-9"],
)
def test_a_region_belongs_to_the_partition_that_botocore_puts_it_in(region: str) -> None:
    partition = catalog.partition_of(region)
    assert partition is not None
    assert partition.id == botocore.session.Session().get_partition_for_region(region)
    assert catalog.looks_like_region(region)


@pytest.mark.parametrize(
    "region", ["", "us-esat", "us-east-1a", "us-east-1 # home", "US-EAST-1", "moon-1", "us-east-1\n", "us-east-٣"]
)
def test_what_is_no_region_belongs_nowhere(region: str) -> None:
    assert catalog.partition_of(region) is None
    assert not catalog.looks_like_region(region)


def test_a_misspelled_direction_still_looks_like_a_region() -> None:
    # The form alone does not tell a misspelling from a Region to come; `suggest` does.
    assert catalog.looks_like_region("us-esat-1")
    assert catalog.suggest("us-esat-1", catalog.regions()) == "us-east-1"


def test_the_stand_in_for_a_partition_is_not_offered_as_a_region() -> None:
    pseudo = {row.id for row in catalog.regions().values() if row.pseudo}
    assert "aws-global" in pseudo
    assert not any(catalog.looks_like_region(region) for region in pseudo)


def test_facts_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalog.regions()["moon-1"] = catalog.Region("moon-1", "Moon", "aws")  # type: ignore[index]  # That is the point.
