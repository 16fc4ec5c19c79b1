"""textDocument/documentLink"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from rolecall.features.document_links import links_of_section
from rolecall.lsp.convert import Json, Units
from rolecall.lsp.fragments import Columns, Fragment, answer, literal
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    return answer(document.workspace.document(document.file).tree, _fragment(document.file, session.units))


@cache
def _fragment(file: File, units: Units) -> Callable[[Section], Fragment]:
    def fragment(section: Section) -> Fragment:
        columns = Columns(units, section)
        links = links_of_section(file, section)
        text = ",".join(
            [
                f'{{"range":{columns.span(one.span)},"target":{literal(one.target)},"tooltip":{literal(one.tooltip)}}}'
                for one in links
            ]
        )
        return Fragment(text, tuple([line for one in links for line in (one.span.line, one.span.line)]))

    return fragment
