"""The figures of a page as a file: the same ones, held back where the page holds them back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from systemschangers.kernel.spreadsheets import csv_answer, defused
from wins.impact.periods import period_words
from wins.impact.sections import HELD_BACK, Figures, figure_words

HEADS = ["for", "period", "what", "split by", "part", "figure"]
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAYED = "Who stayed on the frontline"


def rows(whom: str, figures: Figures) -> Iterator[list[str]]:
    when = period_words(figures.period)
    for section in figures.sections:
        label = section.kind.label
        yield [whom, when, label, "", "", _plain(section.words)]
        if section.people:
            yield [whom, when, label, "people", "about", _plain(figure_words(section.people))]
        months = [section.months] if section.total else []
        for table in [*months, *section.tables]:
            for bar in table.bars:
                yield [whom, when, label, table.split, bar.label, _plain(bar.words)]
    for stay in figures.stays:
        when = f"{stay.months} months after joining"
        joined = HELD_BACK if stay.joined is None else figure_words(stay.joined)
        yield [whom, when, STAYED, "", "joined", _plain(joined)]
        for bar in stay.parts:
            yield [whom, when, STAYED, "where", bar.label, _plain(bar.words)]


def _plain(figure: str) -> str:
    return figure if figure == HELD_BACK else figure.replace(",", "")


def as_csv(whom: str, figures: Figures) -> HttpResponse:
    return csv_answer(f"figures-{figures.period}", HEADS, rows(whom, figures))


def as_xlsx(whom: str, figures: Figures) -> HttpResponse:
    from openpyxl import Workbook  # only when asked for: a web process stays small
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    sheet.append(HEADS)
    for row in rows(whom, figures):
        *words, amount = row
        plain = amount.replace(".", "", 1).isdigit()
        words = [ILLEGAL_CHARACTERS_RE.sub(" ", defused(word)) for word in words]
        sheet.append([*words, float(amount) if plain else amount])
    answer = HttpResponse(content_type=SHEETS)
    answer["Content-Disposition"] = f'attachment; filename="figures-{figures.period}.xlsx"'
    book.save(answer)
    return answer
