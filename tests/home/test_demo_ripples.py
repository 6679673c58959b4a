"""What the demo tells of ripples and outcomes: in our words, and of nobody who could be known by them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from systemschangers.home.demo.telling import bases, read
from systemschangers.kernel.identifiers import find_identifiers
from tests.home.test_demo import NOT_OUR_WORDS, files, load  # noqa: F401
from wins.models import Measure, Outcome, Ripple, Substantiation

SAID = ("what", "who", "actor", "significance", "how_we_helped", "evidence", "comment", "counted")


def words() -> list[str]:
    told = read("ripples")
    rows = [one for chain in (*told["chain"], *told["session"]) for one in chain["told"]]
    rows += told["outcome"] + [said for one in told["outcome"] for said in one.get("answers", [])]
    rows += told["measure"]
    return [row[name] for row in rows for name in SAID if row.get(name)]


def test_the_words_are_ours():
    assert len(words()) > 60
    assert [one for one in words() if NOT_OUR_WORDS.search(one)] == []


def test_nobody_can_be_known_by_them():
    found = {one.words for said in words() for one in find_identifiers(said)}
    assert found <= {"Sunday", "January", "Eastmere", "Tuesdays", "Fridays", "Friday"}, found


def test_each_chain_begins_with_a_story_that_is_told():
    phrases = [one["win"] for one in read("ripples")["chain"] if "win" in one]
    assert [one for one in phrases if not any(one in base.happened for base in bases())] == []


@pytest.mark.django_db
def test_the_demo_has_chains_outcomes_in_every_state_and_measures_that_tell(files):  # noqa: F811
    load()
    assert Ripple.objects.count() >= 20
    assert Ripple.objects.filter(worth="bad").exists()
    assert Ripple.objects.filter(session__lab__state="going").count() == 4
    assert not Ripple.objects.filter(happened_on__gt=timezone.localdate()).exists()
    assert set(Outcome.objects.values_list("state", flat=True)) == set(Outcome.State.values)
    verdicts = set(Substantiation.objects.values_list("verdict", flat=True))
    assert verdicts == {"", "agree", "partly", "disagree"}
    readings = [one.reading(list(one.points.all())) for one in Measure.objects.all()]
    assert len(readings) >= 2
    assert all(reading.signals for reading in readings)
