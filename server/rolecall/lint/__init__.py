"""The vocabulary of rules: how one is declared, what it is shown, and what it gives.

A rule is one function with `@rule(...)`, alone in its file; its docstring is its documentation. What it is shown:

    On.FILE       FileTarget       one file as a whole and its facts
    On.SECTION    SectionTarget    one section of the tree and the facts of its file, nothing else
    On.OPTION     OptionTarget     one option, or one line of a nested block, in its section, nothing else
    On.HEADER     HeaderTarget     the sections of a file with the very same header, nearly always one, and a view
    On.PROFILE    ProfileTarget    one profile, and the rest of the workspace through a view that records each question
    On.REFERENCE  ReferenceTarget  one setting that names another section, likewise
    On.ACCOUNT    AccountTarget    one registered account, likewise
    On.SUPPRESSION  SuppressionTarget  one comment that says to ignore a rule, and what it does not ignore

A finding is computed again when its section, or the answer to a recorded question, has changed, and not otherwise.
"""

from rolecall.lint.chains import loop
from rolecall.lint.findings import EditAction, Finding, Fix, Related, Severity, quoted, quoted_key, shown
from rolecall.lint.layout import (
    CONFLICT,
    broken_headers,
    close_header,
    comments_below,
    conflicts,
    indentation,
    line_place,
    opens_block,
    opens_commented_block,
    swallowed_lines,
    torn_by,
    unindent,
)
from rolecall.lint.rule import UNKNOWN, On, Rule, RuleDocs, rule
from rolecall.lint.spelling import bare_name, corrections, did_you_mean, is_misspelled, is_misspelling, meant
from rolecall.lint.suppression import Misplaced, SuppressionTarget
from rolecall.lint.targets import (
    SPACE,
    SPACELESS,
    AccountTarget,
    FileTarget,
    HeaderTarget,
    OptionTarget,
    ProfileTarget,
    ReferenceTarget,
    SectionTarget,
    View,
    faults,
    is_unclosed,
)

__all__ = [
    "CONFLICT",
    "SPACE",
    "SPACELESS",
    "UNKNOWN",
    "AccountTarget",
    "EditAction",
    "FileTarget",
    "Finding",
    "Fix",
    "HeaderTarget",
    "Misplaced",
    "On",
    "OptionTarget",
    "ProfileTarget",
    "ReferenceTarget",
    "Related",
    "Rule",
    "RuleDocs",
    "SectionTarget",
    "Severity",
    "SuppressionTarget",
    "View",
    "bare_name",
    "broken_headers",
    "close_header",
    "comments_below",
    "conflicts",
    "corrections",
    "did_you_mean",
    "faults",
    "indentation",
    "is_misspelled",
    "is_misspelling",
    "is_unclosed",
    "line_place",
    "loop",
    "meant",
    "opens_block",
    "opens_commented_block",
    "quoted",
    "quoted_key",
    "rule",
    "shown",
    "swallowed_lines",
    "torn_by",
    "unindent",
]
