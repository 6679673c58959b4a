"""The thirteen conditions as statements, the five steps, and which records stand beside each.

The conditions are those the workers of the first Systems Changers programme named: what their roles need
so that they can stay on the frontline and change the system."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """`records` are measures of `wins.impact` that stand beside it; none where nothing is recorded."""

    number: int
    short: str
    statement: str
    records: tuple[str, ...] = ()


CONDITIONS = (
    Condition(
        1,
        "Meeting other services",
        "I meet frontline workers of other services, and we compare how we work.",
        ("peer_meetings", "borrowings"),
    ),
    Condition(
        2,
        "Permission to meet leaders",
        "I can ask to meet a leader, and it happens.",
        ("leader_requests",),
    ),
    Condition(
        3,
        "Service users and the boardroom",
        "What service users say reaches those who decide.",
        ("voices", "changes"),
    ),
    Condition(
        4,
        "People who stay and change things",
        "I see people who stay on the frontline and change things from there.",
        ("stories",),
    ),
    Condition(
        5,
        "My manager agrees",
        "My manager is on board with the time I take to change things.",
        ("hours_agreed",),
    ),
    Condition(
        6,
        "A Lab to work in",
        "I work on the system together with others, service users among them.",
        ("lab_seats",),
    ),
    Condition(
        7,
        "Seeing the whole system",
        "I use ways of seeing the whole system in my daily work.",
        ("exercises",),
    ),
    Condition(
        8,
        "Permission to stand back",
        "I have permission to stand back and look across.",
        ("hours_taken", "hours_lost"),
    ),
    Condition(
        9,
        "Time to meet others",
        "I have time to meet people outside my daily work.",
        ("hours_taken", "peer_meetings"),
    ),
    Condition(
        10,
        "Small things are celebrated",
        "Small things that go well in hard places are noticed here.",
        ("wins",),
    ),
    Condition(
        11,
        "We see what small changes do",
        "We can tell what our small changes have led to.",
        ("measures", "ripples", "outcomes"),
    ),
    Condition(
        12,
        "What’s not working can be said",
        "I can say what’s not working, and something happens.",
        ("barriers_raised", "barriers_fixed", "commitments"),
    ),
    Condition(
        13,
        "It is in my job description",
        "Changing the system is written into my job.",
        ("clauses",),
    ),
)
SHORT_WORDS = {one.number: one.short for one in CONDITIONS}
STEPS = (
    (5, "Always true for me"),
    (4, "Mostly true"),
    (3, "Sometimes true"),
    (2, "Rarely true"),
    (1, "Not true for me"),
    (0, "I can’t say"),
)
STEP_WORDS = dict(STEPS)
