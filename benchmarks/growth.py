"""How time and memory grow with figures and with rules, as a picture: `audit check` and the same by hand in DuckDB SQL.

Five rules over a thousand to ten million figures, and one to five hundred rules at the same keys over a million figures
(see `scale`). Every run is a process of its own; told are processor time and the most memory. Two pictures are written,
`docs/pages/{en,zh}/howto/growth.svg`; every point says its numbers when it is pointed at.

    python benchmarks/growth.py [MOST FIGURES] [MOST RULES]
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks import scale
from benchmarks.scale_data import rules_of_same_keys

ROOT = Path(__file__).parents[1]
FIGURES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
RULES = (1, 5, 20, 100, 500)
AMONG = 1_000_000
"""The figures that many rules are tried on."""

Line = Sequence[tuple[float, float]]
"""What was measured: how many figures or rules, and what they take."""
WORDS = {
    "en": {
        "figures": "figures, five rules", "rules": "rules at the same keys, a million figures",
        "time": "processor time, s", "memory": "memory, GB", "audit": "audit check", "duckdb": "DuckDB SQL by hand",
        "measured": "measured on two cores, {}",
    },
    "zh": {
        "figures": "指标数（五条规则）", "rules": "同样的键上的规则数（一百万个指标）",
        "time": "处理器时间（秒）", "memory": "内存（GB）", "audit": "audit check", "duckdb": "手写 DuckDB SQL",
        "measured": "双核机器上测得，{}",
    },
}  # fmt: skip
COLOURS = {"audit": "#3949ab", "duckdb": "#e07b39"}
WIDTH, HEIGHT, LEFT, TOP = 360, 190, 52, 34


def by_figures(most: int) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Time and memory of each tool, for up to so many figures."""
    found: dict[str, dict[str, list[tuple[float, float]]]] = {"time": {}, "memory": {}}
    for count in (one for one in FIGURES if one <= most):
        with tempfile.TemporaryDirectory() as folder:
            _write(count, folder)
            for tool in COLOURS:
                _note(found, tool, count, scale.run(tool, Path(folder)))
    return found


def by_rules(most: int) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Time and memory of up to so many rules."""
    found: dict[str, dict[str, list[tuple[float, float]]]] = {"time": {}, "memory": {}}
    with tempfile.TemporaryDirectory() as folder:
        _write(AMONG, folder)
        for count in (one for one in RULES if one <= most):
            (Path(folder) / "many.yaml").write_text(rules_of_same_keys(count), encoding="utf-8")
            _note(found, "audit", count, scale.run("audit", Path(folder), "many.yaml"))
    return found


def _write(count: int, folder: str) -> None:
    """Generated figures, by a process of its own, so that this one stays small."""
    subprocess.run([sys.executable, f"{scale.__file__}", "--write", str(count), folder], check=True)


def _note(
    found: Mapping[str, dict[str, list[tuple[float, float]]]], tool: str, count: int, used: tuple[float, float, float, object]
) -> None:  # fmt: skip
    for what, number in (("time", used[0]), ("memory", used[2])):
        found[what].setdefault(tool, []).append((count, number))
    print(f"{tool:8} {count:9} {used[0]:8.2f} s {used[2]:6.2f} GB", flush=True)


def picture(
    measured: Mapping[str, Mapping[str, Mapping[str, Line]]], words: Mapping[str, str], day: str
) -> str:
    """The picture as SVG: a panel for what grows (`figures`, `rules`) by what it takes (`time`, `memory`)."""
    panels = [
        _panel(column, row, of, what, lines, words)
        for column, (of, taken) in enumerate(measured.items())
        for row, (what, lines) in enumerate(taken.items())
    ]
    width, height = 2 * (WIDTH + LEFT) + 40, 2 * (HEIGHT + TOP) + 84
    key = [
        f'<circle cx="{LEFT + 200 * n}" cy="{height - 12}" r="4" fill="{COLOURS[tool]}"/>'
        f'<text x="{LEFT + 200 * n + 9}" y="{height - 8}">{words[tool]}</text>'
        for n, tool in enumerate(COLOURS)
    ]
    told = f'<text x="{width - 12}" y="{height - 8}" text-anchor="end">{words["measured"].format(day)}</text>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" '
        f'fill="#333"><rect width="{width}" height="{height}" fill="#fff"/>'
    )
    return "\n".join([head, *panels, *key, told, "</svg>", ""])


def _panel(
    column: int, row: int, of: str, what: str, lines: Mapping[str, Line], words: Mapping[str, str]
) -> str:
    points = [point for line in lines.values() for point in line]
    across, up = (_decades([point[axis] for point in points]) for axis in (0, 1))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(WIDTH * (math.log10(x) - across[0]) / (across[1] - across[0]), 1),
            round(HEIGHT - HEIGHT * (math.log10(y) - up[0]) / (up[1] - up[0]), 1),
        )

    drawn = [
        f'<text y="-8">{words[what]}</text>',
        f'<text x="{WIDTH}" y="{HEIGHT + 30}" text-anchor="end">{words[of]}</text>',
    ]
    for decade in range(across[0], across[1] + 1):
        x, _ = place(10.0**decade, 10.0 ** up[0])
        drawn.append(f'<path d="M{x} 0V{HEIGHT}" stroke="#ddd"/>')
        drawn.append(f'<text x="{x}" y="{HEIGHT + 15}" text-anchor="middle">{_told(decade)}</text>')
    for decade in range(up[0], up[1] + 1):
        _, y = place(10.0 ** across[0], 10.0**decade)
        drawn.append(f'<path d="M0 {y}H{WIDTH}" stroke="#ddd"/>')
        drawn.append(f'<text x="-6" y="{y + 4}" text-anchor="end">{_told(decade)}</text>')
    for tool, line in lines.items():
        path = " ".join("{},{}".format(*place(*point)) for point in line)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[tool]}" stroke-width="2"/>')
        for point in line:
            x, y = place(*point)
            drawn.append(
                f'<circle cx="{x}" cy="{y}" r="4" fill="{COLOURS[tool]}"><title>{words[tool]}: {point[0]:,} · '
                f"{point[1]:.2f}</title></circle>"
            )
    at = f"translate({LEFT + column * (WIDTH + LEFT)} {TOP + row * (HEIGHT + TOP + 16)})"
    return f'<g transform="{at}">{"".join(drawn)}</g>'


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around numbers."""
    least, most = math.floor(math.log10(min(numbers))), math.ceil(math.log10(max(numbers)))
    return least, max(most, least + 1)


def _told(decade: int) -> str:
    return f"{10**decade:,}" if decade >= 0 else f"{10.0**decade:.{-decade}f}"


if __name__ == "__main__":
    most = [int(one) for one in sys.argv[1:]]
    figures, rules = (*most, *(FIGURES[-1], RULES[-1])[len(most) :])
    measured = {"figures": by_figures(figures), "rules": by_rules(rules)}
    for language, words in WORDS.items():
        path = ROOT / "docs" / "pages" / language / "howto" / "growth.svg"
        path.write_text(picture(measured, words, f"{date.today():%Y-%m}"), encoding="utf-8")
