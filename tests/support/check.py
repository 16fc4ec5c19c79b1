"""The `check_*` helpers: the only callers of the API under test, so that a test is nothing but text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from rolecall.edits import RemoveBom
from rolecall.features.suppression import ignoring
from rolecall.host import FileFacts
from rolecall.lint import Fix, Rule, Severity
from rolecall.model.accounts import Accounts
from rolecall.model.workspace import Document
from rolecall.readers.botocore.merge import refusal
from rolecall.readers.seen import Source
from rolecall.readers.tools import TOOLS
from rolecall.rules import ALL
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import READERS, Settings
from rolecall.syntax import Change, parse
from rolecall.text import Position, TextEdit, apply_edits, split_lines
from tests.support.markers import Mark, facts, files, mark, unmark

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FOUND = FileFacts(exists=True, readable=True, mode=0o600)
PATHS = {"config": "~/.aws/config", "credentials": "~/.aws/credentials", "accounts": "~/accounts.json"}


def document(name: str, text: str | None, told: str = "") -> Document:
    """One of the user's own files, with the facts told (see `markers.facts`); None for one that is not there."""
    tree = None if text is None else parse(text)
    changed = {fact: int(value, 0) if value else True for fact, _, value in (x.partition("=") for x in told.split())}
    return Document(PATHS[name], tree, FOUND._replace(**changed) if tree else FileFacts(), own=True)


def service(texts: Mapping[str, str], told: Mapping[str, str] = {}, **settings: object) -> LanguageService:
    """A service on some files. Where only one of the two is given, the other one does not exist. It serves those who
    use the tools told of (see `markers`), and asked for the rules that are off by default."""
    if "settings" not in settings:
        chosen = Settings(severities={rule.name: "information" for rule in ALL if rule.severity is Severity.OFF})
        settings["settings"] = chosen._replace(readers=tuple(told["readers"].split())) if "readers" in told else chosen
    return LanguageService(
        document("config", texts.get("config"), told.get("config", "")),
        document("credentials", texts.get("credentials"), told.get("credentials", "")),
        accounts=_accounts(texts.get("accounts")),
        now=NOW,
        **settings,  # type: ignore[arg-type]  # Named arguments of the service.
    )


def turned_off(settings: Settings, *names: str) -> Settings:
    """The settings of those who want to hear nothing of some rules."""
    return settings._replace(severities={**settings.severities, **dict.fromkeys(names, "off")})


def _accounts(text: str | None) -> Accounts:
    if text is None:
        return Accounts()
    from rolecall.accounts import parse

    return parse(text, PATHS["accounts"])


def split(text: str) -> tuple[dict[str, str], dict[str, list[Mark]]]:
    """The files of an annotated text, and the annotations of each."""
    parts = {name: unmark(body) for name, body in files(text).items()}
    return {name: part[0] for name, part in parts.items()}, {name: part[1] for name, part in parts.items()}


def annotated(found: LanguageService, texts: dict[str, str], rule: str | None) -> dict[str, str]:
    """The files with what is reported of them (by one rule, or by all) put under their lines."""
    diagnostics = {name: found.diagnostics(name) for name in ("config", "credentials")}  # type: ignore[arg-type]  # File names.
    diagnostics["accounts"] = found.accounts_diagnostics()
    result = {}
    for name, text in texts.items():
        marks = [
            Mark(d.span.line, d.span.start, d.span.end, f"{'[fix] ' if d.fixes else ''}{d.rule}: {d.message}")
            for d in diagnostics.get(name, [])
            if rule is None or d.rule == rule
        ]
        result[name] = mark(text, marks) if text or marks else ""
    return result


def render(texts: dict[str, str], told: Mapping[str, str] = {}) -> str:
    """Files as one text, with the facts told of them."""
    if list(texts) == ["config"] and not told.get("config"):
        return texts["config"]
    return "".join(f"//- {name} {told.get(name, '')}".rstrip() + f"\n{text}" for name, text in texts.items())


def check_rule(annotated_text: str, rule: str | None) -> str:
    """What the annotated text should be, by one rule or by all: equal to it when every expectation is met."""
    texts, _ = split(annotated_text)
    told = facts(annotated_text)
    return render(annotated(service(texts, told), texts, rule), told)


def check_fixed(annotated_text: str, rule: str, title: str | None = None) -> str:
    """The files after the fixes of a rule: the one with this title, or else every safe one."""
    texts, _ = split(annotated_text)
    told = facts(annotated_text)
    texts = _fix_all(texts, told, rule, title)
    if title is None:
        assert _fix_all(texts, told, rule, None) == texts, "a safe fix is not idempotent"
    return render(texts, told)


def _fix_all(texts: dict[str, str], told: dict[str, str], rule: str, title: str | None) -> dict[str, str]:
    """Apply fixes one after the other, each on the files as the one before left them."""
    for _ in range(20):
        found = service(texts, told)
        fix = next(
            (
                fix
                for name in texts
                if name != "readers"
                for diagnostic in (found.accounts_diagnostics() if name == "accounts" else found.diagnostics(name))  # type: ignore[arg-type]
                if diagnostic.rule == rule and diagnostic.severity is not Severity.OFF
                for fix in diagnostic.fixes
                if (fix.safe if title is None else fix.title == title)
            ),
            None,
        )
        if fix is None:
            return texts
        wanted = fix.edits(found.workspace)
        for edit in wanted:
            if isinstance(edit, RemoveBom):
                told[edit.file] = told[edit.file].replace("bom", "").strip()
        edits = found.text_edits(wanted)
        texts = {name: apply_edits(text, edits.get(name, [])) for name, text in texts.items()} | {  # type: ignore[call-overload]
            name: apply_edits("", new) for name, new in edits.items() if name not in texts
        }
        if title is not None:
            return texts
    raise AssertionError("the fixes do not come to an end")


def check_errors(texts: Mapping[str, str], name: str) -> set[str]:
    """The rules of which a file has an Error."""
    return {d.rule for d in service(texts).diagnostics(name) if d.severity is Severity.ERROR}  # type: ignore[arg-type]  # A file's name.


_EVERYTHING = Settings(
    readers=READERS, severities={rule.name: "information" for rule in ALL if rule.severity is Severity.OFF}
)


def _thorough(texts: Mapping[str, str], off: Collection[str] = (), rules: Sequence[Rule] = ALL) -> LanguageService:
    """A service for those who use every tool, and want to hear nothing of some rules."""
    return service(texts, rules=rules, settings=turned_off(_EVERYTHING, *off))


def check_spans(texts: Mapping[str, str], off: Collection[str] = ()) -> None:
    """Every finding is a non-empty piece of one line of its file, with a message that is filled in, whatever rules are
    off."""
    found = _thorough(texts, off)
    for name, text in texts.items():
        lines = split_lines(text)
        for diagnostic in found.diagnostics(name):  # type: ignore[arg-type]  # A file's name.
            line, start, end = diagnostic.span
            assert 0 <= start < end <= len(lines[line].rstrip("\r\n")), diagnostic
            assert diagnostic.message
            assert not diagnostic.message.endswith("."), diagnostic


def check_incremental(
    texts: dict[str, str], changes: Iterable[tuple[str, float, float, int, str]], off: Collection[str] = ()
) -> None:
    """After each change (file, line and column as parts of what there is, characters to replace, new text) the
    service says the same as one that has only ever seen the result. `off` are rules that are turned off first."""
    kept = _thorough(texts)
    kept.settings = turned_off(kept.settings, *off)
    for name, line, column, length, new in changes:
        lines = split_lines(texts[name])
        number = int(line * (len(lines) + 1))
        width = len(lines[number]) if number < len(lines) else 0
        start = Position(number, int(column * (width + 1)))
        end = Position(number + length // 20, start.column + length % 20 if length < 20 else length % 20)
        texts = texts | {name: apply_edits(texts[name], [TextEdit(start, end, new)])}
        kept.change(name, [Change(start, end, new)])  # type: ignore[arg-type]  # A file's name.
        fresh = _thorough(texts, off)
        assert kept.workspace.document(name).tree.text == texts[name]  # type: ignore[arg-type, union-attr]
        for file in texts:
            assert _said(kept, file) == _said(fresh, file)
            assert _ignored(kept, file) == _ignored(fresh, file)
        profiles = {profile.name for profile in fresh.workspace.profiles()}
        for profile in profiles:
            assert _sorted(kept.problems(profile)) == _sorted(fresh.problems(profile)), profile


def check_turned_off(texts: dict[str, str], off: Collection[str]) -> None:
    """Nothing that other rules report goes when rules are turned off, and all is as before when they are on again."""
    found = _thorough(texts)
    before = {file: _said(found, file) for file in texts}
    told = _places(found, texts, off)
    chosen = found.settings
    found.settings = turned_off(chosen, *off)
    assert told <= _places(found, texts, off)
    found.settings = chosen
    assert {file: _said(found, file) for file in texts} == before


def _places(found: LanguageService, texts: Mapping[str, str], off: Collection[str]) -> Counter[tuple[object, ...]]:
    """What is reported, and where, but for some rules."""
    diagnostics = [one for file in texts for one in found.diagnostics(file)]  # type: ignore[arg-type]  # A file's name.
    return Counter((one.path, one.rule, one.span, one.severity) for one in diagnostics if one.rule not in off)


def check_declared(texts: dict[str, str], off: Collection[str] = ()) -> None:
    """Rules find nothing where they say that they need not look, whatever others are off."""
    thorough = [rule._replace(when=None, odd=False) for rule in ALL]
    quick, slow = _thorough(texts, off), _thorough(texts, off, thorough)
    for file in texts:
        assert _said(quick, file) == _said(slow, file)


def _said(found: LanguageService, name: str) -> list[object]:
    """All that a service says of a file: what is reported, and what each fix would do."""
    return [
        (
            *diagnostic[:-1],
            [(fix.title, fix.safe, found.text_edits(fix.edits(found.workspace))) for fix in diagnostic.fixes],
        )
        for diagnostic in found.diagnostics(name)  # type: ignore[arg-type]  # A file's name.
    ]


def _ignored(found: LanguageService, name: str) -> list[object]:
    return [diagnostic[:6] for diagnostic in found.ignored(name)]  # type: ignore[arg-type]  # A file's name.


def _sorted(found: Iterable[Diagnostic]) -> list[tuple[object, ...]]:
    return sorted((d.path, d.span, d.rule, d.message) for d in found)


def check_fixes(texts: dict[str, str], off: Collection[str] = ()) -> None:
    """No fix makes botocore refuse a file that it read; a safe one takes its finding away and brings no error. Whatever
    rules are off."""
    found = _thorough(texts, off)
    for name in texts:
        for diagnostic in found.diagnostics(name):  # type: ignore[arg-type]  # A file's name.
            for fix in diagnostic.fixes:
                after = _applied(found, texts, fix)
                for file, text in after.items():
                    if refusal(parse(texts.get(file, ""))) is None:
                        assert refusal(parse(text)) is None, (diagnostic.rule, fix.title, file)
                if fix.safe:
                    assert after != texts, (diagnostic.rule, fix.title)
                    assert _count(after, diagnostic.rule, off) < _count(texts, diagnostic.rule, off), (
                        diagnostic.rule,
                        fix.title,
                    )


def _applied(found: LanguageService, texts: Mapping[str, str], fix: Fix) -> dict[str, str]:
    edits = found.text_edits(fix.edits(found.workspace))
    return {name: apply_edits(texts.get(name, ""), edits.get(name, [])) for name in {*texts, *edits}}  # type: ignore[call-overload]


def _count(texts: Mapping[str, str], rule: str, off: Collection[str]) -> int:
    found = _thorough(texts, off)
    return sum(d.rule == rule for name in ("config", "credentials") for d in found.diagnostics(name))  # type: ignore[arg-type]


def check_example(text: str, *, off: str | None = None, rules: Sequence[Rule] = ALL) -> set[str]:
    """The names of the rules that report something of an example; of all, some or all but one that is off."""
    found = service(files(text), {"readers": " ".join(READERS)} | facts(text), rules=rules)
    if off is not None:
        found.settings = turned_off(found.settings, off)
    diagnostics = [*found.diagnostics("config"), *found.diagnostics("credentials"), *found.accounts_diagnostics()]
    return {diagnostic.rule for diagnostic in diagnostics}


def check_ignored(texts: dict[str, str]) -> None:
    """Wherever the quick fix writes that a rule is to be ignored, the finding goes and nothing else changes, and every
    tool reads the files as before."""
    chosen = Settings(readers=READERS)
    found = service(texts, settings=chosen)
    before = _told(found, texts)
    for name, text in texts.items():
        for diagnostic in found.diagnostics(name):  # type: ignore[arg-type]  # A file's name.
            line, rule = diagnostic.span.line, diagnostic.rule
            ignore = ignoring(found.workspace, name, line, rule)  # type: ignore[arg-type]  # As above.
            if ignore is None:
                continue
            after = texts | {name: apply_edits(text, found.text_edits([ignore.edit])[name])}  # type: ignore[index]
            kept = service(after, settings=chosen)
            told = _told(kept, after)
            assert not told - before, (rule, line)
            assert {said[1] for said in before - told} == {rule}, (rule, line)
            assert rule in {one.rule for one in kept.ignored(name)}  # type: ignore[arg-type]  # As above.
            check_read_alike(texts, after, name, ignore.line)


def _told(found: LanguageService, texts: Mapping[str, str]) -> Counter[tuple[str, str]]:
    return Counter((name, one.rule) for name in texts for one in found.diagnostics(name))  # type: ignore[arg-type]


def check_read_alike(before: Mapping[str, str], after: Mapping[str, str], name: str, line: int) -> None:
    """Every tool sees the same in both, but for the lines below one that came into a file."""
    for tool in TOOLS.values():
        one, other = (
            tool.read(Source(parse(texts["config"])), Source(parse(texts["credentials"]))) for texts in (before, after)
        )
        moved = one.seen
        fault = "config_error" if name == "config" else "credentials_error"
        error = getattr(moved, fault)
        if error is not None and error.line is not None and error.line > line:
            cause = error.cause.replace(f"line {error.line}", f"line {error.line + 1}")
            moved = moved._replace(**{fault: error._replace(line=error.line + 1, cause=cause)})
        assert other.seen == moved, tool.title
        for profile in moved.profiles:
            assert one.region(profile) == other.region(profile), tool.title
            assert one.resolution(profile) == other.resolution(profile), tool.title
