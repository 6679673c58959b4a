"""What pages of practices, meetings and promises show of ours (kernel.page_parts)."""

from __future__ import annotations

from typing import Any

from cohorts.models import Board, Person
from systemschangers.kernel.page_parts import Part, shows
from wins.models import BoardPaper, Measure, Ripple, RippleSession
from wins.models.things import key_of, kind_of
from wins.policy.board_papers import may_make_papers
from wins.policy.measures import may_measure
from wins.policy.things import is_far_enough


@shows("cohorts.Practice", "labs.Experiment", "labs.Lab")
def what_is_measured(reader: Person, thing: Any) -> Part | None:
    if reader.by_code_card:
        return None
    measures = list(Measure.objects.filter(**{kind_of(thing): thing}))
    may = may_measure(reader, thing)
    if not measures and not may:
        return None
    return Part(
        "wins/measures/_of_thing.html", {"measures": measures, "may": may, "key": key_of(thing)}
    )


@shows("cohorts.Practice", "cohorts.PeerMeeting", "cohorts.Commitment", "labs.Experiment")
def what_it_led_to(reader: Person, thing: Any) -> Part | None:
    key = key_of(thing)
    if reader.by_code_card:
        return None
    many = Ripple.objects.of(key).shown().count()
    if not many and not is_far_enough(thing):
        return None
    return Part("wins/ripples/_of_thing.html", {"many": many, "key": key})


@shows("labs.Lab")
def what_the_lab_looks_at(reader: Person, thing: Any) -> Part | None:
    sessions = list(RippleSession.objects.filter(lab=thing).for_detail())
    return Part("wins/ripple_sessions/_of_lab.html", {"sessions": sessions})


@shows("cohorts.Board")
def papers_of_the_board(reader: Person, thing: Any) -> Part | None:
    may_make = may_make_papers(reader)
    seen = BoardPaper.objects.visible_to(reader).filter(board=thing).for_list()
    papers = list(seen.order_by("-made_at", "-id")[:4])
    if not may_make and not Board.objects.of(reader).filter(pk=thing.pk).exists():
        return None
    return Part(
        "wins/board_papers/_of_board.html",
        {"papers": papers, "may_make": may_make and not thing.retired_at, "board": thing.pk},
    )
