"""The examples in the documentation of every rule do what they say."""

from __future__ import annotations

import re
import textwrap

import pytest

from rolecall.lint import On, Rule
from rolecall.rules import ALL
from tests.support.check import check_example

_EXAMPLE = re.compile(r"^(?P<kind>Bad|Good):\n```ini\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(rule: Rule, kind: str) -> list[str]:
    body = textwrap.dedent(rule.docs.body)
    return [found["text"] for found in _EXAMPLE.finditer(body) if found["kind"] == kind]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    bad, good = examples(rule, "Bad"), examples(rule, "Good")
    for text in bad:
        assert rule.name in check_example(text)
    for text in good:
        assert rule.name not in check_example(text)
    # What is wrong with a file as a whole, such as its encoding, cannot be shown as text.
    assert (bad and good) or rule.on is On.FILE
