"""`rolecall completion`: what a shell needs to complete command lines.

The script that a shell loads asks this program again at every Tab, so that what it offers is always what the installed
version takes. Where nothing is offered, the shell offers files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rolecall.host import Host

_BASH = """\
# Put this line into ~/.bashrc:  eval "$(rolecall completion bash)"
_rolecall() {
  local IFS=$'\\n'
  COMPREPLY=($(rolecall completion bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null))
}
complete -o default -F _rolecall rolecall
"""
_ZSH = """\
#compdef rolecall
# Put this line into ~/.zshrc, below compinit:  eval "$(rolecall completion zsh)"
_rolecall() {
  local -a found
  found=(${(f)"$(rolecall completion zsh "${(@)words[2,CURRENT]}" 2> /dev/null)"})
  if (( $#found )); then _describe rolecall found; else _files; fi
}
if [[ $funcstack[1] == _rolecall ]]; then _rolecall "$@"; else compdef _rolecall rolecall; fi
"""
_FISH = """\
# Put this line into ~/.config/fish/config.fish:  rolecall completion fish | source
function __rolecall_complete
    set -l found (rolecall completion fish (commandline -opc)[2..-1] (commandline -ct) 2> /dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c rolecall -f -a '(__rolecall_complete)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


class Candidate(NamedTuple):
    """A word that can stand at the end of a command line, and what it means."""

    word: str
    meaning: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", choices=tuple(_SCRIPTS), metavar="SHELL", help="bash, zsh or fish")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, _host: Host) -> int:
    """Print the script, or the candidates for the last of some words, and give the exit code."""
    if not arguments.words:
        print(_SCRIPTS[arguments.shell], end="")
        return 0
    for word, meaning in candidates(_joined(arguments.words) if arguments.shell == "bash" else arguments.words):
        print({"bash": word, "zsh": f"{word}:{meaning}", "fish": f"{word}\t{meaning}"}[arguments.shell])
    return 0


def _joined(words: Sequence[str]) -> list[str]:
    """The words without the "=" that bash takes for words of their own."""
    joined = [word for word in words if word != "="]
    return [*joined, ""] if words[-1] == "=" else joined


def candidates(words: Sequence[str]) -> list[Candidate]:
    """What the last word of a command line (without the program's name) may become."""
    from rolecall.cli.program import COMMANDS, command_parser, program_parser

    *before, word = words
    if not before:
        named = (Candidate(*command) for command in COMMANDS.items())
        return _starting(word, _options(program_parser()) if word.startswith("-") else named)
    if before[0] not in COMMANDS:
        return []
    command = command_parser(before[0])
    option, equals, value = word.partition("=")
    if equals and word.startswith("-"):
        return [one._replace(word=f"{option}={one.word}") for one in _values(_option(command, option), value)]
    pending = _option(command, before[-1])
    if pending is not None and pending.nargs != 0:
        return _values(pending, word)
    if word.startswith("-"):
        return _starting(word, _options(command))
    return _values(next((action for action in command._actions if not action.option_strings), None), word)


def _options(parser: argparse.ArgumentParser) -> Iterator[Candidate]:
    for action in parser._actions:
        for name in action.option_strings:
            if name.startswith("--"):
                yield Candidate(name, action.help or "")


def _option(parser: argparse.ArgumentParser, name: str) -> argparse.Action | None:
    return next((action for action in parser._actions if name in action.option_strings), None)


def _values(action: argparse.Action | None, word: str) -> list[Candidate]:
    """What an argument takes; nothing for files."""
    if action is None:
        return []
    if action.choices is not None:
        return _starting(word, (Candidate(choice) for choice in action.choices))
    if action.metavar == "RULE":
        return _starting(word, _rules())
    if action.metavar in ("R,…", "T,…"):
        given, comma, last = word.rpartition(",")
        listed = given.split(",")
        found = _starting(last, _rules() if action.metavar == "R,…" else _readers())
        return [one._replace(word=f"{given}{comma}{one.word}") for one in found if one.word not in listed]
    return []


def _rules() -> Iterator[Candidate]:
    from rolecall.rules import ALL

    return (Candidate(rule.name, rule.docs.summary) for rule in ALL)


def _readers() -> Iterator[Candidate]:
    from rolecall.readers.tools import TOOLS

    return (Candidate(name, tool.title) for name, tool in TOOLS.items())


def _starting(word: str, offered: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in offered if one.word.startswith(word)]
