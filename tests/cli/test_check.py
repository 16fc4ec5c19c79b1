"""`rolecall check`: its JSON, its exit codes, which files it looks at, and that it takes whatever a file may hold."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from rolecall.cli.fixing import Rewritten, save
from rolecall.store.errors import Conflict
from rolecall.store.writer import Store
from tests.cli.support import SECRET, Machine, Terminal, check_json, check_run, put, rules_in, write

TWICE = "[dev]\nregion = eu-west-1\n[dev]\noutput = json\n"
KEYS = f"aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
ROLE = "role_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n"


def test_json_says_everything_of_a_finding(home: Path) -> None:
    path = put(home / "some" / "credentials", f"# 開発\n{TWICE}")
    report, code = check_json("check", "--select", "duplicate-section", path)
    (found,) = report["diagnostics"]
    assert report["version"] == 1
    assert code == 1
    assert found.pop("message").startswith('Section "[dev]" is already defined on line 2: the AWS CLI')
    assert found == {
        "path": str(path),
        "line": 4,
        "column": 1,
        "endLine": 4,
        "endColumn": 6,
        "rule": "duplicate-section",
        "severity": "error",
        "readers": ["botocore"],
        "fixable": True,
    }


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (TWICE, "error", 1),
        (TWICE, "hint", 1),
        ("[default]\nregion = eu-wset-1\n", "error", 0),
        ("[default]\nregion = eu-wset-1\n", "warning", 1),
        ("[default]\nregion = eu-wset-1\n", None, 1),
        ("[default]\nregion = eu-west-1\n", "hint", 0),
        ("", None, 0),
    ],
)
def test_exit_code_follows_the_failing_level(home: Path, text: str, fail_on: str | None, code: int) -> None:
    path = put(home / "config", text)
    level = ["--fail-on", fail_on] if fail_on else []
    assert check_run("check", "--select", "duplicate-section,unknown-region", path, *level).code == code


@pytest.mark.parametrize("arguments", [["--frobnicate"], ["--fail-on", "never"], ["--format", "xml"], ["--config"]])
def test_wrong_use_is_told_with_the_right_one(arguments: list[str]) -> None:
    ran = check_run("check", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: rolecall check")


def test_a_command_that_is_none(home: Path) -> None:
    assert check_run("frobnicate").code == 2
    assert check_run().code == 2
    assert check_run("--help").code == 0


BAD = {
    "latin-1": (b"[default]\n# caf\xe9\n", ["not-utf8"]),
    "utf-16": ("[default]\nregion = eu-west-1\n".encode("utf-16"), ["not-utf8"]),
    "byte order mark": (b"\xef\xbb\xbf[default]\nregion = eu-west-1\n", ["bom"]),
    "NUL": (b"[default]\nregion = eu-west-1\n\0\n", ["syntax-error"]),
    "70,000 characters": (b"[default]\n" + b"x" * 70_000 + b"\n", ["syntax-error"]),
    "70,000 blanks": (b"[default]\n" + b" " * 70_000 + b"x\nregion" + b" " * 70_000 + b"= eu-wset-1\n", None),
    "empty": (b"", []),
    "CRLF": (b"[default]\r\nregion = eu-west-1\r\n", []),
    "lone CR": (b"[default]\rregion = eu-west-1\r", []),
    "U+2028": ("[default]\nregion = eu-west-1\u2028\n".encode(), None),
    "escape codes": (b"[profile \x1b[31mred]\n[profile \x1b[31mred]\n", ["duplicate-section"]),
}
SELECT = "--select=not-utf8,bom,syntax-error,duplicate-section,missing-section-header,unknown-region"


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("file", ["config", "credentials"])
def test_whatever_a_file_holds_is_a_finding_at_most(home: Path, name: str, file: str) -> None:
    data, rules = BAD[name]
    path = put(home / "x" / file, data)
    report, code = check_json("check", SELECT, path)
    assert rules is None or rules_in(report) == rules
    assert code == (1 if report["diagnostics"] else 0)
    text = check_run("check", SELECT, path)
    assert (text.code, text.err) == (code, "")
    assert "\x1b" not in text.out
    assert max(map(len, text.out.splitlines())) < 400
    for command in ("readers", "profiles"):
        assert check_run(command, f"--{file}", path).code == 0


def test_what_cannot_be_read_is_told_and_the_rest_still_checked(home: Path) -> None:
    locked = put(home / "locked", TWICE)
    twice = put(home / "twice", TWICE)
    (home / "astray").symlink_to(home / "nowhere")
    host = Machine(locked)
    named = ["locked", "astray", home, "none", twice]
    ran = check_run("check", "--select=duplicate-section", *named, host=Machine(Path("locked")))
    assert ran.code == 2
    assert ran.err.splitlines() == [
        'rolecall: "locked" cannot be read: the system denies it, or it is not an ordinary file.',
        'rolecall: "astray" is a symbolic link that leads nowhere.',
        'rolecall: "~" is a folder, not a file.',
        'rolecall: "none" does not exist.',
    ]
    assert ran.out.startswith("~/twice\n")
    for command in ("readers", "profiles"):
        ran = check_run(command, "--config", locked, host=host)
        assert (ran.code, ran.out) == (2, "")


def test_json_stays_json_when_a_file_is_missing() -> None:
    ran = check_run("check", "none", "--format", "json")
    assert (json.loads(ran.out)["diagnostics"], ran.code) == ([], 2)


def test_a_folder_in_place_of_an_own_file_is_told(home: Path) -> None:
    (home / ".aws" / "config").mkdir(parents=True)
    put(home / ".aws" / "credentials", TWICE)
    ran = check_run("check", "--select", "duplicate-section")
    assert (ran.code, ran.err) == (2, 'rolecall: "~/.aws/config" is a folder, not a file.\n')
    assert "duplicate-section" in ran.out


def test_own_files_are_where_the_environment_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(put(home / "elsewhere", TWICE.replace("dev", "profile dev"))))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "~/keys")
    put(home / "keys", TWICE)
    report, _ = check_json("check", "--select", "duplicate-section")
    assert [found["path"] for found in report["diagnostics"]] == [str(home / "elsewhere"), str(home / "keys")]


MISSING = "--select=missing-source-profile"


def test_a_file_pairs_with_its_sibling_which_is_not_reported(home: Path) -> None:
    config = put(home / "team" / "config", f"[profile ops]\n{ROLE}[profile twice]\n[profile twice]\n")
    credentials = put(home / "team" / "credentials", f"[other]\n{KEYS}")
    assert rules_in(check_json("check", MISSING, config)[0]) == ["missing-source-profile"]
    assert rules_in(check_json("check", MISSING, credentials)[0]) == []
    assert rules_in(check_json("check", MISSING, credentials, config)[0]) == ["missing-source-profile"]
    put(credentials, f"[base]\n{KEYS}")
    assert rules_in(check_json("check", MISSING, config)[0]) == []


def test_nothing_is_concluded_from_an_unknown_counterpart(home: Path) -> None:
    config = put(home / "team" / "config", f"[profile ops]\n{ROLE}")
    aside = put(home / "team" / "aside", f"[base]\n{KEYS}")
    nothing = put(home / "team" / "nothing", "")
    for arguments in ([config], ["--config", config], [aside]):
        assert rules_in(check_json("check", MISSING, *arguments)[0]) == []
    assert rules_in(check_json("check", MISSING, "--config", config, "--credentials", aside)[0]) == []
    report, _ = check_json("check", MISSING, "--config", config, "--credentials", nothing)
    assert rules_in(report) == ["missing-source-profile"]


def test_a_missing_own_file_is_known_to_be_missing(home: Path) -> None:
    write(home, f"//- config\n[profile ops]\n{ROLE}")
    assert rules_in(check_json("check", MISSING)[0]) == ["missing-source-profile"]
    assert rules_in(check_json("check", MISSING, ".aws/config")[0]) == ["missing-source-profile"]


def test_files_of_other_names_are_what_their_name_suggests(home: Path) -> None:
    put(home / "my-credentials.ini", "[profile a]\n")
    put(home / "template.ini", "[a]\n")
    rules = "--select=profile-prefix-in-credentials,missing-profile-prefix"
    assert rules_in(check_json("check", rules, "my-credentials.ini")[0]) == ["profile-prefix-in-credentials"]
    assert rules_in(check_json("check", rules, "template.ini")[0]) == ["missing-profile-prefix"]


def test_own_accounts_count_for_own_files_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    put(home / "settings" / "rolecall" / "accounts.json", '{"accounts": [{"name": "A", "profile": "none"}]}')
    for folder in (".aws", "team"):
        put(home / folder / "config", "[default]\n")
        put(home / folder / "credentials", f"[default]\n{KEYS}")
    select = "--select=unmatched-account"
    assert rules_in(check_json("check", select)[0]) == ["unmatched-account"]
    assert rules_in(check_json("check", select, "team/config", "team/credentials")[0]) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_fixing_takes_no_rights_away_from_a_file_that_is_not_ones_own(home: Path) -> None:
    for path, before, after in (
        (home / ".aws" / "credentials", 0o644, 0o600),
        (home / "team" / "config", 0o644, 0o644),
    ):
        put(path, TWICE, before)
        check_run("check", "--fix", "--select=duplicate-section", path)
        assert "[dev]" in path.read_text()
        assert path.read_text().count("[dev]") == 1
        assert stat.S_IMODE(path.stat().st_mode) == after


def test_fixing_leaves_bytes_alone_that_are_no_text(home: Path) -> None:
    data = TWICE.encode() + b"# \xff\n"
    path = put(home / "credentials", data)
    assert check_run("check", "--fix", "--select=duplicate-section,not-utf8", path).code == 1
    assert path.read_bytes() == data


def test_fixing_follows_a_link_and_keeps_it(home: Path) -> None:
    real = put(home / "real", TWICE)
    (home / "credentials").symlink_to(real)
    assert check_run("check", "--fix", "--select=duplicate-section", "credentials").code == 0
    assert (home / "credentials").is_symlink()
    assert real.read_text().count("[dev]") == 1


def test_a_byte_order_mark_is_taken_off(home: Path) -> None:
    path = put(home / "config", b"\xef\xbb\xbf[default]\nregion = eu-west-1\n")
    assert check_run("check", "--fix", "--select=bom", path).code == 0
    assert path.read_bytes() == b"[default]\nregion = eu-west-1\n"


def test_a_file_that_changes_meanwhile_is_not_overwritten(home: Path) -> None:
    path = put(home / "credentials", TWICE)

    class Late(Machine):
        """Another program writes the file just after it was read."""

        def read(self, name: str):
            found = super().read(name)
            if name == str(path):
                path.write_text(f"{TWICE}# new\n")
            return found

    ran = check_run("check", "--fix", "--select=duplicate-section", path, host=Late())
    assert ran.code == 2
    assert ran.err == "rolecall: Not saved: another program changed the file meanwhile.\n"
    assert path.read_text() == f"{TWICE}# new\n"


def test_colours_only_where_they_are_wanted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(home / "credentials", TWICE)
    monkeypatch.setenv("TERM", "xterm")
    coloured = check_run("check", path, out=Terminal()).out
    assert "\x1b[31merror" in coloured
    plain = check_run("check", path).out
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            assert check_run("check", path, out=Terminal()).out == plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert check_run("check", path).out == coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert check_run("check", path).out == plain


def test_texts_that_belong_together_are_saved_all_or_none(home: Path) -> None:
    first, second = put(home / "first", "1"), put(home / "second", "changed")
    files = [Rewritten(str(first), "1", "2", True), Rewritten(str(second), "1", "2", True)]
    with pytest.raises(Conflict):
        save(Store(str(home / "state")), files)
    assert (first.read_text(), second.read_text()) == ("1", "changed")


def test_what_stands_on_disk_is_reported_where_a_fix_cannot_be_saved(home: Path) -> None:
    path = put(home / "config", TWICE.replace("dev", "profile dev"), 0o400)
    ran = check_run("check", "--fix", "--select=duplicate-section", path)
    assert ran.code == 2
    assert ran.err == f'rolecall: Not saved: "{path}" is read-only. Allow its owner to write it.\n'
    assert "Fixed in" not in ran.out
    assert "  3:1  error    duplicate-section" in ran.out
    path.chmod(0o600)
    assert path.read_text().count("[profile dev]") == 2


def test_the_text_before_a_fix_is_kept_where_it_is_said_to_be(home: Path) -> None:
    path = put(home / "config", TWICE.replace("dev", "profile dev"))
    before = path.read_text()
    ran = check_run("check", "--fix", "--select=duplicate-section", path)
    (kept,) = [line.partition(" below the first line of ")[2] for line in ran.out.splitlines() if "Kept: " in line]
    assert Path(kept).expanduser().read_text().partition("\n")[2] == before
    assert "Kept: " not in check_run("check", "--fix", "--select=duplicate-section", path).out


def test_it_is_said_what_is_not_judged(home: Path) -> None:
    config = put(home / "only" / "config", f"[profile ops]\n{ROLE}")
    other = put(home / "only too" / "credentials", f"[a]\n{KEYS}")
    told = "The credentials file that belongs to ~/only/config is not known, so rules that need it were not run: "
    for arguments in ([config], ["--config", config]):
        ran = check_run("check", MISSING, *arguments)
        assert told in ran.out
        assert ran.err == ""
        for form in ("json", "sarif", "github"):
            ran = check_run("check", MISSING, *arguments, "--format", form)
            assert told not in ran.out
            assert ran.err.startswith(f"rolecall: {told}give --config ~/only/config --credentials F")
    assert "The other file of 2 files is not known" in check_run("check", MISSING, config, other).out
    for arguments in (
        ["--select=duplicate-section", config],
        [MISSING, "--config", config, "--credentials", os.devnull],
        [MISSING, "none"],
    ):
        assert "not known" not in "".join(map(str, check_run("check", *arguments)))


def test_nothing_is_missed_in_a_pair_that_has_no_credentials_file(home: Path) -> None:
    config = put(home / "config", f"[profile ops]\n{ROLE}")
    report, code = check_json("check", MISSING, "--config", config, "--credentials", os.devnull)
    assert (rules_in(report), code) == (["missing-source-profile"], 1)
