"""The figures of a page as a file: the same ones, held back where the page holds them back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from systemschangers.kernel.spreadsheets import csv_answer, defused
from wins.impact.periods import period_words
from wins.impact.sections import HELD_BACK, Section, figure_words

HEADS = ["for", "period", "what", "split by", "part", "figure"]
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(whom: str, period: str, sections: list[Section]) -> Iterator[list[str]]:
    when = period_words(period)
    for section in sections:
        label = section.kind.label
        total = HELD_BACK if section.total is None else figure_words(section.total)
        yield [whom, when, label, "", "", total.replace(",", "")]
        for table in section.tables:
            for bar in table.bars:
                amount = bar.words.replace(",", "")
                yield [whom, when, label, table.split, bar.label, amount]


def as_csv(whom: str, period: str, sections: list[Section]) -> HttpResponse:
    return csv_answer(f"figures-{period}", HEADS, rows(whom, period, sections))


def as_xlsx(whom: str, period: str, sections: list[Section]) -> HttpResponse:
    from openpyxl import Workbook  # only when asked for: a web process stays small

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    sheet.append(HEADS)
    for row in rows(whom, period, sections):
        *words, amount = row
        plain = amount.replace(".", "", 1).isdigit()
        sheet.append([*map(defused, words), float(amount) if plain else amount])
    answer = HttpResponse(content_type=SHEETS)
    answer["Content-Disposition"] = f'attachment; filename="figures-{period}.xlsx"'
    book.save(answer)
    return answer
