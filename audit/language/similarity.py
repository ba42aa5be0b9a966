"""Names that are probably one thing written twice: nearly the same characters, not known to be different.

Similarity is the normalised Indel ratio of RapidFuzz (2·matches / total length), on names with blanks, brackets and
quotation marks taken out. Candidates are limited to names that share most of their character pairs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.model.codes import CodeList

THRESHOLD = 80.0
SHORTEST = 5
_IGNORED = re.compile(r"[\s“”\"'《》()（）、·\-—]")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]+")


def similar_pairs(names: Sequence[str], codes: CodeList | None = None) -> tuple[tuple[str, str], ...]:
    """Pairs (a, b), a before b, of similar names; not those that the code list joins or sets apart.

    A name and its alias, parent or successor are known to each other; names with different numbers are two things.
    Short names are left out: two characters more or less make another word of them.
    """
    from rapidfuzz import fuzz, process

    plain = {name: _IGNORED.sub("", name) for name in sorted(set(names))}
    wanted = [name for name, text in plain.items() if len(text) >= SHORTEST]
    scores = process.cdist(
        [plain[name] for name in wanted],
        [plain[name] for name in wanted],
        scorer=fuzz.ratio,
        score_cutoff=THRESHOLD,
    )
    rows, columns = scores.nonzero()
    return tuple(
        (wanted[a], wanted[b])
        for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
        if a < b and not _known_apart(wanted[a], wanted[b], plain, codes)
    )


def _known_apart(a: str, b: str, plain: dict[str, str], codes: CodeList | None) -> bool:
    numbers = _NUMERAL.findall(plain[a]), _NUMERAL.findall(plain[b])
    if plain[a] == plain[b] or (all(numbers) and numbers[0] != numbers[1]):
        return True
    if codes is None:
        return False
    first, second = codes.names.get(a, a), codes.names.get(b, b)
    related = {*codes.ancestors(first), *codes.chain(first, "successor"), first}
    return second in related or first in {*codes.ancestors(second), *codes.chain(second, "successor")}
