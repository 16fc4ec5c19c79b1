"""The semantic tokens that were sent last for each document, so that only the difference is sent next."""

from __future__ import annotations


class SentTokens:
    def __init__(self) -> None:
        self._sent: dict[str, tuple[str, list[int]]] = {}
        self._number = 0

    def keep(self, uri: str, data: list[int]) -> str:
        """Remember what is sent; gives the id of the result."""
        self._number += 1
        self._sent[uri] = (str(self._number), data)
        return str(self._number)

    def get(self, uri: str, result_id: str | None) -> list[int] | None:
        """What was sent under an id, None when something else has been sent since."""
        known = self._sent.get(uri)
        return known[1] if known is not None and known[0] == result_id else None

    def forget(self, uri: str) -> None:
        self._sent.pop(uri, None)
