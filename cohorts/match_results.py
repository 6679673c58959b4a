"""What became of a round: arranged, held, not held and why, notes kept, practices. Figures only: what people
wrote to each other is theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from cohorts.models import Borrowing, ComparisonNote, MatchRound, PeerMeeting, Practice

State = PeerMeeting.State
# What a meeting's state says of a match, in the order of the page.
WORDS = {
    State.INVITED: "Looking for a date",
    State.DATES_PROPOSED: "Dates are proposed",
    State.ARRANGED: "A date is arranged",
    State.HELD: "They met",
    State.DID_NOT_HAPPEN: "Arranged, and did not happen",
    State.DECLINED: "Somebody said no",
    State.CALLED_OFF: "Called off",
}
WHY_NOT = [*PeerMeeting.WhyNot.choices, ("", "nobody said")]
NEVER_TOLD = "Somebody had left before they were told"


@dataclass(frozen=True)
class Results:
    groups: int
    states: list[tuple[str, int]]
    why_not: list[tuple[str, int]]
    held: int
    notes: int
    practices: int
    borrowings: int
    to_tell: int

    @property
    def summary(self) -> str:
        """The whole in a sentence."""
        met = f"{self.held} of {self.groups} group{'' if self.groups == 1 else 's'} met"
        notes = f"{self.notes} note{'' if self.notes == 1 else 's'} kept"
        came = f"{self.practices} practice{'' if self.practices == 1 else 's'} published"
        return f"{met}, {notes}, {came}."


def results_of(round_: MatchRound) -> Results:
    """Four queries, whatever its size."""
    rows = list(
        round_.matches.order_by()
        .values_list("meeting__state", "meeting__why_not")
        .annotate(many=Count("pk"), told=Count("pk", filter=Q(told_at__isnull=False)))
    )
    counted: dict[str | None, tuple[int, int]] = {}
    why: Counter[str] = Counter()
    for state, reason, many, told in rows:
        before = counted.get(state, (0, 0))
        counted[state] = before[0] + many, before[1] + told
        if state in PeerMeeting.NOT_HELD:
            why[reason] += many
    _, alone = counted.get(None, (0, 0))
    states = [(words, counted[state][0]) for state, words in WORDS.items() if state in counted]
    if alone:
        states.append((NEVER_TOLD, alone))
    meetings = {"meeting__match__round": round_}
    practices = Practice.objects.published().filter(**meetings)
    return Results(
        groups=sum(many for many, _ in counted.values()),
        states=states,
        why_not=[(words, why[key]) for key, words in WHY_NOT if key in why],
        held=counted.get(State.HELD, (0, 0))[0],
        notes=ComparisonNote.objects.filter(**meetings).count(),
        practices=practices.count(),
        borrowings=Borrowing.objects.filter(practice__in=practices)
        .exclude(state=Borrowing.State.WE_DO)
        .count(),
        to_tell=sum(many - told for many, told in counted.values()),
    )
