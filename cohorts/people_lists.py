"""Reading a list of people out of whatever a spreadsheet saved: bytes to text, text to lines."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from systemschangers.kernel.spreadsheets import RUNS_AS_FORMULA

MOST_LINES = 5_000
MOST_BYTES = 1024 * 1024
COLUMNS = (
    "organisation",
    "service",
    "place",
    "name",
    "email",
    "job title",
    "kind",
    "line manager email",
    "cohort",
)
OTHER_NAMES = {
    "organization": "organisation",
    "employer": "organisation",
    "team": "service",
    "e mail": "email",
    "email address": "email",
    "e mail address": "email",
    "title": "job title",
    "job": "job title",
    "role": "kind",
    "manager": "line manager email",
    "line manager": "line manager email",
    "manager email": "line manager email",
    "line manager e mail": "line manager email",
    "town": "place",
    "full name": "name",
}
SEPARATORS = ",;\t"
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Unreadable(Exception):
    """The list as a whole cannot be read; its text says what to do."""


@dataclass
class Line:
    """One line of the list. `number` is the one a text editor shows; `problem` why it can’t be read."""

    number: int
    cells: dict[str, str]
    raw: list[str]
    problem: str = ""

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Sheet:
    heads: list[str]
    lines: list[Line] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what Excel on Windows writes (cp1252)."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("We can’t read that file. Save it as “CSV UTF-8” and try again.")


def read(text: str) -> Sheet:
    """The lines of a list, blank ones left out. Raises Unreadable with what to do about it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise Unreadable(
            "That is not a CSV file. In your spreadsheet, choose “Save as” and “CSV UTF-8”."
        )
    first = next((line for line in text.split("\n") if line.strip()), "")
    if not first:
        raise Unreadable("The list is empty. Choose a file, or paste its lines.")
    separator = max(SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    sheet: Sheet | None = None
    above = 0
    try:
        for raw in rows:
            number, above = above + 1, rows.line_num
            raw = [clean(cell) for cell in raw]
            if not any(raw):
                continue
            if sheet is None:
                sheet = _headed(raw)
            else:
                sheet.lines.append(_line(number, raw, sheet))
                if len(sheet.lines) > MOST_LINES:
                    raise Unreadable(
                        f"The list has more than {MOST_LINES:,} lines. Split it in two."
                    )
    except csv.Error as error:
        raise Unreadable(
            f"We can’t read line {above + 1}. Look for a stray quotation mark."
        ) from error
    if sheet is None or not sheet.lines:
        raise Unreadable("The list has column names but no lines below them.")
    return sheet


def clean(cell: str) -> str:
    """A cell on one line, without characters that can't be seen; an apostrophe that defused it, gone."""
    cell = " ".join(UNSEEN.sub("", cell).split(" ")).strip()
    if cell[:1] == "'" and cell[1:2] in RUNS_AS_FORMULA:
        cell = cell[1:]
    return cell


def _headed(raw: list[str]) -> Sheet:
    heads = []
    for cell in raw:
        plain = " ".join(re.sub(r"[_\-]+", " ", cell.lower()).split())
        heads.append(OTHER_NAMES.get(plain, plain))
    if "organisation" not in heads:
        raise Unreadable(
            "The first line must name the columns, and one of them must be “organisation”. "
            f"The columns are: {', '.join(COLUMNS)}."
        )
    twice = sorted({head for head in heads if head in COLUMNS and heads.count(head) > 1})
    if twice:
        raise Unreadable(f"There are two columns for “{twice[0]}”. Leave one of them out.")
    unused = [cell for cell, head in zip(raw, heads, strict=True) if head not in COLUMNS and cell]
    return Sheet(heads=heads, unused=unused)


def _line(number: int, raw: list[str], sheet: Sheet) -> Line:
    cells = {
        head: " ".join(cell.split())
        for head, cell in zip(sheet.heads, raw, strict=False)
        if head in COLUMNS
    }
    line = Line(number=number, cells=cells, raw=raw)
    if any("\n" in cell for cell in raw):
        line.problem = "A quotation mark opens here and is not closed."
    elif any(raw[len(sheet.heads) :]):
        line.problem = "This line has more cells than there are columns. Look for a stray comma."
    return line
