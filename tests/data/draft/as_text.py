"""The sample draft as plain text and as a web page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from content import NUMBER, TITLE, Box, Grid, Heading, Paragraph, Part

_CHINESE = "一二三四五六七八九十"


def plain_text(parts: Sequence[Part]) -> str:
    """The draft with a paragraph a line, tables with tabs, the footnote at the end."""
    lines = [TITLE, NUMBER]
    notes: list[str] = []
    for part, number in _numbered(parts):
        match part:
            case Heading(_, text):
                lines.append(number + text)
            case Paragraph(text):
                lines.append(text)
                notes += [f"注：{part.note}"] if part.note else []
            case Box(text):
                lines.append(text)
            case Grid(caption, _, rows):
                lines.append(caption)
                lines += ["\t".join("" if text in "<^" else text for text in row) for row in rows]
    return "\n".join(lines + notes) + "\n"


def web_page(parts: Sequence[Part]) -> str:
    """The draft as a page of a government site might hold it, with navigation and a footer around it."""
    body = [f"<h1>{TITLE}</h1>", f'<p class="number">{NUMBER}</p>']
    notes: list[str] = []
    for part, number in _numbered(parts):
        match part:
            case Heading(depth, text):
                body.append(f"<h{depth + 1}>{number}{text}</h{depth + 1}>")
            case Paragraph(text):
                mark = '<sup><a href="#note">1</a></sup>' if part.note else ""
                body.append(
                    f"<p>&nbsp;&nbsp;{escape(text).replace(part.at, part.at + mark) if mark else escape(text)}</p>"
                )
                notes += [f'<p id="note">注：{part.note}</p>'] if part.note else []
            case Box(text):
                body.append(f'<blockquote style="border: 1px solid">{text}</blockquote>')
            case Grid():
                body.append(_html_table(part))
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{TITLE}</title>\n<style>td, th {{ border: 1px solid; padding: 0.2em 1em }}</style>\n</head>\n<body>\n"
        '<nav>首页 &gt; 政务公开</nav>\n<div class="article">\n' + "\n".join(body + notes) + "\n</div>\n"
        "<footer>云浦区人民政府主办</footer>\n</body>\n</html>\n"
    )


def _html_table(grid: Grid) -> str:
    rows = []
    for number, row in enumerate(grid.rows):
        tag = "th" if number < grid.headers else "td"
        cells = "".join(
            f"<{tag}{_spans(grid.rows, number, column)}>{text}</{tag}>"
            for column, text in enumerate(row)
            if text not in "<^"
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>\n<caption>{grid.caption}</caption>\n" + "\n".join(rows) + "\n</table>"


def _spans(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    wide = tall = 1
    while column + wide < len(rows[row]) and rows[row][column + wide] == "<":
        wide += 1
    while row + tall < len(rows) and rows[row + tall][column] == "^":
        tall += 1
    return (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{tall}"' if tall > 1 else "")


def _numbered(parts: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """The parts, and the number of each that is a heading."""
    first = second = 0
    for part in parts:
        if isinstance(part, Heading):
            first, second = (first + 1, 0) if part.depth == 1 else (first, second + 1)
            yield part, f"{_CHINESE[first - 1]}、" if part.depth == 1 else f"（{_CHINESE[second - 1]}）"
        else:
            yield part, ""
