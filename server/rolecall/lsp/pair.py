"""One pair of files as the editor and the disk have them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rolecall.host import FileStamp, Host
from rolecall.lsp.convert import Json, LineText, Units, line_text, to_uri
from rolecall.lsp.publications import Publication, written
from rolecall.model.accounts import Accounts
from rolecall.model.stanza import Place, Stanza
from rolecall.model.workspace import FILES, Document
from rolecall.readers.botocore.merge import File
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import Settings
from rolecall.store.pairs import load, unknown
from rolecall.syntax import parse
from rolecall.text import Position, Span


class Pair:
    """A `LanguageService` with the state of both files: open in the editor, or as on disk.

    own  the user's own two files
    """

    def __init__(
        self, host: Host, paths: Mapping[File, str | None], settings: Settings, accounts: Accounts, *, own: bool
    ) -> None:
        self.paths = dict(paths)
        self.own = own
        self.versions: dict[File, int | None] = {}
        self._uris: dict[File, str] = {}
        self._host = host
        self._stamps: dict[File, FileStamp | None] = {}
        self._settings = settings
        self._accounts = accounts
        self._service: LanguageService | None = None
        self._documents: dict[File, Document] = {file: self._load(file) for file in FILES}

    @property
    def service(self) -> LanguageService:
        """What answers for both files. Made when it is first asked: what is opened at once is then looked at once."""
        if self._service is None:
            self._service = LanguageService(
                self._documents["config"],
                self._documents["credentials"],
                accounts=self._accounts,
                now=self._host.now(),
                settings=self._settings,
            )
            # From now on the service has them, as they are at the time.
            self._documents.clear()
        return self._service

    def _document(self, file: File) -> Document:
        return self._service.workspace.document(file) if self._service else self._documents[file]

    def _put(self, file: File, document: Document) -> None:
        if document == self._document(file):
            return
        if self._service is None:
            self._documents[file] = document
        else:
            self._service.set_document(file, document)

    def set_time(self, now: datetime) -> bool:
        """Move the clock; whether anything has come to pass."""
        return self._service is not None and self._service.set_time(now)

    def set_accounts(self, accounts: Accounts) -> None:
        self._accounts = accounts
        if self._service is not None:
            self._service.set_accounts(accounts)

    def set_settings(self, settings: Settings) -> None:
        self._settings = settings
        if self._service is not None:
            self._service.settings = settings

    @property
    def folder(self) -> str:
        """Where the files are: that of the config file, where both are known and lie apart."""
        return os.path.dirname(self.paths["config"] or self.paths["credentials"] or "")

    def _load(self, file: File) -> Document:
        path = self.paths[file]
        if path is None:
            return unknown()
        self._stamps[file] = self._host.stamp(path)
        return load(self._host, path, own=self.own)

    def file_of(self, path: str) -> File | None:
        return next((file for file in FILES if self.paths[file] == path), None)

    def uri(self, file: File) -> str:
        """As the client spells it where the file is open."""
        return self._uris.get(file) or to_uri(self.paths[file] or "")

    @property
    def is_open(self) -> bool:
        return bool(self.versions)

    def opened(self, file: File, uri: str, version: int | None, text: str) -> None:
        self.versions[file] = version
        self._uris[file] = uri
        path = self.paths[file]
        document = self._document(file)
        facts = self._host.read(path).facts if path else document.facts
        tree = document.tree if document.tree is not None and document.tree.text == text else parse(text)
        self._put(file, Document(document.path, tree, facts, own=document.own))

    def changed(self, file: File, version: int | None, changes: Iterable[Mapping[str, Any]], units: Units) -> None:
        self.versions[file] = version
        for change in changes:
            if change.get("range") is None:
                document = self.service.workspace.document(file)
                self.service.set_text(file, change["text"], document.facts)
                continue
            lines = line_text(self.service.workspace.document(file).tree)
            self.service.change(file, [units.read_change(lines, change)])

    def closed(self, file: File) -> None:
        """What counts is the disk again."""
        self.versions.pop(file, None)
        self._put(file, self._load(file))

    def look_at_disk(self) -> bool:
        """Read what has changed on disk; of a file that is open only what the file system says of it."""
        seen = False
        for file in FILES:
            path = self.paths[file]
            if path is None or self._host.stamp(path) == self._stamps.get(file):
                continue
            seen = True
            document = self._load(file)
            if file in self.versions:
                document = Document(document.path, self._document(file).tree, document.facts, own=document.own)
            self._put(file, document)
        return seen

    def publications(self, units: Units) -> dict[str, Publication]:
        """What to report by URI: of both files while one of them is open, else nothing."""
        found: dict[str, Publication] = {}
        for file in FILES:
            if self.is_open and self.paths[file] is not None:
                shown = ",".join([written(self, placed, units) for placed in self.service.placed(file)])
                found[self.uri(file)] = Publication(f"[{shown}]", self.versions.get(file))
        return found

    def diagnostic(self, file: File, found: Diagnostic, units: Units) -> Json:
        result: Json = {
            "range": units.span(line_text(self.service.workspace.document(file).tree), found.span),
            "severity": found.severity.value,
            "code": found.rule,
            "source": "rolecall",
            "message": found.message,
        }
        if found.related:
            result["relatedInformation"] = [
                {
                    "location": {
                        "uri": self.uri_of_path(place.path),
                        "range": units.span(self.lines_of_path(place.path), place.span),
                    },
                    "message": place.message,
                }
                for place in found.related
            ]
        return result

    def place(self, stanza: Stanza, span: Span) -> tuple[str, Position, Position]:
        """The path and the two ends of a span of a section."""
        document = self.service.workspace.document(stanza.file)
        line = self.service.workspace.line_of(stanza) - stanza.ini.line + span.line
        return document.path, Position(line, span.start), Position(line, span.end)

    def uri_of_place(self, place: Place) -> str:
        """The URI of the file that a place is in."""
        file = next((file for file in FILES if file == place.file), None)
        return to_uri(place.file) if file is None else self.uri(file)

    def uri_of_path(self, path: str) -> str:
        file = self.file_of(path)
        return self.uri(file) if file else to_uri(path)

    def lines_of_path(self, path: str) -> LineText:
        file = self.file_of(path)
        return line_text(self.service.workspace.document(file).tree if file else None)
