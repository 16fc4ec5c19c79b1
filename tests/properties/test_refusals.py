"""A file has an Error that says why it is refused exactly when botocore refuses it."""

from __future__ import annotations

from hypothesis import assume, example, given, settings

from rolecall.readers.botocore.ini import DEFAULT_SECTION
from rolecall.readers.botocore.merge import ini_sections, refusal
from rolecall.syntax import parse
from tests.support.check import check_errors
from tests.support.pairs import CONFIGS, CREDENTIALS

REFUSING = frozenset(
    {"syntax-error", "invalid-nested-block", "missing-section-header", "unclosed-section-header", "bom", "not-utf8",
     "duplicate-section", "duplicate-key", "swallowed-line", "header-read-as-key"}
)  # fmt: skip


def has_block_in_defaults(text: str) -> bool:
    """Whether a block of [DEFAULT] is broken. botocore reads it only by way of other sections that have no such key:
    the finding is true of other tools at once, and of botocore as soon as there is such a section."""
    return any(
        ini.name == DEFAULT_SECTION and any(found.fault.value == "ValueError" for found in ini.refusals)
        for _, ini in ini_sections(parse(text))
    )


@settings(max_examples=500, deadline=None)
@given(CONFIGS, CREDENTIALS)
@example("[DEFAULT]\na = 1\n[DEFAULT]\na = 2\n", "")
@example("[profile a]\nregion = x\n[profile b\nregion = y\n", "[a\nk = v\n")
@example("\ufeff", "\ufeff# note\n[a]\n")
@example("[]\nk = v\n", "[a]\n= 1\n= 2\n")
@example("[profile a]\nregion = x\n[b:c\nregion = y\n", "[a]\nregion = x\n  [b]\nregion = y\n")
@example("[profile a]\n[b:c\n[b:c\n", "[a]\nregion = x\n  [b]\n  [c]\nk = v\nk = v\n")
def test_a_refused_file_has_an_error_and_no_other(config: str, credentials: str) -> None:
    texts = {"config": config, "credentials": credentials}
    for name, text in texts.items():
        assume(not has_block_in_defaults(text))
        assert bool(check_errors(texts, name) & REFUSING) == (refusal(parse(text)) is not None), name
