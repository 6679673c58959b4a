"""Match rounds: looked at, changed by hand, sent once; everybody told once, and of nobody’s wishes."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import match_rounds as actions
from cohorts.actions import match_telling, meeting_wishes
from cohorts.match_results import results_of
from cohorts.models import (
    DoNotPair,
    Match,
    MatchPause,
    MatchPlace,
    MatchRound,
    PeerMeeting,
    PeerPlace,
    Person,
    Post,
)
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification, NotificationChoice
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.match_rounds import make_cohort_of, make_round, open_up
from tests.factories.memberships import make_member
from tests.factories.peer_meetings import make_peer_meeting


def groups_of(round_):
    """The numbers of the people in each group."""
    return [
        frozenset(match.places.values_list("person", flat=True)) for match in round_.matches.all()
    ]


def pairs_of(round_):
    return {frozenset(two) for group in groups_of(round_) for two in combinations(group, 2)}


@pytest.fixture
def cohort(world):
    return make_cohort_of(8, 4)


@pytest.fixture
def previewed(world, cohort):
    return make_round(world.cas, timezone.now(), "previewed", cohort=cohort)


TAKERS = {
    "CHANGE": lambda it, by: actions.change(round=it, name="Other", by=by, at=timezone.now()),
    "PREVIEW": lambda it, by: actions.preview(round=it, by=by, at=timezone.now()),
    "SEND": lambda it, by: actions.send(round=it, by=by, at=timezone.now()),
    "CALL_OFF": lambda it, by: actions.call_off(round=it, by=by, at=timezone.now()),
}


@pytest.mark.parametrize("case", steps.cases(MatchRound), ids=str)
@pytest.mark.parametrize("who", ["cas", "ana", "ada"])
def test_each_step_from_each_state(case, who, world, cohort):
    """Programme staff take each step from where it starts; a worker and an administrator none."""
    person = getattr(world, who)
    steps.check(
        case,
        make=lambda state: make_round(world.cas, timezone.now(), state, cohort=cohort),
        take=lambda it: TAKERS[case.name](it, person),
        may=who == "cas",
    )


def test_every_step_has_an_action():
    steps.insist_on_all(MatchRound, TAKERS)


def test_everybody_of_the_cohort_is_in_it_once_and_nobody_is_told_yet(world, previewed, cohort):
    members = set(cohort.memberships.values_list("person", flat=True))
    assert set(previewed.places.values_list("person", flat=True)) == members
    assert sorted(map(len, groups_of(previewed))) == [2, 2, 2, 2]
    assert not Notification.objects.exists()
    assert not Letter.objects.exists()


def test_the_same_round_looked_at_again_is_the_same_and_drawn_anew_another(world, previewed):
    first = set(groups_of(previewed))
    actions.preview(round=previewed, by=world.cas, at=timezone.now())
    assert set(groups_of(previewed)) == first
    draws = set()
    for _ in range(4):
        actions.preview(round=previewed, anew=True, by=world.cas, at=timezone.now())
        draws.add(frozenset(groups_of(previewed)))
    assert len(draws) > 1


def test_round_after_round_nobody_repeats_while_it_can_be_avoided(world, cohort):
    met = set()
    for name in ("One", "Two", "Three"):
        sent = make_round(world.cas, timezone.now(), "sent", cohort=cohort, name=name)
        assert not met & pairs_of(sent)
        met |= pairs_of(sent)


def test_those_who_met_by_themselves_count_as_met(world):
    cohort = make_cohort_of(4, 4)
    one, two, *_ = Person.objects.filter(memberships__cohort=cohort).order_by("pk")
    now = timezone.now()
    make_peer_meeting(one, two, at=now, state="held")
    for seed in range(1, 5):
        it = make_round(world.cas, now, "previewed", cohort=cohort, seed=seed)
        assert {one.pk, two.pk} not in groups_of(it)


def test_a_pause_is_respected_and_ends_by_itself(world, cohort):
    now = timezone.now()
    resting = Person.objects.filter(memberships__cohort=cohort).first()
    meeting_wishes.pause(until=timezone.localdate(now), by=resting, at=now)
    it = make_round(world.cas, now, "previewed", cohort=cohort)
    assert not it.places.filter(person=resting).exists()
    assert it.places.count() == 7
    tomorrow = now + timedelta(days=1)
    it = actions.preview(round=it, by=world.cas, at=tomorrow)
    assert it.places.filter(person=resting).exists()


def test_two_who_are_kept_apart_never_meet_and_nothing_says_so(world, as_):
    """Four people in two services: with one pair kept apart a single way is left."""
    cohort = make_cohort_of(4, 4)
    one, two, *_ = Person.objects.filter(memberships__cohort=cohort).order_by("pk")
    now = timezone.now()
    before = Event.objects.count()
    meeting_wishes.keep_apart(other=two, by=one, at=now)
    assert Event.objects.count() == before
    for seed in range(1, 7):
        it = make_round(world.cas, now, "previewed", cohort=cohort, seed=seed)
        assert {one.pk, two.pk} not in groups_of(it)
        other, *_ = next(group - {one.pk} for group in groups_of(it) if one.pk in group)
        with pytest.raises(ValidationError, match="Choose one of the changes that are offered"):
            actions.swap(round=it, person=other, other=two.pk, by=world.cas, at=now)
    page = as_(world.cas).get(it.get_absolute_url()).content.decode()
    place = it.places.get(person=one)
    offered = as_(world.cas).get(reverse("cohorts:match_place_change", args=[place.pk]))
    for text in (page, offered.content.decode()):
        assert "apart" not in text


def test_the_list_is_seen_by_nobody_but_its_owner(world, as_):
    now = timezone.now()
    entry = meeting_wishes.keep_apart(other=world.zed, by=world.ana, at=now)
    assert "Zed Kowalski" in as_(world.ana).get("/me/matching/").content.decode()
    for person in (world.zed, world.cas, world.ada, world.mo):
        assert not DoNotPair.objects.visible_to(person).exists()
        page = as_(person).get("/me/matching/").content.decode()
        assert "Ana Okafor" not in page.split("<main")[-1]
        off = as_(person).post(reverse("cohorts:kept_apart_no_longer", args=[entry.pk]))
        assert off.status_code == 404
    from django.contrib import admin

    assert DoNotPair not in admin.site._registry
    assert MatchPause not in admin.site._registry


def test_two_change_places_and_it_is_marked(world, previewed):
    first, second = previewed.matches.all()[:2]
    of = {place.person_id: place for place in previewed.places.all()}
    one = first.places.first().person_id
    allowed = None
    for other in second.places.values_list("person", flat=True):
        try:
            with transaction.atomic():
                actions.swap(
                    round=previewed, person=one, other=other, by=world.cas, at=timezone.now()
                )
            allowed = other
            break
        except ValidationError:
            continue
    assert allowed, "with eight people in four services one of two fits"
    assert first.places.filter(person=allowed).exists()
    assert second.places.filter(person=one).exists()
    assert set(Match.objects.filter(by_hand=True)) == {first, second}
    assert len(of) == previewed.places.count()


def test_nobody_is_put_with_their_own_service_by_hand(world, previewed):
    services = dict(Post.objects.values_list("person", "service"))
    first = previewed.matches.first()
    one, two = first.places.values_list("person", flat=True)
    colleague = next(p for p, s in services.items() if s == services[two] and p not in (one, two))
    assert previewed.places.filter(person=colleague).exists()
    with pytest.raises(ValidationError):
        actions.swap(round=previewed, person=one, other=colleague, by=world.cas, at=timezone.now())


def test_somebody_left_out_joins_a_group(world):
    """Three of one service and two others: one of the three is over, and another comes to a trio."""
    cohort = make_cohort_of(4, 2)
    outsider = make_cohort_of(1, 1, name="Other").memberships.get().person
    make_member(cohort, outsider)
    crowded = Post.objects.filter(person__memberships__cohort=cohort).exclude(person=outsider)
    Post.objects.filter(person=outsider).update(service=crowded.first().service)
    now = timezone.now()
    it = make_round(world.cas, now, "previewed", cohort=cohort)
    over = it.places.get(match=None)
    assert over.left_out == "There was nobody left to meet this time."
    Post.objects.filter(person=over.person).update(service=world.hostel)
    actions.join(round=it, person=over.person_id, match=it.matches.first().pk, by=world.cas, at=now)
    over.refresh_from_db()
    assert (over.match, over.left_out) == (it.matches.first(), "")
    assert sorted(map(len, groups_of(it))) == [2, 3]
    stays = it.matches.last().places.first().person_id
    with pytest.raises(ValidationError):
        actions.join(round=it, person=stays, match=it.matches.first().pk, by=world.cas, at=now)


def test_sending_tells_each_once_with_the_reason_and_gives_each_group_a_meeting(world):
    now = timezone.now()
    for person in (world.ana, world.zed):
        open_up(person, now, themes=world.themes[:1])
    it = make_round(world.cas, now, "sent")
    meeting = PeerMeeting.objects.get()
    assert it.matches.get().meeting == meeting
    assert {place.person for place in meeting.places.all()} == {world.ana, world.zed}
    assert meeting.question == it.question
    told = Notification.objects.filter(event__verb__in=["match.made", "peer.paired"])
    assert sorted(told.values_list("recipient", flat=True)) == [world.ana.pk, world.zed.pk]
    letter = Letter.objects.get(to="ana@example.org", kind="match")
    assert letter.subject == "You meet Zed Kowalski"
    for text in (letter.text, letter.html):
        assert "You work in different organisations" in text
        assert "both of you is about Move-on housing" in text
        assert "Hostel worker, Canal Street hostel, Northby Doorway" in text
        assert letter.stop in text
    assert letter.stop
    assert Letter.objects.count() == 2
    match_telling.tell_on(round=it.pk, at=now)
    assert Letter.objects.count() == 2
    assert PeerMeeting.objects.count() == 1


@pytest.mark.parametrize("by", ["no e-mail at all", "none of this kind"])
def test_whoever_wants_no_letters_gets_the_notice_only(by, world):
    if by == "no e-mail at all":
        Person.objects.filter(pk=world.ana.pk).update(hears_by_email=False)
    else:
        NotificationChoice.objects.create(person=world.ana, kind="news", pace="never")
    make_round(world.cas, timezone.now(), "sent")
    assert set(Letter.objects.values_list("to", flat=True)) == {"zed@example.org"}
    assert Notification.objects.filter(recipient=world.ana, event__verb="match.made").exists()


def test_whoever_is_left_out_is_told_why(world, as_):
    cohort = make_cohort_of(3, 1)
    service = Post.objects.filter(person__memberships__cohort=cohort).first().service
    make_member(cohort, world.zed)
    it = make_round(world.cas, timezone.now(), "sent", cohort=cohort)
    out = it.places.filter(match=None)
    assert out.count() == 2
    for place in out:
        heard = Notification.objects.get(recipient=place.person)
        assert heard.event.verb == "match.left_out"
        page = as_(place.person).get(place.get_absolute_url()).content.decode()
        assert "There was nobody left to meet this time." in page
    assert service.posts.count() == 3


def test_a_large_round_is_told_on_by_the_queue(world, monkeypatch):
    monkeypatch.setattr(match_telling, "AT_ONCE", 3)
    cohort = make_cohort_of(14, 7)
    it = make_round(world.cas, timezone.now(), "sent", cohort=cohort)
    assert PeerMeeting.objects.count() == 3
    assert results_of(it).to_tell == 4
    for _ in range(2):
        match_telling.tell_on(round=it.pk, at=timezone.now())
    assert PeerMeeting.objects.count() == 7
    assert Letter.objects.filter(kind="match").count() == 14
    assert match_telling.tell_on(round=it.pk, at=timezone.now()) == 0


def test_a_round_that_no_longer_holds_is_not_sent(world, previewed):
    now = timezone.now()
    one, two = next(iter(groups_of(previewed)))
    people = Person.objects.in_bulk([one, two])
    entry = meeting_wishes.keep_apart(other=people[two], by=people[one], at=now)
    with pytest.raises(WrongState, match="something changed for somebody"):
        actions.send(round=previewed, by=world.cas, at=now)
    meeting_wishes.keep_apart_no_longer(entry=entry, by=people[one], at=now)
    meeting_wishes.pause(until=timezone.localdate(now), by=people[one], at=now)
    with pytest.raises(WrongState, match="something changed for somebody"):
        actions.send(round=previewed, by=world.cas, at=now)
    meeting_wishes.end_pause(by=people[one], at=now)
    previewed.places.get(person=one).delete()
    with pytest.raises(WrongState, match="something changed for somebody"):
        actions.send(round=previewed, by=world.cas, at=now)
    assert not PeerMeeting.objects.exists()


def test_for_a_place_only_those_who_are_open_to_meet(world):
    now = timezone.now()
    it = make_round(world.cas, now, whom="place", place=world.northby)
    with pytest.raises(ValidationError, match="Fewer than two people"):
        actions.preview(round=it, by=world.cas, at=now)
    open_up(world.zed, now)
    open_up(world.ana, now)
    everybody = make_round(world.cas, now, "previewed", whom="everyone")
    assert set(everybody.places.values_list("person__name", flat=True)) == {
        "Ana Okafor",
        "Zed Kowalski",
    }
    with pytest.raises(ValidationError, match="Fewer than two people"):
        actions.preview(round=it, by=world.cas, at=now)


def test_a_worker_may_not_run_a_round_and_reads_why(world, as_):
    with pytest.raises(Refused, match="Only programme staff"):
        make_round(world.ana, timezone.now())
    refused = as_(world.ada).get("/match-rounds/")
    assert refused.status_code == 403
    assert "Only programme staff can run match rounds" in refused.content.decode()


def test_the_results_are_figures_of_what_came_of_it(world, as_):
    cohort = make_cohort_of(6, 6)
    now = timezone.now()
    it = make_round(world.cas, now, "sent", cohort=cohort)
    held, off = PeerMeeting.objects.order_by("pk")[:2]
    PeerMeeting.objects.filter(pk=held.pk).update(state="held", meets_at=now, held_at=now)
    PeerMeeting.objects.filter(pk=off.pk).update(
        state="called_off", called_off_at=now, called_off_by=world.cas
    )
    results = results_of(it)
    assert dict(results.states) == {
        "They met": 1,
        "Called off": 1,
        "Looking for a date": 1,
    }
    assert results.summary == "1 of 3 groups met, 0 notes kept, 0 practices published."
    assert results.summary in as_(world.cas).get(it.get_absolute_url()).content.decode()


def test_why_there_was_no_meeting_is_counted_without_names(world, as_):
    cohort = make_cohort_of(6, 6)
    now = timezone.now()
    it = make_round(world.cas, now, "sent", cohort=cohort)
    met, missed, refused = PeerMeeting.objects.order_by("pk")
    whose = {one: one.places.order_by("turn").first().person for one in (met, missed, refused)}
    as_(whose[refused]).post(
        f"{refused.get_absolute_url()}steps/",
        {"step": "decline", "why": "cover", "words": "Sorry."},
    )
    PeerMeeting.objects.filter(pk=missed.pk).update(state="arranged", meets_at=now)
    for seat, place in enumerate(PeerPlace.objects.filter(meeting=missed).order_by("turn")):
        PeerPlace.objects.filter(pk=place.pk).update(state="going", seat=seat)
    at = f"{missed.get_absolute_url()}steps/"
    said = {"step": "met", "met": "no", "why": "no such", "words": "A fire drill."}
    assert as_(whose[missed]).post(at, said).status_code == 200, "a reason that is none is refused"
    as_(whose[missed]).post(at, said | {"why": ""})
    assert results_of(it).why_not == [("nobody could cover the work", 1), ("nobody said", 1)]
    page = as_(world.cas).get(it.get_absolute_url()).content.decode()
    assert "Nobody could cover the work: 1" in page
    assert "A fire drill." not in page
    as_(whose[missed]).post(at, {"step": "again", "words": ""})
    missed.refresh_from_db()
    assert missed.state == "invited"
    assert results_of(it).why_not == [("nobody could cover the work", 1)]


def test_a_place_is_in_a_match_of_its_own_round(world, previewed):
    other = make_round(world.cas, timezone.now(), "previewed", cohort=previewed.cohort)
    place = previewed.places.first()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="match_place_of_its_round"), transaction.atomic():
        MatchPlace.objects.filter(pk=place.pk).update(match=other.matches.first())
    with pytest.raises(IntegrityError, match="match_place_or_the_reason"), transaction.atomic():
        MatchPlace.objects.filter(pk=place.pk).update(left_out="And yet left out.")


def test_a_round_takes_as_many_queries_for_one_group_as_for_thirty(world, as_):
    browser = as_(world.cas)
    for state in ("previewed", "sent"):
        counts = []
        for many in (2, 60):
            cohort = make_cohort_of(many, 2, name=f"{state} {many}")
            url = make_round(world.cas, timezone.now(), state, cohort=cohort).get_absolute_url()
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 20, (state, counts)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_sent_once(world):
    """Two of the staff press at the same moment."""
    it = make_round(world.cas, timezone.now(), "previewed", cohort=make_cohort_of(8, 4))
    start, outcomes = Barrier(2), []

    def press():
        start.wait()
        try:
            actions.send(round=it, by=world.cas, at=timezone.now())
            outcomes.append("sent")
        except WrongState as refused:
            outcomes.append(str(refused))
        finally:
            connections.close_all()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Cas Mendes has already sent this round.", "sent"]
    assert PeerMeeting.objects.count() == 4
    assert Letter.objects.count() == 8
