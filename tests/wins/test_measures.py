from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from systemschangers.kernel.policy import Refused
from tests.factories.measures import make_measure
from tests.factories.peer_meetings import make_peer_meeting, make_practice
from tests.factories.wins import make_win
from wins.actions import measures as actions
from wins.measures_in_words import in_words
from wins.models import DataPoint, Measure
from wins.policy.measures import MOST_MEASURES
from wins.run_charts import Point

pytestmark = pytest.mark.django_db
FALLING = "14 13 15 14 13 15 14 14 13 14 9 8 8 7 8 7 8 7 6 7"


@pytest.fixture
def measure(ana, now) -> Measure:
    return make_measure(make_win(ana), FALLING, by=ana, at=now)


def said(measure: Measure) -> str:
    return " ".join(in_words(measure, measure.reading(list(measure.points.all()))))


def test_the_chart_says_in_words_what_is_more_than_chance_and_whether_it_is_wanted(measure):
    words = said(measure)
    assert "The newest figure is 7 pages, on 12 Jan 2026." in words
    assert "The median of the first 10 figures is 14." in words
    assert "From 27 Oct 2025 to 12 Jan 2026 the figures stay below the median" in words
    assert "It is the way you want it to go." in words
    measure.better = Measure.Better.MORE
    assert "It is not the way you want it to go." in said(measure)


def test_an_xmr_chart_names_its_limits(measure):
    measure.chart = Measure.Chart.XMR
    assert "are its usual ups and downs" in said(measure)


def test_too_few_figures_say_how_many_are_missing(ana, now):
    measure = make_measure(make_win(ana), "3 4 5 6 7 8 9 4 3", by=ana, at=now)
    assert "1 more figure is needed" in said(measure)


def test_only_who_wrote_the_win_keeps_its_figures(measure, mo, now):
    with pytest.raises(Refused):
        actions.write_down(
            measure=measure, on=date(2026, 2, 1), value=Decimal(3), note="", by=mo, at=now
        )
    with pytest.raises(Refused):
        actions.remove(measure=measure, by=mo, at=now)
    assert measure.points.count() == 20


def test_a_draft_is_not_measured_and_a_win_has_six_measures_at_most(ana, now):
    with pytest.raises(Refused, match="Log the win first"):
        make_measure(make_win(ana, state="draft"), "1", by=ana, at=now)
    win = make_win(ana)
    for _ in range(MOST_MEASURES):
        make_measure(win, "1", by=ana, at=now)
    with pytest.raises(Refused, match="which is the most"):
        make_measure(win, "1", by=ana, at=now)


def test_a_day_has_one_figure(measure, ana, now):
    with pytest.raises(ValidationError, match="Change that one"):
        actions.write_down(
            measure=measure, on=date(2025, 9, 1), value=Decimal(3), note="", by=ana, at=now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        measure.points.update(on=date(2025, 9, 1))


def test_pasting_again_puts_new_figures_in_place_of_old_ones(measure, ana, now):
    points = [Point(date(2025, 9, 1), Decimal(99)), Point(date(2026, 2, 2), Decimal(1))]
    assert actions.write_down_all(measure=measure, points=points, by=ana, at=now) == 1
    assert measure.points.get(on=date(2025, 9, 1)).value == 99
    assert measure.points.count() == 21


def test_a_practice_is_measured_by_its_owners_and_read_by_everyone(as_, ana, mo, zed, now):
    practice = make_practice(make_peer_meeting(ana, zed, at=now, state="held"), ana, now)
    address = practice.get_absolute_url()
    assert "Count something" in as_(zed).get(address).content.decode()
    assert "Count something" not in as_(mo).get(address).content.decode()
    with pytest.raises(Refused, match="Ana Okafor and Zed Kowalski"):
        make_measure(practice, "1", by=mo, at=now)
    measure = make_measure(practice, FALLING, by=zed, at=now)
    page = as_(mo).get(measure.get_absolute_url()).content.decode()
    assert "Seen by everyone here." in page
    assert "Pages of the form" in as_(mo).get(address).content.decode()
    assert (
        as_(mo).get(reverse("wins:data_point", args=[measure.points.all()[0].pk])).status_code
        == 403
    )


def test_a_practice_that_is_not_published_is_not_measured(ana, zed, now):
    meeting = make_peer_meeting(ana, zed, at=now, state="held")
    draft = make_practice(meeting, ana, now, state="draft")
    with pytest.raises(Refused, match="not published"):
        make_measure(draft, "1", by=ana, at=now)


def test_of_two_who_change_what_is_counted_the_second_sees_both(as_, ana, measure):
    browser, address = as_(ana), reverse("wins:measure_edit", args=[measure.pk])
    told = {"unit": "pages", "better": "less", "chart": "run", "rule_set": "8_6", "version": "1"}
    first = told | {"counted": "Forms", "definition": "Each form."}
    assert browser.post(address, first).status_code == 302
    second = browser.post(address, told | {"counted": "Sheets", "definition": "Each sheet."})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Each form." in page
    assert "Each sheet." in page
    measure.refresh_from_db()
    assert (measure.counted, measure.version) == ("Forms", 2)


def test_a_measure_is_of_exactly_one_thing(measure):
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(win=None)


def test_a_private_win_keeps_its_measures_private(ana, mo, cas, ada, now):
    win = make_win(ana, visibility="only_me")
    measure = make_measure(win, "1 2", by=ana, at=now)
    assert Measure.objects.visible_to(ana).get() == measure
    for other in (mo, cas, ada):
        assert not Measure.objects.visible_to(other).exists()


def test_what_was_pasted_is_shown_before_it_is_kept(as_, ana, measure):
    browser, address = as_(ana), reverse("wins:measure_pasting", args=[measure.pk])
    text = "Week,Pages\n1/9/2025,20\n2026-02-02,1,234\n2 March 2026,-\nnot a day,4"
    page = browser.post(address, {"text": text}).content.decode()
    assert "2 lines not understood" in page
    assert "instead of 14" in page
    assert "1,234" in page
    assert measure.points.count() == 20
    assert browser.post(address, {"text": text, "keep": "yes"}).status_code == 302
    assert measure.points.count() == 21


def test_a_file_is_read_like_a_paste_and_one_that_is_none_is_refused(as_, ana, measure):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser, address = as_(ana), reverse("wins:measure_pasting", args=[measure.pk])
    good = SimpleUploadedFile("a.csv", "\ufeffday;pages\n2.2.2026;9".encode("utf-8"))
    assert "2 Feb 2026" in browser.post(address, {"file": good}).content.decode()
    photo = SimpleUploadedFile("a.csv", b"\x89PNG\x00\x00\x01")
    page = browser.post(address, {"file": photo}).content.decode()
    assert "not a text file" in page
    big = SimpleUploadedFile("a.csv", b"2026-01-01,3\n" * 10_000)
    assert "too big" in browser.post(address, {"file": big}).content.decode()


def test_the_figures_can_be_taken_along_and_no_note_runs_as_a_formula(as_, ana, measure, now):
    actions.write_down(
        measure=measure, on=date(2026, 2, 2), value=Decimal("-1.5"), note="=1+1", by=ana, at=now
    )
    text = as_(ana).get(reverse("wins:measure_csv", args=[measure.pk])).content.decode("utf-8-sig")
    assert "2026-02-02,-1.5000,'=1+1" in text


def test_a_figure_is_put_right_and_taken_out(as_, ana, measure):
    point = measure.points.all()[0]
    address = reverse("wins:data_point", args=[point.pk])
    as_(ana).post(address, {"on": "2025-09-02", "value": "11.5", "note": "counted again"})
    point.refresh_from_db()
    assert (point.value, point.note) == (Decimal("11.5"), "counted again")
    as_(ana).post(reverse("wins:data_point_removal", args=[point.pk]))
    assert not DataPoint.objects.filter(pk=point.pk).exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": "2999-01-01", "value": "3"}, "still to come"),
        ({"on": "2026-01-01", "value": "1e400"}, "at most"),
        ({"on": "2026-01-01", "value": "NaN"}, "Write a figure"),
        ({"on": "0001-01-01", "value": "3"}, "very long ago"),
        ({"on": "", "value": "3"}, "is empty"),
    ],
)
def test_a_figure_that_can_not_be_says_what_to_do_and_keeps_what_was_typed(
    as_, ana, measure, sent, words
):
    answer = as_(ana).post(reverse("wins:measure", args=[measure.pk]), sent | {"note": "Kept."})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert "Kept." in page


def test_a_measure_of_three_hundred_figures_takes_the_same_queries(
    as_, ana, measure, now, django_assert_max_num_queries
):
    points = [
        Point(date.fromordinal(date(2024, 1, 1).toordinal() + n), Decimal(n % 7))
        for n in range(300)
    ]
    actions.write_down_all(measure=measure, points=points, by=ana, at=now)
    browser = as_(ana)
    with django_assert_max_num_queries(6):
        assert browser.get(measure.get_absolute_url()).status_code == 200
