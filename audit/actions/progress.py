"""What a long run is doing just now, told to whoever waits for it."""

from __future__ import annotations

from typing import Protocol


class Step(Protocol):
    """Called when a step begins, with an English message of the catalogue and the values of its places."""

    def __call__(self, message: str, /, **values: object) -> None: ...


def silent(message: str, /, **values: object) -> None:
    """Tells nobody."""
