"""What the demo tells of voices: every state, in our words, and of nobody who could be known by them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from labs.models import Voice
from labs.voice_looking_over import look_over
from systemschangers.home.demo.loading import load
from systemschangers.home.demo.plan import plan
from systemschangers.home.demo.telling import read
from tests.home.test_demo import NOT_OUR_WORDS

WHEN = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)


def words() -> list[str]:
    said = [read("voices")["board"]["about"]]
    for one in read("voices")["voice"]:
        said += [one.get("words", ""), one.get("check", "")]
        said += [entry[2] for entry in one.get("answers", [])]
        said += one["change"][1:] if "change" in one else []
    return [one for one in said if one]


def test_the_words_are_ours():
    assert len(words()) > 20
    assert [one for one in words() if NOT_OUR_WORDS.search(one)] == []


@pytest.mark.django_db
def test_nobody_can_be_known_by_them():
    found = {one.words for said in words() for one in look_over(said, today=WHEN.date())}
    assert found == set()


@pytest.mark.django_db
def test_there_is_one_in_every_state(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    load(plan(2, WHEN, "small"))
    assert set(Voice.objects.values_list("state", flat=True)) == set(Voice.State.values)
    assert any(voice.lateness(WHEN.date()) for voice in Voice.objects.all())
