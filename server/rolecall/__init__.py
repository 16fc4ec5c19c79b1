"""Rolecall: the language server for the AWS shared config and credentials files."""

__version__ = "0.1.0"
