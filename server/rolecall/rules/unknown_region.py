"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rolecall import catalog
from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted, rule
from rolecall.readers.botocore.client import is_region_format
from rolecall.settings import READERS

_ZONE = re.compile(r"(?P<region>[a-z]+(-[a-z]+)+-\d+)(-[a-z]+-\d+)?[a-z]")
_NUMBER = re.compile(r"\d+$")


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, types=("region",))
def unknown_region(target: OptionTarget) -> Iterator[Finding]:
    """A Region is none that AWS has.

    Tools do not look a Region up: they build the name of a server of it, which then cannot be found. The AWS CLI and
    boto3 refuse only what cannot be part of such a name. An id of the right form, as of a Region that is new, is no
    more than information. Beside an `endpoint_url` any Region will do that they do not refuse.

    The fix is safe where the case is wrong, or an availability zone stands in place of its Region.

    Bad:
    ```ini
    [profile dev]
    region = us-esat-1
    ```

    Good:
    ```ini
    [profile dev]
    region = us-east-1
    ```
    """
    region = target.plain
    if not region or region in catalog.regions():
        return
    if target.stanza.option("endpoint_url") is not None and is_region_format(region):
        return
    meant, is_sure = _meant(region)
    problem = _problem(region)
    if meant is not None:
        change = Fix(f"Change to {quoted(meant)}", lambda _: [replace_span(target.value_place, meant)], safe=is_sure)
        zone = _ZONE.fullmatch(region)
        message = (
            f"{quoted(region)} is an availability zone, its Region is {quoted(meant)}"
            if is_sure and zone
            else f"{problem}; did you mean {quoted(meant)}?"
        )
        yield Finding(target.value_place, message, fixes=(change,), readers=target.among(READERS))
    elif catalog.looks_like_region(region):
        message = f"Region {quoted(region)} is not known, though it has the form of one"
        yield Finding(target.value_place, message, severity=Severity.INFORMATION, readers=target.among(READERS))
    else:
        yield Finding(target.value_place, problem, readers=target.among(READERS))


def _meant(region: str) -> tuple[str | None, bool]:
    """The Region that this is a spelling of, and whether there is no doubt about it."""
    known = catalog.regions()
    if region.lower() in known:
        return region.lower(), True
    zone = _ZONE.fullmatch(region.lower())
    if zone is not None and zone["region"] in known:
        return zone["region"], True
    near = _near(region)
    if near is not None and catalog.looks_like_region(region) and _NUMBER.sub("", near) == _NUMBER.sub("", region):
        # Numbers are given out one after the other: it may well be a new one.
        return None, False
    return near, False


@lru_cache(maxsize=1 << 10)
def _near(region: str) -> str | None:
    return catalog.suggest(region, _words().around(region))


@cache
def _words() -> catalog.Words:
    return catalog.Words(found.id for found in catalog.regions().values() if not found.pseudo)


def _problem(region: str) -> str:
    if not is_region_format(region):
        return f"The AWS CLI and boto3 refuse {quoted(region)}, which has not the form of a Region"
    return f"There is no Region {quoted(region)}"
