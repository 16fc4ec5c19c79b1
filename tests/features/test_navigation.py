"""From names to their headers and uses, over both files."""

from __future__ import annotations

import pytest

from tests.support.check_cursor import check_definition, check_highlight, check_references

DEFINITIONS = {
    "a source profile is defined in both files": """\
//- config
[profile base]
         ^^^^ header of lines 1 to 2
region = eu-west-1

[profile ops]
source_profile = ba$0se
//- credentials
# keys
[base]
 ^^^^ header of lines 2 to 3
aws_access_key_id = AKIAIOSFODNN7EXAMPLE

""",
    "the cursor may stand just behind the value": """\
[profile base]
         ^^^^ header of lines 1 to 1
[profile ops]
source_profile = base$0
""",
    "an sso-session": """\
[profile dev]
sso_session = $0corp
[sso-session corp]
             ^^^^ header of lines 3 to 4
sso_region = eu-west-1
[profile corp]
""",
    "a services section": """\
[profile dev]
services: lo$0cal
[services local]
          ^^^^^ header of lines 3 to 5
dynamodb =
  endpoint_url = http://localhost:8000
""",
    "a quoted name with a space": """\
[profile "my base"]
          ^^^^^^^ header of lines 1 to 1
[profile ops]
source_profile = my ba$0se
""",
    "a profile's counterpart in the other file": """\
//- config
[profile de$0v]
region = eu-west-1
//- credentials
[dev]
 ^^^ header of lines 1 to 1
""",
    "a header alone leads to itself, and the editor offers its references": """\
[profi$0le dev]
         ^^^ header of lines 1 to 1
[profile ops]
source_profile = dev
""",
    "a header that stands there twice leads to the other one": """\
[profile de$0v]
[profile dev]
         ^^^ header of lines 2 to 2
""",
    "an indented header is a section of its own": """\
[profile a]
 [profile b]
          ^ header of lines 2 to 3
 region = eu-west-1
[profile c]
source_profile = b$0
""",
    "a name that nothing defines": "[profile ops]\nsource_profile = no$0pe\n",
    "the key of a reference is no name": "[profile base]\n[profile ops]\nsource_$0profile = base\n",
    "white space behind the delimiter is no name": "[profile base]\n[profile ops]\nsource_profile = $0  base\n",
    "a value over several lines names nothing": "[profile base]\n[profile ops]\nsource_profile = ba$0se\n  base\n",
    "the same word as another value": "[profile base]\n[profile ops]\nrole_session_name = ba$0se\n",
    "a section that no tool reads has no name": "[dev$0]\n[profile dev]\n",
    "an sso-session has no sources": "[profile base]\n[sso-session corp]\nsource_profile = ba$0se\n",
    "the comment above a header": "# ba$0se\n[profile base]\n",
    "above the first header": "source_profile = ba$0se\n[profile base]\n",
}


@pytest.mark.parametrize("text", DEFINITIONS.values(), ids=DEFINITIONS)
def test_definition(text: str) -> None:
    check_definition(text)


BASE = """\
//- config
[profile base]
         ^^^^ header of lines 1 to 1
[profile ops]
source_profile = base
                 ^^^^ use
[profile other]
source_profile = Base
[profile audit]
source_profile = base
                 ^^^^ use
//- credentials
[base]
 ^^^^ header of lines 1 to 2
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
[late]
source_profile=base
               ^^^^ use
"""

REFERENCES = {
    "from a header": BASE.replace("[profile base]", "[profile $0base]"),
    "from the header in the other file": BASE.replace("\n[base]", "\n[$0base]"),
    "from one of the references": BASE.replace("source_profile=base", "source_profile=base$0"),
    "both of a key that stands there twice": """\
[profile ops]
source_profile = base
                 ^^^^ use
source_profile = $0base
                 ^^^^ use
""",
    "a profile and an sso-session of one name are two things": """\
[profile corp]
sso_session = corp
              ^^^^ use
source_profile = corp
[sso-session $0corp]
             ^^^^ header of lines 4 to 4
""",
    "nothing at a value that is no name": "[profile base]\nregion = $0base\n",
}


@pytest.mark.parametrize("text", REFERENCES.values(), ids=REFERENCES)
def test_references(text: str) -> None:
    check_references(text)


def test_references_without_the_headers() -> None:
    check_references("[profile $0a]\n[profile b]\nsource_profile = a\n                 ^ use\n", with_headers=False)


HIGHLIGHTS = {
    "this file's only": """\
//- config
[profile base]
[profile ops]
source_profile = base
//- credentials
[ba$0se]
 ^^^^ write
[late]
source_profile = base
                 ^^^^ read
""",
    "of a name without a header": """\
[profile a]
services = loc$0al
           ^^^^^ read
[profile b]
services = local
           ^^^^^ read
""",
    "nothing on a key": "[profile a]\nreg$0ion = a\n",
}


@pytest.mark.parametrize("text", HIGHLIGHTS.values(), ids=HIGHLIGHTS)
def test_highlight(text: str) -> None:
    check_highlight(text)
