"""What the demo’s boards read: our words, of nobody who could be known by them, and worth a board’s time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from cohorts.models import Person
from labs.voice_looking_over import look_over
from systemschangers.home.demo.loading import load
from systemschangers.home.demo.plan import plan
from systemschangers.home.demo.telling import read as words_of
from tests.home.test_demo import NOT_OUR_WORDS
from tests.home.test_waiting_at_once import insist_it_is_the_same
from wins.board_paper.reading import read
from wins.board_paper.shelf import read_next
from wins.models import BoardPaper, PaperReading

WHEN = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)


def words() -> list[str]:
    told = words_of("board_papers")
    said = [told["board"]["about"], *told["first"].values()]
    for one in (*told["housing"], *told["release"]):
        said += [one["words"], *(entry[2] for entry in one.get("answers", []))]
        said += one["change"][1:] if "change" in one else []
    return [one for one in said if one]


def test_the_words_are_ours():
    assert len(words()) > 15
    assert [one for one in words() if NOT_OUR_WORDS.search(one)] == []


@pytest.mark.django_db
def test_nobody_can_be_known_by_them():
    found = {one.words for said in words() for one in look_over(said, today=WHEN.date())}
    assert found == set()


@pytest.mark.django_db
def test_two_papers_are_issued_and_one_is_prepared(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    load(plan(2, WHEN, "full"))
    states = [paper.state for paper in BoardPaper.objects.order_by("pk")]
    assert states == ["issued", "issued", "draft"]
    staff = Person.objects.get(name="Cas Mendes")
    shown = read(BoardPaper.objects.order_by("pk")[0], staff, timezone.localdate(WHEN))
    for part in (shown.voices, shown.barriers, shown.promises, shown.figures, shown.stories):
        assert part.rows
    assert len(shown.waits) == 3
    assert not shown.voices.notes
    lee = Person.objects.get(name="Lee Whitaker")
    assert PaperReading.objects.get().person == lee
    following = read_next(lee, timezone.localdate(WHEN))
    assert following is not None
    assert following.paper == BoardPaper.objects.order_by("pk")[0]
    insist_it_is_the_same(Person.objects.order_by("pk")[:12], WHEN)
