"""The only code that knows pygls, the protocol's JSON and UTF-16."""
