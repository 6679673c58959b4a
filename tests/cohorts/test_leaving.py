"""Taking out everything about me, and leaving without a trace of my name."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import deputyships, imports, leaving, posts
from cohorts.actions import invitations as inviting
from cohorts.models import (
    CalendarFeed,
    Deputyship,
    ExposureVisit,
    Invitation,
    LeaderRequest,
    LeaderRequestWord,
    LearningCall,
    Membership,
    PeerMeeting,
    PeerMeetingWord,
    PeerPlace,
    Person,
    Practice,
    TimeRequest,
)
from systemschangers.kernel import letters, signed_links
from systemschangers.kernel.models import Event, Letter, Notification, NotificationChoice
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_invitation
from tests.factories.leader_requests import make_commitment, make_leader, make_leader_request
from tests.factories.peer_meetings import (
    make_borrowing,
    make_note,
    make_open_meeting,
    make_peer_meeting,
    make_practice,
)
from tests.factories.time import make_agreement, make_time

NAME, ADDRESS = "Quillon Zephyrine", "quillon@example.org"


@pytest.fixture
def quillon(world, cas, mo, now):
    """Somebody with a name like no other, who has left words in every corner."""
    now = timezone.now()
    _, token = make_invitation(
        cas,
        now,
        name=NAME,
        email=ADDRESS,
        service=world.outreach,
        line_manager=mo,
        cohort=world.cohort,
        kind="manager",
    )
    person = inviting.accept(token=token, name=NAME, at=now)
    Person.objects.filter(pk=person.pk).update(about=f"I am {NAME}, write to {ADDRESS}.")
    person = Person.objects.get(pk=person.pk)
    today = timezone.localdate()
    deputyships.name_deputy(
        deputy=mo, starts=today, ends=today + timedelta(days=3), by=person, at=now
    )
    posts.change(
        post=world.zed.posts.get(),
        title="Worker",
        kind="frontline",
        line_manager=person,
        started=today,
        by=cas,
        at=now,
    )
    imports.keep(
        text=f"organisation,service,name,email,job title\nX,Y,{NAME},{ADDRESS},Z", by=cas, at=now
    )
    sent = letters.write(
        to=mo.email,
        kind="x",
        subject=f"{NAME} named you",
        text=f"{NAME} {ADDRESS}",
        html=NAME,
        at=now,
    )
    Letter.objects.filter(pk=sent.pk).update(sent_at=now)
    browser = Client(HTTP_USER_AGENT="a telephone")
    browser.force_login(person)
    session = browser.session
    session["kept_words"] = {"at": "/", "words": f"about={NAME}"}
    session.save()
    time_and_leaders(world, person, now)
    return person


def time_and_leaders(world, person, now) -> None:
    """One of each thing of agreements, time, leaders and stages in which they stand by name."""
    said = f"{NAME} says so."
    make_agreement(person, cover=said, gives_back=said)
    make_time(person, note=said, cover=said, starts_at=now + timedelta(days=1))
    make_time(world.zed, "declined", manager=person, words=said)
    make_agreement(world.zed, "talk", manager=person, words=said)
    herself = make_leader(person, welcome=said)
    nobody = make_leader()
    words = {"purpose": said, "seen": said, "question": said, "speaks_for": said, "cover": said}
    words |= {"wished_dates": NAME, "notes": said, "verdict_words": said}
    for days, state in enumerate(LeaderRequest.State.values, start=2):
        moment = now + timedelta(days=2 * days)
        request = make_leader_request(person, nobody, world.mo, moment, state=state, **words)
        asked = make_leader_request(world.ana, herself, world.mo, moment, state=state)
        for one, name in ((request, ""), (asked, NAME)):
            by = None if name else person
            LeaderRequestWord.objects.create(
                request=one, step="x", by=by, by_name=name, words=said, at=now
            )
    make_commitment(request, now, workers_view=said)
    make_commitment(asked, now, leaders_view=said)
    signed_links.issue("leader_answer", asked, email=ADDRESS, name=NAME, at=now)
    feed = CalendarFeed(person=person, made_at=now)
    feed.draw_token()
    feed.save()
    NotificationChoice.objects.create(person=person, kind="time", pace="daily")
    ExposureVisit.objects.create(
        cohort=world.cohort, person=person, whom=said, visited_on=now.date(), saw=said, made_at=now
    )
    LearningCall.objects.create(
        membership=person.memberships.get(),
        partner=world.cas,
        held_on=now.date(),
        me=said,
        made_at=now,
    )
    peers(world, person, now, said)
    sent = Letter.objects.filter(text__contains=NAME).first()
    Letter.objects.filter(pk=sent.pk).update(calendar=f"SUMMARY:{NAME}")


def peers(world, person, now, said) -> None:
    """Meetings across services in every state, invited by them and to them, with all they wrote."""
    for state in PeerMeeting.State.values:
        mine = make_peer_meeting(person, world.zed, at=now, state=state, question=said, where=NAME)
        theirs = make_peer_meeting(world.zed, person, at=now, state=state)
        for meeting in (mine, theirs):
            PeerMeetingWord.objects.create(
                meeting=meeting, step="invited", by=person, words=said, at=now
            )
        if state == PeerMeeting.State.HELD:
            make_note(mine, person, now, we_do=said, will_try=said, tried_words=said)
            practice = make_practice(mine, world.zed, now, ask=person)
            make_practice(mine, person, now, state="awaiting", what=said)
            make_borrowing(practice, person, now, words=said, state="kept")
    make_open_meeting(person, world.zed, at=now, question=said, access_note=said)
    make_open_meeting(world.zed, person, *world_of_three(world), at=now, seats=2)


def world_of_three(world) -> list:
    return [world.ana, world.lee]


def traces(*words: str) -> list[str]:
    """Every text column of every table of ours and our packages in which one of the words stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for word in words:
                    rows = model._base_manager.annotate(
                        as_text=models.functions.Cast(field.name, models.TextField())
                    ).filter(as_text__icontains=word)
                    found += [f"{model._meta.label}.{field.name} {row.pk}" for row in rows]
    for session in Session.objects.all():
        if any(word in str(session.get_decoded()) for word in words):
            found.append(f"session {session.pk}")
    return found


def test_after_leaving_no_column_holds_the_name_or_the_address(quillon):
    assert len(traces(NAME, ADDRESS)) > 8
    leaving.leave(by=quillon, went_to="influencing", at=timezone.now())
    assert traces(NAME, ADDRESS, "Quillon", "Zephyrine") == []


def test_what_others_rely_on_stays_without_the_name(quillon, world, now):
    leaving.leave(by=quillon, went_to="influencing", at=timezone.now())
    left = Person.objects.get(pk=quillon.pk)
    assert (left.name, left.email) == ("Someone who has left", f"erased-{left.pk}@left.invalid")
    assert not left.is_active
    assert not left.has_usable_password()
    assert left.about == ""
    post = left.posts.get()
    assert (post.ended, post.went_to) == (timezone.localdate(), "influencing")
    assert left.memberships.get().state == Membership.State.WITHDRAWN
    assert world.zed.posts.get().line_manager is None
    assert Event.objects.filter(actor=left).exists()
    assert not Notification.objects.filter(recipient=left).exists()
    assert not Deputyship.objects.filter(person=left).exists()
    assert not Invitation.objects.filter(email=ADDRESS).exists()


def test_meetings_to_come_are_called_off_without_the_name(quillon, world):
    leaving.leave(by=quillon, went_to="left", at=timezone.now())
    state = LeaderRequest.State
    own = set(LeaderRequest.objects.filter(worker=quillon).values_list("state", flat=True))
    assert own.isdisjoint(
        {state.DRAFT, state.AWAITING_MANAGER, state.DATES_OFFERED, state.ARRANGED}
    )
    asked = set(LeaderRequest.objects.filter(worker=world.ana).values_list("state", flat=True))
    assert asked.isdisjoint(
        {state.AWAITING_LEADER, state.LEADER_ASKS, state.DATES_OFFERED, state.ARRANGED}
    )
    told = Letter.objects.filter(kind="leader_called_off")
    assert told.filter(recipient=world.ana, text__contains="Someone who has left").count() == 1
    assert told.count() == 2
    assert not told.filter(to__endswith="left.invalid").exists()
    assert not TimeRequest.objects.filter(
        worker__in=[quillon, world.ana], state="approved", starts_at__gt=timezone.now()
    ).exists()


def test_meetings_across_services_end_and_their_seat_moves_on(quillon, world):
    waits = PeerPlace.objects.get(state="waiting")
    leaving.leave(by=quillon, went_to="left", at=timezone.now())
    waits.refresh_from_db()
    assert waits.state == "going"
    live = PeerPlace.objects.filter(person=quillon, state__in=["asked", "going", "waiting"])
    over = {"held", "did_not_happen", "called_off", "declined"}
    assert set(live.values_list("meeting__state", flat=True)) <= over
    assert set(Practice.objects.values_list("state", "ask")) == {("published", None)}
    for letter in Letter.objects.filter(kind="peer_called_off"):
        assert NAME not in letter.text + letter.calendar


def test_every_session_dies_at_once(quillon):
    phone, office = Client(), Client()
    for browser in (phone, office):
        browser.force_login(quillon)
        assert browser.get(reverse("cohorts:me")).status_code == 200
    response = phone.post(
        reverse("cohorts:leaving"), {"email": ADDRESS, "went_to": "left"}, follow=True
    )
    assert "You have left" in response.content.decode()
    for browser in (phone, office):
        assert browser.get(reverse("cohorts:me")).status_code == 302
    assert not EmailAddress.objects.filter(email=ADDRESS).exists()


def test_the_address_may_be_invited_again(quillon, cas):
    leaving.leave(by=quillon, went_to="left", at=timezone.now())
    _, token = make_invitation(cas, timezone.now(), email=ADDRESS)
    back = inviting.accept(token=token, name=NAME, at=timezone.now())
    assert back.pk != quillon.pk


def test_the_page_says_what_goes_and_what_stays_before_asking(quillon):
    browser = Client()
    browser.force_login(quillon)
    page = browser.get(reverse("cohorts:leaving")).content.decode()
    assert "Your name, your e-mail address and the words about you." in page
    assert "What stays, without your name" in page
    assert "can’t be undone" in page


@pytest.mark.parametrize("typed", ["", "other@example.org", "x" * 300, "quillon@example.org\x00"])
def test_without_the_right_address_nothing_happens(typed, quillon):
    browser = Client()
    browser.force_login(quillon)
    response = browser.post(reverse("cohorts:leaving"), {"email": typed, "went_to": "left"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Person.objects.get(pk=quillon.pk).name == NAME


def test_the_only_administrator_stays(ada, as_, now):
    with pytest.raises(Refused, match="only administrator"):
        leaving.leave(by=ada, went_to="", at=now)
    response = as_(ada).post(reverse("cohorts:leaving"), {"email": ada.email})
    assert response.status_code == 403


def test_somebody_without_a_post_is_not_asked_where_they_go(sam, as_):
    response = as_(sam).post(reverse("cohorts:leaving"), {"email": "sam@example.org"})
    assert response.status_code == 302
    assert Person.objects.get(pk=sam.pk).left_at


def test_the_download_holds_it_all_to_read_and_to_take_elsewhere(quillon):
    browser = Client()
    browser.force_login(quillon)
    response = browser.get(reverse("cohorts:download"))
    assert response.headers["Content-Type"] == "application/zip"
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert bundle.testzip() is None
    names = set(bundle.namelist())
    assert {"read me.html", "profile.json", "posts.json", "cohorts.json", "events.json"} <= names
    assert json.loads(bundle.read("profile.json"))[0]["name"] == NAME
    assert json.loads(bundle.read("posts.json"))[0]["service"] == "Street outreach"
    page = bundle.read("read me.html").decode()
    assert "Street outreach" in page
    assert "<script" not in page


def test_what_is_in_the_download_is_escaped_on_its_page(ana, as_):
    Person.objects.filter(pk=ana.pk).update(about="<script>alert(1)</script>")
    response = as_(ana).get(reverse("cohorts:download"))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "<script>" not in bundle.read("read me.html").decode()


def test_the_download_holds_nothing_of_other_peoples_letters(mo, quillon, as_):
    response = as_(mo).get(reverse("cohorts:download"))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert ADDRESS not in bundle.read("invitations.json").decode()
