"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import FileTarget, Finding, On, Severity, rule

_READABLE, _WRITABLE, _EXECUTABLE = 0o044, 0o022, 0o111
_WRITABLE_BY_ALL = 0o002


@rule(on=On.FILE, severity=Severity.WARNING)
def loose_permissions(target: FileTarget) -> Iterator[Finding]:
    """Other users of the machine can read or change one of your files.

    Whoever can read the credentials file has your access keys; whoever can change the config file can have the AWS
    tools run a program of theirs, with `credential_process`. `aws configure` makes both files readable for their owner
    alone, and so does Rolecall. No tool checks it. The way out is `chmod 600`, as an editor cannot do it.

    It is looked at in your own two files only, not in files of a project, and not where every file can be executed:
    that is how a file system looks that has no permissions, such as a Windows drive in WSL. Of a config file that
    not everyone can change it is information: it is no secret, and on many systems each user has a group alone.
    """
    mode, file = target.document.facts.mode, target.file
    if not target.document.own or target.document.tree is None or mode is None or mode & _EXECUTABLE:
        return
    can = [verb for verb, bits in (("read", _READABLE), ("change", _WRITABLE)) if mode & bits]
    if can:
        yield Finding(
            target.place(),
            f"Other users of this machine can {' and '.join(can)} your {file} file (mode {mode & 0o777:03o}): "
            '"chmod 600" makes it yours alone',
            severity=Severity.WARNING if file == "credentials" or mode & _WRITABLE_BY_ALL else Severity.INFORMATION,
            readers=(),
        )
