"""Stories: their teller’s alone, resting on what each reader may see, and gone with their teller."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import leaving
from cohorts.models import Person, Post
from systemschangers.kernel.models import Event, Thread
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.threads import threads_of
from tests import steps
from tests.factories.barriers import make_barrier
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import (
    make_commitment,
    make_leader,
    make_leader_request,
)
from tests.factories.photos import phone_jpeg, upload
from tests.factories.stories import make_story
from tests.factories.wins import make_win
from wins import personal_data, photo_use, photos
from wins.actions import stories as actions
from wins.models import Story, Win
from wins.story_ground import ground_of

State = Story.State
TELLING = actions.Telling(title="A key", words="I asked for it, and for the next one.")
FORM = {"title": "A key", "words": "I asked for it."}


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def sees(person, story) -> bool:
    return Story.objects.visible_to(person).filter(pk=story.pk).exists()


def test_a_draft_and_one_taken_back_are_nobody_elses_business(world):
    everybody = [world.mo, world.cas, world.ada, world.zed]
    for state in (State.DRAFT, State.TAKEN_BACK):
        story = make_story(world.ana, state=state)
        assert sees(world.ana, story)
        assert not any(sees(person, story) for person in everybody)
        story.delete()
    assert all(sees(person, make_story_once(world)) for person in everybody)


def make_story_once(world):
    return Story.objects.filter(author=world.ana).first() or make_story(world.ana)


def test_one_whose_account_was_ended_is_not_shown(world):
    story = make_story(world.ana)
    Person.objects.filter(pk=world.ana.pk).update(is_active=False)
    assert not sees(world.zed, story)


TAKERS = {
    "PUBLISH": lambda it, by, at: actions.publish(story=it, version=it.version, by=by, at=at),
    "TAKE_BACK": lambda it, by, at: actions.take_back(story=it, by=by, at=at),
}


def test_every_step_has_an_action_and_every_state_is_reached():
    steps.insist_on_all(Story, TAKERS)
    assert steps.reachable(Story, State.DRAFT) == set(steps.states_of(Story))


@pytest.mark.parametrize("case", steps.cases(Story), ids=str)
def test_each_step_from_each_state_by_its_teller_and_nobody_else(case, world, now):
    for who in ("mo", "cas", "ada", "zed", "ana"):
        person = getattr(world, who)
        with transaction.atomic():
            steps.check(
                case,
                make=lambda state: make_story(world.ana, state=state),
                take=lambda it, by=person: TAKERS[case.name](it, by, now),
                may=who == "ana",
            )
            assert Event.objects.exists() == (case.allowed and who == "ana")
            transaction.set_rollback(True)


def test_a_person_has_one_story_and_who_was_never_on_the_frontline_none(world, now):
    actions.begin(telling=TELLING, by=world.ana, at=now)
    with pytest.raises(ValidationError, match="You have a story already"):
        actions.begin(telling=TELLING, by=world.ana, at=now)
    for person in (world.mo, world.cas):
        with pytest.raises(Refused, match="on the frontline"):
            actions.begin(telling=TELLING, by=person, at=now)


def test_what_was_not_looked_over_is_not_published(world, now):
    story = actions.begin(telling=TELLING, by=world.ana, at=now)
    actions.edit(story=story, telling=TELLING, version=1, by=world.ana, at=now)
    with pytest.raises(actions.EditedMeanwhile), transaction.atomic():
        actions.publish(story=story, version=1, by=world.ana, at=now)
    assert Story.objects.get().state == State.DRAFT
    assert actions.publish(story=story, version=2, by=world.ana, at=now).published_at == now
    actions.take_back(story=story, by=world.ana, at=now)
    again = actions.publish(story=story, version=2, by=world.ana, at=now + timedelta(days=9))
    assert again.published_at == now


def test_an_edit_on_older_words_shows_both_and_then_saves(world, as_):
    story, browser = make_story(world.ana), as_(world.ana)
    url = reverse("wins:story_edit", args=[story.pk])
    assert browser.post(url, FORM | {"title": "First window", "version": 1}).status_code == 302
    page = browser.post(url, FORM | {"title": "Second window", "version": 1})
    text = page.content.decode()
    assert (page.status_code, "First window" in text, "Second window" in text) == (409, True, True)
    assert Story.objects.get().title == "First window"
    assert 'name="version" value="2"' in text
    assert browser.post(url, FORM | {"title": "Second window", "version": 2}).status_code == 302
    assert Story.objects.get().title == "Second window"


def test_what_could_show_who_somebody_is_is_pointed_out_once(world, as_):
    story, browser = make_story(world.ana), as_(world.ana)
    url = reverse("wins:story_edit", args=[story.pk])
    told = FORM | {"words": "Ring me on 07700 900123 about Darren Pickles.", "version": 1}
    page = browser.post(url, told)
    text = page.content.decode()
    assert "Before you save" in text
    assert story.words == Story.objects.get().words
    checked = text.partition('name="checked" value="')[2].partition('"')[0]
    assert browser.post(url, told | {"checked": checked}).status_code == 302
    draft = make_story(world.zed, words=told["words"], state=State.DRAFT)
    page = as_(world.zed).get(reverse("wins:story_publishing", args=[draft.pk])).content.decode()
    assert "07700 900123</mark>" in page


def test_it_rests_on_what_is_ones_own_and_shows_each_reader_what_they_may_see(world, now):
    story = make_story(world.ana)
    open_win = make_win(world.ana, "For everyone.")
    team_win = make_win(world.ana, "For my team.", visibility="service")
    private = make_win(world.ana, "Mine.", visibility="only_me")
    others = make_win(world.zed, "Zed’s.")
    fixed = make_barrier(world.ana, "A form.", state="fixed")
    hidden = make_barrier(world.ana, "A rule.", state="fixed", way="hidden")
    offered = {key for group in ground_of(world.ana) for key in group.keys}
    assert offered == {
        ("wins.win", open_win.pk),
        ("wins.win", team_win.pk),
        ("labs.barrier", fixed.pk),
    }
    things = [open_win, team_win, private, others, fixed, hidden]
    actions.rest_on(story=story, things=things, by=world.ana, at=now)
    seen = {name: titles(story, getattr(world, name)) for name in ("ana", "mo", "zed")}
    assert seen["ana"] == seen["mo"] == {"For everyone.", "For my team.", "A form."}
    assert seen["zed"] == {"For everyone.", "A form."}
    Win.objects.filter(pk=open_win.pk).update(state="taken_back")
    assert titles(story, world.zed) == {"A form."}
    actions.rest_on(story=story, things=[fixed], by=world.ana, at=now)
    assert titles(story, world.mo) == {"A form."}
    with pytest.raises(Refused):
        actions.rest_on(story=story, things=[], by=world.mo, at=now)


def titles(story, person):
    return {tied.title for tied in threads_of(story, Person.objects.get(pk=person.pk))}


def test_a_win_says_of_which_story_it_is_part(world, now, as_):
    story, win = make_story(world.ana), make_win(world.ana)
    actions.rest_on(story=story, things=[win], by=world.ana, at=now)
    assert "This is part of a story" in as_(world.zed).get(win.get_absolute_url()).content.decode()


def test_a_kept_promise_is_offered_to_who_was_promised(world, now):
    request = make_leader_request(world.ana, make_leader(world.lee), world.mo, now, state="closed")
    make_commitment(request, now, state="kept", state_at=now)
    make_commitment(request, now)
    (group,) = ground_of(world.ana)
    assert group.label == "Promises that were kept"
    assert ground_of(world.zed) == []


def test_a_photo_is_made_bare_served_to_who_sees_the_story_and_gone_when_taken_off(
    world, now, as_, media, django_capture_on_commit_callbacks
):
    ana = as_(world.ana)
    sent = ana.post(reverse("wins:story_new"), FORM | {"photo": upload(phone_jpeg())})
    story = Story.objects.get()
    assert sent.url == reverse("wins:story_rests_on", args=[story.pk])
    url = reverse("wins:story_photo", args=[story.pk])
    answer = ana.get(url)
    file = b"".join(answer.streaming_content)
    assert file.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in file
    assert as_(world.mo).get(url).status_code == 404
    actions.publish(story=story, version=1, by=world.ana, at=now)
    answer = as_(world.mo).get(url)
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content) == file
    assert photos.sweep(photo_use.used(), at=timezone.now() + timedelta(days=9)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        ana.post(reverse("wins:story_photo_removal", args=[story.pk]))
    assert list(media.rglob("*.jpg")) == []
    assert ana.get(url).status_code == 404


def test_a_win_and_a_story_never_share_a_file(world, now):
    kept = photos.keep(photos.clean(BytesIO(phone_jpeg()), len(phone_jpeg())))
    win = make_win(world.ana, photo=kept.name, photo_width=kept.width, photo_height=kept.height)
    telling = actions.Telling(title="A key", words="I asked.", photo=kept)
    story = actions.begin(telling=telling, by=world.ana, at=now)
    assert story.photo.name != win.photo.name


def test_asking_to_meet_is_one_step_and_respects_who_would_rather_not(world, as_):
    story, zed = make_story(world.ana, "The key"), as_(world.zed)
    page = zed.get(story.get_absolute_url()).content.decode()
    link = page.partition('href="/meetings/new/')[2].partition('"')[0].replace("&amp;", "&")
    form = zed.get(f"/meetings/new/{link}").content.decode()
    assert 'value="Ana Okafor"' in form
    assert "I read your story, “The key”. How did you do it?" in form
    Person.objects.filter(pk=world.ana.pk).update(
        open_to_meet=False, meeting_answered_at=timezone.now()
    )
    page = zed.get(story.get_absolute_url()).content.decode()
    assert "/meetings/new/?with" not in page
    assert "not open to meeting at the moment" in page


def test_a_worker_who_has_just_joined_reads_stories_first_and_others_are_not_bothered(world, as_):
    make_story(world.ana, "The key")
    new = make_person(world.hostel, joined_at=timezone.now() - timedelta(days=3))
    page = as_(new).get("/").content.decode()
    assert page.index("The key") < page.index("New small wins")
    for person in (
        make_person(world.hostel, joined_at=timezone.now() - timedelta(days=31)),
        world.ana,
    ):
        assert "People who stayed" not in as_(person).get("/").content.decode()


def test_who_leaves_the_frontline_is_among_those_who_have_moved_on(world, as_):
    story = make_story(world.ana, "The key")
    Post.objects.filter(person=world.ana).update(ended="2026-01-08", went_to="influencing")
    zed, ana = as_(world.zed), as_(world.ana)
    assert "The key" not in zed.get("/stories/").content.decode()
    moved_on = zed.get("/stories/?show=moved-on").content.decode()
    assert "2 years on the frontline, until January 2026" in moved_on
    page = ana.get(story.get_absolute_url()).content.decode()
    assert "You are not on the frontline here any more" in page
    assert sees(world.zed, story)


def test_leaving_takes_the_story_whole(world, now, media, django_capture_on_commit_callbacks):
    kept = photos.keep(photos.clean(BytesIO(phone_jpeg()), len(phone_jpeg())))
    telling = actions.Telling(title="A key", words="I asked.", photo=kept, photo_alt="A key")
    story = actions.begin(telling=telling, by=world.ana, at=now)
    win = make_win(world.ana)
    actions.rest_on(story=story, things=[win], by=world.ana, at=now)
    sections = {
        s.key: (list(s.rows), list(s.enclosed))
        for s in personal_data.stories_personal_data.tell(world.ana)
    }
    ((row,), (photo,)) = sections["story"]
    assert (row["what happened"], row["what it rests on"]) == ("I asked.", [win.excerpt])
    with photo.opened() as file:
        assert file.read(3) == b"\xff\xd8\xff"
    with django_capture_on_commit_callbacks(execute=True):
        leaving.leave(by=world.ana, went_to="left", at=now)
    assert not Story.objects.exists()
    assert not Thread.objects.filter(source_type="wins.story").exists()
    assert list(media.rglob("*.jpg")) == []


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(world, as_):
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make_story(make_person(world.hostel))
        browser = as_(world.zed)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/stories/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8, counts


def test_more_leads_to_stories_and_a_persons_page_shows_theirs(world, as_):
    make_story(world.ana, "The key")
    assert 'href="/stories/"' in as_(world.zed).get("/more/").content.decode()
    page = as_(world.zed).get(reverse("cohorts:person", args=[world.ana.pk])).content.decode()
    assert "The key" in page
