"""How well scanned plans are read: `python benchmarks/scans.py [--font FONT] [--pages N] [--worn] [PLAN …]`.

Pages are drawn as pictures of the texts of plans (or of a plan of the benchmark's own), as an office prints them: A4, 16
points, 22 lines of 28 characters, 200 dots an inch; with `--worn` they are grey, blurred, speckled and askew besides. Printed:
the share of characters that were recognised (by edit distance, wide and narrow forms alike), the share of the texts'
figures that are found among the recognised with the same number and unit, and the share of those that the texts have; the same by
how sure they were said to be; and the time a page. The extra `ocr` and a Chinese font are needed. Exit code 1 below 99 % of
characters or 98 % of figures; 98 % and 96 % where worn.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw, ImageFilter, ImageFont  # noqa: E402
from rapidfuzz.distance import Levenshtein  # noqa: E402

from audit.documents.model import SourceDocument  # noqa: E402
from audit.documents.opening import read_document  # noqa: E402
from audit.documents.pdf.recognition import recogniser  # noqa: E402
from audit.extraction import extract  # noqa: E402

DOTS = 200
WIDTH, HEIGHT = round(8.27 * DOTS), round(11.69 * DOTS)
EM = round(16 / 72 * DOTS)
LEFT, TOP, LINES, STEP = round(1.1 * DOTS), round(1.4 * DOTS), 22, round(28.9 / 72 * DOTS)
LINE = 28 * EM
FONTS = (
    "**/NotoSerifCJK-Regular.ttc",
    "**/NotoSansCJK-Regular.ttc",
    "**/wqy-*.ttc",
    "**/simsun.ttc",
    "**/uming.ttc",
)
Key = tuple[str, str | None]


def font_of(given: str | None) -> Any:
    """The font to print with: the one given, or a Chinese one of this machine."""
    found = (
        [given] if given else [str(path) for name in FONTS for path in Path("/usr/share/fonts").glob(name)]
    )
    if not found:
        sys.exit("no Chinese font on this machine; give one with --font FILE (Debian has fonts-noto-cjk)")
    return ImageFont.truetype(found[0], EM, index=2 if "CJK" in found[0] else 0)


def own_text(pages: int) -> str:
    """A plan of so many pages with figures of every form."""
    chance = random.Random(16)
    told = ["示范区创新发展行动计划（2026—2028年）"]
    while len(told) < pages * 9:
        a, b, c = (chance.randint(11, 900) for _ in range(3))
        growth, old, new = chance.randint(1, 99) / 10, chance.randint(10, 40), chance.randint(41, 80)
        told += [
            f"（{len(told)}）到2028年，新建项目投资{a + b + c}亿元，其中东区{a}亿元、西区{b}亿元、北区{c}亿元，增长{growth}%。",
            f"研发机构达到{chance.randint(1000, 9999):,}家以上，技术合同成交额突破{growth}万亿元，占比由{old}.5%提高到{new}%。",
            "坚持创新驱动、企业主体、开放协同，推动科技创新和产业创新深度融合，健全工作机制，压实工作责任，确保落实。",
        ]
    return "\n".join(told)


def printed(text: str, font: Any) -> Iterator[Any]:
    """The pages of a text."""
    rows = [row for line in text.splitlines() if line.strip() for row in _rows("　　" + line.strip(), font)]
    for first in range(0, len(rows), LINES):
        page = Image.new("RGB", (WIDTH, HEIGHT), "white")
        draw = ImageDraw.Draw(page)
        for number, row in enumerate(rows[first : first + LINES]):
            draw.text((LEFT, TOP + number * STEP), row, font=font, fill="black")
        yield page


def _rows(line: str, font: Any) -> Iterator[str]:
    row = ""
    for sign in line.replace("\t", "　"):
        if font.getlength(row + sign) > LINE and sign not in "，。、；：）》”％%":
            yield row
            row = ""
        row += sign
    yield row


def worn(page: Any, number: int) -> Any:
    """A page as a used copier gives it."""
    chance = random.Random(number)
    page = page.rotate(chance.uniform(-1.2, 1.2), resample=Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(1.1)).point(lambda value: 70 + value * 165 // 255)
    speckle = Image.effect_noise(page.size, 60).convert("RGB")
    return Image.blend(page, speckle, 0.12)


def scanned(pages: Sequence[Any], folder: Path) -> SourceDocument:
    path = folder / "scan.pdf"
    pages[0].save(path, save_all=True, append_images=list(pages[1:]), resolution=DOTS, quality=60)
    return read_document(path)


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def figures(text: str) -> list[tuple[Key, int, int]]:
    return [((plain(one.literal), one.unit), one.start, one.end) for one in extract(text).figures]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("plans", nargs="*", type=Path)
    parser.add_argument("--font")
    parser.add_argument("--pages", type=int, default=4, help="of each plan at most")
    parser.add_argument("--worn", action="store_true")
    asked = parser.parse_args()
    if recogniser() is None:
        sys.exit("the extra ocr is not installed: pip install 'plan-audit[ocr]'")
    font = font_of(asked.font)
    texts = [read_document(path).text for path in asked.plans] or [own_text(asked.pages)]
    signs = wrong = pages = 0
    total: Counter[str] = Counter()
    sure: dict[str, Counter[bool]] = {}
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            sheets = list(printed(text, font))[: asked.pages]
            text = _of_pages(text, font, asked.pages)
            pages += len(sheets)
            document = scanned(
                [worn(one, at) for at, one in enumerate(sheets)] if asked.worn else sheets, Path(folder)
            )
            signs += len(plain(text))
            wrong += Levenshtein.distance(plain(text), plain(document.text))
            left = Counter(key for key, _, _ in figures(text))
            total["stated"] += left.total()
            for key, start, end in figures(document.text):
                right = left[key] > 0
                left[key] -= right
                total["read"] += 1
                total["right"] += right
                sure.setdefault(_grade(document.sureness(start, end) or 0), Counter())[right] += 1
    spent = time.process_time() - begun
    share = 1 - wrong / signs
    recall, precision = total["right"] / max(1, total["stated"]), total["right"] / max(1, total["read"])
    print(
        f"{pages} pages{' (worn)' if asked.worn else ''} of {len(texts)} texts, {spent / pages:.1f} s of processor time a page"
    )
    print(f"characters: {share:.2%} of {signs}")
    print(
        f"figures: {recall:.2%} of the {total['stated']} stated are read, {precision:.2%} of the {total['read']} read are stated"
    )
    for grade, counted in sorted(sure.items(), reverse=True):
        print(f"  sure to {grade}: {counted[True] / counted.total():.2%} of {counted.total()} are right")
    least = (0.98, 0.96) if asked.worn else (0.99, 0.98)
    return int(share < least[0] or recall < least[1])


def _of_pages(text: str, font: Any, pages: int) -> str:
    """The text that stands on the first pages."""
    kept: list[str] = []
    room = pages * LINES
    for line in text.splitlines():
        rows = list(_rows("　　" + line.strip(), font)) if line.strip() else []
        kept.append("".join(rows[:room]).strip("　") if len(rows) > room else line)
        room -= len(rows)
        if room <= 0:
            break
    return "\n".join(kept)


def _grade(sure: float) -> str:
    return "99 %" if sure >= 0.99 else "95-98 %" if sure >= 0.95 else "80-94 %" if sure >= 0.8 else "0-79 %"


if __name__ == "__main__":
    sys.exit(main())
