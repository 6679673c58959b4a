"""What papers for boards keep about a person, told to them. Read by wins.personal_data.

A paper holds nobody’s words but those its maker wrote at the top; a story, voice or barrier that goes is
gone from it by itself (wins.board_paper.reading)."""

from __future__ import annotations

from collections.abc import Iterator

from cohorts.models import Person
from systemschangers.kernel.personal_data import Farewell, Section, says, tells
from wins.models import BoardPaper


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


@says
def say(person: Person) -> Farewell:
    return Farewell(stays=["Papers you made for boards, without your name."])
