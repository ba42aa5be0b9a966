"""Records of the model and of the language as bytes, and read back: these records, and nothing that could be called for
its effects."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import is_dataclass
from typing import Any

_ROOMS = ("audit.model.", "audit.language.")


def packed(value: object, known: Sequence[object] = ()) -> bytes:
    """A value as bytes; in the place of each of the `known` objects only its number is kept."""
    if not known:
        return pickle.dumps(value, protocol=5)
    file = io.BytesIO()
    _Pickler(file, known).dump(value)
    return file.getvalue()


def unpacked(content: bytes | None, known: Sequence[object] = ()) -> Any:
    """What was packed with the same `known` objects; None for nothing, and for whatever a damaged entry makes of itself."""
    try:
        return None if content is None else _Unpickler(io.BytesIO(content), known).load()
    except Exception:  # as what is read may be anything
        return None


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: Sequence[object]) -> None:
        super().__init__(file, protocol=5)
        self._numbers = {id(value): number for number, value in enumerate(known)}

    def persistent_id(self, value: object) -> int | None:
        return self._numbers.get(id(value))


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, known: Sequence[object]) -> None:
        super().__init__(file)
        self._known = known

    def persistent_load(self, number: int) -> object:
        return self._known[number]

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("decimal", "Decimal") or module.startswith(_ROOMS):
            found = super().find_class(module, name)
            if (
                isinstance(found, type)
                and found.__module__ == module
                and (module == "decimal" or is_dataclass(found))
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
