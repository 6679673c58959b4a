from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cohorts.models import Person
from wins.actions import measures
from wins.models import Measure, Win
from wins.run_charts import Point

FIRST = date(2025, 9, 1)


def make_measure(thing: Any, figures: str, *, by: Person, at: datetime, **telling: str) -> Measure:
    """A measure of a thing with a figure a week from the first of September 2025."""
    told = {
        "counted": "Pages of the form",
        "unit": "pages",
        "better": "less",
        "definition": "Every page somebody has to fill in.",
        "chart": "run",
        "rule_set": "8_6",
    }
    measure = measures.begin(thing=thing, by=by, at=at, **(told | telling))
    points = [
        Point(FIRST + timedelta(weeks=week), Decimal(one), "The new form" if week == 10 else "")
        for week, one in enumerate(figures.split())
    ]
    measures.write_down_all(measure=measure, points=points, by=by, at=at)
    return measure


def add_measure(world, win: Win, now: datetime) -> dict[str, int]:
    """`measure` of a win of Ana's, with figures that fall, and its first `data_point`."""
    figures = "14 13 15 14 13 15 14 14 13 14 9 8 8 7 8 7 8 7 6 7"
    measure = make_measure(win, figures, by=world.ana, at=now)
    return {"measure": measure.pk, "data_point": measure.points.all()[0].pk}
