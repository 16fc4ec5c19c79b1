"""One client's session: its settings, the pairs of files it works with, and what is published to it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rolecall.host import FileStamp, Host
from rolecall.lsp.client import Client
from rolecall.lsp.convert import Json, LineText, Units, line_text, text_lines, to_path, to_uri
from rolecall.lsp.pair import Pair
from rolecall.lsp.projects import Projects, diagnostics, is_project, problems_of
from rolecall.lsp.publications import NOTHING, Publication, publication
from rolecall.lsp.tokens import SentTokens
from rolecall.model.accounts import Accounts
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.merge import File
from rolecall.settings import Settings
from rolecall.store.pairs import WORKSPACE_ACCOUNTS, kind_of, other, sibling, user_accounts, user_paths
from rolecall.store.writer import Store
from rolecall.text import Position

if TYPE_CHECKING:
    from rolecall.sessions.ledger import Ledger

VIEWS_AFTER = 0.25
"""Seconds without another change before the views are told. Diagnostics are never held back."""


class _OpenFile(NamedTuple):
    """An accounts file or a `rolecall.toml` that is open in the editor."""

    path: str
    version: int | None
    text: str


class Session:
    """Everything that lasts from `initialize` to `exit`."""

    def __init__(self, host: Host, store: Store, client: Client) -> None:
        self.host = host
        self.store = store
        self.client = client
        self.units = Units("utf-16")
        self.settings = Settings()
        self.active_profile: str | None = None
        self.tasks: set[asyncio.Task[Any]] = set()
        self.accounts = Accounts()
        self.sent_tokens = SentTokens()
        self.written_keys: set[str] = set()
        """Ids of access keys that Rolecall put into the files, or took out of them, at the user's word."""
        self._views: asyncio.TimerHandle | None = None
        self._next_expiry: datetime | None = None
        self._folders: list[str] = []
        self._pairs: list[Pair] = []
        self._open: dict[str, tuple[Pair, File]] = {}
        self._open_accounts: dict[str, _OpenFile] = {}
        self._open_projects: dict[str, _OpenFile] = {}
        self._projects = Projects(host)
        self._accounts_stamps: dict[str, FileStamp | None] = {}
        self._published: dict[str, Publication] = {}

    # Beginning and settings

    def start(self, params: Mapping[str, Any]) -> None:
        """Take what `initialize` says."""
        options = params.get("initializationOptions") or {}
        capabilities = params.get("capabilities") or {}
        self.client.capabilities = capabilities
        self.client.abilities = frozenset(options.get("can") or ())
        encodings = (capabilities.get("general") or {}).get("positionEncodings") or []
        self.units = Units("utf-32" if "utf-32" in encodings else "utf-16")
        self.active_profile = options.get("activeProfile")
        roots = [folder["uri"] for folder in params.get("workspaceFolders") or ()]
        self._folders = [path for uri in roots if (path := to_path(uri)) is not None]
        self.configure(options.get("settings") or {})

    def configure(self, values: Mapping[str, Any]) -> None:
        """Take the user's settings, as the editor has them under "rolecall". What is of no use keeps its default."""
        self.settings = read_settings(values)
        self._read_accounts()
        was_open = [
            (uri, pair.versions[file], pair.service.workspace.document(file).tree)
            for uri, (pair, file) in self._open.items()
        ]
        self._open.clear()
        self._pairs = [self._pair(user_paths(self.host, self.settings), own=True)]
        for uri, version, tree in was_open:
            self.open(uri, version, tree.text if tree else "")

    def _pair(self, paths: Mapping[File, str | None], *, own: bool) -> Pair:
        pair = Pair(self.host, paths, self.settings, self.accounts, own=own)
        pair.set_settings(self._settings_of(pair))
        return pair

    def _settings_of(self, pair: Pair) -> Settings:
        """What a team has agreed on for the files of a pair, with the user's own settings above it."""
        return self._projects.of(pair.folder).under(self.settings)

    @property
    def own(self) -> Pair:
        """The user's own two files."""
        return self._pairs[0]

    @cached_property
    def ledger(self) -> Ledger:
        """The sessions that were made here."""
        from rolecall.sessions.ledger import Ledger

        return Ledger(self.host.now)

    # Documents

    def open(self, uri: str, version: int | None, text: str) -> None:
        path = to_path(uri) or uri
        if self._is_accounts(path):
            self._open_accounts[uri] = _OpenFile(path, version, text)
            self._read_accounts()
            return
        if is_project(path):
            self._open_projects[uri] = _OpenFile(path, version, text)
            return
        pair, file = self._place(path)
        self._open[uri] = (pair, file)
        pair.opened(file, uri, version, text)

    def change(self, uri: str, version: int | None, changes: list[Mapping[str, Any]]) -> None:
        if uri in self._open_accounts:
            path, _, text = self._open_accounts[uri]
            self._open_accounts[uri] = _OpenFile(path, version, self.units.apply(text, changes))
            self._read_accounts()
        elif uri in self._open_projects:
            path, _, text = self._open_projects[uri]
            self._open_projects[uri] = _OpenFile(path, version, self.units.apply(text, changes))
        elif uri in self._open:
            pair, file = self._open[uri]
            pair.changed(file, version, changes, self.units)

    def close(self, uri: str) -> None:
        self.sent_tokens.forget(uri)
        if self._open_accounts.pop(uri, None) is not None:
            self._read_accounts()
            return
        self._open_projects.pop(uri, None)
        pair, file = self._open.pop(uri, (None, None))
        if pair is None or file is None:
            return
        pair.closed(file)
        if not pair.own and not pair.is_open:
            self._pairs.remove(pair)

    def find(self, uri: str) -> tuple[Pair, File] | None:
        """The pair that an open document belongs to, and which of its files it is."""
        return self._open.get(uri)

    def _place(self, path: str) -> tuple[Pair, File]:
        for pair in self._pairs:
            file = pair.file_of(path)
            if file is not None:
                return pair, file
        file = kind_of(path)
        paths: dict[File, str | None] = {"config": None, "credentials": None}
        paths[file] = path
        paths[other(file)] = sibling(path)
        pair = self._pair(paths, own=False)
        self._pairs.append(pair)
        return pair, file

    # The registered accounts

    def accounts_path(self) -> str:
        """The user's own accounts file."""
        return user_accounts(self.host, self.settings.accounts_file)

    def _accounts_paths(self) -> list[str]:
        return [self.accounts_path(), *(os.path.join(folder, WORKSPACE_ACCOUNTS) for folder in self._folders)]

    def _is_accounts(self, path: str) -> bool:
        return os.path.basename(path) == WORKSPACE_ACCOUNTS or path == self.accounts_path()

    def _read_accounts(self) -> None:
        """Read every accounts file, those that are open as they are in the editor."""
        texts = {one.path: one.text for one in self._open_accounts.values()}
        paths = [*self._accounts_paths(), *(path for path in texts if path not in self._accounts_paths())]
        self._accounts_stamps = {path: self.host.stamp(path) for path in paths}
        accounts = self._parse_accounts(paths, texts)
        if accounts != self.accounts:
            self.accounts = accounts
            for pair in self._pairs:
                pair.set_accounts(accounts)

    def _parse_accounts(self, paths: list[str], texts: Mapping[str, str]) -> Accounts:
        if not texts and not any(self._accounts_stamps.values()):
            return Accounts()
        from rolecall.accounts import merge, parse, parse_file

        own = self.accounts_path()
        return merge(
            *(
                parse(texts[path], path, shared=path != own)
                if path in texts
                else parse_file(self.host.read(path), path, shared=path != own)
                for path in paths
            )
        )

    # What the editor is told

    def publish(self) -> bool:
        """Tell the editor what is new of every document, and take back what is reported of none any more.

        Whether there was anything to tell.
        """
        found: dict[str, Publication] = {}
        for pair in self._pairs:
            found |= pair.publications(self.units)
        found |= self._accounts_publications()
        found |= self._project_publications()
        before = self._published
        due = {uri: NOTHING for uri in before if uri not in found and before[uri].diagnostics != NOTHING.diagnostics}
        due |= {uri: told for uri, told in found.items() if told != before.get(uri, NOTHING)}
        self._published = found
        for uri, told in due.items():
            self.client.notify("textDocument/publishDiagnostics", told.params(uri))
        return bool(due)

    def _accounts_publications(self) -> dict[str, Publication]:
        if not self._open_accounts:
            return {}
        found = self.own.service.accounts_diagnostics()
        publications: dict[str, Publication] = {}
        for uri, (path, version, text) in self._open_accounts.items():
            lines = text_lines(text)
            shown = [
                {
                    "range": self.units.span(lines, one.span),
                    "severity": one.severity.value,
                    "code": one.rule,
                    "source": "rolecall",
                    "message": one.message,
                }
                for one in found
                if one.path == path
            ]
            publications[uri] = publication(shown, version)
        return publications

    def _project_publications(self) -> dict[str, Publication]:
        """What is wrong with each `rolecall.toml` that is open, or that counts for a file that is."""
        known = self._projects.problems(pair.folder for pair in self._pairs if pair.is_open)
        found: dict[str, Publication] = {}
        for path, (text, problems) in known.items():
            found[to_uri(path)] = publication(diagnostics(text, problems, self.units))
        for uri, (path, version, text) in self._open_projects.items():
            found.pop(to_uri(path), None)
            found[uri] = publication(diagnostics(text, problems_of(path, text), self.units), version)
        return found

    def open_accounts(self, path: str) -> tuple[str, str] | None:
        """The URI and the text of an accounts file that is open in the editor."""
        return next(((uri, one.text) for uri, one in self._open_accounts.items() if one.path == path), None)

    def _accounts_lines(self, path: str) -> LineText:
        opened = self.open_accounts(path)
        return text_lines(self.host.read(path).text if opened is None else opened[1])

    def profiles_changed(self) -> None:
        """Let the views ask again, once nothing more has changed for a moment: they show every profile."""
        if self._views is not None:
            self._views.cancel()
        self._views = asyncio.get_running_loop().call_later(VIEWS_AFTER, self._tell_views)

    def _tell_views(self) -> None:
        self.client.notify("rolecall/profilesChanged", {})
        self._set_clock()

    # What is read from disk

    def look_at_disk(self) -> bool:
        """Follow what has changed on disk since the last look; whether anything has. Reads only what changed."""
        seen = [pair.look_at_disk() for pair in self._pairs]
        stamps = {path: self.host.stamp(path) for path in self._accounts_stamps}
        if stamps != self._accounts_stamps:
            self._read_accounts()
            seen.append(True)
        if self._projects.have_changed():
            for pair in self._pairs:
                pair.set_settings(self._settings_of(pair))
            seen.append(True)
        return any(seen)

    def look_at_clock(self) -> None:
        """Follow what has expired, as it does while nobody types. Before that there is nothing to do."""
        if self._next_expiry is not None and self.host.now() >= self._next_expiry:
            self.profiles_changed()
            self._set_clock()

    def _set_clock(self) -> None:
        """Let everybody know what time it is, and find out when something expires next."""
        from rolecall.features.listing import next_expiry

        now = self.host.now()
        changed = [pair.set_time(now) for pair in self._pairs]
        if any(changed):
            self.publish()
        sessions = self.ledger.expiries()
        moments = [next_expiry(pair.service.workspace, sessions if pair.own else {}, now) for pair in self._pairs]
        self._next_expiry = min((moment for moment in moments if moment is not None), default=None)

    def refresh(self) -> None:
        """Follow the disk now, after something here wrote to it, and publish."""
        self.look_at_disk()
        self.publish()
        self.profiles_changed()

    # Places

    def location(self, path: str, start: Position, end: Position) -> Json:
        """A place in any file, for `Location` and `showDocument`."""
        for pair in self._pairs:
            file = pair.file_of(path)
            if file is not None:
                lines = line_text(pair.service.workspace.document(file).tree)
                return {"uri": pair.uri(file), "range": self.units.range(lines, start, end)}
        opened = self.open_accounts(path)
        uri = opened[0] if opened is not None else to_uri(path)
        return {"uri": uri, "range": self.units.range(self._accounts_lines(path), start, end)}

    def each_file(self) -> Iterator[tuple[Pair, File]]:
        for pair in self._pairs:
            for file in FILES:
                yield pair, file


def read_settings(values: Mapping[str, Any]) -> Settings:
    """The settings of an editor (camel case), as far as they are of the right type."""
    found: dict[str, Any] = {}
    for field in Settings._fields:
        head, *tail = field.split("_")
        value = values.get(head + "".join(word.capitalize() for word in tail))
        if isinstance(value, list):
            value = tuple(item for item in value if isinstance(item, str))
        elif isinstance(value, Mapping):
            value = {key: item for key, item in value.items() if isinstance(item, str)}
        default = getattr(Settings(), field)
        if isinstance(value, Mapping if isinstance(default, Mapping) else type(default)):
            found[field] = value
    return Settings(**found)
