"""The lossless tree of one file: lines in sections, with raw spans and no opinion.

`parse` takes any text and never raises; the text of its tree is that text. The tree decides for no
tool: it says where brackets and delimiters stand, and `readers` say what each tool makes of them.
"""

from rolecall.syntax.parser import parse
from rolecall.syntax.tree import Change, Line, LineKind, Located, Section, Tree

__all__ = ["Change", "Line", "LineKind", "Located", "Section", "Tree", "parse"]
