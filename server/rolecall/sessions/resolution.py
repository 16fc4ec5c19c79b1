"""From a profile and the text of both files to a live session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rolecall.model.account_id import account_of_key
from rolecall.model.expiry import expiry_of, parse_expiry
from rolecall.sessions import faults
from rolecall.sessions.control import CancelToken, Stopwatch, run_in_thread
from rolecall.sessions.documents import Documents, fingerprint, role_chain, sections, text_of
from rolecall.sessions.endpoints import endpoint_variables, is_trusted
from rolecall.sessions.errors import SessionError, shown_role
from rolecall.sessions.faults import Trace
from rolecall.sessions.mfa import AskMfa, Devices, Questions
from rolecall.sessions.options import Options
from rolecall.sessions.session import Session

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials, ReadOnlyCredentials
    from botocore.model import OperationModel

    from rolecall.sessions.isolation import Given, IsolatedSession

Progress = Callable[[str], None]
"""Gets a short text for each step. It is called in the worker thread."""

DEFAULTS = Options()

_STATIC_METHODS = ("shared-credentials-file", "config-file")
_POLL_SECONDS = 0.1


def silent(_step: str) -> None:
    """Show no progress."""


def resolve(
    profile: str,
    documents: Documents,
    *,
    ask_mfa: AskMfa,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    options: Options = DEFAULTS,
) -> Session:
    """Return a live session of a profile, signing in to whatever its role chain needs.

    Blocks, so call it off the event loop; it returns soon after ``cancel`` in any case. Whoever asks for the same
    profile with the same settings meanwhile gets the same session, and only one of them is asked for codes.
    Raises SessionError, with the code ``cancelled`` when the user gave up.
    """
    cancel = cancel or CancelToken()

    def work() -> Session:
        watch = Stopwatch(options.limits.total)
        trace = Trace(profile, sections(documents), options.limits)

        def in_thread(inner: CancelToken) -> Session:
            questions = Questions(ask_mfa, _devices, inner, watch)
            return _SignIn(trace, documents, questions, progress, options).run(inner)

        return run_in_thread(in_thread, cancel, watch, lambda: faults.timed_out(trace))

    return _flights.share((fingerprint(profile, documents), profile, options), cancel, work)


class _SignIn:
    """One resolution, in its own thread."""

    def __init__(
        self, trace: Trace, documents: Documents, questions: Questions, progress: Progress, options: Options
    ) -> None:
        self._trace = trace
        self._documents = documents
        self._questions = questions
        self._progress = progress
        self._options = options
        self._answers: dict[str, Any] = {}

    def run(self, cancel: CancelToken) -> Session:
        # botocore takes most of a second to import, which only those have to wait for who sign in.
        from rolecall.sessions import isolation
        from rolecall.sessions.explain import explain

        try:
            self._botocore = isolation.open_session(self._trace.profile, self._documents, self._options)
            follow(self._botocore, self._trace, self._progress, cancel, self._options)
            return self._sign_in()
        except Exception as error:  # noqa: BLE001  whatever botocore raises may quote secrets and is replaced
            failure = explain(error, self._trace)
        finally:
            self._questions.release()
        raise failure

    def _sign_in(self) -> Session:
        profile = self._trace.profile
        for find in (faults.block_for_a_value, faults.chain_too_long):
            fault = find(self._trace)
            if fault is not None:
                raise fault
        # This reads the settings of the whole chain, and finds the faults in them before anybody is called or asked.
        credentials = self._load(profile, None)
        if credentials is None:
            raise faults.no_credentials(self._trace)
        frozen = self._climb() if credentials.method == "assume-role" else credentials.get_frozen_credentials()
        if not frozen.access_key or not frozen.secret_key:
            raise faults.no_credentials(self._trace)
        return self._session(credentials.method, frozen)

    def _climb(self) -> ReadOnlyCredentials:
        """Assume the roles of the chain, from the one that keys can assume to the one that is wanted."""
        from botocore.credentials import Credentials

        from rolecall.sessions.isolation import Given

        profile = self._trace.profile
        names = role_chain(profile, self._trace.sections.profiles).profiles
        top, *below = list(pairwise(names)) or [(profile, profile)]
        given: Given | None = None
        for name, source in reversed(below):
            frozen = self._assume(name, source, given)
            given = Given(name, Credentials(frozen.access_key, frozen.secret_key, frozen.token))
        return self._assume(*top, given)

    def _assume(self, name: str, source: str, given: Given | None) -> ReadOnlyCredentials:
        from rolecall.sessions.explain import explain

        self._trace.asker, self._trace.signer = name, source
        self._questions.release()
        while True:
            self._answers.clear()
            try:
                return self._load(name, given).get_frozen_credentials()
            except Exception as error:  # noqa: BLE001  whatever botocore raises may quote secrets and is replaced
                failure = explain(error, self._trace)
            if failure.code != "mfa-code-refused" or not self._questions.may_ask_again():
                raise failure

    def _load(self, name: str, given: Given | None) -> Credentials:
        from rolecall.sessions.isolation import load_credentials

        return load_credentials(self._botocore, self._documents, self._options, name, given, self._answers, self._ask)

    def _ask(self, serial: str) -> str:
        self._progress("Waiting for the MFA code")
        return self._questions.code(serial)

    def _session(self, method: str, frozen: ReadOnlyCredentials) -> Session:
        profile, found = self._trace.profile, self._trace.sections
        settings = found.profiles[profile]
        answer: dict[str, Any] = next(iter(self._answers.values()), {})
        if method in _STATIC_METHODS:
            written = expiry_of(settings)
            expires_at = written[1] if written else None
        else:
            expires_at = _moment(answer.get("Credentials", {}).get("Expiration"))
        return Session(
            profile=profile,
            access_key_id=frozen.access_key,
            secret_access_key=frozen.secret_key,
            session_token=frozen.token or None,
            expires_at=expires_at,
            method=method,
            account_id=frozen.account_id or account_of_key(frozen.access_key),
            arn=answer.get("AssumedRoleUser", {}).get("Arn"),
            region=text_of(settings, "region"),
            endpoints=endpoint_variables(profile, found),
            fingerprint=fingerprint(profile, self._documents),
        )


def follow(session: IsolatedSession, trace: Trace, progress: Progress, cancel: CancelToken, options: Options) -> None:
    """Keep the trace up to date, show progress, stop when cancelled, and let nothing go where it must not."""

    def before_parameters(params: dict[str, Any], model: OperationModel, **_: object) -> None:
        trace.service, trace.operation = model.service_model.service_name, model.name
        trace.role_arn = params.get("RoleArn")
        trace.endpoint = session.endpoint_of(trace.service)

    def before_call(context: dict[str, Any], **_: object) -> None:
        trace.region = context.get("client_region")
        cancel.check()
        progress(_step(trace))

    def before_sending(request: AWSRequest, **_: object) -> None:
        cancel.check()
        if not is_trusted(request.url, options):
            raise faults.endpoint_not_trusted(trace)

    session.register("before-parameter-build", before_parameters)
    session.register("before-call", before_call)
    session.register("request-created", before_sending)


def _step(trace: Trace) -> str:
    match trace.operation:
        case "AssumeRole" | "AssumeRoleWithWebIdentity":
            return f"Assuming {shown_role(trace.role_arn, trace.asker)}"
        case "GetRoleCredentials":
            return "Getting keys from IAM Identity Center"
        case "GetCallerIdentity":
            return "Asking AWS who this is"
        case _:
            return "Calling AWS"


def _moment(value: object) -> datetime | None:
    """Read what botocore keeps of an expiry: a datetime from STS, text from IAM Identity Center."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return parse_expiry("expiration", value) if isinstance(value, str) else None


class _Flights:
    """Resolutions under way. Those who want the same one wait for whoever came first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[object, Future[Session | SessionError | None]] = {}

    def share(self, key: object, cancel: CancelToken, work: Callable[[], Session]) -> Session:
        """Return the result of ``work``, or that of another caller who came with the same key before.

        When the other caller is cancelled, which says nothing about this one, this one goes on by itself. When a
        person gave up at the question for a code, that was the answer for all.
        """
        while True:
            with self._lock:
                flight = self._flights.get(key)
                if flight is None:
                    flight = self._flights[key] = Future()
                    break
            outcome = _wait(flight, cancel)
            if isinstance(outcome, Session):
                return outcome
            if isinstance(outcome, SessionError):
                raise SessionError(*outcome.args)
        outcome = None
        try:
            outcome = work()
        except SessionError as error:
            outcome = None if cancel.cancelled else error
            raise
        finally:
            with self._lock:
                del self._flights[key]
            flight.set_result(outcome)
        return outcome


def _wait(flight: Future[Session | SessionError | None], cancel: CancelToken) -> Session | SessionError | None:
    while True:
        cancel.check()
        try:
            return flight.result(_POLL_SECONDS)
        except FutureTimeoutError:
            continue


_devices = Devices()
_flights = _Flights()
