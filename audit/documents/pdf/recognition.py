"""The reader of pictures of the extra `ocr`: RapidOCR, with the models that it carries in its package.

Nothing is fetched: the models are named by their files, and where the package has none there is no reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from audit.documents.pdf.scans import Recogniser, Seen, Stretch
from audit.documents.pdf.tables import Box

EXTRA = "plan-audit[ocr]"
_NEEDED = ("rapidocr", "onnxruntime", "pypdfium2")
_STEEPEST, _LEVEL = 4.0, 0.15
_DARK = 140
_LEVEL_RULE, _UPRIGHT_RULE, _THICKEST = 90, 60, 12


_each: ContextVar[Callable[[int], None] | None] = ContextVar("each", default=None)


@contextmanager
def telling(each: Callable[[int], None]) -> Iterator[None]:
    """Meanwhile `each` is told, before every picture of a file that is read, which it is, from 1."""
    token = _each.set(each)
    try:
        yield
    finally:
        _each.reset(token)


def recogniser() -> Recogniser | None:
    """The reader of pictures; `None` without the extra."""
    each, numbers = _each.get(), count(1)
    if not _models() or each is None:
        return _seen if _models() else None

    def seen(picture: Any) -> Seen:
        each(next(numbers))
        return _seen(picture)

    return seen


def recognises_with() -> str:
    """What pictures are read with, to tell what was read with something else; blank without the extra."""
    return "\0".join(_models().values())


@cache
def _models() -> dict[str, str]:
    """The files of the models that find and that recognise writing, by the option that names them."""
    found = [find_spec(name) for name in _NEEDED]
    if any(spec is None for spec in found) or found[0] is None or found[0].origin is None:
        return {}
    folder = Path(found[0].origin).parent / "models"
    models = {
        f"{part}.model_path": str(path)
        for part, kind in (("Det", "det"), ("Rec", "rec"))
        for path in sorted(folder.glob(f"*_{kind}_*.onnx"))[:1]
    }
    return models if len(models) == 2 else {}


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error", "Global.use_cls": False, "Global.text_score": 0.0, "Global.max_side_len": 4000,
            "Det.limit_type": "max", "Det.limit_side_len": 1280, **_models(),
        }
    )  # fmt: skip


def _seen(picture: Any) -> Seen:
    level, turned = _levelled(picture)
    read = _engine()(level, return_word_box=True, return_single_char_box=True)
    if read.txts is None or read.boxes is None:
        return Seen((), (), turned)
    lines = zip(read.boxes, read.txts, read.scores, read.word_results, strict=True)
    stretches = (_stretch(*line) for line in lines)
    return Seen(tuple(one for one in stretches if one.text), tuple(_rules(level)), turned)


def _stretch(box: Any, text: str, score: float, signs: Any) -> Stretch:
    """A line as it was recognised.

    Its blanks are left out of `signs`, but not of how sure each sign is, so that the last have none: these are as sure as
    the line, or as its least sure sign.
    """
    top, bottom = (float((box[a][1] + box[b][1]) / 2) for a, b in ((0, 1), (3, 2)))
    known = [float(sure) for _, sure, _ in signs]
    sure = known + [min([float(score), *known])] * (len(text) - len(known))
    ends = [(float(min(x for x, _ in corners)), float(max(x for x, _ in corners))) for _, _, corners in signs]
    placed: list[tuple[float, float]] = []
    for sign in text:
        last = placed[-1][1] if placed else float(box[0][0])
        placed.append((last, last) if sign.isspace() or not ends else ends.pop(0))
    return Stretch(text, tuple(placed), top, bottom, tuple(sure))


def _levelled(picture: Any) -> tuple[Any, float]:
    """The picture turned so that its lines are level, and by how many degrees, clockwise."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ink = (small < _DARK + 60).astype("float32")

    def steps(angle: float) -> float:
        sums = _turned(ink, angle, 0.0).sum(axis=1)
        return float((np.diff(sums) ** 2).sum())

    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=steps)
    angle = float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=steps))
    if abs(angle) < _LEVEL:
        return picture, 0.0
    return _turned(picture, angle, (255, 255, 255)), angle


def _turned(picture: Any, angle: float, ground: Any) -> Any:
    """The picture turned clockwise about its middle."""
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground)


def _rules(picture: Any) -> list[Box]:
    """The long straight strokes of a picture, level and upright."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    dark = cv2.threshold(grey, _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    found: list[Box] = []
    for shape in ((_LEVEL_RULE, 1), (1, _UPRIGHT_RULE)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        strokes = cv2.dilate(strokes, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        for x, y, width, height, _ in cv2.connectedComponentsWithStats(strokes)[2][1:]:
            if min(width, height) <= _THICKEST:
                found.append((float(x), float(y), float(x + width), float(y + height)))
    return found
