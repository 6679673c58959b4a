"""What waits on a person in their labs, as rows for the home page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Person
from cohorts.waiting import Found, Group, Kind, Row, Rows, each, excerpt
from labs.models import Decision, Experiment, Lab
from systemschangers.kernel.blanks import day_of

GOING = {"lab__state": Lab.State.GOING}


def _decisions(person: Any, now: Any) -> Any:
    """Those whose day has come."""
    stand = Decision.objects.visible_to(person).filter(state=Decision.State.STANDS, **GOING)
    return stand.filter(review_on__lte=day_of(now))


def _experiments(person: Any, now: Any) -> Any:
    """Those that were to be tried by now."""
    tried = Experiment.objects.visible_to(person).filter(state=Experiment.State.TRYING, **GOING)
    return tried.filter(by_when__lte=day_of(now))


def _row(label: str, address: str, many: str) -> Rows:
    def row(one: Found, person: Person, now: datetime) -> Row:
        url = reverse(f"labs:{address}", args=[one.thing])
        return Row(label, url, excerpt(one.said["words"]), "labs", Group.LOOK, one.since, many=many)

    return each(row)


STANDS = _row(
    *("Your lab decided this. Does it still stand?", "decision"),
    many="{} decisions of your labs to look at again",
)
NOTICED = _row(
    *("Your lab tried this. What did you notice?", "experiment"),
    many="{} experiments: what did you notice?",
)
KINDS = (
    Kind("lab_decision", _decisions, "review_on", STANDS, {"words": "statement"}),
    Kind("experiment", _experiments, "by_when", NOTICED, {"words": "try_what"}),
)
