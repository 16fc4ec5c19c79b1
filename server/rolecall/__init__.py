"""Rolecall: the language server for the AWS shared config and credentials files."""
