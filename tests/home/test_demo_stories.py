"""The demo’s stories and rounds: worth reading, told by somebody of their team, nobody’s details in them."""

from __future__ import annotations

from datetime import datetime

from cohorts.models import Person
from systemschangers.home.demo.telling import read
from systemschangers.home.waiting import waiting_on
from systemschangers.kernel.identifiers import find_identifiers
from wins.models import Nomination, PanelChoice, SelectionRound, Story


def texts(thing):
    if isinstance(thing, dict):
        return [text for one in thing.values() for text in texts(one)]
    if isinstance(thing, list):
        return [text for one in thing for text in texts(one)]
    return [thing] if isinstance(thing, str) else []


def test_no_story_says_who_somebody_is_and_the_words_are_ours():
    from tests.home.test_demo import NOT_OUR_WORDS

    for text in texts(read("stories")):
        assert not NOT_OUR_WORDS.search(text), text
        found = {one.words for one in find_identifiers(text)} - {"Sam"}
        assert not found, found


def insist_on_stories(when: datetime) -> None:
    """Of a full demonstration whose year ends at `when`: six stories and a draft, a round that is finished
    and one that is open. Called where test_demo loads one: once is enough."""
    published = Story.objects.published().for_list()
    assert len(published) == 6
    assert all(story.frontline_time(when.date()).days > 30 for story in published)
    assert all(len(story.words) > 700 for story in published)
    assert Story.objects.get(state="draft").author.name == "Zed Kowalski"
    assert published.get(author__name="Ana Okafor").photo
    done, still = SelectionRound.objects.order_by("made_at")
    assert (done.state, still.state) == ("finished", "open")
    assert done.since < when
    assert PanelChoice.objects.agreed(1).count() == 2
    assert PanelChoice.objects.agreed(2).get().nomination.state == Nomination.State.PUBLISHED
    ana = Person.objects.get(email="ana@example.org")
    asked = [row.label for row in waiting_on(ana, when)]
    assert "Somebody would like to put something of yours forward" in asked
