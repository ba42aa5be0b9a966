"""Tables of plain text whose columns align, also where East Asian characters take two places."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[object]], heads: Sequence[str] = ()) -> str:
    """The rows below their heads; every cell as it is written, numbers too."""
    import tabulate

    return tabulate.tabulate(rows, headers=heads, tablefmt="plain", disable_numparse=True)
