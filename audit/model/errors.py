"""What the person at the keyboard can mend: wrong input, told in one sentence."""

from __future__ import annotations

from collections.abc import Callable


class InputError(Exception):
    """Input that cannot be used: what is wrong, where, and what to do about it, in one sentence.

    `message` is the English sentence with `{name}` places and the key of its translation; `values` fill the places.
    The command line prints it in the user's language and exits with 2.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence with its places filled, after `translate` has turned the message into another language."""
        return translate(self.message).format(**self.values)

    def __str__(self) -> str:
        return self.sentence()


class InputErrors(InputError):
    """Several faults of one input, all reported at once; `faults` are in the order of the input."""

    def __init__(self, faults: list[InputError]) -> None:
        super().__init__("{count} faults", count=len(faults))
        self.faults = tuple(faults)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        return "\n".join(fault.sentence(translate) for fault in self.faults)
