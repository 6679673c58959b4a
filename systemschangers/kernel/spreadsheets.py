"""CSV that a spreadsheet opens as figures and words, and never runs as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

RUNS_AS_FORMULA = "=+-@\t\r"


def defused(cell: str) -> str:
    """The cell so that no spreadsheet runs it as a formula. A plain negative figure stays one."""
    if cell[:1] == "-" and cell[1:].replace(".", "", 1).isdigit():
        return cell
    return f"'{cell}" if cell[:1] and cell[0] in RUNS_AS_FORMULA else cell


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([defused(cell) for cell in line])
    return out.getvalue()


def csv_answer(name: str, heads: list[str], rows: Iterable[Iterable[str]]) -> HttpResponse:
    """A file `name`.csv. With a byte order mark: Excel reads it as UTF-8 only then."""
    text = "\ufeff" + csv_text([heads, *rows])
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
