"""How the cells of the working paper look: one serif for titles, one sans for text, verdicts by word and colour."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from audit.model.report import Severity, Verdict

_FONT = "Microsoft YaHei"
_TITLE = "SimSun"
_MONO = "Consolas"
_INK, _QUIET, _LINE = "#1B2330", "#586273", "#D8D3C7"
_NUMBER = "#,##0.########;[Red]-#,##0.########;0"


class Looks:
    """The formats of one workbook. Text formats carry the mark that keeps a spreadsheet from reading a formula."""

    def __init__(self, workbook: Workbook) -> None:
        def look(**own: Any) -> Format:
            base = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "top"}
            return workbook.add_format({**base, **own})

        edge = {"bottom": 1, "bottom_color": _LINE}
        text = {**edge, "quote_prefix": True, "num_format": "@"}
        self.title = look(font_name=_TITLE, font_size=20, bold=True, valign="vcenter")
        self.sentence = look(
            font_name=_TITLE, font_size=14, bold=True, font_color="#A3221B", valign="vcenter"
        )
        self.head = look(
            bold=True,
            bg_color="#ECE8DE",
            bottom=2,
            bottom_color=_INK,
            text_wrap=True,
            valign="vcenter",
            font_size=9,
        )
        self.label = look(**edge, font_color=_QUIET)
        self.text = look(**text, text_wrap=True)
        self.line = look(**text)
        self.mono = look(**text, font_name=_MONO)
        self.quiet = look(quote_prefix=True, font_color=_QUIET, text_wrap=True)
        self.count = look(**edge, num_format="0", align="left")
        self.number = look(**edge, num_format=_NUMBER)
        self.share = look(**edge, num_format="0.0%")
        self.gap = look(**edge, num_format="+#,##0.########;[Red]-#,##0.########;0", bold=True)
        self.entry = look(
            border=1, border_color="#C9B458", bg_color="#FFFBE6", text_wrap=True, num_format="@"
        )
        self.entry_date = look(border=1, border_color="#C9B458", bg_color="#FFFBE6", num_format="yyyy-mm-dd")
        self.severity: dict[Severity, Format] = {
            "error": look(**edge, font_color="#A3221B", bg_color="#F9E4DF", bold=True, align="center"),
            "warning": look(**edge, font_color="#5F3C00", bg_color="#FBEECD", align="center"),
            "info": look(**edge, font_color="#1F465C", bg_color="#E1EEF4", align="center"),
        }
        self.verdict: dict[Verdict, Format] = {
            "holds": look(**edge, font_color="#22603A"),
            "reconcilable": look(**edge, font_color="#6A4A8A"),
            "violated": look(**edge, font_color="#A3221B", bold=True),
            "untestable": look(**edge, font_color=_QUIET),
        }
