"""Reading a list of addresses: pasted out of an e-mail or a spreadsheet, or a CSV file, with or without
names of columns. Never raises for a single line: what can't be made sense of is kept, to be mended."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field

from cohorts.people_lists import RUNS_AS_FORMULA, SEPARATORS, UNSEEN, Unreadable

MOST_LINES = 1_000
COLUMNS = ("name", "email", "service", "job title")
HEADS = {
    "e mail": "email",
    "mail": "email",
    "email address": "email",
    "e mail address": "email",
    "work email": "email",
    "work e mail": "email",
    "full name": "name",
    "first name": "first",
    "forename": "first",
    "given name": "first",
    "last name": "last",
    "surname": "last",
    "family name": "last",
    "team": "service",
    "title": "job title",
    "job": "job title",
    "role": "job title",
}
OUR_OWN = {"line", "why"}  # columns of the list we give back to be mended
IN_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]*)>$")
# A comma or semicolon that stands neither between quotation marks nor in angle brackets.
BETWEEN = re.compile(r"""[,;](?=(?:[^"]*"[^"]*")*[^"]*$)(?![^<]*>)""")
ADDRESS_LIKE = re.compile(r"^\S+\.[a-z]{2,}$", re.IGNORECASE)  # an address whose @ got lost
MOST_JOINED = 3  # lines of a cell that was broken with Alt and Enter


@dataclass
class Line:
    """One person to be asked. `key` stays theirs while the list is mended; `number` is the line's in
    what was brought; `problem` what was wrong with how it was written."""

    key: int
    number: int
    name: str = ""
    email: str = ""
    service: str = ""
    job_title: str = ""
    problem: str = ""

    def stored(self) -> list[str | int]:
        return list(vars(self).values())


@dataclass
class Sheet:
    lines: list[Line] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def add(self, number: int, problem: str = "", **cells: str) -> None:
        if not any(cells.values()):
            return
        if len(self.lines) >= MOST_LINES:
            raise Unreadable(f"The list has more than {MOST_LINES:,} people. Split it in two.")
        self.lines.append(Line(key=len(self.lines), number=number, problem=problem, **cells))


def read(text: str) -> Sheet:
    """Everybody on the list. Raises Unreadable, with what to do, for what is no list at all."""
    if "\x00" in text:
        raise Unreadable(
            "That is not a CSV file. In your spreadsheet, choose “Save as” and “CSV UTF-8”."
        )
    physical = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, line) for number, line in enumerate(physical, start=1) if line.strip()]
    separator = ""
    if numbered and (told := re.fullmatch(r"sep=(.)\s*", numbered[0][1], re.IGNORECASE)):
        separator, numbered = told[1], numbered[1:]
    if not numbered:
        raise Unreadable("The list is empty. Choose a file, or paste the addresses.")
    first = numbered[0][1]
    separator = separator or max(SEPARATORS, key=first.count)
    heads = [_head(cell) for cell in _cells(first, separator)]
    sheet = Sheet()
    if "email" in heads and "@" not in first:
        _read_columns(sheet, heads, _cells(first, separator), numbered[1:], separator)
    else:
        for number, line in numbered:
            _read_freely(sheet, number, line)
    if not sheet.lines:
        raise Unreadable("The list has column names but nobody below them.")
    return sheet


def clean(cell: str) -> str:
    """One line, single spaces, no characters that can't be seen, no apostrophe before a formula."""
    cell = " ".join(UNSEEN.sub("", cell).split())
    if cell[:1] == "'" and cell[1:2] in RUNS_AS_FORMULA:
        cell = cell[1:]
    return cell


def clean_email(cell: str) -> str:
    """As people copy it: without mailto:, brackets, quotation marks and the full stop after it."""
    return clean(cell).lower().removeprefix("mailto:").strip(" <>\"'“”‘’.,;:()[]")


def _head(cell: str) -> str:
    plain = " ".join(re.sub(r"[_\-]+", " ", clean(cell).lower()).split())
    return HEADS.get(plain, plain)


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _read_columns(
    sheet: Sheet, heads: list[str], written: list[str], lines: list[tuple[int, str]], separator: str
) -> None:
    known = {*COLUMNS, "first", "last"}
    twice = sorted({head for head in heads if head in known and heads.count(head) > 1})
    if twice:
        raise Unreadable(f"There are two columns for “{twice[0]}”. Leave one of them out.")
    sheet.unused = [
        clean(cell)
        for cell, head in zip(written, heads, strict=True)
        if head not in known | OUR_OWN and clean(cell)
    ]
    at = 0
    while at < len(lines):
        number, line = lines[at]
        many, problem = 1, ""
        if line.count('"') % 2:
            many = _until_closed(lines, at, heads, separator)
            line = " ".join(text for _, text in lines[at : at + many])
            if many == 1:
                line = line.replace('"', "")
                problem = "A quotation mark opens here and is not closed."
        cells = [clean(cell) for cell in _cells(line, separator)]
        if not problem and any(cells[len(heads) :]):
            problem = "This line has more cells than there are columns. Look for a stray comma."
        _add_columns(sheet, number, dict(zip(heads, cells, strict=False)), problem)
        at += many


def _until_closed(lines: list[tuple[int, str]], at: int, heads: list[str], separator: str) -> int:
    """How many lines make one, when a cell was broken over several; 1 when it is a stray mark."""
    for many in range(2, min(MOST_JOINED, len(lines) - at) + 1):
        whole = " ".join(text for _, text in lines[at : at + many])
        if whole.count('"') % 2 == 0:
            one_person = whole.count("@") <= 1 and len(_cells(whole, separator)) <= len(heads)
            return many if one_person else 1
    return 1


def _add_columns(sheet: Sheet, number: int, cells: dict[str, str], problem: str) -> None:
    name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    sheet.add(
        number,
        problem,
        name=name,
        email=clean_email(cells.get("email", "")),
        service=cells.get("service", ""),
        job_title=cells.get("job title", ""),
    )


def _read_freely(sheet: Sheet, number: int, line: str) -> None:
    """Addresses alone or with names, between commas, semicolons, tabs or spaces."""
    if "\t" in line:
        return _read_cells(sheet, number, [clean(cell) for cell in line.split("\t")])
    parts = [part for part in map(clean, BETWEEN.split(line)) if part]
    others = [part for part in parts if "@" not in part]
    alone = line.count("@") == 1 and "<" not in line and len(parts) > 1
    if alone and not any(ADDRESS_LIKE.match(part) for part in others):
        return _read_cells(sheet, number, parts)
    waiting: list[str] = []  # “Okafor”, of “Okafor, Ana <ana@example.org>”
    for part in parts:
        if found := IN_BRACKETS.match(part):
            given = found["name"].strip(" \"'“”")
            name = " ".join([given, *waiting]) if len(waiting) < 2 else given
            _left_over(sheet, number, waiting if len(waiting) > 1 else [])
            sheet.add(number, name=_turned(name), email=clean_email(found["email"]))
            waiting = []
        elif "@" in part:
            _left_over(sheet, number, waiting)
            waiting = []
            _read_words(sheet, number, part)
        else:
            waiting.append(part)
    return _left_over(sheet, number, waiting)


def _read_cells(sheet: Sheet, number: int, cells: list[str]) -> None:
    """Out of a spreadsheet without names of columns: the one with an @ is the address; the others are
    the name, the service and the job title, in that order."""
    at = next((place for place, cell in enumerate(cells) if "@" in cell), None)
    email = cells[at] if at is not None else ""
    others = [cell for place, cell in enumerate(cells) if place != at] + ["", "", ""]
    if found := IN_BRACKETS.match(email):
        email, others = found["email"], [found["name"].strip(" \"'“”"), *others]
    sheet.add(
        number,
        name=others[0],
        email=clean_email(email),
        service=others[1],
        job_title=others[2],
    )


def _read_words(sheet: Sheet, number: int, part: str) -> None:
    """“ana@example.org mo@example.org”, or “Ana Okafor ana@example.org”."""
    words = part.split()
    if all("@" in word for word in words):
        for word in words:
            sheet.add(number, email=clean_email(word))
        return
    if sum("@" in word for word in words) == 1:
        name = " ".join(word for word in words if "@" not in word)
        sheet.add(number, name=name, email=clean_email(next(w for w in words if "@" in w)))
        return
    sheet.add(number, email=clean_email(part))


def _left_over(sheet: Sheet, number: int, words: list[str]) -> None:
    """Words that belong to no address: kept as a line that is wrong, so that nobody is lost."""
    for part in words:
        sheet.add(number, name=part)


def _turned(name: str) -> str:
    """“Okafor, Ana” between quotation marks is Ana Okafor."""
    last, comma, first = name.partition(",")
    return clean(f"{first} {last}" if comma else name)
