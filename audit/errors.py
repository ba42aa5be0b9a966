"""What a call of audit raises: input that cannot be used, told in one sentence (what, where, what to do about it).

`InputError` is all that one has to catch; `InputErrors` has several faults of one input (`faults`), `CellError` the
place of a cell. `error.sentence(translate)` tells it in another language: `audit.wording.translator("zh")`.
"""

from audit.model.errors import CellError, InputError, InputErrors

__all__ = ["CellError", "InputError", "InputErrors"]
