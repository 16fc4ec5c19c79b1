"""Who a profile is, according to AWS."""

from __future__ import annotations

from typing import NamedTuple

from rolecall.sessions import faults
from rolecall.sessions.control import CancelToken, Stopwatch, run_in_thread
from rolecall.sessions.documents import Documents, sections
from rolecall.sessions.faults import Trace
from rolecall.sessions.mfa import AskMfa
from rolecall.sessions.options import Options
from rolecall.sessions.resolution import DEFAULTS, Progress, follow, resolve, silent
from rolecall.sessions.session import Session


class Identity(NamedTuple):
    """The answer of ``sts:GetCallerIdentity``."""

    account: str
    arn: str
    user_id: str


def who_am_i(
    profile: str,
    documents: Documents,
    *,
    ask_mfa: AskMfa,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    options: Options = DEFAULTS,
    session: Session | None = None,
) -> Identity:
    """Ask AWS whom a profile's credentials speak for. With a live ``session`` nobody has to sign in again.

    Blocks and raises as ``resolve`` does.
    """
    cancel = cancel or CancelToken()
    live = session or resolve(profile, documents, ask_mfa=ask_mfa, progress=progress, cancel=cancel, options=options)
    trace = Trace(profile, sections(documents), options.limits)
    return run_in_thread(
        lambda inner: _identify(live, trace, documents, progress, inner, options),
        cancel,
        Stopwatch(options.limits.total),
        lambda: faults.timed_out(trace),
    )


def _identify(
    live: Session, trace: Trace, documents: Documents, progress: Progress, cancel: CancelToken, options: Options
) -> Identity:
    from rolecall.sessions import isolation  # imports botocore, which takes most of a second
    from rolecall.sessions.explain import explain

    try:
        session = isolation.open_session(trace.profile, documents, options)
        follow(session, trace, progress, cancel, options)
        client = session.create_client(
            "sts",
            aws_access_key_id=live.access_key_id,
            aws_secret_access_key=live.secret_access_key,
            aws_session_token=live.session_token,
        )
        answer = client.get_caller_identity()
        return Identity(answer["Account"], answer["Arn"], answer["UserId"])
    except Exception as error:  # noqa: BLE001  whatever botocore raises may quote secrets and is replaced
        failure = explain(error, trace)
    raise failure
