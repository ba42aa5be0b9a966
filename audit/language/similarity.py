"""Names that are probably one thing written twice: nearly the same characters, not known to be different.

Similarity is the normalised Indel ratio of RapidFuzz (2·matches / total length), on names with blanks, brackets and
quotation marks taken out. Names are compared with those of a like length only, a block at a time, so that memory stays
small however many there are. What `sightings` tells of where names stand sets some of them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from audit.language.sightings import Sightings
from audit.lexicon import pattern
from audit.model.codes import CodeList

THRESHOLD = 80.0
SHORTEST = 5
_BLOCK = 512
_IGNORED = re.compile(r"[\s“”\"'《》()（）、·\-—]")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]+")


def similar_pairs(
    names: Sequence[str],
    codes: CodeList | None = None,
    seen: Sightings | None = None,
    most: int | None = None,
) -> tuple[tuple[str, str], ...]:
    """Pairs (a, b), a before b, of similar names; not those that the code list joins or sets apart.

    A name and its alias, parent or successor are known to each other; names with different numbers are two things.
    Short names are left out: two characters more or less make another word of them; so is what describes a thing and
    does not name it. With `seen` names that where they stand are two things are none, and a name that is like two such
    goes with the one that it is more like. Where more than `most` pairs are alike by their characters, one more than
    `most` of these is given as they are.
    """
    own = sorted({name for name in names if not pattern(".<of>.").search(name)})
    plain = {name: _IGNORED.sub("", name) for name in own}
    found = _alike([name for name, text in plain.items() if len(text) >= SHORTEST], plain)
    alike = dict(islice(found, None if most is None else most + 1))
    if most is not None and len(alike) > most:
        return tuple(alike)
    alike = {pair: ratio for pair, ratio in alike.items() if not _known_apart(*pair, plain, codes)}
    if seen is not None:
        alike = {pair: ratio for pair, ratio in alike.items() if _as_written(*pair, seen)}
        alike = {pair: ratio for pair, ratio in alike.items() if not seen.apart(*pair)}
        likes = _likes(alike)
        alike = {pair: ratio for pair, ratio in alike.items() if not _better_known(pair, ratio, likes, seen)}
    return tuple(sorted(alike))


def _as_written(a: str, b: str, seen: Sightings) -> bool:
    """Whether the names are alike also as they are written; what a reviewer completed is no likeness."""
    from rapidfuzz import fuzz

    one, other = ([_IGNORED.sub("", text) for text in seen.written(name)] for name in (a, b))
    return any(fuzz.ratio(x, y) >= THRESHOLD for x in one for y in other)


def _likes(alike: Mapping[tuple[str, str], float]) -> dict[str, list[tuple[str, float]]]:
    """The names that each name is like, and how much."""
    found: dict[str, list[tuple[str, float]]] = {}
    for (one, other), ratio in alike.items():
        found.setdefault(one, []).append((other, ratio))
        found.setdefault(other, []).append((one, ratio))
    return found


def _better_known(
    pair: tuple[str, str], ratio: float, likes: Mapping[str, list[tuple[str, float]]], seen: Sightings
) -> bool:
    """Whether one of the two is more like a third that cannot be the other."""
    return any(
        more > ratio and third != other and seen.apart(other, third)
        for name, other in (pair, pair[::-1])
        for third, more in likes[name]
    )


def _alike(wanted: list[str], plain: dict[str, str]) -> Iterator[tuple[tuple[str, str], float]]:
    """The pairs whose ratio is high enough: 2·matches / total length, so that the lengths cannot differ by much."""
    from rapidfuzz import fuzz, process

    wanted = sorted(wanted, key=lambda name: len(plain[name]))
    texts = [plain[name] for name in wanted]
    lengths = [len(text) for text in texts]
    longest = 200 / THRESHOLD - 1
    for start in range(0, len(wanted), _BLOCK):
        end = min(start + _BLOCK, len(wanted))
        others = bisect_right(lengths, lengths[end - 1] * longest)
        scores = process.cdist(
            texts[start:end],
            texts[start:others],
            scorer=fuzz.ratio,
            score_cutoff=THRESHOLD,
            dtype=np.uint8,
            workers=-1,
        )
        rows, columns = scores.nonzero()
        above = rows < columns
        for a, b in zip(rows[above], columns[above], strict=True):
            one, other = sorted((wanted[start + a], wanted[start + b]))
            yield (one, other), fuzz.ratio(texts[start + a], texts[start + b])


def _known_apart(a: str, b: str, plain: dict[str, str], codes: CodeList | None) -> bool:
    numbers = _NUMERAL.findall(plain[a]), _NUMERAL.findall(plain[b])
    if plain[a] == plain[b] or (all(numbers) and numbers[0] != numbers[1]):
        return True
    if codes is None:
        return False
    first, second = codes.names.get(a, a), codes.names.get(b, b)
    related = {*codes.ancestors(first), *codes.chain(first, "successor"), first}
    return second in related or first in {*codes.ancestors(second), *codes.chain(second, "successor")}
