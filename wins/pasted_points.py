"""Points pasted from a spreadsheet or a CSV: what was understood, and what was not, line by line.

A line is a day and a figure, with a tab, a semicolon, a comma or spaces between; a third column is a note.
Days are read as 2026-03-09, 9/3/2026 (the day first, as in Britain) or 9 March 2026. Figures may have
commas between thousands, a pound sign or a percent sign. A dash, a blank or “n/a” is no figure: that line
is left out, and said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from wins.run_charts import Point

MOST_LINES = 1000
LONGEST_NOTE = 200
LARGEST = Decimal("999999999")
FORMS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d %b %y",
)
NO_FIGURE = {"", "-", "–", "—", "n/a", "na", "none", "."}
DAY = re.compile(
    r"""^\s*"?(?P<day>\d{4}-\d{1,2}-\d{1,2} | \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}
        | \d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4})(?:T[\d:]+|\s+\d{1,2}:\d\d(?::\d\d)?)?"?
        (?P<rest>$|[\s,;].*)$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class NotUnderstood:
    """`line` as it stands in what was pasted, its number from 1, and what to do."""

    number: int
    line: str
    why: str


@dataclass(frozen=True)
class Pasted:
    points: tuple[Point, ...]
    wrong: tuple[NotUnderstood, ...]


def read_pasted(text: str, today: date) -> Pasted:
    """Everything that was pasted, each line either a point or one that was not understood.

    A first line of headings is passed over. Of two lines for one day the second is not taken."""
    points: dict[date, Point] = {}
    wrong = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or (number == 1 and not re.search(r"\d", line)):
            continue
        if number > MOST_LINES:
            wrong.append(NotUnderstood(number, "…", f"Only the first {MOST_LINES} lines are read."))
            break
        point = _read(line, today)
        if isinstance(point, Point) and point.on in points:
            point = f"There is a line for {point.on.isoformat()} above. Take one of them out."
        if isinstance(point, Point):
            points[point.on] = point
        else:
            wrong.append(NotUnderstood(number, line.strip()[:80], point))
    return Pasted(tuple(points.values()), tuple(wrong))


def _read(line: str, today: date) -> Point | str:
    """A point, or why not in words."""
    found = DAY.match(line)
    if not found:
        return "This does not begin with a day. Write it like 2026-03-09 or 9/3/2026."
    on = read_day(found["day"])
    if on is None:
        return f"There is no such day as {found['day']}."
    if on > today:
        return "This day is still to come."
    figure, note = _figure_and_note(found["rest"])
    if figure.lower() in NO_FIGURE:
        return "There is no figure for this day, so it is left out."
    value = read_figure(figure)
    if value is None:
        return f"“{figure[:20]}” is not a figure. Write it like 12 or 12.5."
    return Point(on, value, note[:LONGEST_NOTE])


def read_day(text: str) -> date | None:
    tidy = re.sub(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " ", text)
    for form in FORMS:
        try:
            return datetime.strptime(tidy, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def read_figure(text: str) -> Decimal | None:
    """Commas between thousands, £ and % are taken off. None where it is no figure of ours."""
    plain = text.strip().strip('"').replace("−", "-").lstrip("£").rstrip("%").strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,8})?", plain):
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.0001")).normalize() if abs(value) <= LARGEST else None


def _figure_and_note(rest: str) -> tuple[str, str]:
    """The second and third column of what follows the day."""
    rest = rest.strip(" ")
    if "\t" in rest or ";" in rest:
        cells = re.split(r"[\t;]", rest)
        cells = cells[1:] if not cells[0].strip() else cells
    elif rest.startswith(","):
        quoted = re.match(r',\s*"([^"]*)"\s*(?:,(.*))?$', rest)
        if quoted:
            cells = [quoted[1], quoted[2] or ""]
        else:
            figure = re.match(r",\s*(£?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?)\s*(?:,(.*))?$", rest)
            cells = [figure[1], figure[2] or ""] if figure else rest[1:].split(",", 1)
    else:
        cells = rest.split(None, 1)
    cells = [cell.strip().strip('"').strip() for cell in cells] + ["", ""]
    return cells[0], cells[1]
