"""A run worked out by several processes, piece by piece: what the others tell of theirs is joined here.

The others load this module, and with it what holds large tables, while they wait (see `processes.Helpers`).
"""

from __future__ import annotations

import pickle
from contextlib import suppress

import audit.engine.lazy_frames  # noqa: F401  what the tables sent are read with
from audit.diagnosis.figures import FigureMarks, tables_of_figures
from audit.diagnosis.gathering import Gathering, Telling
from audit.engine.confront import Work
from audit.engine.processes import Helpers, Pieces
from audit.engine.sending import received, sent
from audit.model.errors import InputError


def work_together(work: Work, run: Gathering, telling: Telling, helpers: Helpers) -> None:
    """The pieces of a run worked out here and by helpers; here what none of them could."""
    pieces = Pieces.of(len(work.pieces))
    helpers.give(pickle.dumps((work, telling, tables_of_figures(work.tables), pieces)))
    left = {*range(len(work.pieces))}
    while (place := pieces.first()) is not None:
        run.confront(work, [work.pieces[place]])
        left.discard(place)
    for answer in helpers.answers() if left else ():
        done, share = received(answer, work.plans)
        run.join(share)
        left -= done
    run.confront(work, (work.pieces[place] for place in sorted(left)))


def help_out(given: bytes) -> bytes:
    """In another process: which pieces were worked out here, and what they came to."""
    work, telling, names, pieces = pickle.loads(given)
    run = Gathering(work.tables, telling, FigureMarks(work.tables, names))
    done = set()
    with suppress(InputError):  # told by the process that gave the work
        while (place := pieces.last()) is not None:
            run.confront(work, [work.pieces[place]])
            done.add(place)
    return sent((done, run.share), work.plans)
