"""Parts that are first named and then told one by one: `面积60公顷，包括东区和西区。东区面积20公顷，西区面积40公顷。`"""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.figures.nouns import list_items
from audit.extraction.relations.scopes import is_part_by_name
from audit.extraction.relations.ties import Tied, comparable, is_level, sum_of
from audit.lexicon import pattern

_NAMED = pattern(r",?(?:<names all parts>)(?P<names>[^,;。:(\n\d]{3,60})[。;,]")
_OPEN = pattern("<and so on>$")
_FEWEST = 2


def enumerated(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """The sums of wholes whose parts are all named right after them and then have a level each, in any order."""
    found: list[Tied] = []
    for place, whole in enumerate(paragraph):
        named = _NAMED.match(clean, whole.quantity.span_end) if is_level(whole) else None
        if named is None or _OPEN.search(named["names"]):
            continue
        names = list_items(named["names"])
        later = [r for r in paragraph[place + 1 :] if comparable(whole, r) and is_part_by_name(whole, r)]
        parts = [[r for r in later if r.indicator.startswith(name)] for name in names]
        if len(names) < _FEWEST or any(len(told) != 1 for told in parts):
            continue
        ordered = sorted((told[0] for told in parts), key=lambda r: r.quantity.start)
        if len({id(part) for part in ordered}) == len(names):
            tied = sum_of(whole, ordered, told=True)
            found.extend([tied] if tied is not None else [])
    return found
