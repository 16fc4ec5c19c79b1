"""What the tests of sessions share: a strict AWS on a loopback port, and both files as text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from botocore.configloader import raw_config_parse

from rolecall.sessions import (
    CancelToken,
    Documents,
    Identity,
    Limits,
    Options,
    Session,
    SessionError,
    resolve,
    who_am_i,
)
from tests.support.standin import MFA_CODE, StandIn

# One attempt, so that an injected fault is seen; the times leave room for a busy machine.
PATIENT = Limits(connect=5, read=10, attempts=1, total=30)
IMPATIENT = PATIENT._replace(read=0.5)
DEVICE = "arn:aws:iam::111122223333:mfa/me"

CREDENTIALS = """
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


def no_question(serial: str, attempt: int, message: str | None) -> str | None:
    raise AssertionError(f"nobody should be asked for a code of {serial}")


@dataclass
class Person:
    """Answers the questions for MFA codes in turn, and keeps the questions."""

    answers: list[str | None]
    questions: list[tuple[str, int, str | None]] = field(default_factory=list)

    def __call__(self, serial: str, attempt: int, message: str | None) -> str | None:
        self.questions.append((serial, attempt, message))
        return self.answers.pop(0)


@dataclass
class Setup:
    """Both files, read as botocore reads them, beside a stand-in of AWS. ``{url}`` in them is its address."""

    aws: StandIn
    folder: Path
    config: str = ""
    credentials: str = CREDENTIALS
    options: Options = field(default_factory=Options)
    steps: list[str] = field(default_factory=list)

    def with_files(self, config: str = "", credentials: str = CREDENTIALS) -> Setup:
        return replace(self, config=config.replace("{url}", self.aws.url), credentials=credentials, steps=[])

    def with_options(self, **changes: object) -> Setup:
        return replace(self, options=replace(self.options, **changes))

    @property
    def documents(self) -> Documents:
        def parse(name: str, text: str) -> dict:
            path = self.folder / name
            path.write_text(text, "utf-8")
            return raw_config_parse(str(path))

        credentials = self.folder / "credentials"
        credentials.write_text(self.credentials, "utf-8")
        return Documents(parse("config", self.config), raw_config_parse(str(credentials), parse_subsections=False))

    def resolve(self, profile: str, ask: Callable = no_question, cancel: CancelToken | None = None) -> Session:
        return resolve(
            profile,
            self.documents,
            ask_mfa=ask,
            progress=self.steps.append,
            cancel=cancel,
            options=self.options,
        )

    def who_am_i(self, profile: str, ask: Callable = no_question, session: Session | None = None) -> Identity:
        return who_am_i(
            profile, self.documents, ask_mfa=ask, progress=self.steps.append, options=self.options, session=session
        )

    def error(self, profile: str, ask: Callable = no_question) -> SessionError:
        """Return the error of a resolution that must fail, having checked that it drags nothing along."""
        with pytest.raises(SessionError) as caught:
            self.resolve(profile, ask)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
        return caught.value


@pytest.fixture
def aws() -> Iterator[StandIn]:
    # The clock stands still, so that whether an MFA code was used before never depends on the speed of the test.
    started = time.time()
    with StandIn(lambda: started) as stand_in:
        yield stand_in


@pytest.fixture
def setup(aws: StandIn, tmp_path: Path) -> Setup:
    """Give profile ``base`` an IAM user's keys, and send every profile's STS calls to the stand-in."""
    return Setup(aws, tmp_path, options=Options(limits=PATIENT, sts_endpoint=aws.url))


@pytest.fixture
def right_code() -> Person:
    return Person([MFA_CODE])
