"""What the two files mean together: profiles with the origin of every value, role chains, sessions, services.

Built on the botocore reader, which goes on after a refusal, so that a file under repair still has a meaning.
"""
