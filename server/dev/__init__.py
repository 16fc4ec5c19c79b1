"""Tools for working on Rolecall; nothing here is shipped."""
