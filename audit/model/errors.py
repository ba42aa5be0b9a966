"""What the person at the keyboard can mend: wrong input, told in one sentence."""

from __future__ import annotations

from collections.abc import Callable

from audit.model.phrase import marked

LONGEST = 400
MOST_TOLD = 1000
_MORE = marked("{count} more such faults are not told here; mend these first.")


def short(value: object) -> object:
    """A value of a message, cut where it is so long that the sentence around it would be lost."""
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[: LONGEST // 2]}…{value[-LONGEST // 2 :]}"
    return value


class Term(str):
    """A word of the product among the values of a message (“number”, “a list”), told in the message's language."""


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
        told = {n: translate(v) if isinstance(v, Term) else short(v) for n, v in self.values.items()}
        return translate(self.message).format(**told)

    def sentences(self, translate: Callable[[str], str] = str) -> tuple[str, ...]:
        """The sentence of every fault; only `InputErrors` has more than one."""
        return (self.sentence(translate),)

    def __str__(self) -> str:
        return self.sentence()


class InputErrors(InputError):
    """Several faults of one input, all reported at once; `faults` are in the order of the input, all of them.

    Their sentences are those of the first thousand (`MOST_TOLD`), and one that says how many more there are.
    """

    def __init__(self, faults: list[InputError]) -> None:
        super().__init__("{count} faults", count=len(faults))
        self.faults = tuple(faults)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        return "\n".join(self.sentences(translate))

    def sentences(self, translate: Callable[[str], str] = str) -> tuple[str, ...]:
        told = [sentence for fault in self.faults[:MOST_TOLD] for sentence in fault.sentences(translate)]
        if (more := len(self.faults) - MOST_TOLD) > 0:
            told.append(translate(_MORE).format(count=more))
        return tuple(told)


class CellError(InputError):
    """A cell of a table that cannot be right: file, 1-based line, column, what stands there, and the reason.

    `reason` is a message of its own (the predicate of the sentence, translated apart) whose places `values` fill; a
    blank cell (`None`) is left out of the sentence.
    """

    def __init__(
        self, path: str, line: int, column: str, cell: str | None, reason: str, /, **values: object
    ) -> None:
        blank = marked("{path}:{line}: {column} {reason}.")
        stated = marked("{path}:{line}: {column} “{cell}” {reason}.")
        message = blank if cell is None else stated
        super().__init__(message, path=path, line=line, column=column, cell=cell, reason=reason)
        self.reason = reason
        self.places = values

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        reason = translate(self.reason).format(**{name: short(value) for name, value in self.places.items()})
        told = {name: short(value) for name, value in self.values.items()}
        return translate(self.message).format(**{**told, "reason": reason})
