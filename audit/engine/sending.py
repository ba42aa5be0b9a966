"""What another process found, as bytes: without the plans, which both sides have."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from audit.language.plan import Plan


def sent(told: object, plans: Mapping[int, Plan]) -> bytes:
    """What is told, with plans by their number."""
    to = BytesIO()
    _Pickler(to, plans).dump(told)
    return to.getvalue()


def received(told: bytes, plans: Mapping[int, Plan]) -> Any:
    """What was sent, with the plans of these numbers."""
    return _Unpickler(BytesIO(told), plans).load()


class _Pickler(pickle.Pickler):
    def __init__(self, to: BytesIO, plans: Mapping[int, Plan]) -> None:
        super().__init__(to, protocol=pickle.HIGHEST_PROTOCOL)
        self._numbers = {id(plan): number for number, plan in plans.items()}

    def persistent_id(self, written: object) -> int | None:
        return self._numbers.get(id(written))


class _Unpickler(pickle.Unpickler):
    def __init__(self, source: BytesIO, plans: Mapping[int, Plan]) -> None:
        super().__init__(source)
        self._plans = plans

    def persistent_load(self, number: int) -> Plan:
        return self._plans[number]
