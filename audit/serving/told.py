"""What a visitor is told when something cannot be done: one sentence in both languages, with the status of HTTP."""

from __future__ import annotations

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.wording import words


class Refused(Exception):
    """Something that is not done, and why."""

    def __init__(self, phrase: Phrase, status: int = 422) -> None:
        super().__init__(phrase.en)
        self.phrase = phrase
        self.status = status


def refused(message: str, /, status: int = 422, **values: object) -> Refused:
    """A refusal by a message of the catalogue and the values of its places."""
    return Refused(both(InputError(message, **values)), status)


def both(error: InputError) -> Phrase:
    """The sentences of an error in both languages."""
    return Phrase(" ".join(error.sentences(words("zh"))), " ".join(error.sentences(words("en"))))
