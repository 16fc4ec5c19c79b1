"""Access keys that someone has as text, copied or in a file: what they are, and the edits that put them in a profile.

`read_keys` understands what AWS and the usual tools show or write; `same_account`, `takes_keys` and `doubts` help to
choose the profile; `key_edits` changes it. All of it is pure. Nothing here tells a secret in an error or a repr.
"""

from rolecall.edits.imports.placing import (
    Doubt,
    DoubtKind,
    KeySet,
    doubts,
    key_edits,
    same_account,
    settled_target,
    takes_keys,
)
from rolecall.edits.imports.reading import Imported, NoKeys, read_keys

__all__ = [
    "Doubt",
    "DoubtKind",
    "Imported",
    "KeySet",
    "NoKeys",
    "doubts",
    "key_edits",
    "read_keys",
    "same_account",
    "settled_target",
    "takes_keys",
]
