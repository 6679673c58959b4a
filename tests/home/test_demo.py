"""The demo: believable, the same from the same seed, nobody's details in it, quickly there."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from cohorts.decisions import count_waiting
from cohorts.models import (
    Borrowing,
    Cohort,
    Commitment,
    ComparisonNote,
    Deputyship,
    Invitation,
    Leader,
    LeaderRequest,
    LearningCall,
    ManagerAgreement,
    Membership,
    Organisation,
    PeerMeeting,
    Person,
    Post,
    Practice,
    Service,
    Session,
    TimeRequest,
)
from labs.models import Barrier, HandedDecision, HeldBarrier
from systemschangers.home.demo.plan import plan
from systemschangers.home.demo.telling import bases, read
from systemschangers.kernel.identifiers import find_identifiers
from systemschangers.kernel.models import Event, Letter, Notification, Thread
from tests.emptying import as_migrated
from tests.home.test_demo_roles import insist_on_roles
from tests.home.test_demo_stories import insist_on_stories
from wins.models import Appreciation, Comment, SearchWord, ThankYou, Win, Worry

WHEN = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
FULL_DAY = WHEN.date()
FULL = plan(2, WHEN, "full")
LOGGED = [told for told in FULL.wins if told.state != "draft"]
WALL = [told for told in LOGGED if told.visibility != "only_me"]
NOT_OUR_WORDS = re.compile(
    r"\b(case|client|user|ticket|points?|score|resource)s?\b|lorem|!", re.IGNORECASE
)


@pytest.fixture
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def load(today: date = FULL_DAY, **options) -> str:
    said = StringIO()
    call_command("load_demo", stdout=said, today=today, **options)
    return said.getvalue()


def everything() -> dict[str, list]:
    """All that the demo wrote, without what must differ: passwords, tokens, numbers, file names."""
    return {
        "people": list(Person.objects.values_list("name", "email", "about", "joined_at", "is_active")),
        "posts": list(
            Post.objects.order_by("person__name", "started").values_list(
                "person__name", "service__name", "title", "line_manager__name", "started", "ended"
            )
        ),
        "wins": list(
            Win.objects.order_by("made_at", "what_happened").values_list(
                "author__name", "what_happened", "made_hard", "what_changed", "visibility",
                "cohort__name", "state", "logged_at", "touched_at", "photo_alt",
            )
        ),
        "comments": list(Comment.objects.values_list("author__name", "words", "made_at")),
        "thanks": list(ThankYou.objects.values_list("giver__name", "words", "state", "shown_to")),
        "appreciations": list(Appreciation.objects.values_list("person__name", "kind", "made_at")),
        "time": list(
            TimeRequest.objects.order_by("starts_at", "worker__name").values_list(
                "worker__name", "starts_at", "state", "asked_at"
            )
        ),
        "meetings": list(
            LeaderRequest.objects.order_by(
                "made_at", "purpose", "worker__name", "state"
            ).values_list(
                "worker__name", "leader__name", "state", "purpose", "meets_at"
            )
        ),
        "events": list(Event.objects.order_by("id").values_list("verb", "actor__name", "at")),
    }  # fmt: skip


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    assert repr(plan(2, WHEN, "full")) == repr(FULL)
    assert repr(plan(3, WHEN, "full")) != repr(FULL)


@pytest.mark.django_db(transaction=True)
def test_the_same_seed_writes_the_same_rows_twice(files):
    load(size="small")
    first = everything()
    as_migrated()
    load(size="small")
    assert everything() == first
    assert len(first["wins"]) >= 40


@pytest.mark.django_db
def test_a_full_demo_has_what_it_promises(files):
    load()
    assert Cohort.objects.count() == 3
    assert Organisation.objects.count() == 6
    assert Service.objects.count() == 20
    assert Person.objects.filter(by_code_card=False).count() == 90
    assert Win.objects.logged().count() >= 800
    assert Win.objects.exclude(photo="").count() == 12
    assert len(list(files.glob("wins/*.jpg"))) == 13  # and one on a story
    assert Comment.objects.count() >= 50
    assert ThankYou.objects.count() == 32
    assert Deputyship.objects.count() + Invitation.objects.count() >= 12
    assert set(Worry.objects.values_list("state", flat=True)) == {"open", "answered"}
    assert Thread.objects.count() >= 10
    assert SearchWord.objects.count() > 500
    every_state_is_there()
    insist_on_stories(WHEN)
    insist_on_roles(WHEN)
    assert Letter.objects.count() == 0


def every_state_is_there() -> None:
    """Of agreements, time, requests to meet leaders and promises."""
    nouns = (
        ManagerAgreement,
        TimeRequest,
        LeaderRequest,
        LearningCall,
        Session,
        Barrier,
        HandedDecision,
        Membership,
    )
    for model in nouns:
        states = set(model.objects.order_by().values_list("state", flat=True).distinct())
        assert states == set(model.State.values), model
    assert set(Barrier.objects.values_list("way", flat=True)) == set(Barrier.Way.values)
    assert HeldBarrier.objects.count() == 2
    assert Leader.objects.count() == 5
    assert Leader.objects.filter(person=None).exists()
    assert {"kept", "open"} <= set(Commitment.objects.values_list("state", flat=True))
    assert Commitment.objects.filter(state="open", due_on__lt=WHEN.date()).exists()
    for cohort in Cohort.objects.all():
        assert cohort.stages.count() == 3
        assert cohort.sessions.past(WHEN).filter(attendances__state="came").exists()
        assert cohort.visits.count() >= 2
    assert Session.objects.coming(WHEN).planned().count() >= 4


@pytest.mark.django_db
def test_the_cast_can_be_anybody_at_once(files):
    assert load(people=True) == ""
    load(size="small")
    lines = load(people=True).splitlines()
    assert lines[0] == "Ana Okafor · frontline worker, Street Outreach · ana@example.org"
    assert len(lines) == 8
    ana, mo, dee, zed = (
        Person.objects.get(email=f"{n}@example.org") for n in ("ana", "mo", "dee", "zed")
    )
    assert ana.posts.get(ended=None).line_manager == mo
    assert Deputyship.objects.on(WHEN.date()).get(person=mo).deputy == dee
    assert ana.reach.cohorts == zed.reach.cohorts != ()
    assert Person.objects.get(email="cas@example.org").reach.is_programme_staff
    assert Person.objects.get(email="ada@example.org").is_superuser
    assert Notification.objects.unseen().filter(recipient=ana).exists()
    assert ana.thanks_received.filter(state="waiting").exists()
    assert ana.wins.filter(state="draft").exists()
    assert ana.agreements.get(state="agreed").manager == mo
    assert count_waiting(mo, WHEN) >= 1
    assert ana.leader_requests.get(state="arranged").leader.person.email == "lee@example.org"
    promises = Commitment.objects.filter(request__in=ana.leader_requests.filter(state="closed"))
    assert sorted(promises.values_list("state", flat=True)) == ["kept", "open"]
    assert not any(person.has_usable_password() for person in Person.objects.all())


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_says_so(files):
    load(size="small")
    before = everything()
    assert "already" in load(size="small")
    assert everything() == before


@pytest.mark.django_db
def test_production_is_left_alone_unless_it_is_empty_and_somebody_says_yes(files):
    with override_settings(PRODUCTION=True):
        with pytest.raises(CommandError, match="only with --yes"):
            load(size="small")
        assert not Person.objects.exists()
        load(size="small", yes=True)
        assert Person.objects.exists()
        with pytest.raises(CommandError, match="empty"):
            load(size="small", yes=True)


@pytest.mark.django_db
def test_everyone_said_only_what_they_could_see(files):
    """The plan works out who may see what on its own; the rows are held against visible_to."""
    load(size="small")
    for person in Person.objects.here():
        seen = set(Win.objects.visible_to(person).values_list("pk", flat=True))
        told = Win.objects.filter(appreciations__person=person).exclude(state="set_aside")
        assert set(told.values_list("pk", flat=True)) <= seen
        assert set(Win.objects.filter(comments__author=person).values_list("pk", flat=True)) <= seen
    for note in Notification.objects.filter(event__verb="win.named_helper"):
        assert Win.objects.visible_to(note.recipient).filter(pk=note.event.target_id).exists()


def test_no_story_on_the_wall_is_told_twice_in_the_same_words():
    told = Counter(win.happened for win in WALL)
    assert [words for words, times in told.items() if times > 1] == []
    assert len({base.key for base in bases()}) >= 160


def test_no_story_comes_again_within_a_hundred_wins():
    openings = [" ".join(win.happened.split()[:6]) for win in WALL]
    for start in range(len(openings) - 100):
        assert openings[start] not in openings[start + 1 : start + 100]


def test_every_choice_and_slot_is_filled_in():
    for win in FULL.wins:
        for words in (win.happened, win.hard, win.changed):
            assert not re.search(r"[\[\]{}|#]", words), words


def test_the_words_are_ours():
    said = [words for win in FULL.wins for words in (win.happened, win.hard, win.changed)]
    said += [remark.words for remark in FULL.remarks] + [note.words for note in FULL.thanks]
    said += [worry.words + worry.answer for worry in FULL.worries]
    assert [words for words in said if NOT_OUR_WORDS.search(words)] == []


def test_no_service_user_can_be_told_from_any_of_the_words():
    said = [words for win in FULL.wins for words in (win.happened, win.hard, win.changed)]
    said += [remark.words for remark in FULL.remarks] + read("short")["short"]
    found = [(one.kind, one.words) for words in said for one in find_identifiers(words)]
    assert found == []
    for note in FULL.thanks:
        known = {note.receiver.first_name}
        assert {one.words for one in find_identifiers(note.words)} <= known


def test_wins_grow_over_the_year_and_rest_at_weekends():
    months = [
        sum(1 for win in LOGGED if start <= (WHEN - win.made).days < start + 91)
        for start in (274, 183, 91, 0)
    ]
    assert months == sorted(months)
    days = Counter(win.made.weekday() for win in LOGGED)
    assert days[5] + days[6] < len(LOGGED) * 0.08
    assert all(timedelta() <= WHEN - win.made <= timedelta(days=366) for win in LOGGED)


def test_every_lens_depth_and_reach_is_there():
    assert {win.lens for win in LOGGED} == {"", "me", "organisation", "system"}
    assert {win.depth for win in LOGGED} == {
        "",
        "one_off",
        "flex",
        "agreed",
        "written",
        "sustained",
    }
    assert {win.visibility for win in LOGGED} == {"only_me", "service", "cohort", "everyone"}
    assert {win.state for win in FULL.wins} == {"draft", "logged", "taken_back", "set_aside"}
    assert len({theme for win in LOGGED for theme in win.themes}) >= 12


@pytest.mark.parametrize("today", [date(2026, 1, 5), date(2026, 8, 31), date(2028, 2, 29)])
def test_any_day_and_any_seed_will_do(today):
    moment = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    for seed in range(2):
        made = plan(seed, moment, "full")
        assert len(made.people) == 90
        assert sum(1 for win in made.wins if win.state != "draft") >= 800
    for seed in range(12):
        small = plan(seed, moment, "small")
        assert len(small.wins) >= 40
        assert len(small.worries) == 2
        said = [one.at for one in (*small.worries, *small.cheers, *small.remarks, *small.thanks)]
        said += [one.answered for one in (*small.worries, *small.thanks) if one.answered]
        assert max(said) <= moment


@pytest.mark.django_db
@pytest.mark.parametrize("later", range(7))
def test_it_loads_on_every_day_of_the_week(files, later):
    """Days at the weekend give way to a Monday or a Friday, where something may stand already."""
    today = WHEN.date() + timedelta(days=later)
    load(today, size="small")
    for meeting in PeerMeeting.objects.filter(state="dates_proposed"):
        assert meeting.dates.count() == 3
    assert Win.objects.exists()


@pytest.mark.django_db
def test_workers_meet_across_services_in_every_state_and_what_they_found_travels(files):
    load(size="small")
    assert set(PeerMeeting.objects.values_list("state", flat=True)) == set(PeerMeeting.State.values)
    assert set(PeerMeeting.objects.values_list("kind", flat=True)) == set(PeerMeeting.Kind.values)
    assert set(Practice.objects.values_list("state", flat=True)) == set(Practice.State.values)
    assert {"kept", "borrowing"} <= set(Borrowing.objects.values_list("state", flat=True))
    for meeting in PeerMeeting.objects.filter(kind="open", state="arranged"):
        going = meeting.places.filter(state="going").exclude(seat=0).count()
        assert going == meeting.seats or not meeting.places.filter(state="waiting").exists()
    words = [*ComparisonNote.objects.values_list("we_do", "they_do", "will_try", "tried_words")]
    words += Practice.objects.values_list("title", "what", "works_when", "fails_when", "takes")
    assert not [text for row in words for text in row if NOT_OUR_WORDS.search(text)]
    assert not [text for row in words for text in row if find_identifiers(text)]
