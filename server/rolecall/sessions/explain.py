"""What went wrong, in one sentence: botocore's exceptions and AWS's answers as ``SessionError``.

Nothing of an exception's text is passed on. Texts are looked at only to tell cases apart that AWS gives the same code.
Codes that are no rule's name: denied, mfa-code-refused, mfa-device, source-expired, unknown-key, wrong-secret, clock,
timeout, network, tls, throttled, aws-fault, aws-refused, sts-not-active, duration, no-such-profile, no-credentials,
sso-sign-in, sso-denied, credential-source, process-not-allowed, login-session, web-identity-token, invalid-endpoint,
endpoint-not-trusted, internal, cancelled.
Import this module inside functions only, as it imports botocore.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

import botocore.exceptions as raised

from rolecall.sessions.documents import role_chain, text_of
from rolecall.sessions.errors import SessionError, shown, shown_region
from rolecall.sessions.faults import ACTIONS_OF_ROLES, Trace, duration_over_chain_limit, no_such_profile

_CODE = re.compile(r"[A-Za-z][A-Za-z.]{0,60}", re.ASCII)
_PARAMETERS = {
    "RoleArn": "role_arn",
    "RoleSessionName": "role_session_name",
    "DurationSeconds": "duration_seconds",
    "ExternalId": "external_id",
    "SerialNumber": "mfa_serial",
    "accountId": "sso_account_id",
    "roleName": "sso_role_name",
}
_SSO_KEYS = ("sso_start_url", "sso_region", "sso_account_id", "sso_role_name")


def explain(error: Exception, trace: Trace) -> SessionError:
    """Return what to tell the user of an exception that was raised while the trace stood where it stands."""
    if isinstance(error, SessionError):
        return error
    if isinstance(error, raised.ClientError):
        return _refused(error, trace)
    for kind, setting in _SETTINGS_OF_ERRORS:
        if isinstance(error, kind):
            return _invalid_value(f"the value of {setting}", trace)
    if isinstance(error, raised.ParamValidationError):
        return _invalid_parameter(str(error), trace)
    for kinds, answer in _ANSWERS:
        if isinstance(error, kinds):
            return answer(trace)
    return SessionError("internal", trace.problem, f"the AWS library failed ({type(error).__name__})")


def _refused(error: raised.ClientError, trace: Trace) -> SessionError:
    answer = error.response.get("Error", {})
    code = str(answer.get("Code", ""))
    text = str(answer.get("Message", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    signer = shown(trace.signer)

    def because(kind: str, cause: str, way_out: str = "") -> SessionError:
        return SessionError(kind, trace.problem, cause, way_out)

    match code:
        case "AccessDenied" | "AccessDeniedException" if "MultiFactorAuthentication failed" in text:
            return _mfa_refused(text, because)
        case "AccessDenied" | "AccessDeniedException" if trace.operation in ACTIONS_OF_ROLES:
            hint = "" if _has_mfa(trace) else " If the role asks for MFA, set mfa_serial."
            who = "its web identity" if trace.operation == "AssumeRoleWithWebIdentity" else f"profile {signer}"
            return because("denied", f"AWS denied it to {who}", f"Check the role's trust policy and permissions.{hint}")
        case "AccessDenied" | "AccessDeniedException":
            return because("denied", "AWS denied the call", "Check the permissions of its user or role.")
        case "ExpiredToken" | "ExpiredTokenException" if trace.operation == "AssumeRoleWithWebIdentity":
            return because("web-identity-token", "the web identity token has expired", "Get a new token and try again.")
        case "ExpiredToken" | "ExpiredTokenException":
            return because(
                "source-expired", f"the session of profile {signer} has expired", "Get new keys for it and try again."
            )
        case "InvalidClientTokenId" | "UnrecognizedClientException" | "MissingAuthenticationToken":
            return because(
                "unknown-key",
                f"AWS does not know the access key of profile {signer}",
                "Check the access key and the session token, and that the key was not deleted or made inactive.",
            )
        case "SignatureDoesNotMatch" if "xpired" in text or "not yet current" in text:
            return because("clock", "the clock of this machine is wrong", "Set the clock and try again.")
        case "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture":
            return because("clock", "the clock of this machine is wrong", "Set the clock and try again.")
        case "SignatureDoesNotMatch" | "InvalidSignatureException" | "IncompleteSignature":
            return because(
                "wrong-secret",
                f"the secret access key of profile {signer} does not belong to its access key",
                "Copy both again from the same place.",
            )
        case "RegionDisabledException":
            return because(
                "sts-not-active",
                f"STS is not active{shown_region(trace.region)} for this account",
                "Choose another Region.",
            )
        case "ValidationError" if "role chaining" in text:
            return duration_over_chain_limit(trace.asker, trace)
        case "ValidationError" if "MaxSessionDuration" in text:
            return because("duration", "the role does not allow sessions that long", "Lower duration_seconds.")
        case "InvalidIdentityToken" | "IDPRejectedClaim" | "IDPCommunicationError":
            return because(
                "web-identity-token", "AWS did not accept the web identity token", "Get a new token and try again."
            )
        case "UnauthorizedException" if trace.service == "sso":
            return _sign_in_again(trace)
        case "ForbiddenException" | "ResourceNotFoundException" if trace.service == "sso":
            return because(
                "sso-denied",
                "you are not assigned to that account and permission set",
                "Check sso_account_id and sso_role_name.",
            )
    if status == 429 or "Throttl" in code or code in ("TooManyRequestsException", "RequestLimitExceeded"):
        return because("throttled", "AWS asks to slow down", "Wait a minute and try again.")
    if isinstance(status, int) and status >= 500:
        return because("aws-fault", f"{trace.place} answered with a fault ({status})", "Try again in a moment.")
    name = code if _CODE.fullmatch(code) else "no error code"
    return because("aws-refused", f"AWS refused the request ({name})", "Check the settings of the profile.")


def _mfa_refused(text: str, because: Callable[[str, str, str], SessionError]) -> SessionError:
    if "unable to validate" in text:
        return because("mfa-device", "the MFA device is not one of this user's", "Check mfa_serial.")
    if "must provide" in text:
        return because("mfa-device", "AWS asks for an MFA code", "Set mfa_serial.")
    return because("mfa-code-refused", "the MFA code was not accepted", "Wait for the next code and try again.")


def _has_mfa(trace: Trace) -> bool:
    return text_of(trace.sections.profiles.get(trace.asker, {}), "mfa_serial") is not None


def _connect_timeout(trace: Trace) -> SessionError:
    return _timeout(trace, trace.limits.connect)


def _read_timeout(trace: Trace) -> SessionError:
    return _timeout(trace, trace.limits.read)


def _timeout(trace: Trace, seconds: float) -> SessionError:
    return SessionError(
        "timeout", f"Could not reach {trace.place} within {seconds:g} s", way_out=_network_way_out(trace)
    )


def _network(trace: Trace) -> SessionError:
    return SessionError("network", f"Could not reach {trace.place}", way_out=_network_way_out(trace))


def _network_way_out(trace: Trace) -> str:
    if trace.endpoint is not None:
        return "Check that it runs there, or the endpoint_url."
    return "Check the network or the profile's region."


def _tls(trace: Trace) -> SessionError:
    return SessionError(
        "tls",
        f"Could not reach {trace.place}",
        "its TLS certificate was not accepted",
        "Behind a company proxy, set ca_bundle to the company's certificates.",
    )


def _sign_in(trace: Trace) -> SessionError:
    return _sso(trace, "is missing")


def _sign_in_again(trace: Trace) -> SessionError:
    return _sso(trace, "has expired")


def _sso(trace: Trace, state: str) -> SessionError:
    leaf = role_chain(trace.profile, trace.sections.profiles).profiles[-1]
    return SessionError(
        "sso-sign-in",
        f"Could not use profile {shown(trace.profile)}",
        f"its IAM Identity Center sign-in {state}",
        f"Run: aws sso login --profile {shlex.quote(leaf)}",
    )


def _partial(trace: Trace) -> SessionError:
    names = role_chain(trace.profile, trace.sections.profiles).profiles
    leaf = names[-1]
    settings = trace.sections.profiles.get(leaf, {})
    problem = f"Could not use profile {shown(trace.profile)}"
    if "role_arn" in settings and "source_profile" not in settings and "credential_source" not in settings:
        return SessionError(
            "role-without-source",
            problem,
            f"profile {shown(leaf)} names a role but no source_profile",
            "Add source_profile.",
        )
    missing = "secret access key" if "aws_secret_access_key" not in settings else "access key id"
    return SessionError(
        "partial-credentials",
        problem,
        f"the {missing} is missing next to the other half of the key of profile {shown(leaf)}",
        "Add it, in the same file.",
    )


def _loop(trace: Trace) -> SessionError:
    names = role_chain(trace.profile, trace.sections.profiles).profiles
    loop = " → ".join(shown(name)[1:-1] for name in names)
    return SessionError(
        "source-profile-loop",
        f"Could not use profile {shown(trace.profile)}",
        f"the role chain loops ({loop})",
        "Let one of them use a source_profile with keys.",
    )


def _invalid_config(trace: Trace) -> SessionError:
    """Find the fault in the settings themselves, as botocore has one class for all of these."""
    found = trace.sections
    profiles, sso_sessions, services = found.profiles, found.sso_sessions, found.services
    names = role_chain(trace.profile, profiles).profiles
    leaf = names[-1]
    settings = profiles.get(leaf, {})

    def because(kind: str, cause: str, way_out: str) -> SessionError:
        return SessionError(kind, f"Could not use profile {shown(trace.profile)}", cause, way_out)

    for name in names:
        if "source_profile" in profiles.get(name, {}) and "credential_source" in profiles.get(name, {}):
            return because(
                "conflicting-sources",
                f"profile {shown(name)} has both source_profile and credential_source",
                "Remove one of them.",
            )
    if settings.get("source_profile") == "":
        return because("empty-value", f"source_profile of profile {shown(leaf)} is empty", "Name a profile.")
    if leaf not in profiles:
        return because(
            "missing-source-profile", f"its source profile {shown(leaf)} does not exist", "Correct source_profile."
        )
    sso_session = text_of(settings, "sso_session")
    if sso_session is not None and sso_session not in sso_sessions:
        return because(
            "missing-sso-session", f"the sso-session {shown(sso_session)} does not exist", "Correct sso_session."
        )
    if "sso_account_id" in settings or "sso_role_name" in settings:
        session = sso_sessions.get(sso_session or "", {})
        missing = [key for key in _SSO_KEYS if key not in settings and key not in session]
        if missing:
            return because(
                "incomplete-sso", f"{', '.join(missing)} is not set for profile {shown(leaf)}", "Add what is missing."
            )
        if any(settings.get(key, value) != value for key, value in session.items()):
            return because(
                "sso-session-conflict",
                f"profile {shown(leaf)} and its sso-session disagree",
                "Remove what the profile repeats.",
            )
    wanted = text_of(profiles.get(trace.profile, {}), "services")
    if wanted is not None and wanted not in services:
        return because(
            "missing-services-section", f"the services section {shown(wanted)} does not exist", "Correct services."
        )
    if "web_identity_token_file" in settings and "role_arn" not in settings:
        return because("invalid-value", f"profile {shown(leaf)} has a web identity but no role", "Add role_arn.")
    if "credential_source" in settings:
        return because("invalid-value", "its credential_source is none that AWS knows", "Correct credential_source.")
    if len(names) > 1:
        return because(
            "source-profile-without-credentials",
            f"its source profile {shown(leaf)} has nothing to sign in with",
            "Add its access key.",
        )
    return because("invalid-value", "its settings contradict each other", "Check the profile.")


def _invalid_parameter(report: str, trace: Trace) -> SessionError:
    """Name the settings behind the parameters that botocore complains about; its report holds their values."""
    named = [key for parameter, key in _PARAMETERS.items() if re.search(rf"parameter {parameter}\b", report)]
    return _invalid_value(f"the value of {' and '.join(named)}" if named else "one of its settings", trace)


def _invalid_value(what: str, trace: Trace) -> SessionError:
    return SessionError("invalid-value", trace.problem, f"AWS tools do not take {what}", "Correct it.")


def _web_identity_file(trace: Trace) -> SessionError:
    return SessionError(
        "web-identity-token",
        trace.problem,
        "its web_identity_token_file cannot be read",
        "Check the path, or that the program that writes it has run.",
    )


def _bad_endpoint(trace: Trace) -> SessionError:
    return SessionError(
        "invalid-endpoint", trace.problem, "its region or endpoint_url makes no valid address", "Correct it."
    )


_SETTINGS_OF_ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (raised.InvalidSTSRegionalEndpointsConfigError, "sts_regional_endpoints"),
    (raised.InvalidS3UsEast1RegionalEndpointConfigError, "s3_us_east_1_regional_endpoint"),
    (raised.InvalidChecksumConfigError, "request_checksum_calculation or response_checksum_validation"),
)
_Kinds = type[Exception] | tuple[type[Exception], ...]
# The first that fits wins: subclasses stand above what they derive from.
_ANSWERS: tuple[tuple[_Kinds, Callable[[Trace], SessionError]], ...] = (
    (raised.ProfileNotFound, no_such_profile),
    (raised.ConnectTimeoutError, _connect_timeout),
    (raised.ReadTimeoutError, _read_timeout),
    (raised.SSLError, _tls),
    ((raised.ConnectionError, raised.HTTPClientError, raised.IncompleteReadError), _network),
    (raised.InfiniteLoopConfigError, _loop),
    (raised.InvalidConfigError, _invalid_config),
    (raised.PartialCredentialsError, _partial),
    (raised.SSOTokenLoadError, _sign_in),
    ((raised.UnauthorizedSSOTokenError, raised.TokenRetrievalError), _sign_in_again),
    ((raised.InvalidRegionError, raised.BaseEndpointResolverError, raised.EndpointProviderError), _bad_endpoint),
    (OSError, _web_identity_file),
    (ValueError, _bad_endpoint),
)
