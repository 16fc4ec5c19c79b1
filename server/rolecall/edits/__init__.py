"""Changes as edits on the tree: only what was asked for is touched, everything else keeps its bytes.

Each function takes a section of the tree and gives edits whose positions count from that section's first line;
`absolute` turns them into edits of the file. Indent, delimiter, comments and line ends are those of the place.
A value with a line break, a NUL or (in a name) a closing bracket raises EditError, whose text never holds the value.
"""

from rolecall.edits.sections import (
    AppendSection,
    EditError,
    FileEdit,
    RemoveBom,
    SectionEdit,
    absolute,
    add_section,
    check_header,
    insert_option,
    insert_options,
    loses_keys,
    merge_sections,
    remove_lines,
    remove_option,
    remove_section,
    rename_section,
    replace_span,
    set_option,
    supersedes,
    supersedes_shared,
)

__all__ = [
    "AppendSection",
    "EditError",
    "FileEdit",
    "RemoveBom",
    "SectionEdit",
    "absolute",
    "add_section",
    "check_header",
    "insert_option",
    "insert_options",
    "loses_keys",
    "merge_sections",
    "remove_lines",
    "remove_option",
    "remove_section",
    "rename_section",
    "replace_span",
    "set_option",
    "supersedes",
    "supersedes_shared",
]
