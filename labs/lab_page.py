"""What the page of a lab shows its members."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.template.defaultfilters import pluralize

from labs.models import (
    Decision,
    Experiment,
    Insight,
    Lab,
    LabMember,
    LabSession,
    Pattern,
    PatternAgreement,
)

FEWEST = 5
MOST_WHO_LEFT = 30


@dataclass
class Chain:
    """Experiments that follow one another, the first first."""

    cycles: list[Experiment] = field(default_factory=list)

    @property
    def last(self) -> Experiment:
        return self.cycles[-1]


def patterns_of(lab: Lab, seat: LabMember, many: int) -> list[Pattern]:
    """Each with its insights, as `said`; who of the `many` members agrees, in words, as `agreed`; whether
    the one who reads does, as `mine`; and whether others are asked again, as `asked_again`."""
    said = Insight.objects.filter(lab=lab).for_list().order_by("id")
    agreements = PatternAgreement.objects.filter(pattern__lab=lab).today().for_list()
    patterns = list(
        Pattern.objects.filter(lab=lab)
        .for_list()
        .prefetch_related(
            Prefetch("insights", queryset=said, to_attr="said"),
            Prefetch("agreements", queryset=agreements, to_attr="agreeing"),
        )
    )
    for one in patterns:
        one.agreed = agreed_in_words([each.member.shown for each in one.agreeing], many)
        one.mine = seat.pk in {each.member_id for each in one.agreeing}
        one.asked_again = one.lapsed_at is not None and len(one.agreeing) < many
    return patterns


def agreed_in_words(shown: list[str], many: int) -> str:
    """By whom, with the names they have in the lab. Who has not agreed is counted, never named."""
    if not shown:
        return "Nobody here has agreed to it yet."
    if len(shown) == many:
        return "Agreed by everyone here."
    *before, last = shown
    names = f"{', '.join(before)} and {last}" if before else last
    others = many - len(shown)
    return f"Agreed by {names}. Not yet by {others} other{pluralize(others)}."


def loose_insights(lab: Lab) -> list[Insight]:
    return list(Insight.objects.filter(lab=lab, pattern=None).for_list().order_by("-id"))


def chains_of(lab: Lab, today: date) -> list[Chain]:
    """The experiments as chains of cycles, the chain that was added to last first."""
    chains: dict[int, Chain] = {}
    of: dict[int, int] = {}
    for one in Experiment.objects.filter(lab=lab).for_list().order_by("id"):
        one.due = one.is_due(today)
        root = of[one.pk] = of.get(one.follows_id or 0, one.pk)
        chains.setdefault(root, Chain()).cycles.append(one)
    return sorted(chains.values(), key=lambda chain: -chain.last.pk)


def chain_with(experiment: Experiment, today: date) -> Chain:
    return next(
        chain
        for chain in chains_of(experiment.lab, today)
        if experiment.pk in {one.pk for one in chain.cycles}
    )


def decisions_of(lab: Lab, today: date) -> list[Decision]:
    """Those that stand, the ones to be looked at first; then what no longer does."""
    found = list(Decision.objects.filter(lab=lab).for_list().order_by("-state", "review_on", "id"))
    for one in found:
        one.back = one.is_back(today)
    return found


def sessions_of(lab: Lab) -> list[LabSession]:
    return list(LabSession.objects.filter(lab=lab).for_list()[:12])


def members_of(lab: Lab) -> dict[str, list[LabMember]]:
    """Who is in it today, by what they are there as."""
    found: dict[str, list[LabMember]] = defaultdict(list)
    for member in LabMember.objects.today().filter(lab=lab).for_list():
        found[member.get_role_display()].append(member)
    return dict(found)


def who_left(lab: Lab) -> list[LabMember]:
    """Who was in it and can be asked back, the last who left first."""
    left = LabMember.objects.filter(lab=lab, left_at__isnull=False, person__is_active=True)
    return list(left.for_list().order_by("-left_at", "-id")[:MOST_WHO_LEFT])


def how_many(lab: Lab) -> int | None:
    """How many worked on it, for those outside; of fewer than five nothing is said."""
    many = LabMember.objects.filter(lab=lab).count()
    return many if many >= FEWEST else None
