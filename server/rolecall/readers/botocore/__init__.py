"""How botocore, and with it boto3 and the AWS CLI, read the two files.

`ini` is Python's configparser as botocore uses it, section by section; `merge` makes profiles of both files;
`resolve` says which credential provider wins for a profile, or which error it raises. Nothing here runs botocore:
conformance tests hold it to the real one.
"""
