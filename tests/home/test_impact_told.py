"""What stands beside the counts: who stayed, what employers wrote down, the sentences, the pictures."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.models import ClauseAdoption, RoleClause
from systemschangers.home.bars import spark
from tests.differencing import Span
from tests.factories.impact_town import build_town
from tests.factories.wins import make_win
from wins.impact import keeping
from wins.impact.periods import is_over, period_before, short_words
from wins.impact.sections import Bar, Table, laid_out
from wins.impact.sentences import in_words
from wins.impact.staying import Place, period_of, work_out_stay
from wins.models import ImpactFigure
from wins.pulse_records import beside, records_in
from wins.pulse_words import CONDITIONS

NOW = datetime(2026, 9, 20, 12, 0, tzinfo=UTC)
ORGANISATION_OF = {1: 1, 2: 1, 3: 2, 4: 2}


@pytest.fixture
def town(world):
    return build_town(world, NOW)


def told_of(key: str, **more) -> list[str]:
    amounts = {("2026", key, "", ""): Decimal(12)}
    for name, amount in more.items():
        split, _, value = name.partition("__")
        amounts["2026", key, split, value] = amount
    return in_words(laid_out(amounts, "2026", employers=True), own=False)


# A service, a cohort, and where somebody was at one, two or three moments that have come since.
WHERE = st.sampled_from([("stayed",), ("stayed", "gone"), ("stayed", "unknown", "gone")])
PLACES = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 2), WHERE), max_size=40)


def of_unit(unit, place: Place) -> bool:
    kind, key = unit
    home = ORGANISATION_OF.get(place.service)
    return {
        "everyone": True,
        "organisation": home == key,
        "service": place.service == key,
        "cohort": place.cohort == key,
    }[kind]


@given(PLACES)
@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow to draw
def test_who_stayed_is_a_plain_count_and_no_group_under_five_follows(drawn):
    """Of every group and moment: the figure is right, and no group of fewer than five can be worked out
    but what the cohorts' own pages tell, which anybody reads of five or more."""
    people = [
        Place(n, service, cohort, dict(zip((6, 12, 24), where, strict=False)))
        for n, (service, cohort, where) in enumerate(drawn)
    ]
    found = work_out_stay(people, ORGANISATION_OF, set())
    shown, held_back, cohorts = [], [], []
    for (_, unit, period, split, value), figure in found.items():
        of = frozenset(
            (n, months)
            for n, place in enumerate(people)
            for months in place.at
            if period_of(months) == period and of_unit(unit, place)
        )
        if split:
            counted = Counter(people[n].at[months] for n, months in of)
            assert figure.amount == counted[value]
        elif figure.amount is None:
            held_back.append(of)
        else:
            assert figure.amount == len(of)
            assert len(of) >= 5
            shown.append(of)
            cohorts += [of] if unit[0] == "cohort" else []
    span, elsewhere = Span(shown), Span(cohorts)
    for of in held_back:
        if 0 < len(of) < 5:
            assert elsewhere.has(of) or not span.has(of)


def test_every_cohort_of_five_is_told_of_as_on_its_own_page(town):
    with time_machine.travel(NOW, tick=False):
        keeping.add_up(at=NOW)
    kept = ImpactFigure.objects.filter(unit="cohort", measure="stay", split="", shown=True)
    told = {(row.unit_id, row.period): row.amount for row in kept}
    assert told[town.cohorts[0].pk, "m06"] == 10
    assert told[town.cohorts[1].pk, "m12"] == 12


def test_what_employers_wrote_down_is_told_of_them_and_of_everyone(town, as_):
    clause = RoleClause.objects.first()
    for title, confirmed in (("Support worker", True), ("Night worker", False)):
        ClauseAdoption.objects.create(
            organisation=town.organisations[0], job_title=title, clause=clause, words="Meet peers.",
            since=date(2026, 4, 1), evidence="I read it.", recorded_at=NOW, recorded_by=town.ana,
            state="confirmed" if confirmed else "recorded",
            confirmed_at=NOW if confirmed else None, confirmed_by=town.mo if confirmed else None,
        )  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        keeping.add_up(at=NOW)
        browser = as_(town.ana)
        own = browser.get(f"/impact/organisations/{town.organisations[0].pk}/?as=csv")
        other = browser.get(f"/impact/organisations/{town.organisations[1].pk}/?as=csv")
        service = browser.get(f"/impact/services/{town.services[0].pk}/")
    lines = own.content.decode().splitlines()
    assert "Org A,the year 2026,Lines in job descriptions,,,2" in lines
    confirmed = "Lines in job descriptions,confirmed,confirmed by somebody there,1"
    assert f"Org A,the year 2026,{confirmed}" in lines
    assert "Org B,the year 2026,Lines in job descriptions,,,0" in other.content.decode()
    assert b"is an employer\xe2\x80\x99s doing" in service.content
    assert b"Lines in job descriptions" not in service.content


@pytest.mark.django_db
def test_the_first_sentence_is_made_of_what_may_be_told():
    assert told_of("wins", people__=Decimal(10)) == ["12 small wins, by about 10 people."]
    assert told_of("leader_requests", answered__yes=Decimal(9), answered__no=Decimal(3)) == [
        "Leaders answered 9 of 12 requests."
    ]
    assert told_of("leader_requests", answered__yes=Decimal(9), answered__no=None) == [
        "Leaders answered 9 of 12 requests."
    ]
    assert told_of("leader_requests", answered__yes=None, answered__no=None) == []
    assert told_of("commitments", kept__kept=Decimal(6)) == [
        "They kept 6 of 12 promises that fell due."
    ]


def test_a_month_that_is_held_back_is_an_outline_and_said_so():
    bars = (
        Bar("January 2026", Decimal(4)),
        Bar("February 2026", None),
        Bar("March 2026", Decimal()),
    )
    drawn = spark(Table("wins-month", "Wins, by month", "month", bars))
    assert drawn.bars.count("M") == drawn.outlines.count("M") == 1
    assert drawn.said == "By month: most in January, 4; 1 of 3 not shown"
    assert drawn.most == "most: 4 in Jan"


def test_a_period_has_one_before_it_and_an_end():
    assert period_before("2026") == "2025"
    assert [period_before(one) for one in ("2026-q2", "2026-q1")] == ["2026-q1", "2025-q4"]
    assert [short_words(one) for one in ("2026", "2026-q1", "2026-03")] == [
        "2026",
        "January to March 2026",
        "Mar",
    ]
    assert is_over("2026-q2", date(2026, 7, 1))
    assert not is_over("2026-q2", date(2026, 6, 30))


def test_no_word_of_a_win_is_on_a_page_of_figures(town, as_):
    with time_machine.travel(NOW, tick=False):
        for person in town.people[:6]:
            make_win(person, "A secret of the hostel.", at=NOW)
        keeping.add_up(at=NOW)
        page = as_(town.ana).get("/impact/")
    assert b"6 small wins, by about 5 people." in page.content
    assert b"secret" not in page.content


@pytest.mark.django_db
def test_what_nobody_said_is_not_named_as_the_most():
    amounts = {("2026", "wins", "", ""): Decimal(12)}
    amounts["2026", "wins", "depth", ""] = Decimal(9)
    amounts["2026", "wins", "depth", "flex"] = Decimal(3)
    wins = next(iter(laid_out(amounts, "2026", employers=True).sections))
    (depth,) = wins.tables
    assert (depth.most.amount, depth.most_said.amount) == (9, 3)


@pytest.mark.django_db
def test_beside_the_pulse_stands_what_became_of_it_where_that_can_be_told():
    for measure, split, value, amount in (
        ("voices", "", "", 7),
        ("voices", "voice", "told_back", 5),
        ("voices", "voice", "waiting", None),
        ("wins", "condition", "3", 6),
        ("wins", "condition", "4", None),
    ):
        ImpactFigure.objects.create(
            unit="everyone", period="2026-q3", measure=measure, split=split, value=value,
            shown=amount is not None, amount=amount,
        )  # fmt: skip
    told = records_in([date(2026, 7, 1)])["2026-q3"]
    assert beside(CONDITIONS[2], told) == [
        "Voices sent on: 7",
        "Answered, and told back: 5",
        "Changes after a voice: 0",
        "Small wins it made possible: 6",
    ]
    assert beside(CONDITIONS[3], told) == ["Stories told: 0"]
