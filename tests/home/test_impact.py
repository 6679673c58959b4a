"""Figures: right, the same as a plain count gives, and never of fewer than five people."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cohorts.models import Cohort, Organisation, Person, Post, Service
from systemschangers.home.impact_files import STAYED
from systemschangers.kernel import activity
from tests.differencing import Span
from tests.factories.impact import Row, live_a_year
from tests.factories.impact_town import build_town
from tests.factories.time import make_time
from tests.factories.wins import make_win
from wins.impact import keeping
from wins.impact.kinds import CLAUSES, KINDS
from wins.impact.periods import month_in, period_words, periods, quarter_in
from wins.impact.sections import HELD_BACK
from wins.models import ImpactFigure

NOW = datetime(2026, 9, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def town(world):
    return build_town(world, NOW)


def groups():
    for model in (Organisation, Service, Cohort):
        for one in model.objects.all():
            yield model._meta.model_name, one


def read_every_page(town, browser) -> list[tuple[dict, dict]]:
    """Every row of every file a reader can open: all groups, all periods; with the page's filter."""
    pages = [("/impact/", {})]
    pages += [(f"/impact/{kind}s/{one.pk}/", {kind: one.pk}) for kind, one in groups()]
    found = []
    for path, whom in pages:
        for period in periods(NOW.date(), years=1):
            answer = browser.get(path, {"period": period, "as": "csv"})
            text = answer.content.decode("utf-8-sig")
            for row in csv.DictReader(io.StringIO(text)):
                found.append((row, {**whom, "period": period}))
    return found


def is_in(row: Row, wanted: dict, told_of: dict, organisation_of: dict[int, int]) -> bool:
    """Whether something is counted in a figure: said plainly, without a line of the site's own sums."""
    if row.what != told_of["what"]:
        return False
    if "organisation" in wanted and organisation_of.get(row.service) != wanted["organisation"]:
        return False
    if wanted.get("service", row.service) != row.service:
        return False
    if wanted.get("cohort", row.cohort) != row.cohort:
        return False
    if wanted["period"] not in (str(row.on.year), quarter_in(row.on)):
        return False
    split, part = told_of["split by"], told_of["part"]
    if split == "month":
        return period_words(month_in(row.on)) == part
    return not split or part in row.parts[split]


NOT_OF_ROWS = (STAYED, CLAUSES.label)


def counted_plainly(town, rows: list[Row], read: list[tuple[dict, dict]]):
    """Of each measure its figures, each with the rows it is of; and a check that what is shown is right."""
    organisation_of = {s.pk: s.organisation_id for s in Service.objects.all()}
    figures = defaultdict(list)
    for told_of, wanted in read:
        if told_of["what"] in NOT_OF_ROWS:
            continue
        if told_of["split by"] == "people":
            whole = told_of | {"split by": "", "part": ""}
            who = {row.author for row in rows if is_in(row, wanted, whole, organisation_of)}
            assert abs(int(told_of["figure"]) - len(who)) <= 2, (told_of, wanted)
            continue
        of = frozenset(
            n for n, row in enumerate(rows) if is_in(row, wanted, told_of, organisation_of)
        )
        shown = told_of["figure"] != HELD_BACK
        if shown:
            assert Decimal(told_of["figure"]) == sum(rows[n].amount for n in of), (told_of, wanted)
        figures[told_of["what"]].append((of, shown))
    return figures


@given(seed=st.integers(0, 10**6), many=st.integers(0, 120))
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_figure_is_what_a_plain_count_gives(town, as_, seed, many):
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        rows = live_a_year(town, seed, many)
        keeping.add_up(at=NOW)
        figures = counted_plainly(town, rows, read_every_page(town, as_(town.ana)))
        assert set(figures) == {kind.label for kind in KINDS} - {CLAUSES.label}
        assert all(len(of) >= 44 for of in figures.values())
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_pages_reveal_a_group_under_five(town, as_, seed, capsys):
    """Over all groups, periods, measures and parts a reader can reach: no figure that is shown is of
    fewer than five; none less another is; and none of those held back follows from any sums and
    differences of all that are shown."""
    with time_machine.travel(NOW, tick=False):
        rows = live_a_year(town, seed, 150)
        keeping.add_up(at=NOW)
        by_measure = counted_plainly(town, rows, read_every_page(town, as_(town.ana)))

    def people(of):
        return {rows[n].author for n in of}

    told = []
    for what, figures in by_measure.items():
        shown = {of for of, is_shown in figures if is_shown}
        held_back = {of for of, is_shown in figures if not is_shown}
        assert all(not of or len(people(of)) >= 5 for of in shown), what
        pairs = 0
        for whole in shown:
            for part in shown:
                if part < whole and part:
                    pairs += 1
                    assert len(people(whole - part)) >= 5, what
        span = Span(shown)
        small = [of for of in held_back if len(people(of)) < 5]
        assert not [sorted(of) for of in small if span.has(of)], what
        told.append((len(shown), len(small), pairs))
    shown_at_all, small_ones, pairs = (sum(column) for column in zip(*told, strict=True))
    assert len(told) == len(KINDS) - 1
    assert min(shown_at_all, small_ones, pairs) > 100
    with capsys.disabled():
        print(
            f"\n{len(told)} measures: {shown_at_all} figures shown, {small_ones} of fewer than five, "
            f"{pairs} pairs taken"
        )


def test_private_wins_count_on_ones_own_page_alone(town, as_):
    with time_machine.travel(NOW, tick=False):
        for person in town.people[:6]:
            make_win(person, at=NOW - timedelta(days=3))
        make_win(town.people[0], visibility="only_me", at=NOW - timedelta(days=2))
        keeping.add_up(at=NOW)
        assert (
            ImpactFigure.objects.get(
                unit="everyone", period="2026", measure="wins", split=""
            ).amount
            == 6
        )
        own = as_(town.people[0]).get("/impact/mine/", {"as": "csv"}).content.decode()
        assert "Small wins shared,,,2" in own


def test_hours_are_those_of_the_ledger(town):
    with time_machine.travel(NOW, tick=False):
        for person in town.people[:5]:
            Post.objects.filter(person=person).update(line_manager=town.mo)
            one = make_time(Person.objects.get(pk=person.pk), state="taken")
            assert one.hours
        keeping.add_up(at=NOW)
        kept = ImpactFigure.objects.get(
            unit="service",
            unit_id=town.services[0].pk,
            period="2026",
            measure="hours_taken",
            split="",
        )
        assert kept.amount == 5 * one.hours


def test_the_spreadsheet_has_the_rows_of_the_csv(town, as_):
    with time_machine.travel(NOW, tick=False):
        live_a_year(town, 5, 60)
        keeping.add_up(at=NOW)
        browser = as_(town.ana)
        lines = browser.get("/impact/", {"as": "csv"}).content.decode("utf-8-sig").splitlines()
        sheet = load_workbook(
            io.BytesIO(browser.get("/impact/", {"as": "xlsx"}).content), read_only=True
        ).active
        assert sum(1 for _ in sheet.rows) == len(lines)


def test_a_name_pasted_with_a_line_end_of_a_word_processor_makes_a_spreadsheet(town, as_):
    employer = town.services[0].organisation
    employer.name = "Riverside\x0bCare"
    employer.save()
    with time_machine.travel(NOW, tick=False):
        live_a_year(town, 5, 60)
        keeping.add_up(at=NOW)
        answer = as_(town.ana).get(f"/impact/organisations/{employer.pk}/", {"as": "xlsx"})
    [first, *_] = list(load_workbook(io.BytesIO(answer.content)).active.rows)[1:]
    assert first[0].value == "Riverside Care"


def test_a_group_of_fewer_than_five_says_why_nothing_is_shown(town, as_):
    with time_machine.travel(NOW, tick=False):
        for person, home in zip(town.people, town.homes, strict=True):
            if home == town.services[2]:
                make_win(person, at=NOW - timedelta(days=3))
        keeping.add_up(at=NOW)
        page = as_(town.ana).get(f"/impact/services/{town.services[2].pk}/")
        assert b"No figures can be shown" in page.content


def test_as_many_queries_for_one_win_as_for_three_hundred(town, as_):
    browser, counted = as_(town.ana), []
    with time_machine.travel(NOW, tick=False):
        for many in (1, 300):
            live_a_year(town, many, many)
            keeping.add_up(at=NOW)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert (
                    browser.get(f"/impact/organisations/{town.organisations[0].pk}/").status_code
                    == 200
                )
            counted.append(len(queries))
    assert counted[0] == counted[1] <= 10, counted


def test_figures_are_added_up_again_only_when_something_happened(town):
    with time_machine.travel(NOW, tick=False):
        assert keeping.look_over(at=NOW)
        later = NOW + timedelta(minutes=10)
        assert not keeping.look_over(at=later)
        with transaction.atomic():
            activity.record("win.logged", actor=town.ana, target=make_win(town.ana), at=later)
        assert keeping.look_over(at=later + timedelta(minutes=1))
