"""How the AWS SDK for JavaScript (v3) reads the two files.

`ini` is the SDK's `parseIni`, section by section; `merge` is what `loadSharedConfigFiles`, `loadSsoSessionData` and
`parseKnownFiles` make of both files; `resolve` is `fromIni` for a profile that was asked for, and `client` what the
clients of STS and SSO refuse that it makes on its way. Nothing here runs the SDK: differential tests hold it to the
real packages.
"""
