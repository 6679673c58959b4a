"""What papers for boards keep about a person, told to them. Read by wins.personal_data.

A paper holds nobody’s words but those its maker wrote at the top; a story, voice or barrier that goes is
gone from it by itself (wins.board_paper.reading)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cohorts.models import Person
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells
from wins.models import BoardPaper, PaperReading


@tells
def tell(person: Person) -> Iterator[Section]:
    made = BoardPaper.objects.filter(made_by=person).for_list().order_by("pk")
    yield Section(
        "boardpapers",
        "Papers you made for boards",
        (
            {
                "for": str(one.board),
                "about": one.when,
                "what you said first": one.words,
                "state": one.get_state_display(),
                "made": one.made_at,
                "issued": one.issued_at,
            }
            for one in made
        ),
    )
    opened = PaperReading.objects.filter(person=person).select_related("paper__board")
    yield Section(
        "boardpapersread",
        "Papers for your board, and when you first opened them",
        (
            {
                "for": one.paper.board.name,
                "about": one.paper.when,
                "opened": one.opened_at,
            }
            for one in opened.order_by("opened_at", "pk")
        ),
    )


@says
def say(person: Person) -> Farewell:
    return Farewell(stays=["Papers you made for boards, without your name."])


@forgets
def forget(person: Person, at: datetime) -> None:
    PaperReading.objects.filter(person=person).delete()
