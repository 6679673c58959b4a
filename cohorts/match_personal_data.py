"""What a person is told of being found and matched, and how both are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from cohorts.models import DoNotPair, MatchPause, MatchPlace, MatchRound, Person
from systemschangers.kernel.personal_data import Farewell, Section, forgets, says, tells


@tells
def tell_matching(person: Person) -> Iterator[Section]:
    yield Section(
        "meeting",
        "What you said about meeting people",
        [
            {
                "people may ask to meet you": person.open_to_meet,
                "what you can show": person.can_show,
                "what you would like to see": person.wants_to_see,
                "what your work is about": [theme.name for theme in person.themes.order_by("name")],
                "answered": person.meeting_answered_at,
            }
        ],
    )
    yield Section(
        "pause",
        "Your pause from match rounds",
        (
            {"until and with": pause.until, "said": pause.made_at}
            for pause in MatchPause.objects.filter(person=person)
        ),
    )
    apart = DoNotPair.objects.visible_to(person).select_related("other")
    yield Section(
        "not_matched_with",
        "Whom you would rather not meet",
        ({"who": entry.other.name, "since": entry.made_at} for entry in apart),
    )
    places = MatchPlace.objects.filter(person=person, round__state=MatchRound.State.SENT)
    yield Section(
        "matches",
        "Match rounds you were in",
        (
            {"round": place.round.name, "sent": place.round.sent_at, "left out": place.left_out}
            for place in places.select_related("round").order_by("round__sent_at", "pk")
        ),
    )
    made = MatchRound.objects.filter(made_by=person).order_by("made_at")
    yield Section(
        "match_rounds",
        "Match rounds you made",
        ({"name": one.name, "question": one.question, "made": one.made_at} for one in made),
    )


@says
def say_matching(person: Person) -> Farewell:
    return Farewell(
        goes=["What you said about meeting people, and whom you would rather not meet."],
        stays=["That a match round brought you together with somebody, without your name."],
    )


@forgets
def forget_matching(person: Person, at: datetime) -> None:
    """Both ways: nobody is kept apart from somebody who is no longer here. Out of rounds not yet sent."""
    DoNotPair.objects.filter(Q(person=person) | Q(other=person)).delete()
    MatchPause.objects.filter(person=person).delete()
    person.themes.clear()
    MatchPlace.objects.filter(person=person).exclude(round__state=MatchRound.State.SENT).delete()
